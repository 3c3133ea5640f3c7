import type { FolderResult } from '../../src/observations/results.ts';
import { maxResults, sarifReport } from '../../src/reports/check/sarif.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultSettings } from '../../machines/readings.ts';
import { finding, findingCodes } from '../../src/observations/findings.ts';
import { formats } from '../../src/cli/check/check-targets.ts';
import { junitReport, reportFormats, wholeText } from '../../src/reports/index.ts';
import { directoryWith, runHere } from '../cli/fake-terminal.ts';
import { bad, folderLine, good, lines, life, unfinished } from '../cli/sample-lines.ts';
import { isDeep } from '../deep.ts';
import { readXml, sarifProblems, workflowCommands, type Sarif } from './reading.ts';

const files = {
  'bad.ndjson': bad,
  'good.ndjson': good,
  'unfinished.ndjson': unfinished,
  'a b#c.ndjson': bad,
  'broken.ndjson': lines('{', ...life('rest', 'SUCCESS')),
};

/** Runs `check` in a directory with the sample files. */
const check = (...args: readonly string[]) => runHere(['check', ...args], { cwd: directoryWith(files) });

async function sarif(...args: readonly string[]): Promise<Sarif> {
  const { stdout } = await check('--format', 'sarif', ...args);
  const log = JSON.parse(stdout) as Sarif;
  expect(sarifProblems(log)).toEqual([]);
  return log;
}

