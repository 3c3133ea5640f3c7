import type { FolderResult, Found } from '../conformance/results.ts';
import { escapedJson } from './escape.ts';
import { judgedReading, plain, reportFormatVersion } from './json.ts';
import {
  exitCodeOf,
  hasNews,
  summarize,
  type CheckOutcome,
  type Report,
  type ReportOptions,
} from './outcome.ts';

/**
 * The report as lines of JSON: one for each finding and hazard, in the order in which they were found if that was
 * kept, else folder by folder; then the end of the report.
 */
export function ndjsonReport(outcome: CheckOutcome, options: ReportOptions = {}): Report {
  const { output, exitCode } = ndjsonEnd(outcome, options);
  const found = outcome.found ?? [
    ...outcome.folders.flatMap(inFolder),
    ...outcome.input.map((finding) => ({ finding, folderId: null })),
  ];
  return { output: found.map(ndjsonFinding).join('') + output, exitCode };
}

/** The line of one finding, which can be written when it is found: nothing in it depends on what follows. */
export function ndjsonFinding({ finding, folderId }: Found): string {
  return line({ type: 'finding', folderId, ...plain(finding) });
}

/** The end of the report, after the findings: a line with the verdict on each folder, then one with the counts. */
export function ndjsonEnd(outcome: CheckOutcome, options: ReportOptions = {}): Report {
  const summary = summarize(outcome);
  const exitCode = exitCodeOf(summary, options.strict);
  const folders = outcome.folders
    .filter((folder) => options.all === true || hasNews(folder))
    .map(({ folderId, verdict, observations, findings, hazards }) =>
      line({
        type: 'folder',
        folderId,
        verdict,
        observations,
        findings: findings.length,
        hazards: hazards.length,
      }),
    );
  const last = line({
    type: 'summary',
    formatVersion: reportFormatVersion,
    reading: judgedReading(outcome),
    ...summary,
    exitCode,
  });
  return { output: folders.join('') + last, exitCode };
}

const line = (content: object) => `${escapedJson(content, 0)}\n`;

const inFolder = ({ folderId, findings, hazards }: FolderResult): Found[] =>
  [...findings, ...hazards].map((finding) => ({ finding, folderId }));
