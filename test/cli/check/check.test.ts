import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { defaultReading } from '../../../machines/readings.ts';
import { reportSchema } from '../../../src/build/generate/index.ts';
import { repository } from '../built.ts';
import { directoryWith, runHere } from '../fake-terminal.ts';
import { bad, folderLine, good, life, lines, unfinished } from '../sample-lines.ts';
import { some } from '../../deep.ts';

const bundled = (name: string) => join(repository, 'docs/examples/recordings', name);
const files = { 'good.ndjson': good, 'bad.ndjson': bad, 'unfinished.ndjson': unfinished, 'empty.json': '' };

interface Report {
  readonly reading: unknown;
  readonly summary: Readonly<Record<string, number>>;
  readonly folders: readonly { readonly folderId: string | null; readonly verdict: string }[];
  readonly unreadable: readonly { readonly code: string; readonly where: { readonly file: string } }[];
}

/** Runs `check --format json` in a directory with the sample files. */
async function checkJson(args: readonly string[], stdin = '', cwd = directoryWith(files)) {
  const { code, stdout, stderr } = await runHere(['check', '--format', 'json', ...args], { cwd, stdin });
  return { code, stderr, report: JSON.parse(stdout) as Report };
}

/** Runs `check` in a directory with the sample files. */
const check = (args: readonly string[], around: Parameters<typeof runHere>[1] = {}) =>
  runHere(['check', ...args], { cwd: directoryWith(files), ...around });

describe('exit codes of check', () => {
  test.each([
    [0, ['good.ndjson']],
    [0, ['unfinished.ndjson']],
    [1, ['bad.ndjson']],
    [1, ['good.ndjson', 'bad.ndjson']],
    [3, ['empty.json']],
    [3, ['missing.json']],
    [1, ['.']],
    [3, ['good.ndjson', 'missing.json']],
    [1, ['missing.json', 'bad.ndjson']],
    [1, ['--strict', 'unfinished.ndjson']],
    [0, ['--strict', 'good.ndjson']],
    [2, ['--stric', 'good.ndjson']],
  ])('%i for %j', async (expected, args) => {
    expect((await check(args)).code).toBe(expected);
  });

  test('3 where everything is readable and nothing is an observation', async () => {
    const cwd = directoryWith({ 'log.json': '[]' });
    const { code, report } = await checkJson(['log.json'], '', cwd);
    expect(code).toBe(3);
    expect(report.summary.observations).toBe(0);
  });
});

describe('inputs of check', () => {
  test('are read in the order given: the later file is the later moment', async () => {
    const [created = '', running = '', ended = ''] = life('split', 'SUCCESS');
    const cwd = directoryWith({ one: lines(created, running), two: lines(ended) });
    expect((await runHere(['check', 'one', 'two'], { cwd })).code).toBe(0);
    expect((await runHere(['check', 'two', 'one'], { cwd })).code).toBe(1);
  });

  test('can be standard input, alone or among files', async () => {
    expect((await check(['-'], { stdin: good })).code).toBe(0);
    expect((await check(['-'], { stdin: bad })).code).toBe(1);
    const { report } = await checkJson(['good.ndjson', '-'], bad);
    expect(report.summary).toMatchObject({ folders: 2, conforms: 1, violates: 1 });
  });

  test('that cannot be read become findings beside what can', async () => {
    const { code, report } = await checkJson(
      ['missing.json', 'good.ndjson', 'good.ndjson/in', 'empty.json', '-'],
      '',
    );
    expect(code).toBe(3);
    expect(report.summary).toMatchObject({ conforms: 1, unreadable: 4 });
    expect(report.unreadable.map(({ code: found, where: { file } }) => [found, file])).toEqual([
      ['INPUT_UNREADABLE', 'missing.json'],
      ['INPUT_UNREADABLE', 'good.ndjson/in'],
      ['INPUT_EMPTY', 'empty.json'],
      ['INPUT_EMPTY', '-'],
    ]);
  });
});

