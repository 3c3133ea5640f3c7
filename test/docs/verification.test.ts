import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { clauseIds } from '../../machines/index.ts';
import { readRecords, specificationDigest } from '../../src/build/generated-records.ts';
import { verificationPage, type RunRecord } from '../../src/build/generate/index.ts';

const text = { type: 'string', minLength: 1 };
const closed = (properties: Readonly<Record<string, object>>, optional: readonly string[] = []) => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
});

const recordSchema = closed(
  {
    run: { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' },
    title: text,
    command: { type: 'string', pattern: '^npm run [a-z:-]+( |$)' },
    what: text,
    took: text,
    specification: { type: 'string', pattern: '^[0-9a-f]{16}$' },
    rows: {
      type: 'array',
      minItems: 1,
      items: closed(
        {
          name: text,
          clauses: { type: 'array', items: { enum: clauseIds } },
          bound: text,
          engine: text,
          result: { enum: ['passed', 'failed', 'not run', 'measured'] },
          measured: text,
        },
        ['clauses', 'measured'],
      ),
    },
    remarks: { type: 'array', items: text },
  },
  ['remarks'],
);

const validate = new Ajv2020({ allErrors: true }).compile(recordSchema);
const records = readRecords();
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};

const sample: RunRecord = {
  run: 'sample',
  title: 'A sample',
  command: 'npm run generate',
  what: 'Nothing.',
  took: 'under 1 s',
  specification: specificationDigest(),
  rows: [
    { name: 'one', bound: 'none', engine: 'none', result: 'passed' },
    { name: 'two', bound: 'none', engine: 'none', result: 'not run', clauses: ['ANALYSIS-FINAL'] },
  ],
};

describe('the record of a run', () => {
  test('has the documented shape', () => {
    const wrong = records.flatMap((record) =>
      validate(record)
        ? []
        : (validate.errors ?? []).map((error) => `${record.run}: ${error.instancePath} ${error.message}`),
    );
    expect(wrong).toEqual([]);
    expect(validate({ ...sample, rows: [{ ...sample.rows[0], result: 'skipped' }] })).toBe(false);
  });

  test('names a command that there is, and claims nothing twice', () => {
    for (const { command, rows } of records) {
      expect(Object.keys(scripts)).toContain(command.split(' ')[2]);
      expect(new Set(rows.map(({ name, bound, engine }) => `${name} ${bound} ${engine}`)).size).toBe(
        rows.length,
      );
    }
  });

  test('holds nothing that failed', () => {
    const failed = records.flatMap(({ run, rows }) =>
      rows.filter(({ result }) => result === 'failed').map(({ name }) => `${run}: ${name}`),
    );
    expect(failed).toEqual([]);
  });
});

describe('the page of verification', () => {
  test('counts what was not run apart from what passed [ANALYSIS-FINAL]', () => {
    const shown = verificationPage([sample], specificationDigest());
    expect(shown).toContain('1 passed, 1 not run');
    expect(shown).toContain('the present one');
    expect(shown).toContain('[ANALYSIS-FINAL](clauses.md#analysis-final)');
  });

  test('says of a record that it belongs to another specification', () => {
    expect(verificationPage([sample], '0'.repeat(16))).toContain('an earlier one: repeat the run');
  });
});
