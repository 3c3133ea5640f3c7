import type { Reading } from '../../../machines/readings.ts';
import { printedOrder, severityOrder } from '../../../machines/severity.ts';
import type { Resolution } from '../../../machines/statuses.ts';

/** A set of resolutions, one bit each. */
export type ResolutionSet = number;

/** The bit of each resolution. */
export const bit = {
  FAILED: 1,
  DECLINED: 2,
  OPERATOR_REQUIRED: 4,
  SUCCESS: 8,
  PROCESSING: 16,
} as const satisfies Record<Resolution, ResolutionSet>;

/** Every resolution. */
export const anyResolution: ResolutionSet = 31;
/** Every resolution of a settled analysis. */
export const anySettled: ResolutionSet = anyResolution & ~bit.PROCESSING;
/** The settled resolutions that can make a group worse: SUCCESS is neutral and always possible beside them. */
export const anyBad: ResolutionSet = anySettled & ~bit.SUCCESS;

/** The bits in `set`, one by one. */
export function split(set: ResolutionSet): readonly ResolutionSet[] {
  return [1, 2, 4, 8, 16].filter((one) => (set & one) !== 0);
}

/** How many bits `set` holds. */
export function count(set: ResolutionSet): number {
  return split(set).length;
}

/** The settled resolutions that are worse than `status` under the reading's order. */
export function worseThan(status: keyof typeof bit, reading: Reading): ResolutionSet {
  const order = severityOrder(reading);
  const rank = order.indexOf(status);
  return printedOrder
    .filter((other): other is Resolution => other !== 'INITIAL' && other !== 'PROCESSING')
    .filter((other) => order.indexOf(other) < rank)
    .reduce((set, other) => set | bit[other], 0);
}

/** The resolutions in `set`, by name. */
export function namesOf(set: ResolutionSet): readonly Resolution[] {
  return (allNames[set] ??= (Object.keys(bit) as Resolution[]).filter((name) => (set & bit[name]) !== 0));
}

/** The names of each set, once: findings of many folders share them. */
const allNames: (readonly Resolution[] | undefined)[] = [];
