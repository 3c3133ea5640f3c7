import type { FolderStatus, SystemResolution } from '../../../machines/index.ts';
import type { ResolutionSet } from './resolution-set.ts';
import type { Effort } from './effort.ts';
import type { Facts } from './state.ts';

/** What an observation says of a folder, in the terms of the belief. */
export interface Constraint {
  readonly status: FolderStatus | undefined;
  readonly system: SystemResolution | undefined;
  /** The analyses seen, each at most once, with the resolutions that what was seen of it admits. */
  readonly seen: readonly { readonly id: number; readonly admits: ResolutionSet }[];
  /** Whether the folder has no other analyses. */
  readonly complete: boolean;
}

/** A string equal for equal constraints. */
export function keyOfConstraint({ status, system, seen, complete }: Constraint): string {
  const views = seen.map(({ id, admits }) => `${id}:${admits}`).join(',');
  return `${status ?? ''}/${system ?? ''}/${views}${complete ? '!' : ''}`;
}

/** What the belief has to know of the settings and the readings to move from constraint to constraint. */
export interface Rules {
  /** Whether the biometry settings enable OPERATOR_REQUIRED. */
  readonly operatorRequired: boolean;
  /** Operators' decisions: refused, taken but remembered, or taken. */
  readonly decisions: 'refused' | 'remembered' | 'taken';
  /** Whether a group is the last to have settled once an operator decides in it. */
  readonly reorders: boolean;
  /** Whether analyses first seen together are one group, unless it is known that they are not. */
  readonly jointly: boolean;
  /** Which parts a group can play under the readings that are admitted; others are not told apart. */
  readonly roles: ResolutionSet;
  /**
   * Whether it makes no difference how analyses posted together are divided into groups until one of these is the
   * last to settle, which no field shows while anything runs.
   */
  readonly undivided: boolean;
}

/** What the steps of one advance look at. */
export interface Ahead {
  readonly constraint: Constraint;
  /** By analysis: the resolutions that the constraint admits. */
  readonly admits: ReadonlyMap<number, ResolutionSet>;
  readonly facts: Facts;
  readonly rules: Rules;
  readonly effort: Effort;
}
