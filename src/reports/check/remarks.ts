import type { Finding, Severity } from '../../observations/findings.ts';
import type { Where } from '../../observations/observation.ts';
import type { FolderResult } from '../../observations/results.ts';
import { folderName, nothingToJudge } from './text.ts';
import { foundOf, interruptions, openVerdict, summarize, type CheckOutcome } from './outcome.ts';

/** How much a remark weighs in a check: an `error` keeps it from passing. */
export type Level = 'error' | 'warning' | 'note';

/**
 * One thing that a report has to say. Reports that annotate or count are made of remarks: there is one of level
 * `error` exactly if the exit code of the check is not 0.
 */
export interface ReportRemark {
  readonly level: Level;
  /** A finding code; a verdict, where a folder has no finding that says it; `PARTIAL` or `NOTHING_TO_JUDGE`. */
  readonly title: string;
  /** What is wrong, with text of the input as received. */
  readonly message: string;
  /** The folder it belongs to; null: it was found outside any folder. */
  readonly folder: FolderResult | null;
  /** Absent: the remark is on a folder or on the check as a whole. */
  readonly finding?: Finding;
}

/** Whether a finding is in a file that can be linked: standard input, named `-`, cannot. */
export function isInFile({ file }: Where): boolean {
  return file !== '-';
}

/** How much a finding of a severity weighs. */
export function levelOf(severity: Severity, strict = false): Level {
  if (severity === 'note') return 'note';
  if (severity === 'violation' || severity === 'unreadable') return 'error';
  return strict ? 'error' : 'warning';
}

/** The remarks on one folder: its findings, its hazards, and its verdict where none of them says it. */
export function* remarksOn(folder: FolderResult, strict = false): Generator<ReportRemark> {
  for (const finding of foundOf(folder)) yield remarkOn(finding, folder, strict);
  const verdict = openVerdict(folder);
  const says = {
    conforms: null,
    inconclusive: null,
    unspecified: 'unspecified',
    violates: 'violation',
  } as const;
  const isSaid =
    verdict === 'conforms' ||
    folder.findings.some(({ severity, known }) => severity === says[verdict] && !known);
  if (isSaid) return;
  const level = levelOf(verdict === 'violates' ? 'violation' : 'unspecified', strict);
  yield { level, title: verdict, message: `${folderName(folder)}: ${verdict}`, folder };
}

/** The remarks on the input, outside any folder, and on a check that was ended early or had no observation. */
export function* remarksOnInput(outcome: CheckOutcome, strict = false): Generator<ReportRemark> {
  for (const finding of outcome.input) yield remarkOn(finding, null, strict);
  const onWhole = (title: string, message: string): ReportRemark => ({
    level: 'error',
    title,
    message,
    folder: null,
  });
  if (outcome.partial) {
    const { means } = interruptions[outcome.partial];
    yield onWhole('PARTIAL', `the check did not come to its end: ${means}`);
  } else if (summarize(outcome).observations === 0) yield onWhole('NOTHING_TO_JUDGE', nothingToJudge);
}

/** All remarks: folders in order of appearance, then the input. */
export function* remarks(outcome: CheckOutcome, strict = false): Generator<ReportRemark> {
  for (const folder of outcome.folders) yield* remarksOn(folder, strict);
  yield* remarksOnInput(outcome, strict);
}

function remarkOn(finding: Finding, folder: FolderResult | null, strict: boolean): ReportRemark {
  const { code, severity, message } = finding;
  const level = finding.known ? 'note' : levelOf(severity, strict);
  return { level, title: code, message, folder, finding };
}
