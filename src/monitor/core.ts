import { saidAtEnd } from '../conformance/folder/hazards.ts';
import { overlaps } from '../conformance/folder/overlap.ts';
import {
  createSteps,
  emptyHistory,
  readState,
  writeState,
  type FolderHistory,
  type Steps,
} from '../engines/index.ts';
import { finding as makeFinding, type Finding } from '../observations/findings.ts';
import type { Observation } from '../observations/observation.ts';
import type { CheckOptions, FolderResult } from '../observations/results.ts';
import { readStandIn } from '../observations/unnamed-folders.ts';
import type { ReadOptions } from '../recordings/options.ts';
import { HeldFolders, historyOf, noteTold, type HeldFolder } from './held-folders.ts';
import { readLines, type InputLine } from './lines.ts';
import { LiveChecks } from './live-checks.ts';
import { MonitorCounts } from './counts.ts';
import {
  folderIn,
  journalVersion,
  recordOf,
  type AnswersRecord,
  type DeliveredRecord,
  type JournalRecord,
  type LookedRecord,
} from './records.ts';
import { identityOf, type Digest, type ToldFinding, type Trace } from './told.ts';

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

type Found = AnswersRecord['found'][number];

/** Notes that say something of a whole source; they are told once of each. */
const saidOnce: ReadonlySet<Finding['code']> = new Set([
  'TIME_WITHOUT_ZONE',
  'TIME_OUT_OF_ORDER',
  'TIME_UNREADABLE',
]);

/**
 * What a monitor knows and finds, without files, clocks and networks. What it does comes out as records: who keeps them
 * in order can make another monitor that goes on where this one was.
 */
export class MonitorCore {
  readonly counts = new MonitorCounts();
  readonly folders = new HeldFolders();
  readonly #options: CoreOptions;
  readonly #steps: Steps;
  readonly #live: LiveChecks;
  #clock = 0;
  #told = 0;
  readonly #positions = new Map<string, unknown>();
  readonly #delivered = new Map<string, number>();
  readonly #posted = new Set<string>();
  readonly #once = new Set<string>();
  /** What some receiver may not have got yet, in order. */
  #undelivered: ToldFinding[] = [];

