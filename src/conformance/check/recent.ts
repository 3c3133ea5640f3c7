import { onceEach } from '../blame/claims.ts';
import { inEveryOrder, type OrderedChecks } from '../folder/every-order.ts';
import type { FolderCheck } from '../folder/folder-check.ts';
import type { AnalysisView, Interval, Observation } from '../../observations/observation.ts';

/** No more answers than this, the last of a folder, are taken again for one whose request was sent before they came. */
export const maxTakenAgain = 256;

/** Where the checks of a folder stood is kept before one of so many answers. */
const perStanding = 16;

/** So much of what arrived last is kept of all folders together: answers, and the analyses in them. */
const maxKept = 1 << 15;

/** An answer that was taken. */
export interface Past {
  readonly interval: Interval;
  /** One for itself, and one for each analysis in it. */
  readonly size: number;
  observation(): Observation;
  /** The checks as they stood before it, granted it and all that came since; undefined: they are not kept. */
  readonly standing: (() => readonly FolderCheck[]) | undefined;
}

/** An answer that is taken as an observation; `before`: checks as they stand before it, and are to stay. */
export function pastOf(observation: Observation, before?: readonly FolderCheck[]): Past {
  return {
    interval: observation.interval!,
    size: 1 + observation.analyses.length,
    observation: () => observation,
    standing: before && (() => before),
  };
}

/**
 * Whether late answers may explain what was found before they came: where analyses have gone that are seen in one order
 * and not in another, nothing is judged in that one, and who was first seen together depends on the order.
 */
export function mayExplain(late: readonly Observation[]): boolean {
  return late.some(({ complete, analyses }) => complete || analyses.length > 0);
}

const isMixed = ({ standing }: FolderCheck): boolean => standing.isMixed;

const startOf = ({ interval }: Observation): number => interval?.start ?? Infinity;

/**
 * The last answers of one folder, in order of arrival: one that arrives later, but to a request that was sent before
 * they came, may have its place before them.
 */
export class Recent {
  readonly #count: ((size: number) => void) | undefined;
  #past: Past[] = [];
  #size = 0;
  /** When the last answer ended that is not here any more. */
  #gone: number;

  /** `gone`: when the last answer may have ended that was taken before. `count` is told the size of what is noted. */
  constructor(gone = -Infinity, count?: (size: number) => void) {
    this.#gone = gone;
    this.#count = count;
  }

  /** How much is kept. */
  get size(): number {
    return this.#size;
  }

