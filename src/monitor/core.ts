import { saidAtEnd } from '../conformance/folder/hazards.ts';
import { createSteps, writeState, type Steps } from '../engines/index.ts';
import { finding as makeFinding, type Finding } from '../observations/findings.ts';
import type { Observation } from '../observations/observation.ts';
import type { CheckOptions, FolderResult } from '../observations/results.ts';
import { readStandIn } from '../observations/unnamed-folders.ts';
import type { ReadOptions } from '../recordings/options.ts';
import { HeldFolders, historyOf, noteTold, withoutTimes, type HeldFolder } from './held-folders.ts';
import { readLines, type InputLine } from './lines.ts';
import { LiveChecks } from './live-checks.ts';
import { MonitorCounts } from './counts.ts';
import {
  folderIn,
  journalVersion,
  observationIn,
  recordOf,
  textOf,
  type AnswersRecord,
  type FoundRecord,
  type JournalRecord,
  type LookedRecord,
} from './records.ts';
import { Telling } from './telling.ts';
import type { Digest } from './told.ts';

/** How a monitor judges, and for how long it holds what. Times are in milliseconds. */
export interface CoreOptions {
  readonly check: CheckOptions;
  readonly read: Omit<ReadOptions, 'file'>;
  readonly digest: Digest;
  /** After so long without an answer a folder is looked at: what waits for one more answer is told. */
  readonly rest: number;
  /** After so long without an answer a folder is ended and forgotten. */
  readonly forget: number;
  /** No more folders are held; the one longest unseen is ended first. */
  readonly maxFolders: number;
}

/** When something happens: by the clock of the monitor, which only runs while it does, and in milliseconds since 1970. */
export interface Moment {
  readonly clock: number;
  readonly time: number;
}

/** Some lines of a source. */
export interface Lines {
  readonly source: string;
  readonly lines: readonly InputLine[];
  /** How far the source is read with them. */
  readonly position: unknown;
  /** How often the source has begun anew, as a file that is rotated does. */
  readonly rotation?: number;
  /** The key of what was posted, by which it is known when it comes again. */
  readonly posted?: string;
  /** Why more could not be read. */
  readonly problem?: string;
}

/** So many keys of what was posted are kept. */
const maxPosted = 4096;

/** So many ids of what is told once. */
const maxOnce = 1024;

/** So many folders are looked at in one go. */
const maxLooked = 64;

/** Notes that say something of a whole source; they are told once of each. */
const saidOnce: ReadonlySet<Finding['code']> = new Set([
  'TIME_WITHOUT_ZONE',
  'TIME_OUT_OF_ORDER',
  'TIME_UNREADABLE',
  'REQUEST_UNKNOWN',
]);

/**
 * What a monitor knows and finds, without files, clocks and networks. What it does comes out as records: who keeps them
 * in order can make another monitor that goes on where this one was.
 */
export class MonitorCore {
  readonly counts = new MonitorCounts();
  readonly folders = new HeldFolders();
  readonly telling: Telling;
  readonly #options: CoreOptions;
  readonly #steps: Steps;
  readonly #live: LiveChecks;
  #clock = 0;
  readonly #positions = new Map<string, unknown>();
  readonly #posted = new Set<string>();
  readonly #once = new Set<string>();

  constructor(options: CoreOptions) {
    this.#options = options;
    this.#steps = createSteps(options.check);
    this.#live = new LiveChecks(options.check);
    this.telling = new Telling(options.digest, this.counts);
  }

  /** The time of its clock up to which it knows what happened. */
  get clock(): number {
    return this.#clock;
  }

  /** How far a source was read. */
  positionOf(source: string): unknown {
    return this.#positions.get(source);
  }

  /** Whether what was posted with this key was judged. */
  isPosted(key: string): boolean {
    return this.#posted.has(key);
  }

