import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { plain } from '../../src/inspection/plain.ts';

property.prop([fc.jsonValue({ noUnicodeString: false })])('copies what JSON can say as it is', (value) => {
  // As text: JSON has one zero, and no value of it is -0.
  expect(JSON.stringify(plain(value))).toBe(JSON.stringify(value));
});

property.prop([fc.anything({ withBigInt: true, withMap: true, withSet: true, withSparseArray: true })])(
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
