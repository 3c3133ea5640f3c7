import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { validateXML } from 'xmllint-wasm';
import { describe, expect, test } from 'vitest';
import { defaultSettings } from '../../machines/readings.ts';
import { junitReport, wholeText } from '../../src/reports/index.ts';
import { runHere } from '../cli/fake-terminal.ts';
import { anyOutcome, hostile } from './outcomes.ts';
import { readXml } from './reading.ts';
import { runs, some } from '../deep.ts';

const schema = readFileSync(join(import.meta.dirname, 'junit.xsd'), 'utf8');

/** What is wrong with each of some reports, all in one run of the validator, which takes long to start. */
async function problemsOf(reports: readonly string[]): Promise<readonly string[]> {
  const xml = reports.map((contents, at) => ({ fileName: `${at}.xml`, contents }));
  const { errors } = await validateXML({ xml, schema: [{ fileName: 'junit.xsd', contents: schema }] });
  return errors.map(({ rawMessage }) => rawMessage);
}

const recordings = join(import.meta.dirname, '../../docs/examples/recordings');
const files = some(
  6,
  readdirSync(recordings).filter((file) => file !== 'index.json'),
);

/** The report on all bundled recordings. */
async function bundled(...options: readonly string[]): Promise<string> {
  const { stdout } = await runHere(['check', '--format', 'junit', ...options, ...files], { cwd: recordings });
  return stdout;
}

describe('the schema of JUnit XML', () => {
  test('admits the reports on the bundled recordings', async () => {
    const reports = [await bundled(), await bundled('--strict'), await bundled('missing.json')];
    expect(reports.every((report) => report.includes('<failure'))).toBe(true);
    expect(await problemsOf(reports)).toEqual([]);
  });

  test('admits the report on any outcome, with hostile text in it', async () => {
    const outcomes = fc.sample(fc.tuple(anyOutcome, fc.boolean()), { ...runs(15, 300), seed: 7 });
    expect(
      await problemsOf(outcomes.map(([outcome, strict]) => wholeText(junitReport(outcome, { strict })))),
    ).toEqual([]);
  });

  test('refuses what readers would not take', async () => {
    const report = await bundled();
    const changes: readonly (readonly [RegExp | string, string, string])[] = [
      ['tests="', 'tests="about ', 'nonNegativeInteger'],
      [/line="\d+"/, 'line="0"', 'positiveInteger'],
      ['</failure>', '</failure><failure type="A" message=""/>', 'not expected'],
      [/<testcase name="[^"]*"/, '<testcase', "'name' is required"],
      [/(<testcase [^>]*\/>)/, '$1$1', 'one-testcase-of-a-name'],
      ['</testsuites>', '', 'Premature end'],
    ];
    const changed = changes.map(([part, by]) => report.replace(part, by));
    for (const one of changed) expect(one).not.toBe(report);
    const problems = await problemsOf(changed);
    for (const [at, [, , says]] of changes.entries()) {
      const said = problems.filter((problem) => problem.startsWith(`${at}.xml:`)).join('\n');
      expect(said).toContain(says);
    }
  });
});

test('the counts of JUnit XML are those of its testcases', () => {
  fc.assert(
    fc.property(anyOutcome, fc.boolean(), (outcome, strict) => {
      const document = readXml(wholeText(junitReport(outcome, { strict })));
      const number = (selector: string) => String(document.querySelectorAll(selector).length);
      for (const suite of document.querySelectorAll('testsuites, testsuite')) {
        expect(suite.getAttribute('tests')).toBe(number('testcase'));
        expect(suite.getAttribute('failures')).toBe(number('testcase > failure'));
        expect(suite.getAttribute('errors')).toBe(number('testcase > error'));
        expect(suite.getAttribute('skipped')).toBe(number('testcase > skipped'));
      }
    }),
    runs(20, 50),
  );
});

test('JUnit XML has no two testcases of one name, whatever the folders are called', () => {
  const id = fc.oneof(
    hostile,
    fc.constantFrom('x', 'x (2)', 'x (3)', 'x'.repeat(600), `${'x'.repeat(599)}y`),
  );
  fc.assert(
    fc.property(fc.array(id, { minLength: 1 }), (ids) => {
      const folders = ids.map((folderId) => ({
        folderId,
        verdict: 'conforms' as const,
        observations: 1,
        findings: [],
        hazards: [],
      }));
      const output = wholeText(
        junitReport({
          options: { settings: defaultSettings },
          folders,
          input: [],
          ignored: {},
        }),
      );
      const names = [...readXml(output).querySelectorAll('testcase')].map((one) => one.getAttribute('name'));
      expect(new Set(names).size).toBe(ids.length);
    }),
    runs(40, 100),
  );
});
