import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plain, plainLimits } from '../../src/inspection/plain.ts';
import { prop } from '../property.ts';

prop([fc.jsonValue({ noUnicodeString: false })])('copies what JSON can say as it is', (value) => {
  // As text: JSON has one zero, and no value of it is -0.
  expect(JSON.stringify(plain(value))).toBe(JSON.stringify(value));
});

prop([fc.anything({ withBigInt: true, withMap: true, withSet: true, withSparseArray: true })])(
  'makes of anything a value that JSON can write',
  (value) => {
    expect(() => JSON.stringify(plain(value))).not.toThrow();
  },
);

test('ends at cycles, at depth and at size', () => {
  const cycle: Record<string, unknown> = {};
  cycle['again'] = cycle;
  expect(plain(cycle)).toEqual({ again: '[circular]' });
  let deep: unknown = 'end';
  for (let level = 0; level < 100_000; level += 1) deep = [deep];
  expect(JSON.stringify(plain(deep))).toContain('[left out]');
  const wide = Array.from({ length: 300 }, () => Array.from({ length: 300 }, () => 1));
  const copied = plain(wide) as readonly unknown[][];
  expect(copied.flat().length).toBeLessThanOrEqual(20_300);
});

/** A list whose items are counted as they are taken, of any length. */
function counting(length: number) {
  const taken = { items: 0 };
  class Counting extends Map<number, number> {
    override get size(): number {
      return length;
    }
    override *[Symbol.iterator](): MapIterator<[number, number]> {
      for (let at = 0; at < length; at += 1) {
        taken.items += 1;
        yield [at, at];
      }
      return undefined;
    }
  }
  return { taken, list: new Counting() };
}

describe('before it copies', () => {
  test('takes of a Map no more than it has room for, and says how many are left out', () => {
    const { taken, list } = counting(1_000_000);
    const copy = plain({ list }) as { readonly list: readonly unknown[] };
    expect(taken.items).toBeLessThanOrEqual(plainLimits.values);
    expect(copy.list.length).toBeLessThan(plainLimits.values / 2);
    expect(copy.list.at(-1)).toBe(`[${1_000_000 - copy.list.length + 1} left out]`);
  });

  test.each<readonly [string, object, string]>([
    ['a buffer', Buffer.alloc(5_000_000), '[Buffer of 5000000 bytes]'],
    ['a typed array', new Uint8Array(5_000_000), '[Uint8Array of 5000000 bytes]'],
    ['a view', new DataView(new ArrayBuffer(8)), '[DataView of 8 bytes]'],
    [
      'an object of many members',
      Object.fromEntries(Array.from({ length: 20_001 }, (_, at) => [at, at])),
      '[object of 20001 members]',
    ],
  ])('says of %s how large it is, and copies nothing of it', (_name, value, told) => {
    expect(plain([value])).toEqual([told]);
  });

  test('has room for so many characters of all texts and names', () => {
    const texts = Array.from({ length: 50 }, (_, at) => ({
      [`${at}${'k'.repeat(50_000)}`]: 'v'.repeat(50_000),
    }));
    expect(JSON.stringify(plain(texts)).length).toBeLessThan(plainLimits.characters + 10_000);
    expect(plain(['v'.repeat(plainLimits.text + 1)])).toEqual([`${'v'.repeat(plainLimits.text)}[left out]`]);
  });

  test('reads of a long list what it has room for', () => {
    const copy = plain(Array.from({ length: 30_000 }, () => 1)) as readonly unknown[];
    expect(copy.at(-1)).toBe(`[${30_000 - copy.length + 1} left out]`);
    expect(plain(new Set([1, 2]))).toEqual([1, 2]);
    expect(plain(2n ** 100n)).toBe(`[bigint ${2n ** 100n}]`);
    expect(plain(-(2n ** 100_000n))).toBe('[bigint, left out]');
  });
});

test('does not throw where reading does', () => {
  const hostile = {
    get broken() {
      throw new Error('no');
    },
    whole: 1,
  };
  expect(plain(hostile)).toEqual({ broken: '[unreadable]', whole: 1 });
  expect(plain({ toJSON: () => JSON.parse('{') as unknown })).toBe('[unreadable]');
  expect(plain(new Proxy({}, { ownKeys: () => JSON.parse('{') as string[] }))).toBe('[unreadable]');
});

test('takes __proto__ for a key like any other', () => {
  const copy = plain(JSON.parse('{"__proto__":{"polluted":true}}'));
  expect(Object.keys(copy as object)).toEqual(['__proto__']);
  expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
});