describe('options of check that judge', () => {
  const failedFirst = bundled('failed-first.ndjson');

  test('--reading judges by another answer, and the report names the reading', async () => {
    expect((await checkJson([failedFirst])).code).toBe(1);
    const { code, report } = await checkJson(['--reading', 'status-precedence=failed-first', failedFirst]);
    expect(code).toBe(0);
    expect(report.reading).toEqual({ ...defaultReading, 'status-precedence': 'failed-first' });
  });

  test('--reading tells when its question is not asked', async () => {
    const idle = ['--reading', 'result-scope=all-analyses', '--reading', 'result-while-running=hold'];
    const { code, stderr } = await check([...idle, 'good.ndjson']);
    expect(code).toBe(0);
    expect(stderr).toContain('nobody asks result-while-running');
  });

  test('--any-reading accepts what some reading explains, and nothing else', async () => {
    const { code, report } = await checkJson(['--any-reading', failedFirst]);
    expect(code).toBe(0);
    expect(report.reading).toBe('any');
    expect((await checkJson(['--any-reading', 'bad.ndjson'])).code).toBe(1);
  });

  test('--any-reading takes an answer to operator-decision as set', async () => {
    const recording = bundled('operator-decides.ndjson');
    const verdictOf = async (...args: string[]) =>
      (await checkJson([...args, '--all', recording])).report.folders[0]?.verdict;
    expect(await verdictOf('--any-reading')).toBe('unspecified');
    expect(await verdictOf('--any-reading', '--reading', 'operator-decision=allowed')).toBe('conforms');
    expect(await verdictOf('--any-reading', '--reading', 'operator-decision=forbidden')).toBe('violates');
  });

  test('--operator-required never refuses OPERATOR_REQUIRED [OPERATOR-SETTING]', async () => {
    const recording = bundled('mistake-later-success-masks.ndjson');
    expect((await checkJson([recording])).code).toBe(0);
    expect((await checkJson(['--operator-required', 'never', recording])).code).toBe(1);
  });

  test('--groups first-seen takes analyses first seen together as one group [GROUP-IS-ONE-POST]', async () => {
    const recording = bundled('groups-unknown.ndjson');
    expect((await checkJson([recording])).code).toBe(0);
    expect((await checkJson(['--groups', 'first-seen', recording])).code).toBe(1);
  });

  test('--fields stale allows the fields of a folder to be older than its list [FOLDER-STAGE]', async () => {
    const polls = ['PROCESSING', 'SUCCESS'].map((status) =>
      JSON.stringify({
        folder_id: 'f',
        resolution_status: 'PROCESSING',
        system_resolution: 'PROCESSING',
        analyses: [{ analyse_id: 'a', resolution_status: status }],
      }),
    );
    const cwd = directoryWith({ 'replica.ndjson': lines(...polls) });
    expect((await check(['replica.ndjson'], { cwd })).code).toBe(1);
    const { code, stdout } = await check(['--fields', 'stale', 'replica.ndjson'], { cwd });
    expect([code, stdout]).toEqual([0, expect.stringContaining('fields may be older than lists')]);
  });

  test('--decided-group last takes the group of a decision for the last one [OPERATOR-DECISION]', async () => {
    const polls = ['SUCCESS OPERATOR_REQUIRED', 'DECLINED DECLINED'].map((shown) => {
      const [result = '', decided = ''] = shown.split(' ');
      const list = [decided, 'SUCCESS'].map((one, at) => [`a${at}`, 'BIOMETRY', one] as const);
      return folderLine('f', 'FINISHED', result, list);
    });
    const cwd = directoryWith({ 'decided.ndjson': lines(...polls) });
    const allowing = ['--reading', 'operator-decision=allowed', 'decided.ndjson'];
    expect((await check(allowing, { cwd })).code).toBe(1);
    const { code, stdout } = await check(['--decided-group', 'last', ...allowing], { cwd });
    expect([code, stdout.replaceAll(/\s+/g, ' ')]).toEqual([0, expect.stringContaining('operator decides')]);
  });

  test('--route-prefix leaves other requests aside', async () => {
    const recording = bundled('envelopes.ndjson');
    const { code, stdout } = await check(['--route-prefix', 'https://elsewhere.example/', recording]);
    expect(code).toBe(3);
    expect(stdout).toContain('left aside');
    expect((await check(['--route-prefix', 'https://api.example/', recording])).code).toBe(0);
  });
});

