import type { Sight } from '../recordings/recording.ts';

const mostOrders = 500;

/** Whether two observations may have been made in either order. */
export function overlap(one: Sight, other: Sight): boolean {
  if (!one.interval || !other.interval) return false;
  return one.interval[0] < other.interval[1] && other.interval[0] < one.interval[1];
}

/** Times that go back say nothing of the order: by position, the first that may have another place than it has. */
function firstsOf(sights: readonly Sight[]): readonly number[] {
  let [first, end] = [0, -Infinity];
  return sights.map(({ interval }, at) => {
    if (interval && interval[1] < end) first = at;
    if (interval) end = interval[1];
    return first;
  });
}

/** Every order in which the observations may have been made, as they stand first; undefined where there are too many. */
export function extensions<T extends Sight>(sights: readonly T[]): readonly (readonly T[])[] | undefined {
  const firsts = firstsOf(sights);
  const mayPass = (sight: T, at: number, other: T, before: number) =>
    before >= firsts[at]! && overlap(sight, other);
  const isLoose = sights.some((sight, at) =>
    sights.slice(0, at).some((other, before) => mayPass(sight, at, other, before)),
  );
  if (!isLoose) return [sights];
  if (sights.length > 30) return undefined;
  const found: T[][] = [];
  const before = sights.map((sight, at) =>
    sights
      .slice(0, at)
      .reduce((mask, other, index) => (mayPass(sight, at, other, index) ? mask : mask | (1 << index)), 0),
  );
  const extend = (taken: number, order: readonly T[]): void => {
    if (found.length > mostOrders) return;
    if (order.length === sights.length) {
      found.push([...order]);
      return;
    }
    for (const [at, sight] of sights.entries()) {
      if (taken & (1 << at) || before[at]! & ~taken) continue;
      extend(taken | (1 << at), [...order, sight]);
    }
  };
  extend(0, []);
  return found.length > mostOrders ? undefined : found;
}