  get #end(): number {
    return this.#past.at(-1)?.interval.end ?? this.#gone;
  }

  /** Forgets all, as nothing that arrives from now on may come before. */
  clear(): void {
    this.#past = [];
    this.#size = 0;
    this.#gone = -Infinity;
  }

  /** Lets go of all: what is to have its place before it later is to be left out. */
  letGo(): void {
    this.#gone = this.#end;
    this.#past = [];
    this.#size = 0;
  }

  /** Whether the next answer is to be noted with where the checks stand before it. */
  get isStandingDue(): boolean {
    return !this.#past.slice(-perStanding).some(({ standing }) => standing);
  }

  /** Notes an answer that is taken; if its times contradict the order of arrival, nothing may come before it later. */
  note(past: Past): void {
    if (past.interval.end < this.#end) this.clear();
    this.#past.push(past);
    this.#size += past.size;
    this.#count?.(past.size);
    if (this.#past.length >= 2 * maxTakenAgain || this.#size > maxKept / 2) this.#shorten();
  }

  /** Lets go of about half of what is kept, so that the rest begins with a standing. */
  #shorten(): void {
    let size = this.#size;
    const first = this.#past.findIndex(({ standing, size: own }, at) => {
      const left = this.#past.length - at;
      const isLess = left <= maxTakenAgain + perStanding && size <= maxKept / 4;
      size -= own;
      return isLess && standing !== undefined;
    });
    const gone = this.#past.splice(0, first < 0 ? this.#past.length : first);
    this.#gone = gone.at(-1)?.interval.end ?? this.#gone;
    this.#size = this.#past.reduce((sum, past) => sum + past.size, 0);
  }

  /**
   * Those of some answers that arrive together now whose requests were sent before the last one here had come. Where no
   * times are known, or they contradict the order of arrival, that is none, and nothing may come before them later.
   */
  lateIn(observations: readonly Observation[]): readonly Observation[] {
    const { interval } = observations[0]!;
    if (!interval || interval.end < this.#end) this.clear();
    return observations.filter((observation) => startOf(observation) < this.#end);
  }

  /**
   * The answers, the first of which has a standing, that have to be taken again together with some that arrive now, for
   * no order of all of them to be left out; undefined: these are not kept, or are more than `most`. With
   * `isOneOrder`, from where the folder stood before any requests overlapped.
   */
  beside(
    observations: readonly Observation[],
    most: number,
    isOneOrder: boolean,
  ): readonly Past[] | undefined {
    let start = Math.min(...observations.map(startOf));
    let first = this.#past.length;
    while (first > 0 && this.#past[first - 1]!.interval.end > start) {
      first -= 1;
      start = Math.min(start, this.#past[first]!.interval.start);
    }
    const isGone = first === 0 && start < this.#gone;
    if (isGone || this.#past.length - first > Math.min(most, maxTakenAgain)) return undefined;
    const from = this.#past.findLastIndex(
      ({ standing }, at) => at <= first && standing && !(isOneOrder && standing().some(isMixed)),
    );
    const isTooLong = this.#past.length - from > most + perStanding;
    return from < 0 || isTooLong ? undefined : this.#past.slice(from);
  }

  /** Notes that the last answers here were taken again together with others, which have arrived after them. */
  mix([first, ...others]: readonly Past[], observations: readonly Observation[]): void {
    const rest = others.map((past) => ({
      interval: past.interval,
      size: past.size,
      observation: () => past.observation(),
      standing: undefined,
    }));
    this.#past.splice(-1 - rest.length, Infinity, first!, ...rest);
    for (const observation of observations) this.note(pastOf(observation));
  }
}

/** The last answers of many folders. */
export class Recents {
  /** What was used since half of what may be kept had come, and what was used in the time before. */
  #young = new Map<number, Recent>();
  #old = new Map<number, Recent>();
  #kept = 0;
  #isAnyGone = false;
  /** Counts what is noted. */
  readonly count = (size: number): void => {
    this.#kept += size;
  };

  #find(folder: number): Recent | undefined {
    if (this.#kept > maxKept / 2) this.#age();
    const young = this.#young.get(folder);
    if (young || this.#old.size === 0) return young;
    const old = this.#old.get(folder);
    if (old) this.#keep(folder, old);
    return old;
  }

  /**
   * What is kept of a folder before an answer with this interval. Without one nothing is, as nothing may come before that
   * answer later. `isFirst`: nothing has been seen of the folder.
   */
  before(folder: number, interval: Interval | undefined, isFirst: boolean): Recent | undefined {
    const known = this.#find(folder);
    if (!interval) known?.clear();
    if (!interval || known) return interval && known;
    const recent = new Recent(isFirst || !this.#isAnyGone ? undefined : interval.start, this.count);
    this.#keep(folder, recent);
    return recent;
  }

  /** Keeps what was noted of a folder elsewhere. */
  adopt(folder: number, recent: Recent): void {
    this.#young.set(folder, recent);
  }

  #keep(folder: number, recent: Recent): void {
    this.#kept += recent.size;
    this.#young.set(folder, recent);
  }

  #age(): void {
    this.#isAnyGone ||= this.#old.size > 0;
    this.#old = this.#young;
    this.#young = new Map();
    this.#kept = 0;
  }
}

/** And so many where the check is short of effort. */
const maxTakenAgainInHaste = 4;

/** Answers that were taken, and the checks as they stood before them. */
export interface Again {
  readonly past: readonly Past[];
  readonly before: readonly FolderCheck[];
}

/** The answers to take again with some before which they were taken; undefined: these are not kept, or too many. */
export function againBeside(
  recent: Recent,
  observations: readonly Observation[],
  isSpent: boolean,
  isOneOrder = false,
): Again | undefined {
  const most = isSpent ? maxTakenAgainInHaste : maxTakenAgain;
  const past = recent.beside(observations, most, isOneOrder);
  return past && { past, before: past[0]!.standing!() };
}

/** What becomes of a folder after observations together with answers that are taken again, as `inEveryOrder` says. */
export function inEveryOrderAgain(
  { past, before }: Again,
  observations: readonly Observation[],
  isApart = false,
): OrderedChecks | undefined {
  const all = [...past.map((each) => each.observation()), ...observations];
  return inEveryOrder(before, asKnown(all), past.length, isApart);
}

/** Answers as if each showed all that any of them shows of what analyses are: their kinds and groups never change. */
function asKnown(observations: readonly Observation[]): readonly Observation[] {
  const known = new Map<string, Pick<AnalysisView, 'kind' | 'groupId'>>();
  for (const { id, kind, groupId } of observations.flatMap(({ analyses }) => analyses)) {
    const before = known.get(id);
    const [oneKind, oneGroup] = [before?.kind ?? kind, before?.groupId ?? groupId];
    known.set(id, {
      ...(oneKind !== undefined && { kind: oneKind }),
      ...(oneGroup !== undefined && { groupId: oneGroup }),
    });
  }
  return observations.map((observation) => {
    const { analyses } = observation;
    // What a list says of one analysis in two ways, it goes on to say.
    if ('torn' in onceEach(analyses)) return observation;
    return { ...observation, analyses: analyses.map((view) => ({ ...known.get(view.id), ...view })) };
  });
}

/**
 * Whether observations show late what an analysis is, and some checks stand in several orders at once: then all of them
 * have to be taken again, as it is not known any more what was seen in which order.
 */
export function showLate(checks: readonly FolderCheck[], observations: readonly Observation[]): boolean {
  return checks.some(({ standing }) => {
    if (!standing.isMixed || !standing.followed) return false;
    let { members } = standing;
    return observations.some((each) => {
      const learnt = members.learn(each, each.analyses);
      ({ members } = learnt);
      return learnt.isLate;
    });
  });
}
