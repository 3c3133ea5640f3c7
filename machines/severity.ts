import type { SystemResolution } from './statuses.ts';
import { readingFrom, type GivenReading } from './given-settings.ts';
import { isIterable, wrongValue } from './given-values.ts';
import { defaultReading, type Reading } from './readings.ts';

/** Statuses from worst to best, as the page prints them. FINISHED is a stage, not a result, and has no rank. */
export const printedOrder = [
  'INITIAL',
  'PROCESSING',
  'FAILED',
  'DECLINED',
  'OPERATOR_REQUIRED',
  'SUCCESS',
] as const satisfies readonly SystemResolution[];

/** The order with FAILED and DECLINED swapped: the other answer to `failed-beside-declined`. */
const swappedOrder = printedOrder.map((status) =>
  status === 'FAILED' ? 'DECLINED' : status === 'DECLINED' ? 'FAILED' : status,
);

/** The order of severity under a reading that answers every question, worst first. */
export function orderUnder(reading: Reading = defaultReading): readonly SystemResolution[] {
  return reading['failed-beside-declined'] === 'declined' ? swappedOrder : printedOrder;
}

/** The order of severity under a reading, worst first; throws a TypeError for a wrong one. */
export function severityOrder(given: GivenReading = defaultReading): readonly SystemResolution[] {
  return orderUnder(readingFrom(given));
}

/**
 * The worst of `members` in the order of a reading that answers every question [WORST-ORDER]: a join on a total order,
 * so order, grouping and repetition do not matter.
 *
 * The worst of nothing is undefined and never SUCCESS: a pass that nobody gave is the mistake that admits a spoof.
 */
export function worstUnder<S extends SystemResolution>(
  members: Iterable<S>,
  reading: Reading = defaultReading,
): S | undefined {
  const order = orderUnder(reading);
  let best: S | undefined;
  for (const member of members) {
    if (best === undefined || order.indexOf(member) < order.indexOf(best)) best = member;
  }
  return best;
}

/**
 * The worst of `members` under a reading; undefined of nothing. Throws a TypeError for a wrong reading, and for what has
 * no rank, as FINISHED: a rank that nobody gave would decide.
 */
export function worst<S extends SystemResolution>(
  members: Iterable<S>,
  given: GivenReading = defaultReading,
): S | undefined {
  return worstUnder(rankedOnly(members), readingFrom(given));
}

function rankedOnly<S extends SystemResolution>(members: Iterable<S>): readonly S[] {
  if (!isIterable(members)) throw new TypeError(wrongValue('members', 'a list of statuses', members));
  const all = [...members];
  const wrong = all.findIndex((member) => !printedOrder.includes(member));
  if (wrong < 0) return all;
  throw new TypeError(wrongValue(`members[${wrong}]`, printedOrder.join(' or '), all[wrong]));
}
