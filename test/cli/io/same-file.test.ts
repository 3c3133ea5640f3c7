import { execFileSync, spawnSync } from 'node:child_process';
import {
  closeSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formats } from '../../../src/cli/check/check-targets.ts';
import { program } from '../built.ts';
import { directoryWith, runHere } from '../fake-terminal.ts';
import { bad, good } from '../sample-lines.ts';

/** A directory with recordings, and every kind of other name for the first one. */
function withNames(): string {
  const cwd = directoryWith({ 'a.ndjson': bad, 'other.ndjson': good, 'known.json': baseline });
  symlinkSync('a.ndjson', join(cwd, 'symbolic.ndjson'));
  symlinkSync('symbolic.ndjson', join(cwd, 'twice.ndjson'));
  linkSync(join(cwd, 'a.ndjson'), join(cwd, 'hard.ndjson'));
  symlinkSync('.', join(cwd, 'here'));
  return cwd;
}

const baseline = `${JSON.stringify({ formatVersion: 1, entries: [] })}\n`;

const names = [
  'a.ndjson',
  './a.ndjson',
  'here/a.ndjson',
  'symbolic.ndjson',
  'twice.ndjson',
  'hard.ndjson',
  'here/hard.ndjson',
];

describe('a check does not write over what it reads', () => {
  test.each(names)('a recording, by whatever name: %s', async (name) => {
    for (const read of ['a.ndjson', 'symbolic.ndjson', 'hard.ndjson']) {
      const cwd = withNames();
      const { code, stdout, stderr } = await runHere(['check', 'other.ndjson', read, '--output', name], {
        cwd,
      });
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain(`oz-status: a report cannot go to ${name}`);
      expect(stderr).toContain('which is read as a recording\n');
      expect(readFileSync(join(cwd, 'a.ndjson'), 'utf8')).toBe(bad);
    }
  });

  test.each(formats)('with a report of its own file: %s', async (format) => {
    const cwd = withNames();
    const args = ['check', 'a.ndjson', '--format', 'text', '--format', `${format}=hard.ndjson`];
    const { code, stderr } = await runHere(args, { cwd });
    expect([code, stderr.split('\n')[0]]).toEqual([
      2,
      'oz-status: a report cannot go to hard.ndjson: it is the same file as a.ndjson, which is read as a recording',
    ]);
    expect(readFileSync(join(cwd, 'hard.ndjson'), 'utf8')).toBe(bad);
  });

  test.each([
    ['the baseline', ['--baseline', 'known.json', '--output', 'here/known.json']],
    ['the baseline', ['--baseline', 'known.json', '--update-baseline', '--format', 'json=known.json']],
    ['the config file', ['--output', 'oz-status.config.json']],
    ['the config file', ['--config', 'other.json', '--output', './other.json']],
  ])('%s: %j', async (as, args) => {
    const cwd = withNames();
    for (const name of ['oz-status.config.json', 'other.json']) writeFileSync(join(cwd, name), '{}');
    const { code, stderr } = await runHere(['check', 'a.ndjson', ...args], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain(`which is read as ${as}\n`);
  });

  test('a recording that the config file names as the place of a report', async () => {
    const cwd = withNames();
    writeFileSync(join(cwd, 'oz-status.config.json'), JSON.stringify({ output: 'hard.ndjson' }));
    expect((await runHere(['check', 'a.ndjson'], { cwd })).code).toBe(2);
    expect(readFileSync(join(cwd, 'hard.ndjson'), 'utf8')).toBe(bad);
  });

  test('a recording that is not there, which would be one the next time', async () => {
    const cwd = withNames();
    for (const args of [
      ['--output', 'here/new.ndjson'],
      ['--baseline', 'new.ndjson', '--update-baseline'],
    ]) {
      const { code, stderr } = await runHere(['check', 'new.ndjson', ...args], { cwd });
      expect([code, stderr]).toEqual([2, expect.stringContaining('which is read as a recording\n')]);
    }
    expect(readdirSync(cwd)).not.toContain('new.ndjson');
  });

  test('a recording with a baseline', async () => {
    const cwd = withNames();
    writeFileSync(join(cwd, 'both.json'), baseline);
    const args = ['check', 'both.json', '--baseline', 'here/both.json', '--update-baseline'];
    const { code, stderr } = await runHere(args, { cwd });
    expect([code, stderr.split('\n')[0]]).toEqual([
      2,
      'oz-status: the baseline cannot go to here/both.json: it is the same file as both.json, which is read as a recording',
    ]);
  });

  test.each([
    ['check', 'a report'],
    ['readings infer', 'the report'],
  ])('a recording to which the shell lets standard output be appended: %s', (command, as) => {
    const cwd = withNames();
    const descriptor = openSync(join(cwd, 'hard.ndjson'), 'a');
    const args = [program(), ...command.split(' '), 'other.ndjson', 'a.ndjson'];
    const { status, stderr } = spawnSync(process.execPath, args, {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', descriptor, 'pipe'],
    });
    closeSync(descriptor);
    const told = `oz-status: ${as} cannot go to standard output: it is the same file as a.ndjson, which is read as a recording`;
    expect([status, stderr.split('\n')[0]]).toEqual([2, told]);
    expect(readFileSync(join(cwd, 'a.ndjson'), 'utf8')).toBe(bad);
  });

  test('a recording that the shell gives as standard input', () => {
    const cwd = withNames();
    const descriptor = openSync(join(cwd, 'a.ndjson'), 'r');
    const args = [program(), 'check', '-', '--output', 'symbolic.ndjson'];
    const { status, stderr } = spawnSync(process.execPath, args, {
      cwd,
      encoding: 'utf8',
      stdio: [descriptor, 'pipe', 'pipe'],
    });
    closeSync(descriptor);
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining('the same file as standard input, which is read as a recording\n'),
    ]);
    expect(readFileSync(join(cwd, 'a.ndjson'), 'utf8')).toBe(bad);
  });

  test('one report with another, by whatever name', async () => {
    const cwd = withNames();
    for (const name of names) {
      const args = ['check', 'other.ndjson', '--format', 'json=a.ndjson', '--format', `text=${name}`];
      const { code, stderr } = await runHere(args, { cwd });
      expect([code, stderr.split('\n')[0]]).toEqual([2, `oz-status: --format: two reports go to ${name}`]);
    }
  });

  test('and takes nothing else for the same: neither devices nor files of the same name elsewhere', async () => {
    const cwd = withNames();
    mkdirSync(join(cwd, 'sub'));
    const { code } = await runHere(['check', 'a.ndjson', '--output', 'sub/a.ndjson'], { cwd });
    expect([code, readFileSync(join(cwd, 'sub/a.ndjson'), 'utf8')]).toEqual([
      1,
      expect.stringContaining('failed'),
    ]);
    expect((await runHere(['check', '/dev/null', '--output', '/dev/null'], { cwd })).code).toBe(3);
  });
});