describe('JUnit XML', () => {
  test('has a testcase for every folder and one for every finding outside a folder', async () => {
    const { stdout, code } = await check('--format', 'junit', 'bad.ndjson', 'good.ndjson', 'broken.ndjson');
    expect(code).toBe(1);
    const cases = [...readXml(stdout).querySelectorAll('testcase')].map((one) => [
      one.getAttribute('name'),
      one.firstElementChild?.localName ?? 'passed',
      one.firstElementChild?.getAttribute('type') ?? null,
    ]);
    expect(cases).toEqual([
      ['folder bad', 'failure', 'SETTLED_ANALYSIS_CHANGED'],
      ['folder good', 'passed', null],
      ['folder rest', 'passed', null],
      ['JSON_INVALID broken.ndjson:1:2', 'error', 'JSON_INVALID'],
    ]);
  });

  test('tells a hazard beside a passed case, and fails the case under --strict', async () => {
    const usual = readXml((await check('--format', 'junit', 'unfinished.ndjson')).stdout);
    expect(usual.querySelector('testcase > system-out')?.textContent).toContain('hazard ENDS_UNSETTLED');
    expect(usual.querySelector('testsuite')?.getAttribute('failures')).toBe('0');
    const strict = readXml((await check('--strict', '--format', 'junit', 'unfinished.ndjson')).stdout);
    expect(strict.querySelector('failure')?.getAttribute('type')).toBe('ENDS_UNSETTLED');
    expect(strict.querySelector('testsuite')?.getAttribute('failures')).toBe('1');
  });

  test('has one failure for a folder that violates and is partly unreadable, and tells both in it', () => {
    const at = { message: 'a message', where: { file: 'a.json' } };
    const findings = [finding('FIELD_UNREADABLE', at), finding('GROUP_CHANGED', at)];
    const folder = { folderId: 'both', verdict: 'violates', observations: 2, findings, hazards: [] } as const;
    const options = { settings: defaultSettings };
    const output = wholeText(junitReport({ options, folders: [folder], input: [], ignored: {} }));
    const [child, ...others] = readXml(output).querySelector('testcase')?.children ?? [];
    expect([child?.localName, child?.getAttribute('type'), others]).toEqual(['failure', 'GROUP_CHANGED', []]);
    expect(child?.textContent).toMatch(/FIELD_UNREADABLE[^]*GROUP_CHANGED/);
  });

  test('shows all there is of a finding', async () => {
    const { stdout } = await check('--format', 'junit', 'bad.ndjson');
    expect(stdout).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="oz-status check" tests="1" failures="1" errors="0" skipped="0" time="0">
  <testsuite name="oz-status check" tests="1" failures="1" errors="0" skipped="0" time="0">
    <properties>
      <property name="judged by" value="the default reading"/>
      <property name="conclusion" value="failed (exit code 1)"/>
    </properties>
    <testcase name="folder bad" classname="oz-status.folder" time="0" file="bad.ndjson" line="4">
      <failure type="SETTLED_ANALYSIS_CHANGED" message="analysis bad-liveness had settled as DECLINED and now shows SUCCESS">  violation SETTLED_ANALYSIS_CHANGED
    analysis bad-liveness had settled as DECLINED and now shows SUCCESS
    where     bad.ndjson:4:178 /analyses/0/resolution_status
    observed  SUCCESS
    allowed   DECLINED
    nearest   system_resolution DECLINED instead of SUCCESS, and analyse.resolution_status of
              analysis bad-liveness DECLINED instead of SUCCESS
    before    bad.ndjson:3:1 (folder.resolution_status FINISHED, system_resolution DECLINED,
              analysis bad-liveness DECLINED)
    clause    ANALYSIS-FINAL (inferred: the page implies it). A settled analysis stays as it is.
    hint      a new result needs a new analysis, posted in a new group</failure>
    </testcase>
  </testsuite>
</testsuites>
`);
  });
});

describe('SARIF', () => {
  test('has a result at its place, with its rule and what was seen', async () => {
    const [{ results, tool }] = (await sarif('a b#c.ndjson')).runs;
    const at = (startLine: number, startColumn: number) => ({
      artifactLocation: { uri: 'a%20b%23c.ndjson' },
      region: { startLine, startColumn },
    });
    expect(results).toMatchObject([
      {
        ruleId: 'SETTLED_ANALYSIS_CHANGED',
        level: 'error',
        message: {
          text:
            'analysis bad-liveness had settled as DECLINED and now shows SUCCESS\nObserved: SUCCESS\n' +
            'Allowed: DECLINED\nNearest legal: system_resolution DECLINED instead of SUCCESS, and ' +
            'analyse.resolution_status of analysis bad-liveness DECLINED instead of SUCCESS\nHint: a new result needs a new analysis, posted in a new group',
        },
        locations: [
          {
            physicalLocation: at(4, 178),
            logicalLocations: [{ fullyQualifiedName: '/analyses/0/resolution_status', kind: 'value' }],
          },
        ],
        relatedLocations: [{ physicalLocation: at(3, 1) }],
        properties: { folderId: 'bad', verdict: 'violates', clause: 'ANALYSIS-FINAL', evidence: 'inferred' },
      },
    ]);
    expect(tool.driver.rules[results[0]?.ruleIndex ?? -1]?.id).toBe('SETTLED_ANALYSIS_CHANGED');
  });

  test('has every finding code as a rule, and links it where the documentation is published', async () => {
    const linked = await sarif('--docs-url', 'https://example.org/oz/docs', 'good.ndjson');
    const { rules } = linked.runs[0].tool.driver;
    expect(rules.map(({ id }) => id)).toEqual(Object.keys(findingCodes));
    const addressOf = (code: string) => rules.find(({ id }) => id === code)?.helpUri;
    expect(addressOf('GROUP_CHANGED')).toBe('https://example.org/oz/docs/clauses.md#group-constant');
    expect(addressOf('JSON_INVALID')).toBe('https://example.org/oz/docs/findings.md#codes');
    const unlinked = await sarif('good.ndjson');
    expect(unlinked.runs[0].tool.driver.rules.filter(({ helpUri }) => helpUri !== undefined)).toEqual([]);
  });

  test('raises the level of what fails a strict check only there', async () => {
    const levels = async (...args: readonly string[]) =>
      (await sarif(...args, 'unfinished.ndjson')).runs[0].results.map(({ level }) => level);
    expect(await levels()).toEqual(['warning']);
    expect(await levels('--strict')).toEqual(['error']);
  });

  test('says of a check without observations that there was nothing to judge', async () => {
    const [{ results, invocations }] = (await sarif('missing.ndjson')).runs;
    expect(results.map(({ ruleId, level }) => [ruleId, level])).toEqual([['INPUT_UNREADABLE', 'error']]);
    expect(invocations).toMatchObject([
      {
        executionSuccessful: false,
        exitCode: 3,
        toolExecutionNotifications: [{ level: 'error', message: { text: 'there was nothing to judge' } }],
      },
    ]);
  });
});

test('workflow commands annotate the line and end with the summary', async () => {
  const { stdout } = await check('--format', 'github', 'bad.ndjson', 'unfinished.ndjson', 'broken.ndjson');
  const commands = workflowCommands(stdout);
  expect(commands.map(({ name, properties }) => [name, properties])).toEqual([
    ['error', { file: 'bad.ndjson', line: '4', col: '178', title: 'SETTLED_ANALYSIS_CHANGED' }],
    ['warning', { file: 'unfinished.ndjson', line: '2', col: '1', title: 'ENDS_UNSETTLED' }],
    ['error', { file: 'broken.ndjson', line: '1', col: '2', title: 'JSON_INVALID' }],
  ]);
  expect(commands[0]?.message).toContain('now shows SUCCESS\nat /analyses/0/resolution_status\nobserved: ');
  expect(stdout.endsWith('\nfailed (exit code 1)\n')).toBe(true);
});

test('standard input is no file to link', async () => {
  const stdin = bad;
  const github = await runHere(['check', '--format', 'github', '-'], { stdin });
  expect(workflowCommands(github.stdout)[0]?.properties).toEqual({ title: 'SETTLED_ANALYSIS_CHANGED' });
  const log = await runHere(['check', '--format', 'sarif', '-'], { stdin });
  expect(sarifProblems(JSON.parse(log.stdout))).toEqual([]);
  // A result without an address is refused by those who take them.
  expect(log.stdout).toContain('"uri": "stdin"');
  expect(log.stdout).toContain('/analyses/0/resolution_status');
});

test('Markdown is counts, folders and findings as tables', async () => {
  const { stdout } = await check('--format', 'markdown', 'bad.ndjson', 'good.ndjson');
  expect(stdout).toBe(`## oz-status: failed (exit code 1)

2 folders, 7 observations, judged by the default reading.

| conforms | inconclusive | unspecified | violates | hazards | unreadable | known |
| --- | --- | --- | --- | --- | --- | --- |
| 1 | 0 | 0 | 1 | 0 | 0 | 0 |

| Folder | Verdict | Observations | Findings | Hazards |
| --- | --- | --- | --- | --- |
| folder bad | violates | 4 | 1 | 0 |

| Finding | Folder | Message | Observed | Allowed | Nearest legal | Where | Before | Clause |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
| violation SETTLED_ANALYSIS_CHANGED | <code>bad</code> | analysis bad-liveness had settled as DECLINED and now shows SUCCESS | SUCCESS | DECLINED | system_resolution DECLINED instead of SUCCESS, and analyse.resolution_status of analysis bad-liveness DECLINED instead of SUCCESS | <code>bad.ndjson:4:178 /analyses/0/resolution_status</code> | <code>bad.ndjson:3:1</code> folder.resolution_status FINISHED, system_resolution DECLINED, analysis bad-liveness DECLINED | ANALYSIS-FINAL (inferred) |
`);
});

test('Markdown keeps within the size of a job summary and says what it leaves out', async () => {
  const long = '\u202e@\u3042'.repeat(100);
  const one = lines(folderLine('x', long, 'SUCCESS'));
  const stdin = Array.from({ length: 300 }, (_, at) => one.replace('"x"', `"${at}${long}"`)).join('');
  const { stdout } = await runHere(['check', '--format', 'markdown', '-'], { stdin });
  const [folders = 0, findings = 0] = ['folders', 'findings'].map((things) =>
    Number(
      new RegExp(`^(\\d+) more ${things} are left out here; the JSON report has all.$`, 'm').exec(
        stdout,
      )?.[1],
    ),
  );
  expect(stdout.match(/^\| folder /gm)).toHaveLength(300 - folders);
  expect(stdout.match(/^\| violation /gm)).toHaveLength(300 - findings);
  expect(Buffer.byteLength(stdout)).toBeLessThan(1024 * 1024);
});

test('the HTML report is one file without script that loads nothing', async () => {
  const { stdout } = await check('--format', 'html', 'bad.ndjson');
  expect(stdout).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  expect(stdout).not.toMatch(/<script|<link|@import|url\(|https?:|\s(?:src|href)=/);
});

test('the command line offers every format, in the order of the registry', () => {
  expect(formats).toEqual(Object.keys(reportFormats));
});

describe('several reports at once', () => {
  test('each go to their file, and one to standard output', async () => {
    const cwd = directoryWith(files);
    const asked = ['--format', 'sarif=out.sarif', '--format', 'text', '--format', 'junit=a=b.xml'];
    const { code, stdout, stderr } = await runHere(['check', ...asked, 'bad.ndjson'], { cwd });
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toContain('folder bad: violates');
    expect(sarifProblems(JSON.parse(readFileSync(join(cwd, 'out.sarif'), 'utf8')))).toEqual([]);
    expect(readXml(readFileSync(join(cwd, 'a=b.xml'), 'utf8')).querySelectorAll('failure')).toHaveLength(1);
  });

  test('leave standard output empty where all have a file, and --output takes the one that has none', async () => {
    const cwd = directoryWith(files);
    const args = ['--format', 'html=out.html', '--format', 'json', '--output', 'out.json', 'good.ndjson'];
    const { code, stdout } = await runHere(['check', ...args], { cwd });
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(JSON.parse(readFileSync(join(cwd, 'out.json'), 'utf8'))).toMatchObject({
      summary: { conforms: 1 },
    });
    expect(readFileSync(join(cwd, 'out.html'), 'utf8')).toMatch(/^<!doctype html>[^]*<\/html>\n$/);
  });

  test('are all written that can be, and exit code 2 says that one cannot', async () => {
    const cwd = directoryWith(files);
    const args = ['--format', 'json=missing/out.json', '--format', 'junit=out.xml', 'good.ndjson'];
    const { code, stderr } = await runHere(['check', ...args], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('missing/out.json: the report cannot be written: there is no such file');
    expect(readXml(readFileSync(join(cwd, 'out.xml'), 'utf8')).querySelectorAll('testcase')).toHaveLength(1);
  });

  test('can be asked for in the config file, which --format overrides as a whole', async () => {
    const config = JSON.stringify({ format: ['junit=out.xml', 'markdown'] });
    const cwd = directoryWith({ ...files, 'oz-status.config.json': config });
    const configured = await runHere(['check', 'good.ndjson'], { cwd });
    expect(configured.stdout).toMatch(/^## oz-status: passed/);
    expect(readFileSync(join(cwd, 'out.xml'), 'utf8')).toContain('errors="0"');
    const overridden = await runHere(['check', '--format', 'ndjson', 'good.ndjson'], { cwd });
    expect(overridden.stdout).toMatch(/^\{"type":"summary"/);
  });
});

test('SARIF lists no more results than are taken, errors first, and says so', () => {
  expect(maxResults).toBe(25_000);
  const where = { file: 'many.ndjson', line: 1, pointer: '' };
  const of = (code: 'MASKED_RESULT' | 'ANALYSIS_LEFT_OUT') => finding(code, { message: 'x', where });
  const folder = (at: number): FolderResult => ({
    folderId: `f-${at}`,
    verdict: 'violates',
    observations: 1,
    findings: at % 2 === 0 ? [] : [of('ANALYSIS_LEFT_OUT')],
    hazards: [of('MASKED_RESULT')],
  });
  const limit = isDeep ? maxResults : 250;
  const folders = Array.from({ length: 0.96 * limit }, (_, at) => folder(at));
  const outcome = { options: { settings: defaultSettings }, folders, input: [], ignored: {} };
  const report = sarifReport(outcome, {}, isDeep ? undefined : limit);
  const [run] = (JSON.parse(wholeText(report)) as Sarif).runs;
  const levels = run.results.map(({ level }) => level);
  expect(levels).toHaveLength(limit);
  expect(levels.filter((level) => level === 'error')).toHaveLength(folders.length / 2);
  const [capped] = run.invocations[0].toolExecutionNotifications;
  expect(capped).toMatchObject({
    descriptor: { id: 'RESULTS_CAPPED' },
    message: { text: expect.stringMatching(isDeep ? /^25,000 of 36,000/ : /^250 of 360/) },
  });
});
