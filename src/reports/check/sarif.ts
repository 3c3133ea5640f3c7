import { clauses } from '../../../machines/clauses.ts';
import { keyOf, traitsOf } from '../baseline/entries.ts';
import { findingCodes, type Before, type Finding, type FindingCode } from '../../observations/findings.ts';
import type { Where } from '../../observations/observation.ts';
import { sarifText, uriOf } from '../../text/escape.ts';
import { grouped } from '../../text/layout.ts';
import { isInFile, levelOf, remarks, type ReportRemark } from './remarks.ts';
import { clauseText, knownText, longestFact, nearestText, shownIn } from './text.ts';
import { exitCodeOf, summarize, type CheckOutcome, type Report, type ReportOptions } from './outcome.ts';
import { streamedJson } from '../../text/streamed-json.ts';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/**
 * The report as a SARIF 2.1.0 log: every finding code is a rule, every finding a result. What is said of a whole
 * folder or of the whole check has no place in a file and is a notification of the run. Of more results than the limit,
 * the errors are listed first.
 */
export function sarifReport(
  outcome: CheckOutcome,
  options: ReportOptions = {},
  limit: number = maxResults,
): Report {
  const exitCode = exitCodeOf(summarize(outcome), options.strict);
  const run = () => ({
    tool: {
      driver: {
        name: 'oz-status',
        ...(options.version === undefined ? {} : { semanticVersion: options.version }),
        ...(options.docsUrl === undefined
          ? {}
          : { informationUri: new URL('README.md', options.docsUrl).href }),
        rules: codes.map((code) => rule(code, options)),
      },
    },
    columnKind: 'utf16CodeUnits',
    invocations: [
      {
        executionSuccessful: exitCode === 0 || exitCode === 1,
        exitCode,
        toolExecutionNotifications: notifications(outcome, options, limit),
      },
    ],
    results: results(outcome, options, limit),
  });
  return {
    exitCode,
    output: () => streamedJson({ $schema: schema, version: '2.1.0', runs: [run()] }),
  };
}

/** GitHub refuses a run with more results than this as a whole. */
export const maxResults = 25_000;

function* notifications(outcome: CheckOutcome, { strict }: ReportOptions, limit: number): Generator<object> {
  const count = countOf(outcome, strict, () => true);
  if (count > limit) {
    const text = `${grouped(limit)} of ${grouped(count)} results are listed, errors first: more in one run are refused where they are uploaded. The other formats list all.`;
    yield { level: 'warning', message: { text }, descriptor: { id: 'RESULTS_CAPPED' } };
  }
  for (const { level, title, message, finding } of remarks(outcome, strict)) {
    if (!finding) yield { level, message: { text: sarifText(message) }, descriptor: { id: title } };
  }
}

const codes = Object.keys(findingCodes) as FindingCode[];

function rule(code: FindingCode, { docsUrl, strict }: ReportOptions): object {
  const { severity, clause, means } = findingCodes[code];
  const page = clause === null ? 'findings.md#codes' : `clauses.md#${clause.toLowerCase()}`;
  const basis = clauseText({ clause });
  return {
    id: code,
    shortDescription: { text: means },
    fullDescription: { text: basis === null ? means : `${means} Clause ${basis}` },
    help: { text: `${means}${basis === null ? '' : ` Clause ${basis}`} More: oz-status explain ${code}` },
    ...(docsUrl === undefined ? {} : { helpUri: new URL(page, docsUrl).href }),
    defaultConfiguration: { level: levelOf(severity, strict) },
    properties: {
      tags: [severity],
      ...(clause === null ? {} : { clause, evidence: clauses[clause].evidence }),
    },
  };
}

function* results(outcome: CheckOutcome, { strict }: ReportOptions, limit: number): Generator<object> {
  const seen = new Map<string, number>();
  const errors = countOf(outcome, strict, ({ level }) => level === 'error');
  let [left, lesser] = [limit, Math.max(0, limit - errors)];
  for (const remark of remarks(outcome, strict)) {
    const { finding, folder, level } = remark;
    if (!finding || left === 0) continue;
    if (level !== 'error') {
      if (lesser === 0) continue;
      lesser -= 1;
    }
    left -= 1;
    const key = keyOf(traitsOf({ finding, folderId: folder?.folderId ?? null }));
    const number = (seen.get(key) ?? 0) + 1;
    seen.set(key, number);
    // What a baseline calls the same finding; those that agree in it are numbered.
    const fingerprint = `${encodeURIComponent(key)}:${number}`;
    yield result(remark, finding, fingerprint, outcome.isCompared === true);
  }
}

function countOf(
  outcome: CheckOutcome,
  strict: boolean | undefined,
  counts: (remark: ReportRemark) => boolean,
): number {
  let count = 0;
  for (const remark of remarks(outcome, strict)) if (remark.finding && counts(remark)) count += 1;
  return count;
}

function result({ level, folder }: ReportRemark, finding: Finding, fingerprint: string, isCompared: boolean) {
  const {
    code,
    clause,
    evidence,
    severity,
    analysis,
    where,
    observed,
    allowed,
    before,
    nearest,
    hint,
    known,
  } = finding;
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level,
    message: { text: messageOf(finding) },
    locations: [locationOf(where)],
    ...(before && {
      relatedLocations: [{ id: 1, message: { text: beforeMessage(before) }, ...locationOf(before.where) }],
    }),
    ...(isCompared && { baselineState: known ? 'unchanged' : 'new' }),
    ...(known && {
      suppressions: [
        { kind: 'external', status: 'accepted', justification: sarifText(knownText(finding) ?? '') },
      ],
    }),
    partialFingerprints: { 'ozStatusFinding/v2': fingerprint },
    properties: {
      folderId: folder?.folderId ?? null,
      analysis,
      verdict: folder?.verdict ?? null,
      severity,
      clause,
      evidence,
      observed,
      allowed,
      nearest,
      hint,
    },
  };
}

const beforeMessage = (before: Before) =>
  sarifText(`The observation before: ${shownIn(before)}`, longestFact);

function messageOf(finding: Finding): string {
  const { message, observed, allowed, hint } = finding;
  const nearest = nearestText(finding);
  return [
    sarifText(message),
    ...(observed === null ? [] : [`Observed: ${sarifText(observed)}`]),
    ...(allowed.length === 0 ? [] : [`Allowed: ${sarifText(allowed.join(', '))}`]),
    ...(nearest === null ? [] : [`Nearest legal: ${sarifText(nearest, longestFact)}`]),
    ...(hint === null ? [] : [`Hint: ${sarifText(hint, longestFact)}`]),
  ].join('\n');
}

function locationOf(where: Where): object {
  const { file, line, column, pointer } = where;
  const region =
    line === undefined
      ? {}
      : { region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }) } };
  const inside =
    pointer === undefined || pointer === '' ? {} : { fullyQualifiedName: pointer, kind: 'value' };
  return {
    // A result without an address is refused where it is uploaded.
    physicalLocation: { artifactLocation: { uri: isInFile(where) ? uriOf(file) : 'stdin' }, ...region },
    ...('kind' in inside ? { logicalLocations: [inside] } : {}),
  };
}
