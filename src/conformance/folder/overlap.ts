import type { Interval, Observation } from '../../observations/observation.ts';

/**
 * Whether a request with this interval may have been answered before others of its folder that have arrived, of which
 * the last answer ended at `end`. Requests that only touch are in order, and so are those whose times contradict the
 * order of arrival.
 */
export function overlaps(end: number, { start, end: own }: Interval): boolean {
  return start < end && end <= own;
}

/** Some of the observations of an overlap, of which those that others wait for come first. */
export interface Taken {
  /** All before this position are taken. */
  readonly before: number;
  /** And these, which are beyond it. */
  readonly beyond: readonly number[];
}

/** Nothing of an overlap. */
export const nothingTaken: Taken = { before: 0, beyond: [] };

/** A string equal for the same observations. */
export const keyOfTaken = ({ before, beyond }: Taken): string => `${before}:${beyond.join()}`;

/**
 * Observations of one folder in order of arrival whose requests overlap, each with the next or with one before it, and
 * the orders that they may have: an observation comes after those whose answers had ended when its request began.
 */
export class Overlap {
  readonly observations: readonly Observation[];
  /** By position: so many observations have to come before, from the first on. */
  readonly #after: readonly number[];
  /** The least of these numbers from a position on. */
  readonly #least: readonly number[];
  /** By position: an observation that says the same and may as well come before, -1 without one. */
  readonly #same: readonly number[];

  constructor(observations: readonly Observation[]) {
    this.observations = observations;
    const ends = observations.map(({ interval }) => interval?.end ?? -Infinity);
    // What takes no time has ended when it begins, and does not wait for itself.
    this.#after = observations.map(({ interval }, at) =>
      Math.min(at, countUpTo(ends, interval?.start ?? Infinity)),
    );
    const least = [...this.#after];
    for (let at = least.length - 2; at >= 0; at--) least[at] = Math.min(least[at]!, least[at + 1]!);
    this.#least = least;
    this.#same = alike(observations);
  }

  /** The positions that may come next. */
  next({ before, beyond }: Taken): readonly number[] {
    const found: number[] = [];
    for (let at = before; at < this.#after.length && this.#least[at]! <= before; at++) {
      const same = this.#same[at]!;
      const isTurn = this.#after[at]! <= before && (same < before || beyond.includes(same));
      if (isTurn && !beyond.includes(at)) found.push(at);
    }
    return found;
  }

  /** What is taken with one more. */
  with({ before, beyond }: Taken, at: number): Taken {
    const rest = [...beyond, at].toSorted((one, other) => one - other);
    let first = before;
    while (rest[0] === first) {
      rest.shift();
      first++;
    }
    return { before: first, beyond: rest };
  }
}

/** How many of some numbers in ascending order are not above a limit. */
function countUpTo(ascending: readonly number[], limit: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** By position: the last observation before that says the same and whose request did not begin later. */
function alike(observations: readonly Observation[]): readonly number[] {
  const last = new Map<string, number>();
  return observations.map((observation, at) => {
    const key = saidBy(observation);
    const before = last.get(key) ?? -1;
    last.set(key, at);
    const began = before < 0 ? Infinity : (observations[before]!.interval?.start ?? -Infinity);
    return began <= (observation.interval?.start ?? -Infinity) ? before : -1;
  });
}

/** What an observation says, apart from where and when; equal for equal statements, however they were made. */
function saidBy({ resolutionStatus, systemResolution, complete, wholeGroup, analyses }: Observation): string {
  const views = analyses.map((view) => [view.id, view.kind, view.groupId, view.state, view.resolutionStatus]);
  return JSON.stringify([resolutionStatus, systemResolution, complete, wholeGroup, views]);
}
