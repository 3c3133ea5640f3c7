import type { Reading } from '../../machines/readings.ts';
import type { Finding, Shown } from '../conformance/findings.ts';
import type { Where } from '../conformance/observation.ts';
import { escapedJson } from './escape.ts';
import {
  exitCodeOf,
  hasNews,
  summarize,
  type CheckOutcome,
  type Report,
  type ReportOptions,
} from './outcome.ts';

/** The version of the JSON report: it grows when a reader written for the old shape would break. */
export const reportFormatVersion = 1;

/** The report for programs; its shape is docs/schemas/report.schema.json. */
export function jsonReport(outcome: CheckOutcome, options: ReportOptions = {}): Report {
  const summary = summarize(outcome);
  const listed = outcome.folders.filter((folder) => options.all === true || hasNews(folder));
  const document = {
    formatVersion: reportFormatVersion,
    reading: judgedReading(outcome),
    summary,
    folders: listed.map(({ folderId, verdict, findings, hazards }) => ({
      folderId,
      verdict,
      findings: findings.map(plain),
      hazards: hazards.map(plain),
    })),
    unreadable: outcome.input.map(plain),
  };
  return { output: `${escapedJson(document)}\n`, exitCode: exitCodeOf(summary, options.strict) };
}

/** What a check was judged by, for a program: the answers, or `any`. */
export function judgedReading({ options }: CheckOutcome): 'any' | Reading {
  return options.anyReading === true ? 'any' : options.settings.reading;
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

const plainPlace = ({ file, line, column, pointer }: Where) => ({
  file,
  line: line ?? null,
  column: column ?? null,
  pointer: pointer ?? null,
});

const plainShown = ({ field, analysis, value }: Shown) => ({ field, analysis, value });
