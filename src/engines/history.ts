import type { Observation } from '../observations/observation.ts';

/** What is kept of a folder, in order of arrival, and of what was left out when it became too much. */
export interface FolderHistory {
  /** The key of the folder within a check; null: nothing has been seen. */
  readonly folder: string | null;
  readonly kept: readonly Observation[];
  /** How many observations before those that are kept were left out; 0: all that matters is kept. */
  readonly left: number;
  /** Whether one of those violated. */
  readonly hadViolation: boolean;
}

/** What is known before anything was seen. */
export const emptyHistory: FolderHistory = { folder: null, kept: [], left: 0, hadViolation: false };

/** No more of a folder is kept than this: one for each observation, and one for each analysis in it. */
export const maxKeptOfFolder = 4096;

const sizeOf = ({ analyses }: Observation): number => 1 + analyses.length;

/** What an observation says, apart from where and when; equal texts say the same. */
function saidBy(one: Observation): string {
  return JSON.stringify([
    [one.folderId, one.unnamed, one.resolutionStatus, one.systemResolution, one.complete, one.wholeGroup],
    one.seenBefore,
    one.analyses.map((view) => [
      view.id,
      view.kind,
      view.groupId,
      view.state,
      view.resolutionStatus,
      view.pointer,
    ]),
  ]);
}

/** Whether a request was sent after another one was answered, or nothing is known of the times of both. */
function isAfter(later: Observation, earlier: Observation): boolean {
  if (!later.interval || !earlier.interval) return later.interval === earlier.interval;
  return later.interval.start >= earlier.interval.end;
}

/**
 * The history with one more observation. Of observations in a row that say the same only the first and the last are
 * kept, with how many there were between: no order, no explanation and no place that is named depends on others, unless
 * something was found in one of them, which `wasFaulted` says. So it does not matter in which steps they are taken.
 */
export function withObservation(
  history: FolderHistory,
  observation: Observation,
  wasFaulted: (kept: Observation) => boolean,
): FolderHistory {
  const { kept } = history;
  const [first, last] = [kept.at(-2), kept.at(-1)];
  const isRepeated =
    first &&
    last &&
    [first, last].every((one) => saidBy(one) === saidBy(observation)) &&
    isAfter(last, first) &&
    isAfter(observation, last) &&
    !wasFaulted(last);
  if (!isRepeated) return { ...history, folder: observation.folder, kept: [...kept, observation] };
  const repeats = (last.repeats ?? 0) + 1 + (observation.repeats ?? 0);
  return { ...history, kept: [...kept.slice(0, -1), { ...observation, repeats }] };
}

/** Whether more is kept than may be. */
export function isTooLong({ kept }: FolderHistory): boolean {
  return kept.reduce((sum, one) => sum + sizeOf(one), 0) > maxKeptOfFolder;
}

/** The later half of a history; `violates`: whether all of it does. */
export function shortened(history: FolderHistory, violates: boolean): FolderHistory {
  const { kept, left, hadViolation } = history;
  let room = maxKeptOfFolder / 2;
  let from = kept.length;
  while (from > 1 && room - sizeOf(kept[from - 1]!) >= 0) room -= sizeOf(kept[--from]!);
  // One observation that is too much by itself is kept: what comes next takes its place.
  if (from === kept.length) from = kept.length - 1;
  const gone = kept.slice(0, from).reduce((sum, { repeats = 0 }) => sum + 1 + repeats, 0);
  return {
    ...history,
    kept: kept.slice(from),
    left: left + gone,
    hadViolation: hadViolation || violates,
  };
}
