import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coverTargets, type Place, type PlaceGraph } from '../../src/explore/index.ts';
import { prop } from '../property.ts';

/** Places in a row of layers, with targets at random. */
const layers = fc
  .array(
    fc.record({
      targets: fc.uniqueArray(fc.nat(6), { maxLength: 2 }),
      next: fc.uniqueArray(fc.nat(7), { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((places) =>
    places.map(({ targets, next }, at): Place => ({
      targets,
      next: next.map((step) => at + 1 + step).filter((to) => to < places.length),
    })),
  );

/** A place that all others follow, each with one or two targets: often only a search proves how few paths there can be. */
const fans = fc
  .array(fc.uniqueArray(fc.nat(5), { minLength: 1, maxLength: 2 }), { minLength: 3, maxLength: 8 })
  .map((pairs): readonly Place[] => [
    { targets: [], next: pairs.map((_, at) => at + 1) },
    ...pairs.map((targets) => ({ targets, next: [] })),
  ]);

/** Every path from the first place on, as the targets that it meets. */
function allPaths(places: readonly Place[], at = 0): readonly (readonly number[])[] {
  const { targets, next } = places[at]!;
  return [targets, ...next.flatMap((after) => allPaths(places, after).map((rest) => [...targets, ...rest]))];
}

/** The least number of paths that meet all targets, by trying every choice of paths. */
function fewest(paths: readonly (readonly number[])[], missing: ReadonlySet<number>): number {
  const [wanted] = missing;
  if (wanted === undefined) return 0;
  const holding = paths.filter((path) => path.includes(wanted));
  return (
    1 +
    Math.min(
      ...holding.map((path) => fewest(paths, new Set([...missing].filter((one) => !path.includes(one))))),
    )
  );
}

/** How many sets of targets single paths meet that no other one contains. */
function largest(paths: readonly (readonly number[])[]): number {
  const within = (one: readonly number[], other: readonly number[]) => one.every((at) => other.includes(at));
  const distinct = paths.filter(
    (path, at) => paths.findIndex((one) => within(one, path) && within(path, one)) === at,
  );
  return distinct.filter((path) => !distinct.some((one) => one !== path && within(path, one))).length;
}

/** Every set of targets on a path of its own. */
const sideBySide = (sets: readonly (readonly number[])[]): PlaceGraph => ({
  places: sets.map((targets) => ({ targets, next: [] })),
  starts: sets.map((_, at) => at),
});

describe('a cover of targets', () => {
  prop([fc.oneof(layers, fans)])(
    'meets all of them by as few paths as any choice, or names a true lower bound',
    (places) => {
      const reachable = new Set<number>();
      const walk = (at: number): void => {
        reachable.add(at);
        places[at]!.next.forEach(walk);
      };
      walk(0);
      // Places that no path reaches are none of a walk.
      const kept = places.map((place, at) => (reachable.has(at) ? place : { targets: [], next: [] }));
      const { paths, least, apart, searched } = coverTargets({ places: kept, starts: [0] });
      const targets = new Set(kept.flatMap((place) => place.targets));
      expect(new Set(paths.flatMap((path) => path.flatMap((at) => kept[at]!.targets)))).toEqual(targets);
      for (const path of paths) {
        path.slice(1).forEach((at, before) => expect(kept[path[before]!]!.next).toContain(at));
        expect(path[0]).toBe(0);
      }
      const best = fewest(allPaths(kept), targets);
      expect(least).toBe(best);
      expect(paths).toHaveLength(best);
      expect(apart.length).toBeLessThanOrEqual(best);
      expect(searched).toBe(apart.length < best ? largest(allPaths(kept)) : undefined);
    },
  );

  test('is proven by a search through the largest sets of targets alone', () => {
    const cover = coverTargets(sideBySide([[0, 1], [1, 2], [0, 2], [0]]));
    expect(cover).toMatchObject({ least: 2, searched: 3 });
    expect(cover.apart).toHaveLength(1);
  });

  test('is proven by targets apart also where only a search finds paths as few', () => {
    const misleading = [[0, 1, 3, 4, 8], [2, 5, 6], [7]];
    const { paths, least, apart, searched } = coverTargets(
      sideBySide([...misleading, [0, 1, 2, 6, 8], [3, 4, 5, 7]]),
    );
    expect(new Set(paths)).toEqual(new Set([[3], [4]]));
    expect([least, apart.length, searched]).toEqual([2, 2, undefined]);
  });

  test('is proven where each path meets two of fifteen targets', () => {
    const all = Array.from({ length: 15 }, (_, at) => at);
    const pairs = all.flatMap((one) => all.slice(one + 1).map((two) => [one, two]));
    const { paths, least, searched } = coverTargets(sideBySide(pairs));
    expect([paths.length, least, searched]).toEqual([8, 8, pairs.length]);
  });

  test('takes the paths with fewer steps where no fewer paths suffice', () => {
    const places = [
      { targets: [], next: [1] },
      { targets: [0, 1], next: [] },
      { targets: [0], next: [1] },
      { targets: [1, 2], next: [] },
      { targets: [0, 2], next: [] },
    ];
    expect(coverTargets({ places, starts: [0, 2, 3, 4] }).paths).toEqual([[2], [3]]);
  });

  test('ends each path where it meets nothing more that no other one meets', () => {
    const places = [
      { targets: [], next: [1, 3] },
      { targets: [0, 1], next: [2] },
      { targets: [2], next: [] },
      { targets: [2, 3], next: [] },
    ];
    expect(coverTargets({ places, starts: [0] }).paths).toEqual([
      [0, 1],
      [0, 3],
    ]);
  });

  test('refuses places that lead back', () => {
    const places = [
      { targets: [0], next: [1] },
      { targets: [1], next: [0] },
    ];
    expect(() => coverTargets({ places, starts: [0] })).toThrow('expected no way back, received a cycle');
  });
});
