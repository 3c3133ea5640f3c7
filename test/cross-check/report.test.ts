import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checks } from './checks.ts';
import { engines, type Engine } from './engines.ts';
import { isFailure, readArguments, report, runOne } from './main.ts';
import type { Outcome } from './outcome.ts';
import { OutOfTime } from './programs.ts';
import { recordOf } from './record.ts';

const outcome = (subject: string, engine: string, result: Outcome['result'], says = 'agrees'): Outcome => ({
  section: 'Counts',
  subject,
  engine,
  result,
  says,
  ...(result === 'failed' ? { detail: 'expected 1, received 2' } : {}),
});
const outcomes = [
  outcome('1 x 1', 'formula', 'passed', '10 states'),
  outcome('1 x 1', 'Rumur', 'failed'),
  outcome('1 x 2', 'formula', 'passed', '82 states'),
  outcome('1 x 2', 'Spin', 'not run'),
];

describe('the report of the cross-check', () => {
  const text = report(outcomes, [engines.spin], { require: [] });

  test('shows a subject in a row and an engine in a column', () => {
    expect(text).toContain('         formula    Rumur      Spin\n');
    expect(text).toContain('  1 x 1  10 states  DISAGREES  -\n');
    expect(text).toContain('  1 x 2  82 states  -          NOT RUN\n');
  });

  test('says what disagrees', () => {
    expect(text).toContain('DISAGREES  Counts, 1 x 1, Rumur: expected 1, received 2');
  });

  test('names what is missing and counts it as not run', () => {
    expect(text).toContain('Spin: not installed: nothing of it was run. Debian: apt-get install spin');
    expect(text).toContain('cross-check: 2 passed, 1 failed, 1 not run');
    expect(report(outcomes, [engines.spin], { require: ['spin'] })).toContain('REQUIRED, but not installed');
  });

  test('becomes one row of the record for each subject, and never passes over what was not run', () => {
    expect(
      recordOf(outcomes).rows.map(({ bound, engine, result, measured }) => [bound, engine, result, measured]),
    ).toEqual([
      ['1 x 1', 'formula, Rumur', 'failed', '10 states'],
      ['1 x 2', 'formula, Spin', 'not run', '82 states'],
    ]);
  });
});

describe('a check that does not end well', () => {
  const ending = (error: Error) => runOne({ run: () => Promise.reject(error) }, '');
  const because = async (error: Error) => ({ ...outcomes[0]!, engine: 'Spin', ...(await ending(error)) });

  test('has not agreed where something breaks', async () => {
    const broken = await because(new Error('no report'));
    expect(broken).toMatchObject({ result: 'failed', detail: 'no report' });
    expect(isFailure([broken], { require: [] })).toBe(true);
  });

  test('counts as not run where time is out, and as a failure where the engine is required', async () => {
    const late = await because(new OutOfTime('pan was ended'));
    expect(report([late], [], { require: [] })).toContain('NOT RUN    Counts, 1 x 1, Spin: pan was ended');
    expect(isFailure([late], { require: ['rumur'] })).toBe(false);
    expect(isFailure([late], { require: ['spin'] })).toBe(true);
  });
});

describe('the command line of the cross-check', () => {
  test.each([
    [[], { require: [], large: false, record: false }],
    [['--require', 'rumur,spin', '--large'], { require: ['rumur', 'spin'], large: true, record: false }],
    [['--record'], { require: [], large: true, record: true }],
    [['--require', 'rumor'], { code: 2 }],
    [['--larger'], { code: 2 }],
    [['1x1'], { code: 2 }],
    [['--help'], { code: 0 }],
  ])('%j is read', (args, expected) => {
    expect(readArguments(args)).toMatchObject(expected);
  });

  test('prints the packages of all engines', () => {
    const asked = readArguments(['--packages']);
    const names = 'says' in asked ? asked.says.trim().split('\n') : [];
    for (const { packages } of Object.values<Engine>(engines))
      expect(names).toEqual(expect.arrayContaining(packages.split(' ')));
  });

  test('is used in the pipeline with every engine required', () => {
    const names = Object.values<Engine>(engines).map(({ name }) => name);
    expect(readFileSync('.ci/run', 'utf8')).toContain(`--require ${names.join(',')}`);
  });
});

describe('the checks', () => {
  test.each([
    ['Faults seeded into the tables', 4, [engines.rumur, engines.spin, engines.qtScxml]],
    ['The proof for every size, as SMT-LIB', 2, [engines.z3, engines.cvc5]],
  ])('ask every engine that can tell: %s', (section, subjects, able) => {
    const asked = checks(false).filter(({ head }) => head.section === section);
    expect(new Set(asked.map(({ head }) => head.subject)).size).toBe(subjects);
    expect(new Set(asked.map(({ needs }) => needs))).toEqual(new Set<Engine>(able));
    expect(asked).toHaveLength(subjects * able.length);
  });

  test('are different ones', () => {
    const heads = checks(true).map(({ head }) => JSON.stringify(head));
    expect(new Set(heads).size).toBe(heads.length);
  });
});
