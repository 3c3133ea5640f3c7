import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultSettings } from '../../machines/readings.ts';
import { keyOf, traitsOf } from '../../src/reports/baseline/index.ts';
import { finding, type FindingCode } from '../../src/observations/findings.ts';
import type { Found } from '../../src/observations/results.ts';
import { sarifReport, wholeText } from '../../src/reports/index.ts';
import { directoryWith, runHere } from '../cli/fake-terminal.ts';
import { bad, folderLine, life, lines } from '../cli/sample-lines.ts';
import { hostile } from './outcomes.ts';
import type { Sarif } from './reading.ts';

const fingerprints = (log: string) =>
  (JSON.parse(log) as Sarif).runs[0].results.map((one) => one.partialFingerprints['ozStatusFinding/v2']);

const codes = ['SETTLED_ANALYSIS_CHANGED', 'ANALYSIS_STATUS_IMPOSSIBLE', 'STATUS_NOT_IN_FIELD'] as const;

/** What a finding is, wherever it stands. */
const subject = fc.record({
  code: fc.constantFrom<FindingCode>(...codes),
  folderId: fc.oneof(fc.constantFrom('f', 'g'), hostile),
  analysis: fc.option(fc.oneof(fc.constantFrom('a', 'b'), hostile)),
  file: fc.constantFrom('a.json', 'b.json'),
  observed: fc.constantFrom('SUCCESS', 'DECLINED'),
});
const place = fc.record({ line: fc.integer({ min: 1, max: 99 }), list: fc.nat(9), at: fc.nat(9) });

type Subject = typeof subject extends fc.Arbitrary<infer T> ? T : never;
type Place = typeof place extends fc.Arbitrary<infer T> ? T : never;

function foundAt({ code, folderId, analysis, file, observed }: Subject, { line, list, at }: Place): Found {
  const pointer = `/${list}/analyses/${at}/resolution_status`;
  const details = {
    message: 'a message',
    analysis,
    observed,
    where: { file, line, column: at + 1, pointer },
  };
  return { folderId, finding: finding(code, details) };
}

/** The fingerprints of findings in a report that has them in this order. */
function printsOf(found: readonly Found[]): readonly (string | undefined)[] {
  const folders = found.map((one) => ({
    folderId: one.folderId,
    verdict: 'violates' as const,
    observations: 1,
    findings: [one.finding],
    hazards: [],
  }));
  const outcome = { options: { settings: defaultSettings }, folders, input: [], ignored: {} };
  return fingerprints(wholeText(sarifReport(outcome)));
}

test('what SARIF knows a finding by never depends on its place nor on other findings, and no two share it', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(subject, place, place), { maxLength: 12 }), fc.gen(), (all, gen) => {
      const known = new Map(all.map((one) => [JSON.stringify(one[0]), one]));
      const prints = printsOf([...known.values()].map(([what, where]) => foundAt(what, where)));
      expect(new Set(prints).size).toBe(known.size);
      const kept = gen(fc.shuffledSubarray, [...known.keys()]);
      const moved = kept.map((key) => known.get(key)!).map(([what, , where]) => foundAt(what, where));
      const before = [...known.keys()];
      expect(printsOf(moved)).toEqual(kept.map((key) => prints[before.indexOf(key)]));
    }),
  );
});

test('what SARIF knows a finding by is what a baseline names, and a number', () => {
  fc.assert(
    fc.property(subject, place, (what, where) => {
      const found = foundAt(what, where);
      const key = encodeURIComponent(keyOf(traitsOf(found)));
      expect(printsOf([found, found])).toEqual([`${key}:1`, `${key}:2`]);
    }),
  );
});

describe('what a finding of a check is known by', () => {
  const prints = async (content: string) => {
    const cwd = directoryWith({ 'one.json': content });
    const { stdout } = await runHere(['check', '--format', 'sarif', 'one.json'], { cwd });
    return fingerprints(stdout);
  };

  test('stays when more is recorded before it, and tells it from that of another folder', async () => {
    const [first, second] = await prints(`${bad}${bad.replaceAll('bad', 'other')}`);
    expect(second).not.toBe(first);
    expect(await prints(`${life('more', 'SUCCESS').join('\n')}\n${bad}`)).toEqual([first]);
  });

  test('stays when another analysis is listed before it', async () => {
    const recording = (...others: readonly (readonly [string, string, string])[]) =>
      lines(
        folderLine('f', 'FINISHED', 'DECLINED', [...others, ['a', 'QUALITY', 'DECLINED']]),
        folderLine('f', 'FINISHED', 'SUCCESS', [...others, ['a', 'QUALITY', 'SUCCESS']]),
      );
    const alone = await prints(recording());
    expect(alone).toHaveLength(1);
    expect(await prints(recording(['b', 'BIOMETRY', 'SUCCESS']))).toEqual(alone);
  });
});
