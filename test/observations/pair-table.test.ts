import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PairTable, RowTable } from '../../src/observations/packed/pair-table.ts';

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

  it('holds rows of numbers, of which one may begin as another does', () => {
    const anyRow = fc.array(fc.tuple(few, fc.tuple(few, fc.array(few, { maxLength: 3 })), anyNumber));
    fc.assert(
      fc.property(anyRow, (rows) => {
        const table = new RowTable();
        const numbers = new Map<string, number>();
        // As in shapes, the first number of a row says how long it is.
        const shaped = rows.map(([first, [kind, rest], value]) => ({
          first,
          row: [kind * 10 + rest.length, ...rest],
          value,
        }));
        for (const { first, row, value } of shaped) {
          const key = `${first}: ${row.join(' ')}`;
          expect(table.get(first, row)).toBe(numbers.get(key) ?? -1);
          if (numbers.has(key)) continue;
          table.set(first, row, value);
          numbers.set(key, value);
        }
        for (const { first, row } of shaped)
          expect(table.get(first, Int32Array.from([...row, 7]), row.length)).toBe(
            numbers.get(`${first}: ${row.join(' ')}`),
          );
      }),
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
