import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { literalValue } from '../../../src/recordings/text/literal.ts';
import { readText } from '../reading.ts';
import { prop } from '../../property.ts';

const read = (text: string) => literalValue(text, 64);
const options = fc.record({
  breakLength: fc.constantFrom(20, 80, Infinity),
  compact: fc.constantFrom(false, 1, 3),
});
const unlimited = { depth: Infinity, maxArrayLength: Infinity, maxStringLength: Infinity };

describe('a value that Node prints', () => {
  prop([fc.json({ maxDepth: 4 }), options])('is read as it was', (text, how) => {
    const value = { folder_id: 'f-1', value: JSON.parse(text) as unknown };
    expect(read(inspect(value, { ...unlimited, ...how }))).toEqual(value);
  });

  prop([fc.string({ unit: 'binary', maxLength: 40 }), options, fc.boolean()])(
    'is taken out of the text around it',
    (note, how, hasColours) => {
      const answer = { folder_id: 'f-1', resolution_status: 'FINISHED', note, analyses: [] };
      const printed = inspect(answer, { ...unlimited, ...how, colors: hasColours });
      const { observations, codes } = readText(`GET /api/folders/f-1 200 ${printed}\nend\n`);
      expect(observations).toMatchObject([{ folderId: 'f-1', resolutionStatus: 'FINISHED' }]);
      expect(codes).toEqual(['TEXT_AROUND_JSON']);
    },
  );
});

describe('a value that Python prints', () => {
  it.each([
    ['a tuple', `{'a': (1, 'b')}`, { a: [1, 'b'] }],
    ['a tuple of one', `{'a': (1,)}`, { a: [1] }],
    ['a text in parts', `{'a': ('b '\n       "c'")}`, { a: "b c'" }],
    ['signs', `{'a': '\\xe9\\U0001f600\\u20ac\\\\\\'"'}`, { a: '\u00e9\u{1f600}\u20ac\\\'"' }],
    ['numbers', `[1, -2.5, 1e-05, nan, True, None]`, [1, -2.5, 1e-5, null, true, null]],
  ])('is read as it was: %s', (_what, text, value) => {
    expect(read(text)).toEqual(value);
  });

  it.each(['{', `{'a'}`, `{'a': b}`, `{'a': 1} x`, `{'a': "b}`, `{'a': datetime(2026, 1)}`, '[1 2]'])(
    'is none where it is not whole, or of another kind: %s',
    (text) => {
      expect(read(text)).toBeUndefined();
    },
  );

  it('nests no deeper than it may', () => {
    const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
    expect(read(nested(65))).not.toBeUndefined();
    expect(read(nested(66))).toBeUndefined();
  });
});
