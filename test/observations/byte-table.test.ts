import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteTable } from '../../src/observations/packed/byte-table.ts';
import { GrowingBytes } from '../../src/observations/packed/byte-text.ts';

const anyText = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 5 }),
  fc.constantFrom('', '\0', '\0\0\0\0', '\ufeffa', 'é', '\ud800', 'a'.repeat(100)),
  fc.uuid(),
);

/** The number of each text in a table, which is asked from another place in its chunk each time. */
function numbersOf(table: ByteTable, texts: readonly string[], ask: 'intern' | 'find'): number[] {
  const scratch = new GrowingBytes();
  return texts.map((text, at) => {
    scratch.end = at % 7;
    const from = scratch.write(text);
    return table[ask](scratch, from, scratch.end);
  });
}

describe('a table of texts', () => {
  it('always numbers texts in the order in which they came, and gives them back', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 200, size: 'max' }), (texts) => {
        const table = new ByteTable();
        const distinct = [...new Set(texts)];
        const numbers = texts.map((text) => distinct.indexOf(text));
        expect(numbersOf(table, distinct.slice(0, 1), 'find')).toEqual(distinct.slice(0, 1).map(() => -1));
        expect(numbersOf(table, texts, 'intern')).toEqual(numbers);
        expect(numbersOf(table, texts, 'find')).toEqual(numbers);
        expect(table.size).toBe(distinct.length);
        expect(distinct.map((_, number) => table.textOf(number))).toEqual(distinct);
        expect(table.textsOf(0, distinct.length)).toEqual(distinct);
      }),
      { numRuns: 50 },
    );
  });

  it('keeps apart more texts than it has room for at first, one of them longer than a page', () => {
    const long = 'x'.repeat(5 << 20);
    const texts = [...Array.from({ length: 20_000 }, (_, at) => `id-${at}`), long, `${long}y`, 'last'];
    const table = new ByteTable();
    expect(numbersOf(table, texts, 'intern')).toEqual(texts.map((_, at) => at));
    expect(numbersOf(table, texts, 'find')).toEqual(texts.map((_, at) => at));
    expect([...table.textsOf(0, 10_000), ...table.textsOf(10_000, texts.length - 10_000)]).toEqual(texts);
  });
});
