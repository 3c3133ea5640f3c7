import { findingCodes, type Finding } from '../observations/findings.ts';
import { verdicts, type Verdict } from '../observations/results.ts';
import { writeState } from '../engines/index.ts';
import { historyOf, type HeldFolder } from './held-folders.ts';
import type { ToldFinding } from './told.ts';

/** The version of the records of a journal: it grows when a reader would misunderstand them. */
export const journalVersion = 1;

/** What a journal begins with. */
export interface HeadRecord {
  readonly is: 'journal';
  readonly version: typeof journalVersion;
}

/** A folder as it is held: its state as a text, and what was told of it. */
export interface FolderRecord {
  readonly is: 'folder';
  readonly key: string;
  readonly state: string;
  readonly seen: number;
  readonly unsettledSince: number | null;
  readonly told: readonly string[];
  readonly faulted: readonly string[];
  readonly violates: boolean;
  readonly verdict: Verdict | null;
}

/** A finding that has not been delivered everywhere yet. */
export interface UndeliveredRecord {
  readonly is: 'undelivered';
  readonly found: ToldFinding;
}

/** The end of what a journal begins with: all else that is known. */
export interface StandRecord {
  readonly is: 'stand';
  readonly folders: number;
  readonly undelivered: number;
  readonly clock: number;
  readonly told: number;
  /** How far each source was read. */
  readonly positions: Readonly<Record<string, unknown>>;
  /** How many findings each receiver has got. */
  readonly delivered: Readonly<Record<string, number>>;
  /** The keys of what was posted last. */
  readonly posted: readonly string[];
  /** The ids of what is told once. */
  readonly once: readonly string[];
}

/** Some lines that were judged. */
export interface AnswersRecord {
  readonly is: 'answers';
  readonly source: string;
  /** How far the source is read with them. */
  readonly position: unknown;
  readonly posted?: string;
  readonly clock: number;
  /** The observations, each as the state of a folder of which nothing else was seen. */
  readonly seen: readonly string[];
  readonly found: readonly (ToldFinding & { readonly folder: string | null })[];
  readonly once?: readonly string[];
}

/** Folders that were looked at because no more came of them. */
export interface LookedRecord {
  readonly is: 'looked';
  readonly clock: number;
  /** The verdict is null where the end of the folder has more to say. */
  readonly rested: readonly (readonly [key: string, isSettled: boolean, verdict: Verdict | null])[];
  readonly ended: readonly (readonly [key: string, verdict: Verdict])[];
  readonly found: AnswersRecord['found'];
}

/** That a receiver has got all findings up to a number. */
export interface DeliveredRecord {
  readonly is: 'delivered';
  readonly to: string;
  readonly number: number;
}

/** A line of a journal. */
export type JournalRecord =
  | HeadRecord
  | FolderRecord
  | UndeliveredRecord
  | StandRecord
  | AnswersRecord
  | LookedRecord
  | DeliveredRecord;

/** What is wrong with a record; undefined: nothing. Its checksum has shown that a monitor wrote it. */
export function recordProblem(value: unknown): string | undefined {
  const { is, version } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (is === 'journal')
    return version === journalVersion
      ? undefined
      : `expected a journal of version ${journalVersion}, received ${JSON.stringify(version)}`;
  const known = ['folder', 'undelivered', 'stand', 'answers', 'looked', 'delivered'];
  if (!known.includes(is as string)) return `expected a record of ${known.join(', ')}`;
  const { found = [] } = value as { readonly found?: unknown };
  const all = (Array.isArray(found) ? found : [found]) as readonly { readonly finding?: Finding }[];
  const isOfThis = all.every((one) => Object.hasOwn(findingCodes, one.finding?.code ?? ''));
  return isOfThis ? undefined : 'expected findings with codes of this version';
}

/** A folder as its record. */
export function recordOf(held: HeldFolder): FolderRecord {
  const { state: _, tail: __, ...folder } = held;
  return { is: 'folder', ...folder, state: new TextDecoder().decode(writeState(historyOf(held))) };
}

/** A folder as it was when its record was written. */
export function folderIn({ is: _, state, told, faulted, ...folder }: FolderRecord): HeldFolder {
  return {
    ...folder,
    state: new TextEncoder().encode(state),
    tail: [],
    told: [...told],
    faulted: [...faulted],
  };
}

/** How many folders of each verdict; none yet. */
export const noVerdicts = (): Record<Verdict, number> =>
  Object.fromEntries(verdicts.map((verdict) => [verdict, 0])) as Record<Verdict, number>;
