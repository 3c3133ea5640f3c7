import type { FolderCheck } from '../folder/folder-check.ts';
import type { Interval, Observation, Where } from '../../observations/observation.ts';
import type { Place } from './places.ts';
import { maxTakenAgain, Recent, type Past } from './recent.ts';

/** Where a folder stands in a history. */
export interface OnHistory extends Place {
  readonly folder: number;
  readonly history: number;
  readonly observations: number;
  /** How many hazards were found. */
  readonly hazards: number;
}

/** An answer in numbers, the one of number `at` in a source that is a number as well. */
export interface Seen {
  /** What it shows, in the first `length` of these numbers. */
  readonly shape: ArrayLike<number>;
  readonly length: number;
  readonly source: number;
  readonly at: number;
  readonly interval: Interval;
}

/** Who knows the folders with shared histories. */
export interface FolderHistories {
  /** A check of the folder, granted what it has observed since. */
  checkAt(standing: OnHistory): FolderCheck;
  observationOf(seen: Seen, folder: number): Observation;
}

/** So many numbers are kept of the steps of all folders together, the last ones. */
const maxNumbers = 1 << 19;

/** And so many observations, of those that are no numbers in a source. */
const maxObservations = 1 << 12;

/** Where in a step stands what; times take the room of two numbers, and the shape stands at the end. */
const step = {
  back: 0,
  history: 1,
  observations: 2,
  source: 3,
  at: 4,
  hazards: 5,
  seenSource: 6,
  seenAt: 7,
  observation: 8,
  length: 9,
  start: 10,
  end: 12,
  shape: 14,
} as const;

/** Before the first step of a folder, or after one that nothing may come before. */
const nothing = -1;

/**
 * The last steps of folders with shared histories that were answers to requests with known times, as numbers in a ring: an
 * answer that arrives late may have its place before them.
 */
export class HistorySteps {
  readonly #folderHistories: FolderHistories;
  #numbers = new Int32Array(0);
  #times = new Float64Array(0);
  /** How many numbers were written; what is further back than the ring is long is gone. */
  #written = 0;
  readonly #said: Observation[] = [];
  readonly #placesBefore: (Where | undefined)[] = [];
  #observations = 0;
  /** By folder: where its last step begins, counted as what was written. */
  #last = new Float64Array(0);

  constructor(folderHistories: FolderHistories) {
    this.#folderHistories = folderHistories;
  }

  /** Nothing that arrives from now on may come before what was seen of the folder. */
  forget(folder: number): void {
    if (folder < this.#last.length) this.#last[folder] = nothing;
  }

  /** Notes the next step of a folder, which stood as `before`. */
  note(
    before: OnHistory,
    { shape, length, source, at }: Omit<Seen, 'interval'>,
    interval: Interval,
    said?: Observation,
  ): void {
    const from = this.#begin(step.shape + length);
    const last = this.#lastOf(before.folder);
    const isLast = last !== nothing && !(this.#has(last) && this.#timeAt(last, step.end) > interval.end);
    const place = from % maxNumbers;
    const numbers = this.#numbers;
    numbers[place + step.back] = isLast ? Math.min(from - last, maxNumbers + 1) : 0;
    numbers[place + step.history] = before.history;
    numbers[place + step.observations] = before.observations;
    numbers[place + step.source] = before.source;
    numbers[place + step.at] = before.at;
    numbers[place + step.hazards] = before.hazards;
    numbers[place + step.seenSource] = source;
    numbers[place + step.seenAt] = at;
    numbers[place + step.observation] = said ? this.#observations : nothing;
    numbers[place + step.length] = length;
    this.#times[(place + step.start) / 2] = interval.start;
    this.#times[(place + step.end) / 2] = interval.end;
    for (let nth = 0; nth < length; nth += 1) numbers[place + step.shape + nth] = shape[nth]!;
    if (said) {
      const nth = this.#observations++ % maxObservations;
      this.#said[nth] = said;
      this.#placesBefore[nth] = before.own;
    }
    this.#last[before.folder] = from;
  }

  /** Makes room for so many numbers; where they begin, which is even. */
  #begin(length: number): number {
    const left = maxNumbers - (this.#written % maxNumbers);
    const from = length > left ? this.#written + left : this.#written;
    this.#written = from + length + (length % 2);
    const needed = (from % maxNumbers) + length + (length % 2);
    // There may be many checks, most of a few answers.
    if (needed > this.#numbers.length) {
      const larger = new Int32Array(Math.min(maxNumbers, 2 * Math.max(needed, 64)));
      larger.set(this.#numbers);
      this.#numbers = larger;
      this.#times = new Float64Array(larger.buffer);
    }
    return from;
  }

  #lastOf(folder: number): number {
    if (folder >= this.#last.length) {
      const larger = new Float64Array(2 * folder + 64).fill(nothing);
      larger.set(this.#last);
      this.#last = larger;
    }
    return this.#last[folder]!;
  }

  #has(from: number): boolean {
    return from >= 0 && this.#written - from <= maxNumbers;
  }

  #timeAt(from: number, which: number): number {
    return this.#times[((from % maxNumbers) + which) / 2]!;
  }

  /** The last steps of a folder, as far as they are here; undefined without any before which something may come. */
  recentOf(folder: number, count: (size: number) => void): Recent | undefined {
    const past: Past[] = [];
    let from = this.#last[folder] ?? nothing;
    if (from === nothing) return undefined;
    let gone = -Infinity;
    while (from !== nothing) {
      const one = this.#has(from) && past.length < maxTakenAgain ? this.#pastAt(from, folder) : undefined;
      if (!one) {
        gone = past.at(-1)?.interval.start ?? Infinity;
        break;
      }
      past.push(one);
      const back = this.#numbers[(from % maxNumbers) + step.back]!;
      from = back === 0 ? nothing : from - back;
      // So far back that it is gone.
      if (from < 0 && back !== 0) from = -2;
    }
    const recent = new Recent(gone, count);
    for (const one of past.toReversed()) recent.note(one);
    return recent;
  }

  #pastAt(from: number, folder: number): Past | undefined {
    const place = from % maxNumbers;
    const get = (which: number): number => this.#numbers[place + which]!;
    const observation = get(step.observation);
    if (observation !== nothing && this.#observations - observation >= maxObservations) return undefined;
    const said = observation === nothing ? undefined : this.#said[observation % maxObservations];
    const own = said && this.#placesBefore[observation % maxObservations];
    const interval = { start: this.#timeAt(from, step.start), end: this.#timeAt(from, step.end) };
    const shape = [...this.#numbers.subarray(place + step.shape, place + step.shape + get(step.length))];
    const seen = {
      shape,
      length: shape.length,
      source: get(step.seenSource),
      at: get(step.seenAt),
      interval,
    };
    const before = {
      folder,
      history: get(step.history),
      observations: get(step.observations),
      source: get(step.source),
      at: get(step.at),
      own,
      hazards: get(step.hazards),
    };
    return {
      interval,
      size: said ? 1 + said.analyses.length : shape.length,
      observation: () => said ?? this.#folderHistories.observationOf(seen, folder),
      standing: () => [this.#folderHistories.checkAt(before)],
    };
  }
}
