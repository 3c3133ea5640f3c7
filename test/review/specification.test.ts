import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';

const read = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
const ajv = new Ajv2020({ allErrors: true });
addFormats.default(ajv);
const isValid = ajv.compile(read('docs/schemas/specification.schema.json'));

describe('the specification as data', () => {
  test('keeps to its schema', () => {
    isValid(read('docs/specification.json'));
    expect(isValid.errors).toBeNull();
  });

  test.each<readonly [string, (record: Record<string, unknown>) => void]>([
    ['another version', (record) => (record['version'] = 2)],
    [
      'a clause that is missing',
      (record) => delete (record['clauses'] as Record<string, unknown>)['STATE-INITIAL'],
    ],
    ['a pair that no folder shows', (record) => (record['pairs'] as string[]).push('FINISHED/FINISHED')],
    ['a member that nobody knows', (record) => (record['extra'] = 1)],
    [
      'no place of a passage',
      (record) => delete (record['passages'] as Record<string, unknown>[])[0]!['hash'],
    ],
  ])('does not with %s', (_what, change) => {
    const record = read('docs/specification.json');
    change(record);
    expect(isValid(record)).toBe(false);
  });
});
