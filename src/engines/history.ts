import { maxTakenAgain } from '../conformance/check/recent.ts';
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

/** What observations that are kept say, of which each is looked at often. */
const texts = new WeakMap<Observation, string>();

/** What an observation says, apart from where and when; equal texts say the same. */
function saidBy(one: Observation): string {
  const known = texts.get(one);
  if (known !== undefined) return known;
  const text = JSON.stringify([
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
  texts.set(one, text);
  return text;
}

/**
 * The history with one more observation. Of observations in a row that say the same only the first and the last are
 * kept, with how many there were between: no order, no explanation and no place that is named depends on others, unless
 * something was found in one of them, which `wasFaulted` says. So it does not matter in which steps they are taken.
 * Answers whose times are known are kept as long as one that arrives late may have its place between any two of them.
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
    [first, last, observation].every((one) => one.interval === undefined) &&
    !wasFaulted(last);
  if (!isRepeated) {
    const longer = [...kept, observation];
    const isDue = longer.length > mayBeOvertaken && longer.length % perSummary === 0;
    return { ...history, folder: observation.folder, kept: isDue ? summedUp(longer, wasFaulted) : longer };
  }
  const repeats = (last.repeats ?? 0) + 1 + (observation.repeats ?? 0);
  return { ...history, kept: [...kept.slice(0, -1), { ...observation, repeats }] };
}

/** So many answers are kept as they are: a check takes none for which more than half of these would be taken again. */
const mayBeOvertaken = 2 * maxTakenAgain;

/** Each time when so many answers more are kept, those before are looked at. */
const perSummary = 64;

/**
 * Observations without those, further back than a late answer reaches, that came between two others that say the same,
 * where none of the three overlaps with any other.
 */
function summedUp(
  kept: readonly Observation[],
  wasFaulted: (kept: Observation) => boolean,
): readonly Observation[] {
  const isApart = apart(kept);
  const until = kept.length - mayBeOvertaken;
  const summed: (readonly [Observation, isApart: boolean])[] = [];
  for (const [at, one] of kept.entries()) {
    const before = summed.slice(-2);
    const last = before.at(-1)?.[0];
    const isLastBetween =
      at < until &&
      before.length === 2 &&
      [...before, [one, isApart[at]!] as const].every(
        ([each, isAlone]) => isAlone && each.interval !== undefined && saidBy(each) === saidBy(one),
      ) &&
      !wasFaulted(last!);
    if (isLastBetween) summed.pop();
    const repeats = isLastBetween ? (last!.repeats ?? 0) + 1 + (one.repeats ?? 0) : one.repeats;
    summed.push([repeats === undefined ? one : { ...one, repeats }, isApart[at]!]);
  }
  return summed.map(([one]) => one);
}

/** Of each observation whether its request began when all before had ended, and ended before any after began. */
function apart(kept: readonly Observation[]): readonly boolean[] {
  const isApart = kept.map(() => true);
  let end = -Infinity;
  for (const [at, { interval }] of kept.entries()) {
    if (interval && interval.start < end) isApart[at] = false;
    end = Math.max(end, interval?.end ?? -Infinity);
  }
  let start = Infinity;
  for (let at = kept.length - 1; at >= 0; at -= 1) {
    const { interval } = kept[at]!;
    if (interval && interval.end > start) isApart[at] = false;
    start = Math.min(start, interval?.start ?? Infinity);
  }
  return isApart;
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
