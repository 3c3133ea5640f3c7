import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultSettings } from '../../../machines/readings.ts';
import { finding, findingCodes, type FindingCode } from '../../../src/observations/findings.ts';
import type { FolderResult, Verdict } from '../../../src/observations/results.ts';
import {
  escapedJson,
  exitCodeOf,
  jsonReport,
  printable,
  summarize,
  textReport,
  wholeText,
  wrap,
  type CheckOutcome,
} from '../../../src/reports/index.ts';

const one = (code: FindingCode, text = 'a message') =>
  finding(code, {
    message: text,
    where: { file: 'a.json', line: 3, column: 7, pointer: '/analyses/0/state' },
    observed: 'SUCCESS',
    allowed: ['DECLINED'],
    before: {
      where: { file: 'a.json', line: 2 },
      shown: [
        { field: 'system_resolution', analysis: null, value: 'DECLINED' },
        { field: 'analyse.state', analysis: 'a', value: 'FINISHED' },
      ],
      more: 3,
    },
    nearest: [
      {
        field: 'analyse.state',
        analysis: 'a',
        observed: 'SUCCESS',
        value: 'FINISHED',
      },
    ],
    hint: 'Look at the first poll.',
  });

function folder(
  verdict: Verdict,
  codes: readonly FindingCode[] = [],
  folderId: string = verdict,
): FolderResult {
  const all = codes.map((code) => one(code));
  const isHazard = (candidate: { severity: string }) => candidate.severity === 'hazard';
  return {
    folderId,
    verdict,
    observations: 2,
    findings: all.filter((candidate) => !isHazard(candidate)),
    hazards: all.filter(isHazard),
  };
}

const outcome = (folders: readonly FolderResult[], input: readonly FindingCode[] = []): CheckOutcome => ({
  options: { settings: defaultSettings },
  folders,
  input: input.map((code) => one(code)),
  ignored: {},
});

describe('the exit code', () => {
  test.each([
    [0, 0, [folder('conforms')], []],
    [0, 1, [folder('conforms', ['MASKED_RESULT'])], []],
    [0, 1, [folder('unspecified', ['OPERATOR_DECIDED'])], []],
    [0, 1, [folder('inconclusive', ['SEARCH_LIMIT'])], []],
    [0, 1, [folder('conforms')], ['RESOLUTION_ALIAS_DISAGREES']],
    [0, 0, [folder('conforms')], ['TIME_OUT_OF_ORDER']],
    [1, 1, [folder('conforms'), folder('violates', ['GROUP_CHANGED'])], []],
    [1, 1, [folder('violates', ['GROUP_CHANGED'])], ['JSON_INVALID']],
    [3, 3, [folder('conforms')], ['JSON_INVALID']],
    [3, 1, [folder('unspecified', ['OPERATOR_DECIDED'])], ['JSON_INVALID']],
    [3, 3, [], []],
  ] as const)('is %i, and %i under strict, for %j with %j', (usual, strict, folders, input) => {
    const summary = summarize(outcome(folders, input));
    expect(exitCodeOf(summary)).toBe(usual);
    expect(exitCodeOf(summary, true)).toBe(strict);
    expect(textReport(outcome(folders, input), { strict: true }).exitCode).toBe(strict);
    expect(jsonReport(outcome(folders, input)).exitCode).toBe(usual);
  });
});

