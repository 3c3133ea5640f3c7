import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { repository } from '../cli/built.ts';
import { directoryWith } from '../cli/fake-terminal.ts';

const report = (passed: number, failed: number, unloadable = 0) =>
  JSON.stringify({
    numPassedTests: passed,
    numFailedTests: failed,
    testResults: Array.from({ length: unloadable }, () => ({ status: 'failed', assertionResults: [] })),
  });

/** What the programs that the script starts do here, as shell commands; those that are not named succeed. */
interface Stage {
  /** The run on a bare machine, in which `.test-report.json` is what it hands over. */
  readonly bare: string;
  readonly 'npm start'?: string;
  readonly 'npm test'?: string;
  readonly 'npm run vitest'?: string;
  readonly 'npm run test:deep'?: string;
  readonly 'npm run smoke'?: string;
  readonly 'git diff'?: string;
}

const writes = (text: string, path = '.test-report.json') => `echo '${text}' > ${path}`;
/** What the deep tests write unless a stage says otherwise. */
const deep = writes(report(2, 0), '.test-report-deep.json');

/** Runs the script; what it ran, and what its last line says. */
function runScript({ bare, ...others }: Stage) {
  const programs = { 'npm run test:deep': deep, ...others };
  const root = directoryWith({});
  const script = (name: string, text: string) => {
    writeFileSync(join(root, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(root, name), 0o755);
  };
  mkdirSync(join(root, 'bin'));
  cpSync(join(repository, '.ci'), join(root, '.ci'), { recursive: true });
  for (const name of readdirSync(join(root, '.ci'))) if (name !== 'run') script(`.ci/${name}`, '');
  script('.ci/bare', `echo bare >> ran; ${bare}`);
  for (const name of ['npm', 'git']) {
    const cases = Object.entries(programs).map(([call, does]) => `"${call}"*) ${does} ;;`);
    script(`bin/${name}`, `echo "${name} $*" >> ran\ncase "${name} $*" in ${cases.join('\n')} esac`);
  }
  const env = { ...process.env, PATH: `${join(root, 'bin')}:${process.env['PATH']}` };
  const { status, stdout } = spawnSync(join(root, '.ci/run'), { env, encoding: 'utf8' });
  const ran = readFileSync(join(root, 'ran'), 'utf8').trimEnd().split('\n');
  return { status, last: stdout.trimEnd().split('\n').at(-1), ran, stdout };
}

const always = [
  'npm run test:deep',
  'npm run smoke',
  'npm run cross-check -- --require rumur,spin,qt-scxml,z3,cvc5',
];
const onceMore = ['git diff --quiet HEAD', 'bare', 'npm ci'];
const passes = writes(report(5, 0));

describe('the script of the pipeline', () => {
  test('runs the tests once, on a bare machine, and counts what their report says', () => {
    const { status, last, ran } = runScript({ bare: passes });
    expect([status, last]).toEqual([0, '7 passed, 0 failed']);
    expect(ran).toEqual([...onceMore, ...always]);
  });

  test('runs them on this machine where no bare one can be had', () => {
    const { status, last, ran } = runScript({ bare: 'exit 125', 'npm test': passes });
    expect([status, last]).toEqual([0, '7 passed, 0 failed']);
    expect(ran).toEqual([...onceMore, 'npm start', 'npm test', ...always]);
  });

  test('runs what has not been committed on this machine', () => {
    const { ran } = runScript({ bare: passes, 'git diff': 'exit 1', 'npm test': passes });
    expect(ran).not.toContain('bare');
    expect(ran).toContain('npm test');
  });

  test('counts the tests also where the commands of the README end before them', () => {
    const { status, last, ran } = runScript({ bare: 'exit 1', 'npm run vitest': passes });
    expect([status, last]).toEqual([1, '7 passed, 1 failed']);
    expect(ran).toEqual([...onceMore, 'npm run vitest', ...always]);
  });

  test('says at its end which test failed, and how each step ended', () => {
    const failed = JSON.stringify({
      numPassedTests: 1,
      numFailedTests: 1,
      testResults: [
        { status: 'failed', name: 'a.test.ts', assertionResults: [{ status: 'failed', fullName: 'a b' }] },
      ],
    });
    const { stdout } = runScript({ bare: `${writes(failed)}; exit 3` });
    const end = stdout.trimEnd().split('\n').slice(-2);
    expect(end).toEqual(['failed: a.test.ts: a b', '3 passed, 1 failed']);
    expect(stdout).toMatch(/^run: \d+ s, ended with 3: .ci\/bare --keep/m);
  });

  test.each<[string, Stage, string]>([
    ['tests fail', { bare: `${writes(report(5, 2))}; exit 1` }, '7 passed, 2 failed'],
    [
      'a file of tests cannot be loaded',
      { bare: `${writes(report(5, 0, 1))}; exit 1` },
      '7 passed, 1 failed',
    ],
    ['all tests pass and the commands do not', { bare: `${passes}; exit 1` }, '7 passed, 1 failed'],
    ['another step fails', { bare: passes, 'npm run smoke': 'exit 1' }, '7 passed, 1 failed'],
    [
      'tests fail and another step does',
      { bare: `${writes(report(5, 2))}; exit 1`, 'npm run smoke': 'exit 1' },
      '7 passed, 3 failed',
    ],
    ['no test was run', { bare: writes(report(0, 0)) }, '2 passed, 1 failed'],
    ['there is no report', { bare: '', 'npm run vitest': '' }, '2 passed, 1 failed'],
    [
      'a deep test fails',
      { bare: passes, 'npm run test:deep': `${writes(report(1, 1), '.test-report-deep.json')}; exit 1` },
      '6 passed, 1 failed',
    ],
    ['there is no report of the deep tests', { bare: passes, 'npm run test:deep': '' }, '5 passed, 1 failed'],
    ['the deep tests cannot start', { bare: passes, 'npm run test:deep': 'exit 1' }, '5 passed, 1 failed'],
    [
      'npm start fails',
      { bare: 'exit 125', 'npm start': 'exit 1', 'npm run vitest': passes },
      '7 passed, 1 failed',
    ],
  ])('fails where %s', (_what, stage, line) => {
    const { status, last } = runScript(stage);
    expect([status, last]).toEqual([1, line]);
  });
});
