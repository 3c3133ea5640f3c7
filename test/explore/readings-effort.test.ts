import { array, assert as assertProperty, integer, property, record, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestStrategy, type Position, type Puzzle } from '../../src/explore/readings/effort.ts';

const weights = { unforced: 3, folders: 2, steps: 1 };

/** Small puzzles: actions lead to later states only, and cost something. */
const somePuzzle = tuple(integer({ min: 2, max: 6 }), integer({ min: 2, max: 4 })).chain(
  ([states, candidates]) =>
    record({
      looks: array(array(integer({ min: 0, max: 1 }), { minLength: candidates, maxLength: candidates }), {
        minLength: states,
        maxLength: states,
      }),
      actions: tuple(
        ...Array.from({ length: states }, (_, state) =>
          array(
            record({
              to: integer({ min: Math.min(state + 1, states - 1), max: states - 1 }),
              unforced: integer({ min: 0, max: 1 }),
              steps: integer({ min: 1, max: 2 }),
            }),
            { maxLength: state === states - 1 ? 0 : 3 },
          ),
        ),
      ),
    }).map(({ looks, actions }): Puzzle => ({ looks, lookOf: looks.map((_, state) => state), actions })),
);

const partsOf = (
  { looks, lookOf }: Puzzle,
  state: number,
  left: readonly number[],
): readonly (readonly number[])[] => {
  const look = looks[lookOf[state]!]!;
  return [...new Set(left.map((candidate) => look[candidate]))].map((seen) =>
    left.filter((candidate) => look[candidate] === seen),
  );
};

/** Whether a budget is enough whatever is true: every strategy is tried, senseless ones included. */
function isEnough(puzzle: Puzzle, { state, left }: Position, budget: number): boolean {
  if (left.length === 1) return true;
  if (budget <= 0) return false;
  return (
    puzzle.actions[state]!.some(({ to, unforced, steps }) => {
      const rest = budget - unforced * weights.unforced - steps * weights.steps;
      return (
        rest >= 0 &&
        partsOf(puzzle, to, left).every((part) => isEnough(puzzle, { state: to, left: part }, rest))
      );
    }) || isEnough(puzzle, { state: 0, left }, budget - weights.folders)
  );
}

/** What a strategy costs on its worst path, counted by walking it. */
function costOf(
  puzzle: Puzzle,
  strategy: NonNullable<ReturnType<typeof bestStrategy>>,
  position: Position,
): number {
  const turn = strategy.next(position);
  if (!turn) return 0;
  let state = turn.again ? 0 : position.state;
  let cost = turn.again ? weights.folders : 0;
  for (const choice of turn.choices) {
    const { to, unforced, steps } = puzzle.actions[state]![choice]!;
    cost += unforced * weights.unforced + steps * weights.steps;
    state = to;
  }
  expect(turn.parted.map(({ left }) => left)).toEqual(partsOf(puzzle, state, position.left));
  return cost + Math.max(...turn.parted.map((parted) => costOf(puzzle, strategy, parted)));
}

describe('a best strategy', () => {
  it('costs what it says on its worst path, and no strategy costs less', () => {
    const enough = 14;
    let solved = 0;
    assertProperty(
      property(somePuzzle, (puzzle) => {
        const strategy = bestStrategy(puzzle, weights, 100_000);
        const start = { state: 0, left: puzzle.looks[0]!.map((_, candidate) => candidate) };
        if (!strategy || strategy.total - weights.folders > enough) {
          expect(isEnough(puzzle, start, enough)).toBe(false);
          return;
        }
        solved++;
        const least = strategy.total - weights.folders;
        expect(costOf(puzzle, strategy, strategy.start)).toBe(least);
        expect(isEnough(puzzle, start, least)).toBe(true);
        expect(isEnough(puzzle, start, least - 1)).toBe(false);
      }),
      { numRuns: 300 },
    );
    expect(solved).toBeGreaterThan(20);
  });

  it('does not exist where the limit is reached', () => {
    const puzzle: Puzzle = {
      looks: [
        [0, 0],
        [0, 1],
      ],
      lookOf: [0, 1],
      actions: [[{ to: 1, unforced: 0, steps: 1 }], []],
    };
    expect(bestStrategy(puzzle, weights, 1)?.total).toBe(weights.folders + weights.steps);
    expect(bestStrategy(puzzle, weights, 0)).toBeUndefined();
  });
});