describe('options of check that report', () => {
  test('--all lists every folder', async () => {
    expect((await checkJson(['good.ndjson'])).report.folders).toEqual([]);
    expect((await checkJson(['--all', 'good.ndjson'])).report.folders).toMatchObject([
      { folderId: 'good', verdict: 'conforms' },
    ]);
  });

  test('--format json gives what its schema describes, for every bundled recording', async () => {
    const isReport = new Ajv2020({ allowUnionTypes: true }).compile(reportSchema());
    const names = some(
      5,
      readdirSync(bundled('')).filter((name) => name !== 'index.json'),
    );
    const paths = names.map((name) => bundled(name));
    for (const args of [
      ...paths.slice(0, 3).map((path) => [path]),
      ['missing', ...paths],
      ['--any-reading', '--all', ...paths],
    ]) {
      const { report } = await checkJson(args);
      expect(isReport(report), JSON.stringify(isReport.errors)).toBe(true);
    }
  });

  test('--output writes the report to a file and nothing to standard output', async () => {
    const cwd = directoryWith({ ...files, 'report.txt': 'old' });
    const { code, stdout } = await runHere(['check', '--output', 'report.txt', 'bad.ndjson'], { cwd });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(readFileSync(join(cwd, 'report.txt'), 'utf8')).toBe((await check(['bad.ndjson'])).stdout);
    expect(readdirSync(cwd).filter((name) => name.includes('tmp'))).toEqual([]);
  });

  test('--output follows a link, leaves a device a device, and a directory alone', async () => {
    const cwd = directoryWith({ ...files, 'report.txt': 'old' });
    symlinkSync('report.txt', join(cwd, 'link'));
    symlinkSync('/dev/null', join(cwd, 'null'));
    mkdirSync(join(cwd, 'directory'));
    expect((await runHere(['check', '--output', 'link', 'good.ndjson'], { cwd })).code).toBe(0);
    expect(readFileSync(join(cwd, 'report.txt'), 'utf8')).toContain('passed');
    expect((await runHere(['check', '--output', 'null', 'good.ndjson'], { cwd })).code).toBe(0);
    expect(statSync(join(cwd, 'null')).isCharacterDevice()).toBe(true);
    const refused = await runHere(['check', '--output', 'directory', 'bad.ndjson'], { cwd });
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('directory: the report cannot be written: it is a directory');
  });

  test('--output that cannot be written ends with 2 and leaves nothing behind', async () => {
    const cwd = directoryWith(files);
    const { code, stderr } = await runHere(['check', '--output', 'no/report.txt', 'bad.ndjson'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('the report cannot be written: there is no such file or directory');
    expect(existsSync(join(cwd, 'no'))).toBe(false);
  });

  test('--quiet leaves line and column in a report that shows them', async () => {
    const { stdout } = await check(['--quiet', '--format', 'json', 'bad.ndjson']);
    const { folders } = JSON.parse(stdout) as { folders: { findings: { where: object }[] }[] };
    expect(folders[0]?.findings[0]?.where).toMatchObject({ line: 4, column: 178 });
  });

  test('--quiet leaves the summary', async () => {
    const { stdout, stderr } = await check(['--quiet', 'bad.ndjson'], { isTerminal: true });
    expect(stderr).toBe('');
    expect(stdout).toContain('1 folder, 4 observations');
    expect(stdout).not.toContain('SETTLED_ANALYSIS_CHANGED');
  });

  test.each([
    [true, [], { isTerminal: true }],
    [false, [], { isTerminal: false }],
    [false, [], { isTerminal: true, env: { NO_COLOR: '1' } }],
    [true, [], { isTerminal: true, env: { NO_COLOR: '' } }],
    [false, [], { isTerminal: true, env: { TERM: 'dumb' } }],
    [false, ['--color', 'never'], { isTerminal: true }],
    [true, ['--color', 'always'], { isTerminal: false, env: { NO_COLOR: '1' } }],
  ] as const)('colour is %s with %j in %j', async (coloured, args, around) => {
    const { stdout } = await check([...args, 'bad.ndjson'], around);
    expect(stdout.includes('\u001b[')).toBe(coloured);
  });

  test('progress shows on a terminal only, and is taken away', async () => {
    const { stderr } = await check(['good.ndjson'], { isTerminal: true });
    expect(stderr).toContain('0.0 MB read, now good.ndjson');
    expect(stderr.endsWith('\r\u001b[K')).toBe(true);
    expect((await check(['good.ndjson'])).stderr).toBe('');
  });
});

describe('the config file of check', () => {
  test('sets what the command line does not', async () => {
    const config = JSON.stringify({
      format: 'json',
      all: true,
      strict: true,
      reading: { 'result-scope': 'all-analyses' },
    });
    const cwd = directoryWith({ ...files, 'oz-status.config.json': config });
    const { code, stdout } = await runHere(['check', 'unfinished.ndjson'], { cwd });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ reading: { 'result-scope': 'all-analyses' } });
    const overridden = await runHere(['check', '--no-strict', '--format', 'text', 'unfinished.ndjson'], {
      cwd,
    });
    expect(overridden.code).toBe(0);
    expect(overridden.stdout).toContain('result-scope=all-analyses');
  });

  test('is overridden question by question', async () => {
    const config = JSON.stringify({
      reading: { 'result-scope': 'all-analyses', 'status-precedence': 'failed-first' },
    });
    const cwd = directoryWith({ ...files, 'my.json': config });
    const args = ['--config', 'my.json', '--reading', 'result-scope=last-applied-group', 'good.ndjson'];
    const { report } = await checkJson(args, '', cwd);
    expect(report.reading).toMatchObject({
      'result-scope': 'last-applied-group',
      'status-precedence': 'failed-first',
    });
  });
});

test('two folders never constrain each other, however they interleave', async () => {
  const [one, other] = [life('one', 'SUCCESS'), life('other', 'DECLINED')];
  const mixed = one.flatMap((line, at) => [line, other[at] ?? '']);
  expect((await check(['-'], { stdin: lines(...mixed) })).code).toBe(0);
  expect((await check(['-'], { stdin: lines(...mixed, folderLine('one', 'INITIAL', 'INITIAL')) })).code).toBe(
    1,
  );
});
