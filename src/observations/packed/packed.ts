import { statuses, type Status } from '../../../machines/statuses.ts';
import type { Where } from '../observation.ts';

/**
 * What one observation says of a folder, as numbers over bytes that hold its texts: bounds of the ids (`at` and `at + 1`
 * are where a text begins and ends; -1 and -1 if it is absent), codes of the statuses. A reader fills one in again and
 * again, so that an observation costs no object; an `Observation` says the same with texts and with its place.
 */
export type Packed = Int32Array;

/** Tells of observations, by their numbers, where in an input they stand, such as on a line of lines. */
export interface Source {
  /** The place of the observation of this number. */
  (at: number): Where;
  /**
   * Below that place, the list in which the analyses taken as numbers stand in their order; by default `/analyses`. Null:
   * the place is that of the only one. Those of a callback stand by names, which numbers do not say.
   */
  readonly list?: string | null;
}

/** The pointer of the analysis of this number in an observation of a source, which stands at `pointer`. */
export function pointerOfView({ list = '/analyses' }: Source, pointer: string, view: number): string {
  return list === null ? pointer : `${pointer}${list}/${view}`;
}

/**
 * Where in a packed observation stands what is said of the folder; the first is the bounds of its name, which is mostly its id,
 * absent for an analysis whose folder is not named, the statuses are codes. Only of what stands in the place of a folder the
 * bounds of an id stand at `folderId`, absent where none is known.
 */
export const slot = {
  folder: 0,
  status: 2,
  system: 3,
  complete: 4,
  wholeGroup: 5,
  views: 6,
  folderId: 7,
} as const;

/** Where in a view of an analysis stands what; all but the codes are bounds. */
export const viewSlot = { id: 0, group: 2, kind: 4, folder: 6, codes: 8 } as const;

/** How many numbers a view takes. */
export const viewSize = 9;

/** How many numbers come before the first view. */
export const firstView = 9;

/** More analyses than this in one observation are not taken as numbers. */
export const maxViews = 64;

/** Codes of statuses take this many bits each: 0 is none, the others count `statuses` from 1. */
export const codeBits = 3;

/** The code of each status. */
export const codeOf: ReadonlyMap<string, number> = new Map(statuses.map((status, at) => [status, at + 1]));

/** The status whose code stands in the lowest bits, or undefined for none. */
export function statusOf(codes: number): Status | undefined {
  return statuses[(codes & ((1 << codeBits) - 1)) - 1];
}

/** An empty packed observation, with room for `maxViews` analyses. */
export function createPacked(): Packed {
  return new Int32Array(firstView + maxViews * viewSize);
}