describe('the text report', () => {
  test('says of a finding what, where, observed, allowed, on which clause, and what to do', () => {
    const output = wholeText(textReport(outcome([folder('violates', ['SETTLED_ANALYSIS_CHANGED'])])));
    expect(output).toBe(`folder violates: violates (2 observations)

  violation SETTLED_ANALYSIS_CHANGED
    a message
    where     a.json:3:7 /analyses/0/state
    observed  SUCCESS
    allowed   DECLINED
    nearest   analyse.state of analysis a FINISHED instead of SUCCESS
    before    a.json:2 (system_resolution DECLINED, analysis a FINISHED, 3 more)
    clause    ANALYSIS-FINAL (inferred: the page implies it). A settled analysis stays as it is.
    hint      Look at the first poll.

1 folder, 2 observations
  violates     1
judged by the default reading
failed (exit code 1)
`);
  });

  test('shows folders worst first and counts all, listed or not', () => {
    const folders = [
      folder('conforms', [], 'silent'),
      folder('conforms', ['MASKED_RESULT'], 'masked'),
      folder('violates', ['GROUP_CHANGED'], 'bad'),
    ];
    const output = wholeText(textReport(outcome(folders)));
    expect(output.indexOf('folder bad')).toBeLessThan(output.indexOf('folder masked'));
    expect(output).not.toContain('folder silent');
    expect(output).toContain('3 folders, 6 observations');
    expect(wholeText(textReport(outcome(folders), { all: true }))).toContain('folder silent');
  });

  test('is the summary alone when quiet', () => {
    const folders = [folder('violates', ['GROUP_CHANGED'])];
    const output = wholeText(textReport(outcome(folders), { quiet: true }));
    expect(wholeText(textReport(outcome(folders))).endsWith(`\n\n${output}`)).toBe(true);
    expect(output.startsWith('1 folder, 2 observations\n')).toBe(true);
  });

  test('says what was left aside and by what it judged', () => {
    const output = wholeText(
      textReport({
        options: {
          settings: {
            reading: { ...defaultSettings.reading, 'result-scope': 'all-analyses' },
            operatorRequired: 'never',
          },
          groups: 'first-seen',
          fields: 'stale',
          decidedGroup: 'last',
        },
        folders: [folder('conforms')],
        input: [],
        ignored: { errorAnswer: 2 },
      }),
    );
    expect(output).toContain('left aside   2: the answer is an error');
    expect(output.replaceAll(/\s+/g, ' ')).toContain(
      'judged by the default reading but result-scope=all-analyses; OPERATOR_REQUIRED never enabled; ' +
        'analyses first seen together taken as one group; fields may be older than lists; ' +
        'a group in which an operator decides finishes last',
    );
  });

  test('keeps to 100 columns whatever the finding', () => {
    const codes = Object.keys(findingCodes) as FindingCode[];
    const output = wholeText(textReport(outcome([folder('violates', codes)], codes)));
    expect(output.split('\n').filter((line) => line.length > 100)).toEqual([]);
  });
});

/** What no output may hold raw: controls but for the line break, bidirectional and invisible formats. */
const dangerous = /[\p{Bidi_Control}\u200b-\u200d\u2028\u2029\u2060\ufeff]|(?!\n)\p{Cc}/u;
const hostile = fc.string({ unit: 'binary', maxLength: 40 });

describe('text of the input', () => {
  test('never reaches a text report as a control character', () => {
    fc.assert(
      fc.property(hostile, hostile, (id, text) => {
        const bad = { ...one('GROUP_CHANGED', text), observed: text, allowed: [text], hint: text };
        const where = { file: text, pointer: text };
        const result = { ...folder('violates'), folderId: id, findings: [{ ...bad, where }] };
        const output = wholeText(textReport(outcome([result])));
        expect(output).not.toMatch(dangerous);
      }),
    );
  });

  test('never reaches a JSON report as a control character, and reads back as it was', () => {
    fc.assert(
      fc.property(hostile, (id) => {
        const output = wholeText(
          jsonReport(outcome([{ ...folder('violates', ['GROUP_CHANGED']), folderId: id }])),
        );
        expect(output).not.toMatch(dangerous);
        const read = JSON.parse(output) as { folders: { folderId: string }[] };
        expect(read.folders[0]?.folderId).toBe(id);
      }),
    );
  });

  test('is cut where it is too long, and says so', () => {
    expect(printable('x'.repeat(600))).toBe(`${'x'.repeat(500)}… (600 characters)`);
  });

  test('stands as it is where it is harmless', () => {
    expect(printable('Папка №7: ok')).toBe('Папка №7: ok');
    expect(escapedJson({ ключ: ['é', '日本'] })).toContain('"ключ"');
  });
});

test('wrapping loses and reorders no word', () => {
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[a-z]{1,30}$/)),
      fc.integer({ min: 5, max: 40 }),
      (words, width) => {
        const lines = wrap(words.join(' '), width);
        expect(lines.join(' ')).toBe(words.join(' '));
        expect(lines.filter((line) => line.length > width && line.includes(' '))).toEqual([]);
      },
    ),
  );
});
