import { assert as assertProperty, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explore, type System } from '../../src/explore/index.ts';

/** Numbers below `size` on a ring, moved by given steps; a step of nothing is refused. */
const ring = (size: number, steps: readonly number[]): System<number, number> => ({
  initial: 0,
  events: () => steps,
  next: (at, step) => (step === 0 ? undefined : (at + step) % size),
  key: String,
});

describe('a walk', () => {
  it('numbers states by distance and gives a shortest path to each', () => {
    const walk = explore(ring(10, [1, 3]), { maxStates: 100 });
    expect(walk.states).toEqual([0, 1, 3, 2, 4, 6, 5, 7, 9, 8]);
    expect(walk.states.map((_, index) => walk.depthOf(index))).toEqual([0, 1, 1, 2, 2, 2, 3, 3, 3, 4]);
    expect(walk.pathTo(4)).toEqual([1, 3]);
    expect(walk.parentOf(4)).toEqual({ from: 1, event: 3, to: 4 });
    expect(walk.parentOf(0)).toBeUndefined();
    expect(walk.edges).toHaveLength(20);
    expect(walk.complete).toBe(true);
    expect(walk.reason).toBeUndefined();
  });

  it('leaves refused events out', () => {
    expect(explore(ring(5, [0]), { maxStates: 100 })).toMatchObject({
      states: [0],
      edges: [],
      complete: true,
    });
  });

  it('finds as many states as the ring has multiples of the common divisor, each on a path that replays', () => {
    const positive = integer({ min: 1, max: 40 });
    assertProperty(
      property(positive, positive, (size, step) => {
        const system = ring(size, [step]);
        const walk = explore(system, { maxStates: 100 });
        const divisor = (left: number, right: number): number =>
          right === 0 ? left : divisor(right, left % right);
        expect(walk.states).toHaveLength(size / divisor(size, step));
        walk.states.forEach((state, index) => {
          expect(walk.pathTo(index).reduce((at, event) => system.next(at, event)!, 0)).toBe(state);
        });
      }),
    );
  });

  it('ends softly at its limit and says so', () => {
    const whole = explore(ring(10, [1, 3]), { maxStates: 10 });
    const part = explore(ring(10, [1, 3]), { maxStates: 9 });
    expect(whole.complete).toBe(true);
    expect(part).toMatchObject({ complete: false, reason: 'max-states', states: whole.states.slice(0, 9) });
  });

  it.each([0, -1, Number.NaN])('keeps only the initial state under the limit %s', (maxStates) => {
    expect(explore(ring(10, [1]), { maxStates })).toMatchObject({ states: [0], complete: false });
  });

  it.each([[], [{}], [null]])('is not begun without a limit: %o', (...limits) => {
    const begin = explore as unknown as (...args: readonly unknown[]) => unknown;
    expect(() => begin(ring(10, [1]), ...limits)).toThrow(
      new TypeError('maxStates: expected the most states to keep, received undefined'),
    );
  });

  it('ends with the layer in which the first wanted state stands', () => {
    const walk = explore(ring(10, [1, 3]), {
      maxStates: 100,
      until: (state) => state === 4 || state === 6 || state === 5,
    });
    expect(walk.found.map((index) => walk.states[index])).toEqual([4, 6]);
    expect(walk).toMatchObject({ complete: false, reason: 'found', states: [0, 1, 3, 2, 4, 6] });
    expect(explore(ring(10, [1]), { maxStates: 100, until: () => true })).toMatchObject({
      states: [0],
      found: [0],
    });
  });

  it('refuses to speak of a state that it has not seen', () => {
    const walk = explore(ring(3, [1]), { maxStates: 100 });
    expect(() => walk.pathTo(3)).toThrow('there is no state 3: 3 were explored');
    expect(() => walk.depthOf(-1)).toThrow(RangeError);
  });
});
