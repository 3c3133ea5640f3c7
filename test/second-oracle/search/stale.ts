import type { Sight } from '../recordings/recording.ts';

const mostWays = 500;

/** Fields are not older than so many observations before them. */
const mostBehind = 8;

/**
 * Every sequence of what was seen where the fields of a folder may be older than the list beside them: each of their
 * moments is before that of their list and after the list that stood beside the fields shown before, and may be before what
 * was seen between. Undefined where there are too many.
 */
export function withOlderFields<T extends Sight>(order: readonly T[]): readonly (readonly T[])[] | undefined {
  let ways: readonly (readonly T[])[] = [[]];
  let between = 0;
  for (const sight of order) {
    const { status, system, ...list } = sight;
    if (status === undefined && system === undefined) {
      ways = ways.map((way) => [...way, sight]);
      between += 1;
      continue;
    }
    const fields = { ...sight, shown: [], isComplete: false, isWhole: false };
    const rest = sight.shown.length > 0 || sight.isComplete ? [list as T] : [];
    const places = Math.min(between, mostBehind) + 1;
    ways = ways.flatMap((way) =>
      Array.from({ length: places }, (_, back) => {
        const at = way.length - back;
        return [...way.slice(0, at), fields, ...way.slice(at), ...rest];
      }),
    );
    between = 0;
    if (ways.length > mostWays) return undefined;
  }
  return ways;
}
