import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PairTable } from '../../src/observations/packed/pair-table.ts';

const few = fc.nat({ max: 5 });
const anyNumber = fc.oneof(few, fc.nat({ max: 2 ** 31 - 2 }));

describe('a table of numbers by pairs', () => {
  it('always gives back the number of each pair, and -1 for all others', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(anyNumber, anyNumber, anyNumber)),
        fc.tuple(few, few),
        (triples, other) => {
          const table = new PairTable();
          const numbers = new Map<string, number>();
          for (const [first, second, value] of triples) {
            const pair = `${first} ${second}`;
            expect(table.get(first, second)).toBe(numbers.get(pair) ?? -1);
            if (numbers.has(pair)) continue;
            table.set(first, second, value);
            numbers.set(pair, value);
          }
          for (const [first, second] of triples) {
            expect(table.get(first, second)).toBe(numbers.get(`${first} ${second}`));
          }
          expect(table.get(...other)).toBe(numbers.get(other.join(' ')) ?? -1);
          expect(table.size).toBe(numbers.size);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('holds more pairs than it has room for at first, and still says which it does not hold', () => {
    const table = new PairTable();
    const pairs = Array.from({ length: 5000 }, (_, at) => [at % 50, Math.trunc(at / 50)] as const);
    for (const [at, [first, second]] of pairs.entries()) {
      expect(table.get(first, second)).toBe(-1);
      table.set(first, second, at);
    }
    expect(pairs.map(([first, second]) => table.get(first, second))).toEqual(pairs.map((_, at) => at));
  });
});
