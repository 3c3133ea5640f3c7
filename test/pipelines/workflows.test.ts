import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { repository } from '../cli/built.ts';
import { directoryWith } from '../cli/fake-terminal.ts';
import { blocksOf } from '../docs/blocks.ts';
import { workflowFileProblems } from './validators.ts';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly needs?: string;
  readonly uses?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly strategy?: { readonly matrix: { readonly node: readonly number[] } };
  readonly steps?: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const place = '.github/workflows';
const textOf = (name: string) => readFileSync(join(repository, place, name), 'utf8');
const names = readdirSync(join(repository, place));
const [ci, release] = ['ci.yml', 'release.yml'].map(
  (name) => parse(textOf(name), { strict: true }) as Workflow,
) as [Workflow, Workflow];
const jobs = [ci, release].flatMap((workflow) => Object.values(workflow.jobs));
const scriptsOf = (job: Job | undefined) => (job?.steps ?? []).flatMap(({ run }) => run ?? []);

describe('the workflows of this repository', () => {
  test('keep to what GitHub knows of workflows', async () => {
    expect(names.toSorted()).toEqual(['ci.yml', 'release.yml']);
    for (const name of names) expect(await workflowFileProblems(textOf(name)), name).toEqual([]);
    for (const [right, wrong] of [
      ['runs-on: ubuntu-24.04', 'run-on: ubuntu-24.04'],
      ['contents: read', 'contents: reed'],
      ['timeout-minutes: 30', 'timeout-minutes: soon'],
      ['matrix.node }}', 'matrix.node( }}'],
    ] as const) {
      expect(textOf('ci.yml')).toContain(right);
      expect(await workflowFileProblems(textOf('ci.yml').replace(right, wrong)), wrong).not.toEqual([]);
    }
  });

  test.each(names)('use no action that another one could take the place of: %s', (name) => {
    const uses = [...textOf(name).matchAll(/uses: (.*)/g)].map(([, used = '']) => used);
    expect(uses.length).toBeGreaterThan(0);
    for (const used of uses) expect(used).toMatch(/^(\.\/\S+|[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/);
  });

  test('may do no more than they have to', () => {
    expect([ci.permissions, release.permissions]).toEqual([{ contents: 'read' }, {}]);
    expect(Object.values(ci.jobs).filter(({ permissions }) => permissions)).toEqual([]);
    expect(Object.entries(release.jobs).map(([name, { permissions }]) => [name, permissions])).toEqual([
      ['test', { contents: 'read' }],
      ['publish', { contents: 'read', 'id-token': 'write' }],
      ['notes', { contents: 'write' }],
    ]);
    const checkouts = jobs
      .flatMap(({ steps = [] }) => steps)
      .filter(({ uses }) => uses?.includes('/checkout@'));
    expect(checkouts.length).toBeGreaterThan(0);
    for (const { with: options } of checkouts) expect(options?.['persist-credentials']).toBe(false);
  });

  test('end where they hang, and put no expression into a script', () => {
    for (const job of jobs) {
      if (job.uses === undefined) expect(job['timeout-minutes']).toBeLessThanOrEqual(30);
      for (const script of scriptsOf(job)) expect(script).not.toContain('${{');
    }
  });

  test('run the commands of the README on the lines of Node that the package is tried on', () => {
    const [start] = blocksOf('README.md', 'sh');
    const commands = [start?.text.trim(), 'npm test'];
    expect(readFileSync(join(repository, 'README.md'), 'utf8')).toContain('`npm test`');
    expect(scriptsOf(ci.jobs['test'])).toEqual(commands);
    expect(scriptsOf(ci.jobs['bare']).slice(-2)).toEqual(commands);
    const smoke = readFileSync(join(repository, 'test/package/smoke.mjs'), 'utf8');
    const tried = [...(/const versions = .*/.exec(smoke)?.[0] ?? '').matchAll(/'(\d+)\./g)];
    expect(ci.jobs['test']?.strategy?.matrix.node).toEqual(tried.map(([, major]) => Number(major)));
  });

  test('release only a tag, and only what has passed them', () => {
    expect(release.on).toEqual({ push: { tags: ['v*'] } });
    expect(ci.on).toHaveProperty('workflow_call');
    expect(release.jobs['test']?.uses).toBe('./.github/workflows/ci.yml');
    expect([release.jobs['publish']?.needs, release.jobs['notes']?.needs]).toEqual(['test', 'publish']);
  });
});

const changelog = `# Changelog

## [Unreleased]

- Not yet.

## [1.2.3] - 2030-06-15

### Added

- This.

## [1.2.2] - 2030-01-01

- That.
`;

/** Runs the steps of a job of the release in a repository of that changelog, with programs that only tell their calls. */
function runJob(name: string, { tag = 'v1.2.3', version = '1.2.3' } = {}) {
  const directory = directoryWith({ 'CHANGELOG.md': changelog, 'package.json': JSON.stringify({ version }) });
  for (const folder of ['.ci', 'bin']) mkdirSync(join(directory, folder));
  copyFileSync(join(repository, '.ci/release-notes.mjs'), join(directory, '.ci/release-notes.mjs'));
  for (const program of ['npm', 'gh']) {
    const path = join(directory, 'bin', program);
    writeFileSync(path, `#!/bin/sh\necho "${program} $*"\n`);
    chmodSync(path, 0o755);
  }
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', scriptsOf(release.jobs[name]).join('\n')],
    {
      cwd: directory,
      env: {
        PATH: `${join(directory, 'bin')}:${process.env['PATH']}`,
        GITHUB_REF_NAME: tag,
        GITHUB_SERVER_URL: 'https://github.example',
        GITHUB_REPOSITORY: 'owner/name',
      },
      encoding: 'utf8',
    },
  );
  return { directory, status, stdout, stderr };
}

const notes = '### Added\n\n- This.\n';

describe('a release', () => {
  test('is published with its provenance', () => {
    const { status, stdout } = runJob('publish');
    expect(status).toBe(0);
    expect(stdout.slice(notes.length).trimEnd().split('\n')).toEqual([
      'npm ci',
      'npm pkg set repository.url=git+https://github.example/owner/name.git',
      'npm publish --provenance --access public',
    ]);
  });

  test('has the section of the changelog as its notes', () => {
    const { directory, status, stdout } = runJob('notes');
    expect(status).toBe(0);
    expect(stdout).toBe('gh release create v1.2.3 --verify-tag --title v1.2.3 --notes-file notes.md\n');
    expect(readFileSync(join(directory, 'notes.md'), 'utf8')).toBe(notes);
  });

  test.each([
    [{ tag: 'v1.2.4' }, 'expected the tag v1.2.3, as package.json has it, received v1.2.4'],
    [
      { tag: 'v2.0.0', version: '2.0.0' },
      'CHANGELOG.md: expected a section "## [2.0.0]" that says something',
    ],
  ])('is not published where tag, package and changelog differ: %j', (how, why) => {
    const { status, stdout, stderr } = runJob('publish', how);
    expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: '', stderr: `release-notes: ${why}\n` });
  });
});
