import {
  verdicts,
  type CheckOptions,
  type FolderResult,
  type Found,
  type Verdict,
} from '../../observations/results.ts';
import type { Finding } from '../../observations/findings.ts';
import type { IgnoredReason } from '../../recordings/io/piece.ts';

/** All that a check found out, before it is put into words. */
export interface CheckOutcome {
  readonly options: CheckOptions;
  /** Results in the order in which the folders first appeared. */
  readonly folders: readonly FolderResult[];
  /** Folders that conform and of which there is nothing to say, where they are known by number only. */
  readonly untold?: Untold;
  /** What the readers found in the input, outside any folder. */
  readonly input: readonly Finding[];
  /** How many answers the readers understood and left aside, by reason. */
  readonly ignored: Readonly<Partial<Record<IgnoredReason, number>>>;
  /** Of answers whose route is not read, how often each request was seen, ids cut out. */
  readonly requests?: ReadonlyMap<string, number>;
  /** All findings in the order in which they were found; absent where nobody asked for it. */
  readonly found?: readonly Found[];
  /** What ended the check before its input did: all else here is what was found until then. */
  readonly partial?: Interruption;
  /** Whether the findings were held against a baseline. */
  readonly isCompared?: boolean;
}

/** How many folders conform and are not among the others, and how often they were observed. */
export interface Untold {
  readonly folders: number;
  readonly observations: number;
}

/** What can end a check early: each signal with its exit code and what it means. */
export const interruptions = {
  SIGINT: { exitCode: 130, means: 'it was interrupted (SIGINT)' },
  SIGTERM: { exitCode: 143, means: 'it was terminated (SIGTERM)' },
  SIGPIPE: { exitCode: 141, means: 'the reader of its output went away (SIGPIPE)' },
} as const;

/** The name of what ended a check early. */
export type Interruption = keyof typeof interruptions;

/** How a report shows an outcome. */
export interface ReportOptions {
  /** Show every folder, also those without a finding or a hazard. */
  readonly all?: boolean;
  /** Whether unspecified and inconclusive folders and hazards fail the check as well. */
  readonly strict?: boolean;
  /** Leave out everything but the summary, where the format has one to stand alone. */
  readonly quiet?: boolean;
  /** The width of text, where it has lines to break. Default: that of a report in a file. */
  readonly width?: number;
  /** Whether the text may carry colour codes. */
  readonly colour?: boolean;
  /** The version of this program, for formats that name it. */
  readonly version?: string;
  /** The URL of the directory docs/ of this project, where it is published; ends in a slash. */
  readonly docsUrl?: string;
}

/** A report: its text and the exit code that goes with it. */
export interface Report {
  /** The text in pieces, each made when it is asked for: a large report is whole nowhere. */
  output(): Iterable<string>;
  readonly exitCode: ExitCode;
}

/** The whole text of a report; of a large one it may be more than a text can be. */
export function wholeText(report: Report): string {
  return [...report.output()].join('');
}

/** What each exit code of `check` says. Where several apply: 2 before all, then an interruption, then 1 before 3. */
export const exitCodes = {
  0: 'Nothing violates the specification under the chosen reading, except what a baseline accepts.',
  1: 'At least one folder violates it. With `--strict` also: a folder is unspecified or inconclusive, or a hazard was found.',
  2: 'The command was used wrongly (an unknown option, a bad value, a bad config file), or an output cannot be written. Nothing was checked, or the report could not be delivered.',
  3: 'Some input was unreadable, or there was nothing to judge: a check of nothing has not passed.',
  130: 'Interrupted (SIGINT). The reports hold what was found so far, and are marked as partial. If a report was just being written, its file stays as it was before, and standard output ends early.',
  141: 'The reader of standard output went away while findings were written to it, and nothing else had to be written.',
  143: 'Terminated (SIGTERM). Otherwise like 130.',
} as const;

/** An exit code of `check`. */
export type ExitCode = keyof typeof exitCodes;

