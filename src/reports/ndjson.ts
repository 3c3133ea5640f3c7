import type { FolderResult } from '../conformance/results.ts';
import type { Finding } from '../conformance/findings.ts';
import { escapedJson } from './escape.ts';
import { judgedReading, plain, reportFormatVersion } from './json.ts';
import { exitCodeOf, summarize, type CheckOutcome, type Report, type ReportOptions } from './outcome.ts';

/** The report as lines of JSON: one for each finding and hazard, then one with the counts; shaped as in the JSON report. */
export function ndjsonReport(outcome: CheckOutcome, options: ReportOptions = {}): Report {
  const summary = summarize(outcome);
  const exitCode = exitCodeOf(summary, options.strict);
  const line = (one: Finding, folder: FolderResult | null) => ({
    type: 'finding',
    folderId: folder?.folderId ?? null,
    verdict: folder?.verdict ?? null,
    ...plain(one),
  });
  const lines = [
    ...outcome.folders.flatMap((folder) =>
      [...folder.findings, ...folder.hazards].map((one) => line(one, folder)),
    ),
    ...outcome.input.map((one) => line(one, null)),
    {
      type: 'summary',
      formatVersion: reportFormatVersion,
      reading: judgedReading(outcome),
      ...summary,
      exitCode,
    },
  ];
  return { output: lines.map((one) => `${escapedJson(one, 0)}\n`).join(''), exitCode };
}