  constructor(options: CoreOptions) {
    this.#options = options;
    this.#steps = createSteps(options.check);
    this.#live = new LiveChecks(options.check);
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

  /** Findings that a receiver has not got, in order. */
  undelivered(to: string): readonly ToldFinding[] {
    const last = this.#delivered.get(to) ?? 0;
    return this.#undelivered.filter(({ number }) => number > last);
  }

  /** How many findings it has told. */
  get told(): number {
    return this.#told;
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
    const found: Found[] = [];
    const once: string[] = [];
    for (const finding of findings) {
      if (saidOnce.has(finding.code)) {
        const id = this.#options.digest(JSON.stringify([source, finding.code]));
        if (this.#once.has(id)) continue;
        remember(this.#once, id, maxOnce);
        once.push(id);
      }
      this.#tell([finding], { folder: null, folderId: null, time }, found);
    }
    const own = seen.map(({ observation, trace }) => {
      const placed = this.folders.placed(observation);
      const news = this.#observe(placed);
      const folder = this.folders.add(placed, clock);
      const { folderId = null } = placed;
      this.#tell(news, { folder, folderId, time, ...(trace && { trace }) }, found);
      return placed;
    });
    this.#positions.set(source, position);
    if (posted !== undefined) remember(this.#posted, posted, maxPosted);
    this.#undelivered.push(...found);
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
   * `all`: ends some of all that are held.
   */
  look({ clock, time }: Moment, all = false): LookedRecord | undefined {
    this.#clock = clock;
    const { rest, forget, maxFolders } = this.#options;
    const found: Found[] = [];
    const rested: [string, boolean, FolderResult['verdict'] | null][] = [];
    const ended: [string, FolderResult['verdict']][] = [];
    const leaving = all ? this.folders.values() : this.folders.leaving(clock - forget, maxFolders);
    for (const folder of firstOf(leaving)) {
      const verdict = folder.verdict ?? this.#look(folder, time, found, true).verdict;
      ended.push([folder.key, verdict]);
      this.folders.forget(folder.key);
      this.counts.noteEnded(verdict);
    }
    for (const folder of firstOf(this.folders.resting(clock - rest))) {
      const { hazards, findings, verdict: end } = this.#look(folder, time, found, false);
      const isSettled = !hazards.some(({ code }) => code === 'ENDS_UNSETTLED');
      const verdict = [...findings, ...hazards].some(({ code }) => saidAtEnd.has(code)) ? null : end;
      this.folders.rest(folder, isSettled, verdict);
      rested.push([folder.key, isSettled, verdict]);
    }
    this.#undelivered.push(...found);
    if (rested.length + ended.length === 0) return undefined;
    return { is: 'looked', clock, rested, ended, found };
  }

  /** Notes that a receiver has got all findings up to a number; `all`: the names of all receivers. */
  deliver(to: string, number: number, all: readonly string[]): DeliveredRecord {
    this.#delivered.set(to, Math.max(number, this.#delivered.get(to) ?? 0));
    this.#drop(all);
    return { is: 'delivered', to, number };
  }

  /** Lets receivers that are new get what is found from now on, and forgets those that are no more. */
  begin(receivers: readonly string[]): void {
    const first = this.#delivered.size === 0 ? 0 : this.#told;
    for (const name of this.#delivered.keys()) if (!receivers.includes(name)) this.#delivered.delete(name);
    for (const name of receivers) if (!this.#delivered.has(name)) this.#delivered.set(name, first);
    this.#drop(receivers);
  }

  /** The records by which another monitor knows what this one does. */
  *records(): Generator<JournalRecord> {
    yield { is: 'journal', version: journalVersion };
    for (const folder of this.folders.values()) yield recordOf(folder);
    for (const found of this.#undelivered) yield { is: 'undelivered', found };
    yield {
      is: 'stand',
      folders: this.folders.size,
      undelivered: this.#undelivered.length,
      clock: this.#clock,
      told: this.#told,
      positions: Object.fromEntries(this.#positions),
      delivered: Object.fromEntries(this.#delivered),
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
        this.#undelivered.push(record.found);
        break;
      case 'stand':
        this.#clock = record.clock;
        this.#told = record.told;
        for (const [source, position] of Object.entries(record.positions))
          this.#positions.set(source, position);
        for (const [to, number] of Object.entries(record.delivered)) this.#delivered.set(to, number);
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
        this.#delivered.set(record.to, record.number);
        break;
      default:
    }
  }

  #restoreFound(found: readonly Found[]): void {
    for (const one of found) {
      const folder = one.folder === null ? undefined : this.folders.get(one.folder);
      if (folder) noteTold(folder, one.id, one.finding);
      this.#undelivered.push(one);
      this.#told = Math.max(this.#told, one.number);
    }
  }

  #observe(observation: Observation): readonly Finding[] {
    // An analysis whose folder is not known would make a check hold back all that comes after it.
    if (observation.unnamed === true) return [];
    const held = this.folders.get(observation.folder);
    return this.#live.observe(observation, () => (held ? historyOf(held).kept : []));
  }

  /** What there is to say of a folder if no more came; of what only its end shows, only if it `ends`. */
  #look(folder: HeldFolder, time: number, found: Found[], ends: boolean): FolderResult {
    const result = this.#steps.end(writeState(withoutTimes(historyOf(folder))));
    const standIn = readStandIn(folder.key)?.is;
    const isCallback = standIn !== undefined && standIn !== 'analysis';
    const news = [...result.findings, ...result.hazards].filter(
      ({ code }) => !saidAtEnd.has(code) || (ends && !isCallback),
    );
    this.#tell(news, { folder, folderId: result.folderId, time }, found);
    return result;
  }

  /** Adds to `found` what was not told before. */
  #tell(findings: readonly Finding[], context: Context, found: Found[]): void {
    const { folder, folderId, time, trace } = context;
    const known = new Map<string, number>();
    for (const finding of findings) {
      const same = identityOf(finding, folder?.key ?? null, 0);
      const nth = known.get(same) ?? 0;
      known.set(same, nth + 1);
      const id = this.#options.digest(identityOf(finding, folder?.key ?? null, nth));
      if (folder && !noteTold(folder, id, finding)) continue;
      this.#told += 1;
      this.counts.noteFound(finding);
      const place = { folderId, folder: folder?.key ?? null };
      found.push({ id, number: this.#told, ...place, finding, time, ...(trace && { trace }) });
    }
  }

  /** Forgets findings that all receivers have got. */
  #drop(receivers: readonly string[]): void {
    const least = Math.min(...receivers.map((name) => this.#delivered.get(name) ?? 0));
    const first = this.#undelivered.findIndex(({ number }) => number > least);
    this.#undelivered = first < 0 ? [] : this.#undelivered.slice(first);
  }
}

interface Context {
  readonly folder: HeldFolder | null;
  readonly folderId: string | null;
  readonly time: number;
  readonly trace?: Trace;
}

const unreadable = (file: string, message: string): Finding =>
  makeFinding('INPUT_UNREADABLE', { message, where: { file } });

/** Some, so that looking at them takes no long time. */
const firstOf = (folders: Iterable<HeldFolder>): readonly HeldFolder[] => {
  const first: HeldFolder[] = [];
  for (const folder of folders) {
    first.push(folder);
    if (first.length === maxLooked) break;
  }
  return first;
};

/** Adds to a set, from which the oldest goes when there are more than `most`. */
function remember(set: Set<string>, key: string, most: number): void {
  set.delete(key);
  set.add(key);
  if (set.size > most) for (const oldest of [...set].slice(0, set.size - most)) set.delete(oldest);
}

const textOf = (observation: Observation): string =>
  new TextDecoder().decode(writeState({ ...emptyHistory, folder: observation.folder, kept: [observation] }));

const observationIn = (text: string): Observation => readState(new TextEncoder().encode(text)).kept[0]!;

/**
 * The history without the times of requests where they change nothing, because none overlaps with one before: what is
 * judged without them is judged in a fraction of the time.
 */
function withoutTimes(history: FolderHistory): FolderHistory {
  let end = -Infinity;
  for (const { interval } of history.kept) {
    if (!interval) continue;
    if (overlaps(end, interval)) return history;
    end = Math.max(end, interval.end);
  }
  return { ...history, kept: history.kept.map(({ interval: _, ...rest }) => rest) };
}
