import * as fc from 'fast-check';
import { defaultSettings } from '../../machines/readings.ts';
import { fields } from '../../machines/statuses.ts';
import { finding, findingCodes, type Finding, type FindingCode } from '../../src/observations/findings.ts';
import type { FolderResult } from '../../src/observations/results.ts';
import type { CheckOutcome } from '../../src/reports/index.ts';

/** What a recording might hold so that a report says or does something else than it should. */
export const attacks = [
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '</failure></testcase>]]><testcase name="owned"/>',
  '<![CDATA[x]]>&lt;&#0;&entity;',
  `" onclick="x" ' y='`,
  '--><!-- </style></title></bdi>',
  '\u0000\u0007\u001b[31m\u009b31m\ufffe\uffff\ud800',
  '\u202eSSECCUS\u2066\u200b\u2028',
  '::error file=a,line=1::owned',
  'x\n::add-mask::a\r\n ::stop-commands::b',
  'word ::warning::owned ##[error]owned ##vso[task.complete result=Failed]',
  '%0A::error::owned%25%2C%3A, title=a:b',
  '| a | b |\n|---|---|\n**bold** _it_ `code` ~~no~~',
  '[link](https://example.org) ![image](x) <https://example.org> https://example.org www.example.org',
  '@everyone #1 :+1: \\* &amp; $x$ # heading\n- list\n1. one',
  '{0} [text](1) {{',
  '{"a":1}\n{"type":"summary"}',
  'a'.repeat(600),
  '',
] as const;

/** Text of the input as no one would like it. */
export const hostile = fc.oneof(
  fc.constantFrom(...attacks),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc
    .array(fc.oneof(fc.constantFrom(...attacks), fc.string({ maxLength: 5 })), { maxLength: 3 })
    .map((parts) => parts.join('')),
);

const codes = Object.keys(findingCodes) as FindingCode[];
const codesOf = (...severities: readonly string[]) =>
  codes.filter((code) => severities.includes(findingCodes[code].severity));

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const place = fc
  .record({ file: hostile, line: maybe(fc.integer({ min: 1, max: 9 })), pointer: maybe(hostile) })
  .map(({ file, line, pointer }) => ({
    file,
    ...(line === undefined ? {} : { line, column: line }),
    ...(pointer === undefined ? {} : { pointer: `/${pointer}` }),
  }));

const shownMembers = {
  field: fc.constantFrom(...fields),
  analysis: fc.option(hostile),
  value: hostile,
};
const shown = fc.record(shownMembers);
const change = fc.record({ ...shownMembers, observed: hostile });

function findingOf(among: readonly FindingCode[]): fc.Arbitrary<Finding> {
  return fc
    .record({
      code: fc.constantFrom(...among),
      message: hostile,
      where: place,
      observed: fc.option(hostile),
      allowed: fc.array(hostile, { maxLength: 2 }),
      before: fc.option(
        fc.record({ where: place, shown: fc.array(shown, { maxLength: 2 }), more: fc.nat(2) }),
      ),
      nearest: fc.array(change, { maxLength: 2 }),
      hint: fc.option(hostile),
      known: fc.option(fc.record({ reason: hostile, expires: fc.constantFrom(null, '2030-06-15') }), {
        nil: undefined,
        freq: 3,
      }),
    })
    .map(({ code, known, ...details }) => ({ ...finding(code, details), ...(known && { known }) }));
}

const anyFolder: fc.Arbitrary<FolderResult> = fc
  .record({
    folderId: fc.option(hostile),
    observations: fc.integer({ min: 0, max: 3 }),
    findings: fc.array(findingOf(codesOf('violation', 'unspecified', 'note', 'unreadable')), {
      maxLength: 2,
    }),
    hazards: fc.array(findingOf(codesOf('hazard')), { maxLength: 1 }),
    otherwise: fc.constantFrom('conforms', 'inconclusive'),
  })
  .map(({ otherwise, ...folder }) => {
    const has = (severity: string) => folder.findings.some((one) => one.severity === severity);
    const verdict = has('violation') ? 'violates' : has('unspecified') ? 'unspecified' : otherwise;
    return { ...folder, verdict };
  });

/** Any outcome of a check, with hostile text wherever text of the input can be. */
export const anyOutcome: fc.Arbitrary<CheckOutcome> = fc
  .record({
    folders: fc.array(anyFolder, { maxLength: 2 }),
    partial: fc.option(fc.constantFrom('SIGINT' as const, 'SIGPIPE' as const), { nil: undefined, freq: 6 }),
    input: fc.array(findingOf(codesOf('unreadable', 'hazard', 'note')), { maxLength: 2 }),
  })
  .map(({ partial, ...found }) => ({
    ...found,
    ...(partial && { partial }),
    options: { settings: defaultSettings },
    ignored: {},
  }));
