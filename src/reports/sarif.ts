import { clauses } from '../../machines/clauses.ts';
import { keyOf, traitsOf } from '../baseline/entries.ts';
import { findingCodes, type Before, type Finding, type FindingCode } from '../conformance/findings.ts';
import type { Where } from '../conformance/observation.ts';
import { escapedJson, sarifText, uriOf } from './escape.ts';
import { isInFile, levelOf, remarks, type Remark } from './remarks.ts';
import { clauseText, knownText, longestFact, nearestText, shownIn } from './text.ts';
import { exitCodeOf, summarize, type CheckOutcome, type Report, type ReportOptions } from './outcome.ts';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** A remark that stands on a finding. */
type Found = Remark & { readonly finding: Finding };

/**
 * The report as a SARIF 2.1.0 log: every finding code is a rule, every finding a result. What is said of a whole
 * folder or of the whole check has no place in a file and is a notification of the run.
 */
export function sarifReport(outcome: CheckOutcome, options: ReportOptions = {}): Report {
  const exitCode = exitCodeOf(summarize(outcome), options.strict);
  const all = remarks(outcome, options.strict);
  const found = all.filter((remark): remark is Found => remark.finding !== undefined);
  const notifications = all
    .filter(({ finding }) => finding === undefined)
    .map(({ level, title, message }) => ({
      level,
      message: { text: sarifText(message) },
      descriptor: { id: title },
    }));
  const run = {
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
        toolExecutionNotifications: notifications,
      },
    ],
    results: results(found, outcome.isCompared === true),
  };
  return { output: `${escapedJson({ $schema: schema, version: '2.1.0', runs: [run] })}\n`, exitCode };
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

function results(found: readonly Found[], isCompared: boolean): object[] {
  const seen = new Map<string, number>();
  return found.map((remark) => {
    const { finding, level, folder } = remark;
    const key = encodeURIComponent(keyOf(traitsOf({ finding, folderId: folder?.folderId ?? null })));
    const number = (seen.get(key) ?? 0) + 1;
    seen.set(key, number);
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
      // What a baseline calls the same finding; those that agree in it are numbered.
      partialFingerprints: { 'ozStatusFinding/v2': `${key}:${number}` },
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
  });
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
    ...(hint === null ? [] : [`Hint: ${sarifText(hint)}`]),
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
    ...(isInFile(where) ? { physicalLocation: { artifactLocation: { uri: uriOf(file) }, ...region } } : {}),
    ...('kind' in inside ? { logicalLocations: [inside] } : {}),
  };
}
