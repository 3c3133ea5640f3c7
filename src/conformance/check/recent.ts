import type { FolderCheck } from '../folder/folder-check.ts';
import type { Interval, Observation } from '../../observations/observation.ts';

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
   * no order of all of them to be left out; undefined: these are not kept, or are more than `most`.
   */
  beside(observations: readonly Observation[], most: number): readonly Past[] | undefined {
    let start = Math.min(...observations.map(startOf));
    let first = this.#past.length;
    while (first > 0 && this.#past[first - 1]!.interval.end > start) {
      first -= 1;
      start = Math.min(start, this.#past[first]!.interval.start);
    }
    const isGone = first === 0 && start < this.#gone;
    if (isGone || this.#past.length - first > Math.min(most, maxTakenAgain)) return undefined;
    while (!this.#past[first]!.standing) first -= 1;
    return this.#past.slice(first);
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
