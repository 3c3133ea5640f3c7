import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { program, repository } from '../cli/built.ts';
import { blocksOf } from '../docs/blocks.ts';
import { gitlabProblems, runHooks, workflowProblems } from './validators.ts';

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

const documents = blocksOf('docs/guide/ci.md', 'yaml').map(({ text }) => ({
  text,
  members: parse(text, { strict: true }) as Readonly<Record<string, unknown>>,
}));
const withMember = (name: string) => documents.filter(({ members }) => Object.hasOwn(members, name));
const workflows = withMember('steps').map(({ members }) => members as { readonly steps: readonly Step[] });
const [gitlab, ...otherJobs] = withMember('oz-status');
const [hooks, ...otherHooks] = withMember('repos');
const bad = 'docs/examples/recordings/finality-violated.ndjson';
let directory = '';

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'pipeline-'));
  mkdirSync(join(directory, 'recordings'));
  for (const file of ['ordinary-life.ndjson', 'polls-that-skip.ndjson']) {
    cpSync(join(repository, 'docs/examples/recordings', file), join(directory, 'recordings', file));
  }
  mkdirSync(join(directory, 'recordings/bad'));
  cpSync(join(repository, bad), join(directory, 'recordings/bad/bad.json'));
  writeFileSync(join(directory, 'README.md'), 'no recording');
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
    expect([workflows.length, otherJobs.length, otherHooks.length, documents.length]).toEqual([2, 0, 0, 4]);
  });

  test('keep to what GitHub knows of workflows', async () => {
    for (const fragment of workflows) expect(await workflowProblems(fragment)).toEqual([]);
    const [{ steps }] = workflows as [(typeof workflows)[0]];
    expect(await workflowProblems({ steps: [...steps, { runs: 'npm ci' }] })).not.toEqual([]);
    expect(await workflowProblems({ steps, permissions: { contents: 'all' } })).not.toEqual([]);
  });

  test('run on GitHub', () => {
    for (const { steps } of workflows) {
      const { status, stderr } = bash(steps.flatMap(({ run }) => (run === undefined ? [] : [run])));
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    }
    expect(readFileSync(join(directory, 'oz-status.sarif'), 'utf8')).toContain('"2.1.0"');
    expect(readFileSync(join(directory, 'summary.md'), 'utf8')).toContain('2 folders');
  });

  test('use the action of this repository where they use one of their own', () => {
    const own = workflows.flatMap(({ steps }) => steps).filter(({ uses }) => uses?.startsWith('./'));
    expect(own).toHaveLength(1);
    expect(readFileSync(join(repository, own[0]?.uses ?? '', 'action.yml'), 'utf8')).toContain('composite');
  });

  test('keep to the schema of GitLab', () => {
    const text = gitlab?.text ?? '';
    expect(gitlabProblems(text)).toEqual([]);
    expect(gitlabProblems(text.replace('when: always', 'when: sometimes'))).toEqual([
      expect.stringContaining('(found sometimes) at oz-status.artifacts.when'),
    ]);
  });

  test('run on GitLab', () => {
    const job = gitlab?.members['oz-status'] as { readonly script: readonly string[] } | undefined;
    const { status, stderr, stdout } = bash(job?.script ?? ['false']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('passed');
    expect(readFileSync(join(directory, 'oz-status.xml'), 'utf8')).toContain('<testsuites');
  });

  test.each([
    [['README.md'], 0, 'Skipped'],
    [['README.md', 'recordings/ordinary-life.ndjson', 'recordings/polls-that-skip.ndjson'], 0, 'Passed'],
    [['recordings/ordinary-life.ndjson', 'recordings/bad/bad.json'], 1, 'violates     1'],
  ] as const)('run before a commit, for recordings alone: %j', (staged, exitCode, said) => {
    const at = { cwd: directory, path: join(directory, 'bin') };
    const { status, stdout, stderr } = runHooks(hooks?.text ?? '', staged, at);
    expect({ status, stderr }).toEqual({ status: exitCode, stderr: '' });
    expect(stdout).toContain(said);
  });
});
