import type { Reading } from '../../../machines/readings.ts';
import type { Finding, Shown } from '../../observations/findings.ts';
import type { Where } from '../../observations/observation.ts';
import type { Verdict } from '../../observations/results.ts';
import {
  exitCodeOf,
  hasNews,
  summarize,
  type CheckOutcome,
  type Report,
  type ReportOptions,
  type CheckSummary,
} from './outcome.ts';
import { streamedJson } from '../../text/streamed-json.ts';

/** The version of the JSON report: it grows when a reader written for the old shape would break. */
export const reportFormatVersion = 1 as const;

/** A finding in the report for programs. */
export type PlainFinding = ReturnType<typeof plain>;

/** A folder in the report for programs. */
export interface PlainFolder {
  readonly folderId: string | null;
  readonly verdict: Verdict;
  readonly findings: readonly PlainFinding[];
  readonly hazards: readonly PlainFinding[];
}

/** The report for programs as data; its shape is docs/schemas/report.schema.json. */
export interface ReportModel {
  readonly formatVersion: typeof reportFormatVersion;
  readonly reading: 'any' | Reading | readonly Reading[];
  readonly summary: CheckSummary;
  readonly folders: readonly PlainFolder[];
  readonly unreadable: readonly PlainFinding[];
}

/** The report for programs, held in memory as a whole. */
export function reportModel(outcome: CheckOutcome, options: ReportOptions = {}): ReportModel {
  return {
    formatVersion: reportFormatVersion,
    reading: judgedReading(outcome),
    summary: summarize(outcome),
    folders: [...plainFolders(outcome, options)].map(({ findings, hazards, ...folder }) => ({
      ...folder,
      findings: [...findings],
      hazards: [...hazards],
    })),
    unreadable: [...plainFindings(outcome.input)],
  };
}

/** The report for programs; its shape is docs/schemas/report.schema.json. */
export function jsonReport(outcome: CheckOutcome, options: ReportOptions = {}): Report {
  const summary = summarize(outcome);
  return {
    exitCode: exitCodeOf(summary, options.strict),
    output: () =>
      streamedJson({
        formatVersion: reportFormatVersion,
        reading: judgedReading(outcome),
        summary,
        folders: plainFolders(outcome, options),
        unreadable: plainFindings(outcome.input),
      }),
  };
}

function* plainFolders({ folders }: CheckOutcome, { all }: ReportOptions) {
  for (const folder of folders) {
    if (all !== true && !hasNews(folder)) continue;
    const { folderId, verdict, findings, hazards } = folder;
    yield { folderId, verdict, findings: plainFindings(findings), hazards: plainFindings(hazards) };
  }
}

function* plainFindings(findings: readonly Finding[]): Generator<PlainFinding> {
  for (const one of findings) yield plain(one);
}

/** What a check was judged by, for a program: the answers, those of each reading where it admits several, or `any`. */
export function judgedReading({ options }: Pick<CheckOutcome, 'options'>): ReportModel['reading'] {
  const { anyReading, otherReadings = [], settings } = options;
  if (anyReading === true) return 'any';
  return otherReadings.length > 0 ? [settings.reading, ...otherReadings] : settings.reading;
}

/** A finding for a program, with its members in a fixed order, and null for a place that has no line, column or pointer. */
export function plain({
  code,
  clause,
  evidence,
  severity,
  message,
  analysis,
  where,
  observed,
  allowed,
  before,
  nearest,
  hint,
  known,
}: Finding) {
  return {
    code,
    clause,
    evidence,
    severity,
    message,
    analysis,
    where: plainPlace(where),
    observed,
    allowed,
    before: before && {
      where: plainPlace(before.where),
      shown: before.shown.map(plainShown),
      more: before.more,
    },
    nearest: nearest.map((one) => ({ ...plainShown(one), observed: one.observed })),
    hint,
    known: known ? { reason: known.reason, expires: known.expires } : null,
  };
}

const plainPlace = ({ file, line, column, pointer, offset }: Where) => ({
  file,
  line: line ?? null,
  column: column ?? null,
  pointer: pointer ?? null,
  ...(offset !== undefined && { offset }),
});

const plainShown = ({ field, analysis, value }: Shown) => ({ field, analysis, value });