describe('a minimal recording', () => {
  const name = 'SETTLED_ANALYSIS_CHANGED.ANALYSIS-FINAL.ndjson';

  test.each(['a pipe', 'a directory', 'a recording that is longer'])(
    'is not written over %s',
    async (what) => {
      const cwd = withNames();
      mkdirSync(join(cwd, 'least'));
      const path = join(cwd, 'least', name);
      if (what === 'a pipe') execFileSync('mkfifo', [path]);
      else if (what === 'a directory') mkdirSync(path);
      else linkSync(join(cwd, 'a.ndjson'), path);
      const { code, stderr } = await runHere(['check', 'a.ndjson', '--minimize', 'least'], { cwd });
      expect([code, stderr]).toEqual([2, expect.stringContaining('found something else')]);
      expect(readFileSync(join(cwd, 'a.ndjson'), 'utf8')).toBe(bad);
    },
  );

  test('is not made of what can be read only once', async () => {
    const cwd = withNames();
    execFileSync('mkfifo', [join(cwd, 'pipe')]);
    for (const file of ['pipe', '/dev/null', '-']) {
      const { code, stderr } = await runHere(['check', file, '--minimize', 'least'], { cwd });
      expect([code, stderr.split('\n')[0]]).toEqual([
        2,
        `oz-status: --minimize: expected files, received ${file === '-' ? 'standard input (-)' : file}, which cannot be read a second time`,
      ]);
    }
  });
});
