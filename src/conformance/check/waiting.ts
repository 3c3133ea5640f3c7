import type { SharedHistories } from './shared-histories.ts';
import { maxViews, pointerOfView, type Source } from '../../observations/packed/packed.ts';
import type { Interval, Observation, Where } from '../../observations/observation.ts';
import type { FolderTable } from './folder-table.ts';
import type { Seen } from './history-steps.ts';
import type { Places } from './places.ts';

/** The next observation of a folder with a shared history; `where`: its place, if it is no number in a source. */
export interface Next {
  /** The history of its folder after it. */
  readonly history: number;
  /** What it shows, by `hashOfShown`, where the history is another one. */
  readonly hash: number;
  /** The number of its source. */
  readonly source: number;
  readonly at: number;
  readonly where?: Where;
}

/** Where the answer to a request stands, and when it came. */
export interface Answer {
  readonly source: Source;
  readonly at: number;
  readonly interval: Interval;
  readonly arrival: number;
}

/** An answer that waited, in numbers; another one stands in its place when that is taken. */
class Waited implements Next, Seen {
  history = 0;
  hash = 0;
  source = 0;
  at = 0;
  arrival = 0;
  readonly shape = new Int32Array(1 + maxViews);
  length = 0;
  readonly interval = { start: 0, end: 0 };
}

/** Where in a record stands what; times take the room of two numbers, and the shape stands at the end. */
const field = {
  history: 0,
  hash: 1,
  source: 2,
  at: 3,
  arrival: 4,
  length: 5,
  start: 6,
  end: 8,
  shape: 10,
} as const;

const none = -1;

/** How many numbers a record takes with a shape of so many; an even number. */
const sizeOf = (length: number): number => field.shape + length + (length % 2);

/**
 * Observations in numbers that wait, one of a folder, because the next request may overlap with theirs. They are records of
 * numbers, as the last of every folder waits until the end.
 */
export class Waiting {
  /** By folder: where its record begins. */
  #begins = new Int32Array(0);
  #records = new Int32Array(1024);
  #times = new Float64Array(this.#records.buffer);
  #length = 0;
  /** Where records begin that are free, by their size. */
  readonly #free = new Map<number, number[]>();
  readonly #taken = new Waited();
  readonly #table: FolderTable;
  readonly #histories: SharedHistories;

  constructor(table: FolderTable, histories: SharedHistories) {
    this.#table = table;
    this.#histories = histories;
  }

  /** Whether one waits of the folder. */
  has(folder: number): boolean {
    return folder < this.#begins.length && this.#begins[folder] !== none;
  }

  /** When the one of the folder came. */
  endOf(folder: number): number {
    return this.#times[(this.#begins[folder]! + field.end) / 2]!;
  }

  /** Where the one of the folder was seen. */
  placeOf(folder: number, places: Places): Where {
    const from = this.#begins[folder]!;
    return places.in(this.#records[from + field.source]!, this.#records[from + field.at]!);
  }

  /** The one of the folder, which waits no longer. */
  take(folder: number): Waited {
    const from = this.#begins[folder]!;
    const records = this.#records;
    const taken = this.#taken;
    this.#drop(folder);
    taken.history = records[from + field.history]!;
    taken.hash = records[from + field.hash]!;
    taken.source = records[from + field.source]!;
    taken.at = records[from + field.at]!;
    taken.arrival = records[from + field.arrival]!;
    taken.length = records[from + field.length]!;
    taken.interval.start = this.#times[(from + field.start) / 2]!;
    taken.interval.end = this.#times[(from + field.end) / 2]!;
    for (let nth = 0; nth < taken.length; nth += 1) taken.shape[nth] = records[from + field.shape + nth]!;
    return taken;
  }

  /** Lets one wait of a folder of which none does, of the first `length` numbers of `shape`. */
  put(
    folder: number,
    { history, hash, source, at }: Next,
    { interval, arrival }: Answer,
    shape: Int32Array,
    length: number,
  ): void {
    const from = this.#allot(sizeOf(length));
    const records = this.#records;
    records[from + field.history] = history;
    records[from + field.hash] = hash;
    records[from + field.source] = source;
    records[from + field.at] = at;
    records[from + field.arrival] = arrival;
    records[from + field.length] = length;
    this.#times[(from + field.start) / 2] = interval.start;
    this.#times[(from + field.end) / 2] = interval.end;
    for (let nth = 0; nth < length; nth += 1) records[from + field.shape + nth] = shape[nth]!;
    if (folder >= this.#begins.length) {
      const larger = new Int32Array(2 * folder + 64).fill(none);
      larger.set(this.#begins);
      this.#begins = larger;
    }
    this.#begins[folder] = from;
  }

  #drop(folder: number): void {
    const from = this.#begins[folder]!;
    this.#begins[folder] = none;
    const size = sizeOf(this.#records[from + field.length]!);
    const free = this.#free.get(size);
    if (free) free.push(from);
    else this.#free.set(size, [from]);
  }

  /** Where a record of this size may begin. */
  #allot(size: number): number {
    const free = this.#free.get(size)?.pop();
    if (free !== undefined) return free;
    const from = this.#length;
    this.#length += size;
    if (this.#length > this.#records.length) {
      const larger = new Int32Array(2 * Math.ceil(0.75 * this.#length));
      larger.set(this.#records);
      this.#records = larger;
      this.#times = new Float64Array(larger.buffer);
    }
    return from;
  }

  /** What is seen of the folder, whose key is `key`, in numbers, as an observation. */
  observationOf(
    { shape, length, at, interval: { start, end } }: Omit<Seen, 'source'>,
    source: Source,
    folder: number,
    key: string,
  ): Observation {
    const where = source(at);
    const names = this.#table.analysesOf(folder);
    const groups = this.#table.groupsOf(folder);
    const seen = this.#histories.observationOf(Array.from({ length }, (_, nth) => shape[nth]!));
    const analyses = seen.analyses.map((view, nth) => ({
      ...view,
      id: names[Number(view.id)]!,
      ...(view.groupId !== undefined && { groupId: groups[Number(view.groupId)]! }),
      pointer: pointerOfView(source, where.pointer ?? '', nth),
    }));
    const folderId = this.#table.nameOf(folder);
    return { ...seen, folder: key, folderId, analyses, where, interval: { start, end } };
  }
}
