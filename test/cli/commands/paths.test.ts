import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { repository } from '../built.ts';
import { runHere } from '../fake-terminal.ts';

const paths = (...args: readonly string[]) => runHere(['paths', ...args], { cwd: repository });
const schema = JSON.parse(readFileSync(join(repository, 'docs/schemas/paths.schema.json'), 'utf8')) as object;
const validate = new Ajv2020({ allErrors: true }).compile(schema);

describe('paths', () => {
  test.each([
    ['folder', 'states', 'default'],
    ['group', 'refused-pairs', 'operator-decision=allowed'],
    ['analysis', 'guard-outcomes', 'failed-beside-declined=declined'],
  ])('of the %s are JSON by the schema, criterion %s, reading %s', async (machine, criterion, answer) => {
    const reading = answer === 'default' ? [] : ['--reading', answer];
    const { code, stdout, stderr } = await paths(
      machine,
      '--criterion',
      criterion,
      '--format',
      'json',
      ...reading,
    );
    expect([code, stderr]).toEqual([0, '']);
    const printed = JSON.parse(stdout) as { paths: object[]; least: { paths: number } };
    expect(validate(printed), JSON.stringify(validate.errors)).toBe(true);
    expect(printed.paths).toHaveLength(printed.least.paths);
    expect(validate({ ...printed, paths: [{}] })).toBe(false);
  });

  test('say as text how many there are and why fewer do not suffice', async () => {
    const { code, stdout } = await paths('analysis');
    expect(code).toBe(0);
    expect(stdout).toContain(
      '4 paths with 4 events meet 4 targets, all that there are. Fewer do not suffice',
    );
    expect(stdout).toContain('  1. analysis.finished OPERATOR_REQUIRED: FINISHED.OPERATOR_REQUIRED');
  });

  test('say that there is nothing to meet where no two steps follow each other [ANALYSIS-FINAL]', async () => {
    expect((await paths('analysis', '--criterion', 'transition-pairs')).stdout).toContain('nothing to meet');
    const decided = await paths(
      'analysis',
      '--criterion',
      'transition-pairs',
      '--reading',
      'operator-decision=allowed',
    );
    expect(decided.stdout).toContain('2 paths');
  });

  test.each([
    [['foldr'], 'did you mean folder?'],
    [['folder', '--criterion', 'state'], 'did you mean states?'],
    [['--reading', 'operator-decision=perhaps'], 'expected unspecified or allowed or forbidden'],
    [['folder', 'group'], 'received also group'],
  ])('%j is told what was expected', async (args, message) => {
    const { code, stdout, stderr } = await paths(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  test('say that an answer changes nothing where nobody asks the question', async () => {
    const answers = ['--reading', 'result-scope=all-analyses', '--reading', 'result-while-running=hold'];
    const { code, stderr } = await paths('analysis', ...answers);
    expect(code).toBe(0);
    expect(stderr).toContain('nobody asks result-while-running');
  });
});
