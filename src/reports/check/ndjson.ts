import type { CheckOptions, FolderResult, Found } from '../../observations/results.ts';
import { escapedJson } from '../../text/escape.ts';
import { judgedReading, plain, reportFormatVersion } from './json.ts';
import {
  exitCodeOf,
  foundOf,
  hasNews,
  summarize,
  type CheckOutcome,
  type Report,
  type ReportOptions,
  type CheckSummary,
} from './outcome.ts';

/**
 * The report as lines of JSON: one for each finding and hazard, in the order in which they were found if that was
 * kept, else folder by folder; then the end of the report.
 */
export function ndjsonReport(outcome: CheckOutcome, options: ReportOptions = {}): Report {
  const end = ndjsonEnd(outcome, options);
  return {
    exitCode: end.exitCode,
    *output() {
      for (const found of outcome.found ?? folderByFolder(outcome)) yield ndjsonFinding(found);
      yield* end.output();
    },
  };
}

function* folderByFolder({ folders, input }: CheckOutcome): Generator<Found> {
  for (const folder of folders) {
    for (const finding of foundOf(folder)) yield { finding, folderId: folder.folderId };
  }
  for (const finding of input) yield { finding, folderId: null };
}

/** The line of one finding, which can be written when it is found: nothing in it depends on what follows. */
export function ndjsonFinding({ finding, folderId }: Found): string {
  return line({ type: 'finding', folderId, ...plain(finding) });
}

/** The end of the report, after the findings: a line with the verdict on each folder, then one with the counts. */
export function ndjsonEnd(outcome: CheckOutcome, options: ReportOptions = {}): Report {
  const summary = summarize(outcome);
  const exitCode = exitCodeOf(summary, options.strict);
  return {
    exitCode,
    *output() {
      for (const folder of outcome.folders) yield ndjsonFolder(folder, options.all);
      yield ndjsonSummary(outcome.options, summary, options.strict);
    },
  };
}

/** The last line, with the counts and the exit code. */
export function ndjsonSummary(options: CheckOptions, summary: CheckSummary, strict?: boolean): string {
  return line({
    type: 'summary',
    formatVersion: reportFormatVersion,
    reading: judgedReading({ options }),
    ...summary,
    exitCode: exitCodeOf(summary, strict),
  });
}

/** The line of a folder; nothing for one of which there is nothing to say, unless `all` are told. */
export function ndjsonFolder(folder: FolderResult, all = false): string {
  return all || hasNews(folder) ? folderLine(folder) : '';
}

const folderLine = ({ folderId, verdict, observations, findings, hazards }: FolderResult) =>
  line({
    type: 'folder',
    folderId,
    verdict,
    observations,
    findings: findings.length,
    hazards: hazards.length,
  });

const line = (content: object) => `${escapedJson(content, 0)}\n`;