/** Counts over a whole check. */
export interface CheckSummary extends Readonly<Record<Verdict, number>> {
  /** What ended the check early; null: it is complete. */
  readonly partial: Interruption | null;
  readonly observations: number;
  readonly folders: number;
  readonly unreadable: number;
  readonly hazards: number;
  /** Findings of any severity that a baseline knows. */
  readonly known: number;
  /** Of these counts what no baseline knows: it decides the exit code. */
  readonly open: Readonly<Record<Exclude<Verdict, 'conforms'> | 'unreadable' | 'hazards', number>>;
}

/** The counts of an outcome. */
export function summarize({ folders, untold, input, partial }: CheckOutcome): CheckSummary {
  const counts = { conforms: untold?.folders ?? 0, violates: 0, unspecified: 0, inconclusive: 0 };
  const open = { ...counts, unreadable: 0, hazard: 0 };
  const found = { unreadable: 0, hazard: 0, known: 0 };
  let observations = untold?.observations ?? 0;
  const count = ({ severity, known }: Finding): void => {
    if (known !== undefined) found.known += 1;
    if (severity !== 'unreadable' && severity !== 'hazard') return;
    found[severity] += 1;
    if (known === undefined) open[severity] += 1;
  };
  for (const folder of folders) {
    counts[folder.verdict] += 1;
    open[openVerdict(folder)] += 1;
    observations += folder.observations;
    for (const one of folder.findings) count(one);
    for (const one of folder.hazards) count(one);
  }
  for (const one of input) count(one);
  return {
    partial: partial ?? null,
    observations,
    folders: folders.length + (untold?.folders ?? 0),
    ...counts,
    unreadable: found.unreadable,
    hazards: found.hazard,
    known: found.known,
    open: {
      violates: open.violates,
      unspecified: open.unspecified,
      inconclusive: open.inconclusive,
      unreadable: open.unreadable,
      hazards: open.hazard,
    },
  };
}

/** What the verdict on a folder rests on: the first of these that is found. */
const bases: readonly (readonly [Verdict, (one: Finding) => boolean])[] = [
  ['violates', ({ severity }) => severity === 'violation'],
  ['inconclusive', ({ code }) => code === 'SEARCH_LIMIT'],
  ['unspecified', ({ severity }) => severity === 'unspecified'],
];

/** The verdict on a folder without what a baseline knows. A verdict that rests on no finding cannot be known. */
export function openVerdict({ verdict, findings }: FolderResult): Verdict {
  if (findings.length === 0) return verdict;
  const from = bases.findIndex(([name]) => name === verdict);
  if (from < 0 || !findings.some(bases[from]![1])) return verdict;
  const open = findings.filter(({ known }) => known === undefined);
  return bases.slice(from).find(([, isBasis]) => open.some(isBasis))?.[0] ?? 'conforms';
}

/** The exit code of a check with these counts; see `exitCodes`. */
export function exitCodeOf(summary: CheckSummary, strict = false): ExitCode {
  if (summary.partial !== null) return interruptions[summary.partial].exitCode;
  const { violates, unspecified, inconclusive, hazards, unreadable } = summary.open;
  const doubtful = unspecified + inconclusive + hazards;
  if (violates > 0 || (strict && doubtful > 0)) return 1;
  if (unreadable > 0 || summary.observations === 0) return 3;
  return 0;
}

/** Whether a report has something to say of the folder beside its verdict. */
export function hasNews({ findings, hazards }: FolderResult): boolean {
  return findings.length > 0 || hazards.length > 0;
}

/** The folders of an outcome, those of the worst verdict first. */
export function* worstFirst({ folders }: CheckOutcome): Generator<FolderResult> {
  for (const verdict of verdicts.toReversed()) {
    for (const folder of folders) if (folder.verdict === verdict) yield folder;
  }
}

/** What was found of a folder: findings, then hazards. */
export function* foundOf({ findings, hazards }: FolderResult): Generator<Finding> {
  yield* findings;
  yield* hazards;
}
