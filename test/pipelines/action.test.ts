import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { program, repository } from '../cli/built.ts';
import { actionProblems } from './validators.ts';

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string; readonly required?: boolean }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: {
    readonly using: string;
    readonly steps: readonly {
      readonly id: string;
      readonly shell: string;
      readonly env: Readonly<Record<string, string>>;
      readonly run: string;
    }[];
  };
}

const place = '.github/actions/check/action.yml';
const text = readFileSync(join(repository, place), 'utf8');
const action = parse(text, { strict: true }) as Action;
const [step, ...furtherSteps] = action.runs.steps;
let directory = '';

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'action-'));
  mkdirSync(join(directory, 'recordings/deep er'), { recursive: true });
  const copy = (from: string, to: string) =>
    cpSync(join(repository, 'docs/examples/recordings', from), join(directory, 'recordings', to));
  copy('ordinary-life.ndjson', 'passed.ndjson');
  copy('two-steps.ndjson', 'deep er/two steps.ndjson');
  copy('finality-violated.ndjson', 'bad.json');
});
afterAll(() => rmSync(directory, { recursive: true }));

/** Runs the step in bash as GitHub does, its expressions replaced by the inputs. */
function runAction(given: Readonly<Record<string, string>>) {
  const inputs: Record<string, string | undefined> = {
    program: `${process.execPath} ${program()}`,
    ...given,
  };
  const valueOf = (expression: string) =>
    expression.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, name: string) => {
      const value = inputs[name] ?? action.inputs[name]?.default;
      if (value === undefined) throw new Error(`no input ${name}`);
      return value;
    });
  const [output, summary] = [join(directory, 'output'), join(directory, 'summary.md')];
  rmSync(output, { force: true });
  rmSync(summary, { force: true });
  const env = Object.fromEntries(
    Object.entries(step?.env ?? {}).map(([name, value]) => [name, valueOf(value)]),
  );
  const ended = spawnSync('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', step?.run ?? ''], {
    cwd: directory,
    env: { PATH: process.env['PATH'], GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary, ...env },
    encoding: 'utf8',
  });
  return { ...ended, output: readFileSync(output, 'utf8'), summary: readFileSync(summary, 'utf8') };
}

describe('the action for GitHub', () => {
  test('keeps to what GitHub knows of actions', () => {
    expect(actionProblems(text)).toEqual([]);
    expect(actionProblems(text.replace('shell: bash', 'shel: bash'))).not.toEqual([]);
    expect(actionProblems(text.replace('inputs.files }}', 'inputs.files('))).not.toEqual([]);
  });

  test('is a composite one of one step, whose script holds no expression', () => {
    expect(action.runs.using).toBe('composite');
    expect(furtherSteps).toEqual([]);
    expect(step?.shell).toBe('bash');
    expect(step?.run).not.toContain('${{');
    expect(action.outputs['exit-code']?.value).toBe(`\${{ steps.${step?.id}.outputs.exit-code }}`);
  });

  test('hands every input to its step or its outputs', () => {
    const used = [...text.matchAll(/inputs\.([\w-]+)/g)];
    expect([...new Set(used.map(([, name = '']) => name))].toSorted()).toEqual(
      Object.keys(action.inputs).toSorted(),
    );
  });

  test('passes, writes the summary and the log, and says how it ended', () => {
    const { status, output, summary, stdout } = runAction({ files: 'recordings/**/*.ndjson\n' });
    expect({ status, output }).toEqual({ status: 0, output: 'exit-code=0\n' });
    expect(summary).toContain('2 folders');
    expect(stdout).toContain('MASKED_RESULT');
    const sarif = JSON.parse(readFileSync(join(directory, 'oz-status.sarif'), 'utf8')) as { version: string };
    expect(sarif.version).toBe('2.1.0');
  });

  test('takes options and file names with spaces', () => {
    const { status, output, stdout } = runAction({
      files: 'recordings/deep er/two steps.ndjson',
      options: '--strict\n--reading\nstatus-precedence=failed-first\n',
      sarif: 'other.sarif',
    });
    expect({ status, output }).toEqual({ status: 1, output: 'exit-code=1\n' });
    expect(stdout).toContain('::error file=recordings/deep er/two steps.ndjson');
    expect(readFileSync(join(directory, 'other.sarif'), 'utf8')).toContain('MASKED_RESULT');
  });

  test.each([
    ['violates', 'recordings/*.json', 1],
    ['is not there', 'recordings/*.har', 3],
  ])('fails where a recording %s', (_what, files, exitCode) => {
    const { status, output } = runAction({ files });
    expect({ status, output }).toEqual({ status: exitCode, output: `exit-code=${exitCode}\n` });
  });

  test('runs nothing that stands in an input', () => {
    const { status } = runAction({ files: '$(touch run)\n; touch run\n`touch run`', options: '--all' });
    expect(status).toBe(3);
    expect(() => readFileSync(join(directory, 'run'))).toThrow('ENOENT');
  });
});
