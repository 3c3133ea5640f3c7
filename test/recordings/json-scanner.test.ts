import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonScanner } from '../../src/recordings/json/syntax.ts';
import { portions } from './reading.ts';
import { runs } from '../deep.ts';
import { prop } from '../property.ts';
import { isJson } from './reading.ts';

const encoder = new TextEncoder();

function scan(text: string, size = Infinity, maxDepth = 100): JsonScanner {
  const scanner = new JsonScanner(maxDepth);
  const bytes = encoder.encode(`${text}\n`);
  for (const portion of portions(bytes, Math.min(size, bytes.length))) scanner.feed(portion);
  return scanner;
}

/** Texts near to JSON: a value printed, with one stretch of it replaced. */
const nearJson = fc
  .tuple(
    fc.json(),
    fc.nat(60),
    fc.nat(3),
    fc.string({ unit: fc.constantFrom(...Array.from('{}[]",:0-1.eE+\\utrn \t')), maxLength: 3 }),
  )
  .map(([text, at, length, patch]) => text.slice(0, at) + patch + text.slice(at + length));

describe('the JSON scanner', () => {
  prop([fc.oneof(nearJson, fc.json(), fc.string({ maxLength: 12 }))], runs(250, 5000))(
    'accepts exactly what JSON.parse accepts',
    (text) => {
      const ended = text.replaceAll('\n', ' ');
      expect(scan(ended).status === 'complete').toBe(isJson(ended));
    },
  );

  prop([nearJson, fc.integer({ min: 1, max: 5 })])('does not depend on portions', (text, size) => {
    const [whole, cut] = [scan(text), scan(text, size)];
    expect([cut.status, cut.problem]).toEqual([whole.status, whole.problem]);
  });

  prop([fc.json(), fc.nat()])('finds every beginning of a value open or complete', (text, length) => {
    const scanner = new JsonScanner(100);
    scanner.feed(encoder.encode(text.slice(0, length % (text.length + 1))));
    expect(['empty', 'open', 'complete']).toContain(scanner.status);
  });

  it.each([
    ['{"a":1,}', 7, 'a name in double quotes'],
    ['[1 2]', 3, '"," or the end of the list or object'],
    ["{'a':1}", 1, 'a name in double quotes or "}"'],
    ['{"a" 1}', 5, '":"'],
    ['"a\u0001"', 2, 'the rest of a string, without control characters'],
    ['nul', 3, 'true, false or null'],
    ['01', 1, 'the end of the number'],
    ['1 1', 2, 'nothing after the value'],
    ['"\\x"', 2, 'an escape sequence'],
  ])('names the place and what could stand there: %s', (text, offset, expected) => {
    expect(scan(text).problem).toEqual({ offset, expected });
  });

  it('refuses what nests deeper than its limit', () => {
    expect(scan('[[[]]]', Infinity, 3).status).toBe('complete');
    expect(scan('[[[[]]]]', Infinity, 3).status).toBe('too deep');
  });
});
