import * as fc from 'fast-check';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formatsOf from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { baselineProblems } from '../../../src/reports/baseline/index.ts';
import { baselineSchema } from '../../../src/build/generate/index.ts';
import { check, entry, fileOf, withBaseline } from './baseline-samples.ts';

describe('a baseline file that is none', () => {
  test.each([
    ['{"formatVersion": 1, "entries": [}', 'known.json:1:34: not valid JSON: expected'],
    ['[]', 'known.json:1:1: expected an object with entries, received []'],
    ['{}', 'known.json:1:1 /formatVersion: expected 1, received nothing'],
    ['{"formatVersion": 1}', 'known.json:1:1 /entries: expected a list, received nothing'],
    ['{"formatVersion": 2, "entries": []}', 'known.json:1:19 /formatVersion: expected 1, received 2'],
    ['{"formatVersion": 1, "entries": [], "a/b": 1}', 'known.json:1:44 /a~1b: there is no such member'],
    [
      '{"formatVersion": 1, "entries": [], "__proto__": {}}',
      'known.json:1:50 /__proto__: there is no such member',
    ],
    [fileOf({ reason: '' }), 'known.json:1:31 /entries/0: expected code, received none'],
    [fileOf({ ...entry, code: 'toString' }), '/entries/0/code: expected the code of a finding, received'],
    [fileOf({ ...entry, expires: '2030-02-30' }), '/entries/0/expires: expected a day as YYYY-MM-DD'],
    [fileOf({ ...entry, folder: 1 }), '/entries/0/folder: expected text, received 1'],
    [fileOf({ ...entry, reson: '' }), '/entries/0/reson: there is no such member'],
    [fileOf(entry, entry), ' /entries/1: knows the same findings as /entries/0'],
    [`{"\u001b[2J": 1}`, 'known.json:1:3: not valid JSON'],
    ['['.repeat(10_000), 'at most 8 nested lists and objects'],
  ])('is refused with its place: %s', async (content, reason) => {
    const { code, stdout, stderr } = await check(withBaseline(content), 'bad.ndjson');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^oz-status: known\.json:\d+:\d+/);
    expect(stderr).toContain(reason);
    expect(stderr).not.toContain('\u001b');
  });

  test('is told by a bounded number of its problems', async () => {
    const { stderr } = await check(
      withBaseline(fileOf(...Array.from({ length: 50 }, () => ({})))),
      'bad.ndjson',
    );
    expect(stderr).toContain('and 80 more');
  });

  test.each(['yesterday', '2030-13-01', ''])('is not read for a day that is none: %j', async (day) => {
    const { code, stderr } = await check(withBaseline(fileOf()), '--today', day, 'bad.ndjson');
    expect(code).toBe(2);
    expect(stderr).toContain('--today: expected a');
  });
});

test('the validator of baselines accepts exactly what the JSON Schema accepts', () => {
  const accepts = formatsOf.default(new Ajv2020()).compile(baselineSchema());
  const odd = fc.oneof(
    fc.jsonValue({ maxDepth: 1 }),
    fc.constantFrom('', '2030-02-28', 'GROUP_CHANGED', 1, '/*'),
  );
  const some = fc.record(
    { code: fc.oneof({ weight: 3, arbitrary: fc.constant('GROUP_CHANGED') }, odd), reason: odd },
    { requiredKeys: [] },
  );
  const entryLike = fc
    .tuple(
      some,
      fc.dictionary(
        fc.constantFrom('folder', 'analysis', 'file', 'pointer', 'observed', 'expires', 'x'),
        odd,
      ),
    )
    .map(([one, more]) => ({ ...one, ...more }));
  const fileLike = fc.record(
    { $schema: odd, formatVersion: odd, entries: fc.oneof(fc.array(entryLike, { maxLength: 1 }), odd) },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(fileLike, odd), (value) => {
      expect(baselineProblems(value).length === 0).toBe(accepts(value));
    }),
    { numRuns: 500 },
  );
});
