import {
  readingFrom,
  settingsFrom,
  type GivenReading,
  type GivenSettings,
} from '../../machines/given-settings.ts';
import { wrongValue } from '../../machines/given-values.ts';
import type { Reading, Settings } from '../../machines/readings.ts';
import type { Finding } from './findings.ts';
import { expectOptions } from './given.ts';
import type { Observation } from './observation.ts';

/** How analyses without a known group are taken: nothing is guessed, or those first seen together are one group. */
export const groupings = ['known', 'first-seen'] as const;

/** Of when the fields of a folder are: of the moment of the list beside them, or they may be older. */
export const fieldMoments = ['current', 'stale'] as const;

/** Where a group stands among those that have finished once an operator decides in it: where it was, or last. */
export const decidedGroups = ['in-place', 'last'] as const;

/** How a check judges. */
export interface CheckOptions {
  /** The reading and the biometry setting to judge by. */
  readonly settings: Settings;
  /** Admit every answer to every question but `operator-decision`, which stays as set. Default: false. */
  readonly anyReading?: boolean;
  /** Readings to admit beside that of the settings, with its answer to `operator-decision`. Default: none. */
  readonly otherReadings?: readonly Reading[];
  /** Default: `known`. */
  readonly groups?: (typeof groupings)[number];
  /**
   * With `stale` the fields of a folder may be older than the list beside them and than what was seen of single analyses,
   * but not than the fields shown before. Default: `current`.
   */
  readonly fields?: (typeof fieldMoments)[number];
  /**
   * With `last` an operator's decision makes its group the one that settled and finished last, as far as
   * `operator-decision` has decisions at all. Default: `in-place`.
   */
  readonly decidedGroup?: (typeof decidedGroups)[number];
  /** Whether a folder that violates is told which readings explain it: a search of its own. Default: true. */
  readonly proposesReadings?: boolean;
}

/** The options of a check as a caller gives them: what is not said stands at its default. */
export type GivenCheckOptions = Omit<CheckOptions, 'settings' | 'otherReadings'> & {
  readonly settings?: GivenSettings;
  readonly otherReadings?: readonly GivenReading[];
};

const booleans = [true, false] as const;

/** What each option may be; settings and readings are looked at where they are read. */
const optionValues: { readonly [Name in keyof Required<CheckOptions>]: readonly unknown[] } = {
  settings: [],
  anyReading: booleans,
  otherReadings: [],
  groups: groupings,
  fields: fieldMoments,
  decidedGroup: decidedGroups,
  proposesReadings: booleans,
};

/** The options of a check in full; throws a TypeError for wrong ones. */
export function checkOptionsFrom(given: GivenCheckOptions): CheckOptions {
  expectOptions(given, optionValues);
  const { settings = {}, otherReadings = [], ...rest } = given;
  if (!Array.isArray(otherReadings)) {
    throw new TypeError(wrongValue('options.otherReadings', 'a list', otherReadings));
  }
  return { ...rest, settings: settingsFrom(settings), otherReadings: otherReadings.map(readingFrom) };
}

/** Verdicts from best to worst, as one folder gets one. */
export const verdicts = ['conforms', 'inconclusive', 'unspecified', 'violates'] as const;

/** The verdict on one folder. */
export type Verdict = (typeof verdicts)[number];

/** Whether a limit has ended a search: nothing is claimed that rests on its not having found something. */
export function metLimit(findings: readonly Finding[]): boolean {
  return findings.some(({ code }) => code === 'SEARCH_LIMIT');
}

/**
 * The verdict on a folder of which these are the findings. Once a limit is met only a violation is certain: what is
 * unspecified so far may violate further on, where the search has ended.
 */
export function verdictOn(findings: readonly Finding[], sawStatus: boolean): Verdict {
  const found = (test: (each: Finding) => boolean): boolean => findings.some(test);
  if (found(({ severity }) => severity === 'violation')) return 'violates';
  if (metLimit(findings)) return 'inconclusive';
  if (found(({ severity }) => severity === 'unspecified')) return 'unspecified';
  return sawStatus ? 'conforms' : 'inconclusive';
}

/** What the check says of one folder. */
export interface FolderResult {
  /** The id of the folder; null where the recording gives none. */
  readonly folderId: string | null;
  /** What it is called, where something else stands in the place of a folder of the API. */
  readonly name?: string;
  readonly verdict: Verdict;
  readonly observations: number;
  /** Violations, unspecified steps and notes, in the order in which they were found. */
  readonly findings: readonly Finding[];
  readonly hazards: readonly Finding[];
  /**
   * Of a folder that violates: the readings under which all that was seen of it is explained, nearest to the given
   * one first; of one whose requests overlap, those that explain an order that was kept. Empty: there is none. Absent:
   * it does not violate, or that is open, because a limit ended the search or other orders were not kept.
   */
  readonly explainedUnder?: readonly Reading[];
}

/** A finding and where it belongs. */
export interface Found {
  readonly finding: Finding;
  /** The id of the folder as received; null: the folder has none, or the finding is on the input. */
  readonly folderId: string | null;
}

/** A check in progress: observations go in, in order of arrival; results come out at the end. */
export interface Checker {
  observe(observation: Observation): void;
  /** Results in the order in which the folders first appeared. */
  finish(): readonly FolderResult[];
}
