import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { program, repository } from '../cli/built.ts';
import { blocksOf } from '../docs/blocks.ts';

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

const documents = blocksOf('docs/guide/ci.md', 'yaml').map(
  ({ text }) => parse(text, { strict: true }) as Readonly<Record<string, unknown>>,
);
const withKey = (key: string) => documents.filter((one) => Object.hasOwn(one, key)).map((one) => one[key]);
const workflows = withKey('steps') as readonly (readonly Step[])[];
const [job] = withKey('oz-status') as readonly { readonly script: readonly string[] }[];
const [hooks] = (withKey('repos') as { hooks: { entry: string; files: string }[] }[][]).flatMap((repos) =>
  repos.map((one) => one.hooks),
);
let directory = '';

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'pipeline-'));
  mkdirSync(join(directory, 'recordings'));
  for (const file of ['ordinary-life.ndjson', 'polls-that-skip.ndjson']) {
    cpSync(join(repository, 'docs/examples/recordings', file), join(directory, 'recordings', file));
  }
  // Stand for an installation: npm has nothing to do, and npx finds the built program.
  mkdirSync(join(directory, 'bin'));
  const npx = `while [ "$1" != oz-status ]; do shift; done; shift; exec '${process.execPath}' '${program()}' "$@"`;
  for (const [name, script] of [
    ['npx', npx],
    ['npm', '[ "$1" = ci ]'],
  ] as const) {
    writeFileSync(join(directory, 'bin', name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(directory, 'bin', name), 0o755);
  }
});
afterAll(() => rmSync(directory, { recursive: true }));

/** Runs lines of a pipeline in bash, each of which has to succeed. */
function bash(lines: readonly string[]) {
  const env = { PATH: `${join(directory, 'bin')}:${process.env['PATH']}`, GITHUB_STEP_SUMMARY: 'summary.md' };
  return spawnSync('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', lines.join('\n')], {
    cwd: directory,
    env,
    encoding: 'utf8',
  });
}

describe('the pipelines in the guide', () => {
  test('are two workflows of GitHub, a job of GitLab and a hook of pre-commit', () => {
    expect([workflows.length, hooks?.length, documents.length]).toEqual([2, 1, 4]);
    expect(job?.script.length).toBeGreaterThan(0);
  });

  test('run on GitHub', () => {
    for (const steps of workflows) {
      const { status, stderr } = bash(steps.flatMap(({ run }) => (run === undefined ? [] : [run])));
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    }
    expect(readFileSync(join(directory, 'oz-status.sarif'), 'utf8')).toContain('"2.1.0"');
    expect(readFileSync(join(directory, 'summary.md'), 'utf8')).toContain('2 folders');
  });

  test('use the action of this repository where they use one of their own', () => {
    const own = workflows.flat().filter(({ uses }) => uses?.startsWith('./'));
    expect(own).toHaveLength(1);
    expect(readFileSync(join(repository, own[0]?.uses ?? '', 'action.yml'), 'utf8')).toContain('composite');
  });

  test('run on GitLab', () => {
    const { status, stderr, stdout } = bash(job?.script ?? []);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('passed');
    expect(readFileSync(join(directory, 'oz-status.xml'), 'utf8')).toContain('<testsuites');
  });

  test('run before a commit, for recordings alone', () => {
    const { entry = '', files = '' } = hooks?.[0] ?? {};
    const changed = [
      'recordings/ordinary-life.ndjson',
      'README.md',
      'recordings/x.har.gz',
      'src/recordings/a.ndjson',
    ];
    expect(changed.filter((file) => new RegExp(files).test(file))).toEqual([changed[0], changed[2]]);
    expect(bash([`${entry} ${changed[0]}`])).toMatchObject({ status: 0, stderr: '' });
    expect(bash([`${entry} recordings/x.har.gz`]).status).toBe(3);
  });
});
