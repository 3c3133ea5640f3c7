import { fc } from '@fast-check/vitest';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formatsOf from 'ajv-formats';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { baselineProblems, generalPointer, type BaselineFile } from '../../src/baseline/index.ts';
import { baselineSchema } from '../../src/generate/index.ts';
import { readHtml, readXml, sarifProblems, workflowCommands } from '../reports/reading.ts';
import { everyReport } from './every-report.ts';
import { directoryWith, runHere, today } from './fake-terminal.ts';
import { bad, good } from './sample-lines.ts';

const entry = { code: 'SETTLED_ANALYSIS_CHANGED', reason: 'repaired in the next release' } as const;
const fileOf = (...entries: readonly object[]) => JSON.stringify({ formatVersion: 1, entries });

/** Runs `check --baseline known.json` in a directory. */
const check = (cwd: string, ...args: readonly string[]) =>
  runHere(['check', '--baseline', 'known.json', ...args], { cwd });

const withBaseline = (baseline: string, files: Readonly<Record<string, string>> = {}) =>
  directoryWith({ 'bad.ndjson': bad, 'good.ndjson': good, 'known.json': baseline, ...files });

const baselineIn = (cwd: string) => JSON.parse(readFileSync(join(cwd, 'known.json'), 'utf8')) as BaselineFile;

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
    expect((JSON.parse(usual.stdout) as { unreadable: unknown }).unreadable).toMatchObject([
      { code, severity: 'hazard', where: { file: 'known.json', pointer: '/entries/0' } },
    ]);
    expect((await check(cwd, '--strict', ...args)).code).toBe(1);
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

  test('knows a folder by its id also where reports call it otherwise', async () => {
    const cwd = withBaseline(fileOf({ ...entry, folder: 'bad' }));
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
    expect((await check(cwd, 'bad.ndjson')).code).toBe(2);
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

  test('tells where the file cannot be written, and reports all the same', async () => {
    const cwd = directoryWith({ 'bad.ndjson': bad });
    const args = ['check', '--baseline', 'no/known.json', '--update-baseline', 'bad.ndjson'];
    const { code, stdout, stderr } = await runHere(args, { cwd });
    expect(code).toBe(2);
    expect(stdout).toContain('SETTLED_ANALYSIS_CHANGED');
    expect(stderr).toBe('oz-status: no/known.json: the baseline cannot be written (ENOENT)\n');
  });

  test('needs to be told which baseline', async () => {
    const { code, stderr } = await runHere(['check', '--update-baseline', 'x']);
    expect(code).toBe(2);
    expect(stderr).toContain('--update-baseline: expected --baseline FILE with it, received none');
  });
});

describe('a baseline file that is none', () => {
  test.each([
    ['{"formatVersion": 1, "entries": [}', 'not valid JSON at line 1, column 34: expected'],
    ['[]', 'the whole: expected an object with entries, received []'],
    ['{}', '/formatVersion: expected 1, received nothing'],
    ['{"formatVersion": 1}', '/entries: expected a list, received nothing'],
    ['{"formatVersion": 2, "entries": []}', '/formatVersion: expected 1, received 2'],
    ['{"formatVersion": 1, "entries": [], "a/b": 1}', '/a~1b: there is no such member'],
    ['{"formatVersion": 1, "entries": [], "__proto__": {}}', '/__proto__: there is no such member'],
    [fileOf({ reason: '' }), '/entries/0: expected code, received none'],
    [fileOf({ ...entry, code: 'toString' }), '/entries/0/code: expected the code of a finding, received'],
    [fileOf({ ...entry, expires: '2030-02-30' }), '/entries/0/expires: expected a day as YYYY-MM-DD'],
    [fileOf({ ...entry, folder: 1 }), '/entries/0/folder: expected text, received 1'],
    [fileOf({ ...entry, reson: '' }), '/entries/0/reson: there is no such member'],
    [fileOf(entry, entry), '/entries/1: knows the same findings as /entries/0'],
    [`{"\u001b[2J": 1}`, 'not valid JSON at line 1, column 3'],
    ['['.repeat(10_000), 'at most 8 nested lists and objects'],
  ])('is refused with its place: %s', async (content, reason) => {
    const { code, stdout, stderr } = await check(withBaseline(content), 'bad.ndjson');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`oz-status: known.json: `);
    expect(stderr).toContain(reason);
    expect(stderr).not.toContain('\u001b');
  });

  test('is told by a bounded number of its problems', async () => {
    const { stderr } = await check(
      withBaseline(fileOf(...Array.from({ length: 50 }, () => ({})))),
      'bad.ndjson',
    );
    expect(stderr).toContain('and 80 more');
  });

  test.each(['yesterday', '2030-13-01', ''])('is not read for a day that is none: %j', async (day) => {
    const { code, stderr } = await check(withBaseline(fileOf()), '--today', day, 'bad.ndjson');
    expect(code).toBe(2);
    expect(stderr).toContain('--today: expected a');
  });
});

test('the validator of baselines accepts exactly what the JSON Schema accepts', () => {
  const accepts = formatsOf.default(new Ajv2020()).compile(baselineSchema());
  const odd = fc.oneof(
    fc.jsonValue({ maxDepth: 1 }),
    fc.constantFrom('', '2030-02-28', 'GROUP_CHANGED', 1, '/*'),
  );
  const some = fc.record(
    { code: fc.oneof({ weight: 3, arbitrary: fc.constant('GROUP_CHANGED') }, odd), reason: odd },
    { requiredKeys: [] },
  );
  const entryLike = fc
    .tuple(some, fc.dictionary(fc.constantFrom('folder', 'file', 'pointer', 'observed', 'expires', 'x'), odd))
    .map(([one, more]) => ({ ...one, ...more }));
  const fileLike = fc.record(
    { $schema: odd, formatVersion: odd, entries: fc.oneof(fc.array(entryLike, { maxLength: 1 }), odd) },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(fileLike, odd), (value) => {
      expect(baselineProblems(value).length === 0).toBe(accepts(value));
    }),
    { numRuns: 500 },
  );
});

test('a pointer is general where it points into lists', () => {
  expect(generalPointer('/log/entries/12/response/content/text/analyses/0/state')).toBe(
    '/log/entries/*/response/content/text/analyses/*/state',
  );
  expect(generalPointer('/0/a1/2b')).toBe('/*/a1/2b');
});