  /** Judges some lines. */
  take(
    { source, lines, position, rotation = 0, posted, problem }: Lines,
    { clock, time }: Moment,
  ): AnswersRecord {
    this.#clock = clock;
    const file = rotation === 0 ? source : `${source}#${rotation + 1}`;
    const { seen, findings: unread, ignored } = readLines(lines, { ...this.#options.read, file });
    const lost = problem === undefined ? [] : [unreadable(file, problem)];
    const findings = [...lost, ...unread];
    const found: FoundRecord[] = [];
    const once: string[] = [];
    for (const finding of findings) {
      if (saidOnce.has(finding.code)) {
        const id = this.#options.digest(JSON.stringify([source, finding.code]));
        if (this.#once.has(id)) continue;
        remember(this.#once, id, maxOnce);
        once.push(id);
      }
      found.push(...this.telling.tell([finding], { folder: null, folderId: null, time }));
    }
    const own = seen.map(({ observation, trace }) => {
      const placed = this.folders.placed(observation);
      const news = this.#observe(placed);
      const folder = this.folders.add(placed, clock);
      const { folderId = null } = placed;
      found.push(...this.telling.tell(news, { folder, folderId, time, ...(trace && { trace }) }));
      return placed;
    });
    this.#positions.set(source, position);
    if (posted !== undefined) remember(this.#posted, posted, maxPosted);
    const refused = findings.filter(({ severity }) => severity === 'unreadable').length;
    this.counts.noteLines({ judged: seen.length, ignored, unreadable: refused });
    if (own.length > 0) this.counts.noteSeen(time, own.at(-1)?.interval?.end);
    return {
      is: 'answers',
      source,
      position,
      ...(posted !== undefined && { posted }),
      clock,
      seen: own.map(textOf),
      found,
      ...(once.length > 0 && { once }),
    };
  }

  /**
   * Looks at some folders of which no more came, and ends some that are to be forgotten; undefined: there are none.
   * `isOver`: no more comes of any, which are looked at, or, if nobody keeps them, ended.
   */
  look({ clock, time }: Moment, isOver: 'kept' | 'ended' | false = false): LookedRecord | undefined {
    this.#clock = clock;
    const { rest, forget, maxFolders } = this.#options;
    const found: FoundRecord[] = [];
    const rested: [string, boolean, FolderResult['verdict'] | null][] = [];
    const ended: [string, FolderResult['verdict']][] = [];
    const leaving =
      isOver === 'ended' ? this.folders.values() : this.folders.leaving(clock - forget, maxFolders);
    for (const folder of firstOf(leaving)) {
      const verdict = folder.verdict ?? this.#look(folder, time, found, true).verdict;
      ended.push([folder.key, verdict]);
      this.folders.forget(folder.key);
      this.counts.noteEnded(verdict);
    }
    for (const folder of firstOf(this.folders.resting(isOver ? clock : clock - rest))) {
      const { hazards, findings, verdict: end } = this.#look(folder, time, found, false);
      const isSettled = !hazards.some(({ code }) => code === 'ENDS_UNSETTLED');
      const verdict = [...findings, ...hazards].some(({ code }) => saidAtEnd.has(code)) ? null : end;
      this.folders.rest(folder, isSettled, verdict);
      rested.push([folder.key, isSettled, verdict]);
    }
    if (rested.length + ended.length === 0) return undefined;
    return { is: 'looked', clock, rested, ended, found };
  }

  /** The records by which another monitor knows what this one does. */
  *records(): Generator<JournalRecord> {
    yield { is: 'journal', version: journalVersion };
    for (const folder of this.folders.values()) yield recordOf(folder);
    for (const found of this.telling.waiting) yield { is: 'undelivered', found };
    yield {
      is: 'stand',
      folders: this.folders.size,
      ...this.telling.stand,
      clock: this.#clock,
      positions: Object.fromEntries(this.#positions),
      posted: [...this.#posted],
      once: [...this.#once],
    };
  }

  /** Takes a record that another monitor has given. */
  restore(record: JournalRecord): void {
    switch (record.is) {
      case 'folder':
        this.folders.restore(folderIn(record));
        break;
      case 'undelivered':
        this.telling.restore([record.found]);
        break;
      case 'stand':
        this.#clock = record.clock;
        this.telling.restoreStand(record);
        for (const [source, position] of Object.entries(record.positions))
          this.#positions.set(source, position);
        for (const key of record.posted) this.#posted.add(key);
        for (const id of record.once) this.#once.add(id);
        break;
      case 'answers':
        this.#clock = record.clock;
        for (const text of record.seen) this.folders.add(observationIn(text), record.clock);
        this.#positions.set(record.source, record.position);
        if (record.posted !== undefined) remember(this.#posted, record.posted, maxPosted);
        for (const id of record.once ?? []) remember(this.#once, id, maxOnce);
        this.#restoreFound(record.found);
        break;
      case 'looked':
        this.#clock = record.clock;
        this.#restoreFound(record.found);
        for (const [key] of record.ended) this.folders.forget(key);
        for (const [key, isSettled, verdict] of record.rested) {
          const folder = this.folders.get(key);
          if (folder) this.folders.rest(folder, isSettled, verdict);
        }
        break;
      case 'delivered':
        this.telling.deliver(record.to, record.number);
        break;
      default:
    }
  }

  #restoreFound(found: readonly FoundRecord[]): void {
    for (const { folder: key, id, finding } of found) {
      const folder = key === null ? undefined : this.folders.get(key);
      if (folder) noteTold(folder, id, finding);
    }
    this.telling.restore(found);
  }

  #observe(observation: Observation): readonly Finding[] {
    // An analysis whose folder is not known would make a check hold back all that comes after it.
    if (observation.unnamed === true) return [];
    const held = this.folders.get(observation.folder);
    return this.#live.observe(observation, () => (held ? historyOf(held).kept : []));
  }

  /** What there is to say of a folder if no more came; of what only its end shows, only if it `ends`. */
  #look(folder: HeldFolder, time: number, found: FoundRecord[], ends: boolean): FolderResult {
    const result = this.#steps.end(writeState(withoutTimes(historyOf(folder))));
    const standIn = readStandIn(folder.key)?.is;
    const isCallback = standIn !== undefined && standIn !== 'analysis';
    const news = [...result.findings, ...result.hazards].filter(
      ({ code }) => !saidAtEnd.has(code) || (ends && !isCallback),
    );
    found.push(...this.telling.tell(news, { folder, folderId: result.folderId, time }));
    return result;
  }
}

const unreadable = (file: string, message: string): Finding =>
  makeFinding('INPUT_UNREADABLE', { message, where: { file } });

/** Some, so that looking at them takes no long time. */
function firstOf(folders: Iterable<HeldFolder>): readonly HeldFolder[] {
  const first: HeldFolder[] = [];
  for (const folder of folders) {
    first.push(folder);
    if (first.length === maxLooked) break;
  }
  return first;
}

/** Adds to a set, from which the oldest goes when there are more than `most`. */
function remember(set: Set<string>, key: string, most: number): void {
  set.delete(key);
  set.add(key);
  if (set.size > most) for (const oldest of [...set].slice(0, set.size - most)) set.delete(oldest);
}
