import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { baselineProblems, generalPointer } from '../../../src/reports/baseline/index.ts';
import { readHtml, readXml, sarifProblems, workflowCommands } from '../../reports/reading.ts';
import { maxLength } from '../../../src/cli/io/json-file.ts';
import { baselineIn, check, entry, fileOf, withBaseline } from './baseline-samples.ts';
import { everyReport } from './every-report.ts';
import { directoryWith, runHere, today } from '../fake-terminal.ts';
import { bad, good } from '../sample-lines.ts';

const codesIn = (report: string) => [...report.matchAll(/"code": "(\w+)"/g)].map(([, code]) => code);

describe('a baseline', () => {
  test('lets a check pass by what it knows, which every report shows apart', async () => {
    const cwd = withBaseline(fileOf({ ...entry, expires: today }));
    expect((await runHere(['check', 'bad.ndjson'], { cwd })).code).toBe(1);
    expect((await check(cwd, '--strict', 'bad.ndjson')).code).toBe(0);
    const reports = await everyReport(['--baseline', 'known.json'], ['bad.ndjson'], cwd);
    const report = (format: string) => reports.get(format) ?? '';
    const said = `${entry.reason} (until ${today})`;
    expect(report('text')).toContain(`    known     ${said}`);
    expect(report('text')).toContain('known violation SETTLED_ANALYSIS_CHANGED');
    expect(report('text')).toContain(
      'passed: nothing violates the specification but what the baseline knows',
    );
    expect(JSON.parse(report('json'))).toMatchObject({
      summary: { violates: 1, known: 1, open: { violates: 0 } },
      folders: [{ findings: [{ known: { reason: entry.reason, expires: today } }] }],
    });
    expect(report('ndjson')).toContain('"known":{"reason":');
    const junit = readXml(report('junit'));
    expect(junit.querySelector('testcase > skipped')?.getAttribute('message')).toBe(`known: ${said}`);
    expect(junit.querySelector('testsuite')?.getAttribute('skipped')).toBe('1');
    const log = JSON.parse(report('sarif')) as unknown;
    expect(sarifProblems(log)).toEqual([]);
    expect(log).toMatchObject({
      runs: [
        {
          invocations: [{ executionSuccessful: true, exitCode: 0 }],
          results: [
            {
              level: 'note',
              baselineState: 'unchanged',
              suppressions: [{ kind: 'external', status: 'accepted', justification: said }],
            },
          ],
        },
      ],
    });
    expect(
      workflowCommands(report('github')).map(({ name, properties }) => [name, properties['title']]),
    ).toEqual([['notice', 'SETTLED_ANALYSIS_CHANGED (known)']]);
    expect(report('markdown')).toMatch(/\| Known \|\n[^\n]+\n\| known violation SETTLED_ANALYSIS_CHANGED /);
    expect(readHtml(report('html')).querySelectorAll('article.note')).toHaveLength(1);
  });

  test('tells what is new from what it knows', async () => {
    const cwd = withBaseline(fileOf({ ...entry, folder: 'bad' }), {
      'new.ndjson': bad.replaceAll('bad', 'new'),
    });
    const { code, stdout } = await check(cwd, '--format', 'sarif', 'bad.ndjson', 'new.ndjson');
    expect(code).toBe(1);
    expect(stdout.match(/"baselineState": "\w+"/g)).toEqual([
      '"baselineState": "unchanged"',
      '"baselineState": "new"',
    ]);
  });

  test('still knows a finding when more was observed before it', async () => {
    const cwd = withBaseline('');
    writeFileSync(join(cwd, 'list.json'), `[${bad.trimEnd().split('\n').join(',')}]`);
    const more = `[${[...good.trimEnd().split('\n'), ...bad.trimEnd().split('\n')].join(',')}]`;
    writeFileSync(join(cwd, 'known.json'), fileOf());
    expect((await check(cwd, '--update-baseline', 'list.json')).code).toBe(0);
    expect(baselineIn(cwd).entries).toMatchObject([{ pointer: '/*/analyses/*/resolution_status' }]);
    writeFileSync(join(cwd, 'list.json'), more);
    expect((await check(cwd, 'list.json')).code).toBe(0);
  });

  test.each([
    [0, {}],
    [0, { folder: 'bad' }],
    [1, { folder: 'other' }],
    [0, { analysis: 'bad-liveness' }],
    [1, { analysis: 'other' }],
    [0, { file: './bad.ndjson' }],
    [1, { file: 'good.ndjson' }],
    [0, { pointer: '/analyses/*/resolution_status', observed: 'SUCCESS' }],
    [1, { pointer: '/analyses/0/resolution_status' }],
    [1, { observed: 'DECLINED' }],
    [0, { expires: today }],
    [1, { expires: '2030-06-14' }],
  ])('knows by the members that an entry names, so the check ends with %i for %j', async (expected, more) => {
    expect((await check(withBaseline(fileOf({ ...entry, ...more })), 'bad.ndjson')).code).toBe(expected);
  });

  test('prefers the entry that names most, and reports the others as unused', async () => {
    const cwd = withBaseline(
      fileOf({ ...entry, reason: 'wide' }, { ...entry, folder: 'bad', reason: 'narrow' }),
    );
    const { stdout } = await check(cwd, '--format', 'json', 'bad.ndjson');
    expect(stdout).toContain('"reason": "narrow"');
    expect(codesIn(stdout)).toEqual(['SETTLED_ANALYSIS_CHANGED', 'BASELINE_UNUSED']);
  });

  test.each([
    ['BASELINE_EXPIRED', 1, { ...entry, expires: '2030-06-14' }, ['bad.ndjson']],
    ['BASELINE_EXPIRED', 1, entry, ['--today', '2031-01-01', 'bad.ndjson'], '2030-12-31'],
    ['BASELINE_UNUSED', 0, entry, ['good.ndjson']],
    ['BASELINE_REASON_MISSING', 0, { ...entry, reason: ' ' }, ['bad.ndjson']],
  ] as const)('%s is a finding of its own', async (code, exitCode, one, args, expires?: string) => {
    const cwd = withBaseline(fileOf(expires === undefined ? one : { ...one, expires }));
    const usual = await check(cwd, '--format', 'json', ...args);
    expect(usual.code).toBe(exitCode);
    expect(codesIn(usual.stdout)).toContain(code);
    const where = { file: 'known.json', line: 1, column: 31, pointer: '/entries/0' };
    expect((JSON.parse(usual.stdout) as { unreadable: unknown }).unreadable).toMatchObject([
      { code, severity: 'hazard', where },
    ]);
    expect((await check(cwd, '--strict', ...args)).code).toBe(1);
  });

  test('says in every report on which line of the file the entry stands', async () => {
    const entries = [entry, { ...entry, folder: 'gone' }];
    const cwd = withBaseline(`\ufeff${JSON.stringify({ formatVersion: 1, entries }, null, 2)}`);
    const reports = await everyReport(['--baseline', 'known.json', '--strict'], ['bad.ndjson'], cwd);
    const report = (format: string) => reports.get(format) ?? '';
    for (const format of ['text', 'junit', 'markdown', 'html']) {
      expect(report(format), format).toContain('known.json:8:5 /entries/1');
    }
    for (const format of ['json', 'ndjson']) {
      expect(report(format).replaceAll(/\s/g, ''), format).toContain(
        '"line":8,"column":5,"pointer":"/entries/1"',
      );
    }
    expect(workflowCommands(report('github')).at(-1)?.properties).toMatchObject({
      file: 'known.json',
      line: '8',
      col: '5',
    });
    expect(report('sarif').replaceAll(/\s/g, '')).toContain('"region":{"startLine":8,"startColumn":5}');
  });

  test('says after an update where the entries stand now', async () => {
    const cwd = withBaseline(fileOf({ ...entry, folder: 'gone' }));
    const { stdout } = await check(cwd, '--update-baseline', 'bad.ndjson');
    expect(stdout).toMatch(/BASELINE_REASON_MISSING[^]*known\.json:4:5 \/entries\/0/);
  });

  test('marks what is streamed, and ends the stream with what is wrong with it', async () => {
    const cwd = withBaseline(fileOf({ ...entry, reason: '' }));
    const streamed = await check(cwd, '--format', 'ndjson', 'bad.ndjson');
    await check(cwd, '--format', 'ndjson=lines', 'bad.ndjson');
    expect(streamed.stdout).toBe(readFileSync(join(cwd, 'lines'), 'utf8'));
    const [first, second] = streamed.stdout.split('\n').map((line) => JSON.parse(line || '{}') as object);
    expect(first).toMatchObject({ code: 'SETTLED_ANALYSIS_CHANGED', known: { reason: '', expires: null } });
    expect(second).toMatchObject({ code: 'BASELINE_REASON_MISSING', known: null });
  });

  test('knows a folder and an analysis by their ids also where reports call them otherwise', async () => {
    const cwd = withBaseline(fileOf({ ...entry, folder: 'bad', analysis: 'bad-liveness' }));
    expect((await check(cwd, '--redact', 'bad.ndjson')).code).toBe(0);
  });
});

describe('--update-baseline', () => {
  const other = bad.replaceAll('bad', 'other');

  test('adds what is new without a reason, keeps what still matches, drops the rest', async () => {
    const kept = { ...entry, folder: 'bad', expires: '2031-01-01' };
    const gone = { ...entry, folder: 'gone' };
    const cwd = withBaseline(JSON.stringify({ $schema: 's', formatVersion: 1, entries: [gone, kept] }), {
      'other.ndjson': other,
    });
    const { code, stdout } = await check(cwd, '--update-baseline', 'other.ndjson', 'bad.ndjson');
    expect(code).toBe(0);
    expect(stdout).toContain('BASELINE_REASON_MISSING');
    expect(baselineIn(cwd)).toEqual({
      $schema: 's',
      formatVersion: 1,
      entries: [
        kept,
        {
          code: 'SETTLED_ANALYSIS_CHANGED',
          folder: 'other',
          analysis: 'other-liveness',
          pointer: '/analyses/*/resolution_status',
          observed: 'SUCCESS',
          reason: '',
        },
      ],
    });
    const before = readFileSync(join(cwd, 'known.json'), 'utf8');
    await check(cwd, '--update-baseline', 'bad.ndjson', 'other.ndjson');
    expect(readFileSync(join(cwd, 'known.json'), 'utf8')).toBe(before);
  });

  test('makes the file where there is none, and an empty one where nothing is found', async () => {
    const cwd = directoryWith({ 'bad.ndjson': bad, 'good.ndjson': good });
    const absent = await check(cwd, 'bad.ndjson');
    expect([absent.code, absent.stderr]).toEqual([
      2,
      expect.stringContaining(
        'known.json: cannot be read: there is no such file or directory; --update-baseline makes a new one',
      ),
    ]);
    expect((await check(cwd, '--update-baseline', 'bad.ndjson')).code).toBe(0);
    expect(baselineProblems(baselineIn(cwd))).toEqual([]);
    expect(baselineIn(cwd).entries).toHaveLength(1);
    await check(cwd, '--update-baseline', 'good.ndjson');
    expect(baselineIn(cwd).entries).toEqual([]);
  });

  test('names files instead of folders whose pseudonyms do not last', async () => {
    const cwd = withBaseline(fileOf());
    await check(cwd, '--update-baseline', '--redact', 'bad.ndjson');
    expect(baselineIn(cwd).entries).toMatchObject([{ file: 'bad.ndjson' }]);
    expect(readFileSync(join(cwd, 'known.json'), 'utf8')).not.toContain('redacted-');
  });

  test('leaves a baseline that would be longer than one that is read as it is', async () => {
    const withReason = (reason: string) => fileOf({ ...entry, folder: 'bad', reason });
    const longest = withReason('!'.repeat(maxLength - withReason('').length));
    const cwd = withBaseline(longest);
    const { code, stdout, stderr } = await check(cwd, '--update-baseline', 'bad.ndjson');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `oz-status: known.json: the baseline is not updated: it would be longer than ${maxLength} characters, which is not read\n`,
    });
    expect(stdout).toContain('SETTLED_ANALYSIS_CHANGED');
    expect(readFileSync(join(cwd, 'known.json'), 'utf8') === longest).toBe(true);
  });

  test('tells where the file cannot be written, and reports all the same', async () => {
    const cwd = directoryWith({ 'bad.ndjson': bad });
    const args = ['check', '--baseline', 'no/known.json', '--update-baseline', 'bad.ndjson'];
    const { code, stdout, stderr } = await runHere(args, { cwd });
    expect(code).toBe(2);
    expect(stdout).toContain('SETTLED_ANALYSIS_CHANGED');
    expect(stderr).toBe(
      'oz-status: no/known.json: the baseline cannot be written: there is no such file or directory\n',
    );
  });

  test('is left alone by a check that did not come to its end', async () => {
    const cwd = withBaseline(fileOf({ ...entry, folder: 'gone' }));
    const before = readFileSync(join(cwd, 'known.json'), 'utf8');
    const args = ['check', '--baseline', 'known.json', '--update-baseline', 'bad.ndjson'];
    const { code, stdout, stderr } = await runHere(args, {
      cwd,
      interruption: { signal: 'SIGINT', at: 'start' },
    });
    expect(code).toBe(130);
    expect(stdout).toContain('partial: it was interrupted (SIGINT)');
    expect(stdout).not.toContain('BASELINE_UNUSED');
    expect(stderr).toBe(
      'oz-status: known.json: the baseline is not updated: the check did not come to its end\n',
    );
    expect(readFileSync(join(cwd, 'known.json'), 'utf8')).toBe(before);
  });

  test('needs to be told which baseline', async () => {
    const { code, stderr } = await runHere(['check', '--update-baseline', 'x']);
    expect(code).toBe(2);
    expect(stderr).toContain('--update-baseline: expected --baseline FILE with it, received none');
  });
});

test('a pointer is general where it points into lists', () => {
  expect(generalPointer('/log/entries/12/response/content/text/analyses/0/state')).toBe(
    '/log/entries/*/response/content/text/analyses/*/state',
  );
  expect(generalPointer('/0/a1/2b')).toBe('/*/a1/2b');
});
