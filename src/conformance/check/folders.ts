import type { Receiver } from './arrivals.ts';
import { stepOf, type Watch } from './check-step.ts';
import type { ByteView } from '../../observations/packed/byte-view.ts';
import { HistoryHazards, nothingFound } from './history-hazards.ts';
import { HistorySteps, type FolderHistories, type OnHistory, type Seen } from './history-steps.ts';
import { unshared, SharedHistories } from './shared-histories.ts';
import { EarlierAnswers, hashOfShown } from './earlier-answers.ts';
import type { Finding } from '../../observations/findings.ts';
import type { FolderCheck } from '../folder/folder-check.ts';
import { FolderKeys } from './folder-keys.ts';
import { resultsOf, type Endings } from './folder-results.ts';
import { firstView, slot, viewSlot, type Packed, type Source } from '../../observations/packed/packed.ts';
import { Packer } from '../../observations/packed/packer.ts';
import { homesIn } from './homes.ts';
import type { Interval, Observation, Where } from '../../observations/observation.ts';
import type { Settled } from '../folder/identities.ts';
import { Orders } from './orders.ts';
import { overlaps } from '../folder/overlap.ts';
import { noSource, Places } from './places.ts';
import { Recents, type Recent } from './recent.ts';
import type { CheckOptions, FolderResult } from '../../observations/results.ts';
import { folderField as field, FolderTable } from './folder-table.ts';
import type { Notifier } from './notifier.ts';
import { Waiting, type Answer, type Next } from './waiting.ts';

/** What is kept of an observation as numbers beside itself. */
const unplaced = { shape: [], length: 0, source: noSource, at: 0 };

/** The folders of a check: a few numbers each while their history is a shared one, from the first thing found a check of its own. */
export class Folders implements Receiver, FolderHistories, Endings {
  readonly #histories: SharedHistories;
  readonly #options: CheckOptions;
  readonly #notifier: Notifier | undefined;
  readonly #watch: Watch | undefined;
  readonly #table = new FolderTable();
  readonly #folders = this.#table.folders;
  readonly #places = new Places();
  readonly #earlierAnswers = new EarlierAnswers();
  readonly #keys = new FolderKeys(this.#table);
  readonly #hazards = new HistoryHazards();
  readonly #checks = new Map<number, Orders>();
  readonly #packer = new Packer();
  /** The last answers of folders with a shared history, and of those that have a check of their own. */
  readonly #steps = new HistorySteps(this);
  readonly #recents = new Recents();
  readonly #waiting: Waiting;
  /** In which folder each analysis was seen first. */
  readonly homes = homesIn(this.#table, this.#keys, (folder) => this.lastPlaceOf(folder));

  /** `checks` makes checks of single folders. With `watch` every folder has a check of its own, so that each step can be told. */
  constructor(options: CheckOptions, checks: () => FolderCheck, notifier?: Notifier, watch?: Watch) {
    this.#options = options;
    this.#notifier = notifier;
    this.#watch = watch;
    this.#histories = new SharedHistories(checks, (kind) => this.#table.kindOf(kind));
    this.#waiting = new Waiting(this.#table, this.#histories);
  }

  /** The number of the folder of this key, which is added if it is new. */
  numberOf(key: string): number {
    return this.#keys.numberOf(key);
  }

  /** The key of the folder of this number, if it is one by its id. */
  keyOf(folder: number): string {
    return this.#keys.keyOf(folder);
  }

  /** The folder of an observation in numbers, added if it is new; -1 for an analysis of which it is not known. */
  numberOfPacked(chunk: ByteView, packed: Packed): number {
    const id = firstView + viewSlot.id;
    if (packed[slot.folder]! < 0) return this.#table.homeOf(chunk, packed[id]!, packed[id + 1]!);
    return this.#table.folder(chunk, packed[slot.folder]!, packed[slot.folder + 1]!);
  }

  /** Takes an observation in numbers; false, with nothing taken, where its folder needs a check of its own. */
  takePacked(folder: number, chunk: ByteView, packed: Packed, source: Source, at: number): boolean {
    const history = this.#step(folder, chunk, packed);
    if (history === unshared) return false;
    this.#keys.notePacked(folder, chunk, packed);
    this.#steps.forget(folder);
    const hash = this.#hashOf(folder, history, chunk, packed);
    this.#goOn(folder, { history, hash, source: this.#places.numberOf(source), at });
    return true;
  }

  /** The same for the answer to a request, which waits for the next of the folder. */
  await(folder: number, chunk: ByteView, packed: Packed, answer: Answer): boolean {
    const history = this.#step(folder, chunk, packed);
    if (history === unshared) return false;
    // What is found is told in the order of arrival, in which observations are handed over.
    if (this.#notifier && this.#histories.foundAt(history)) return false;
    const hash = this.#hashOf(folder, history, chunk, packed);
    const next = { history, hash, source: this.#places.numberOf(answer.source), at: answer.at };
    this.#waiting.put(folder, next, answer, this.#table.shape, 1 + packed[slot.views]!);
    return true;
  }

  /** Takes what waits in numbers of the folder, unless it overlaps with a request with this interval; whether not. */
  settle(folder: number, interval?: Interval): boolean {
    if (!this.#waiting.has(folder)) return true;
    if (interval && overlaps(this.#waiting.endOf(folder), interval)) return false;
    const waited = this.#waiting.take(folder);
    this.#steps.note(this.#standingOf(folder), waited, waited.interval);
    this.#goOn(folder, waited);
    return true;
  }

  /** What waits in numbers of the folder as an observation, and the number of its arrival; it waits here no longer. */
  release(folder: number): { readonly observation: Observation; readonly arrival: number } {
    const waited = this.#waiting.take(folder);
    return { observation: this.observationOf(waited, folder), arrival: waited.arrival };
  }

  /** What an observation shows that leads a folder to a history, if that is another one than before. */
  #hashOf(folder: number, history: number, chunk: ByteView, packed: Packed): number {
    return history === this.#folders.get(folder, field.history) ? 0 : hashOfShown(chunk, packed);
  }

  /** The history of the folder after an observation in numbers, its analyses and groups noted; `unshared`: nothing is. */
  #step(folder: number, chunk: ByteView, packed: Packed): number {
    const history = this.#folders.get(folder, field.history);
    if (history === unshared || this.#watch) return unshared;
    const length = this.#table.shapeOf(folder, chunk, packed);
    const next = length === 0 ? unshared : this.#histories.step(history, this.#table.shape, length);
    if (next !== unshared) this.#table.admit(folder, chunk, packed);
    return next;
  }

  /** Notes the history of a folder after an observation. */
  #goOn(folder: number, { history, hash, source, at, where }: Next): void {
    const isNew = history !== this.#folders.get(folder, field.history);
    const found = isNew ? this.#histories.foundAt(history) : undefined;
    const before = found && this.#places.whereOf(this.#standingOf(folder));
    if (isNew) this.#earlierAnswers.add(folder, hash, source, at, where);
    this.#folders.set(folder, field.history, history);
    this.#table.count(folder, 1);
    this.#folders.set(folder, field.at, at);
    this.#folders.set(folder, field.source, source);
    this.#places.note(folder, where);
    if (found) this.#find(folder, found, before!);
  }

  /** Takes in what was found at the last observation of a folder with a shared history; `before`: the place of the one before. */
  #find(folder: number, found: readonly Finding[], before: Where): void {
    const where = this.#places.whereOf(this.#standingOf(folder));
    const hazards = this.#hazards.add(folder, found, {
      where,
      before,
      names: this.#table.analysesOf(folder),
    });
    const folderId = this.#keys.idOf(folder) ?? null;
    this.#notifier?.tell(folder, { folderId, findings: nothingFound, hazards });
  }

  /** Takes observations of one folder, several only if their requests overlap and have no order. */
  take(key: string, observations: readonly Observation[]): void {
    const folder = this.numberOf(key);
    const [first] = observations;
    if (observations.length === 1 && this.takeAsNumbers(folder, first!)) return;
    const recent = this.#recentBefore(folder, first!);
    this.#stepAlone(key, observations, (orders) =>
      orders.take(
        observations.map((one) => this.#withEcho(folder, one)),
        recent,
      ),
    );
  }

  /** What may still have its place after the next observation of a folder, which has a check of its own from now on. */
  #recentBefore(folder: number, { interval }: Observation): Recent | undefined {
    this.#alone(folder);
    return this.#recents.before(folder, interval, this.#table.observationsOf(folder) === 0);
  }

  /** Takes an observation as numbers; false, with nothing taken, where its folder needs a check of its own. */
  takeAsNumbers(folder: number, observation: Observation): boolean {
    if (this.#folders.get(folder, field.history) === unshared) return false;
    const { folder: key, folderId, where } = observation;
    if (!this.#keys.fits(folder, key, folderId) || !this.#packer.take(observation)) return false;
    const { chunk, packed } = this.#packer;
    const history = this.#step(folder, chunk, packed);
    if (history === unshared) return false;
    this.#keys.note(folder, folderId);
    const { interval } = observation;
    if (!interval) this.#steps.forget(folder);
    else this.#steps.note(this.#standingOf(folder), unplaced, interval, observation);
    const hash = this.#hashOf(folder, history, chunk, packed);
    this.#goOn(folder, { history, hash, source: noSource, at: 0, where });
    if (observation.repeats !== undefined) this.#table.count(folder, observation.repeats);
    return true;
  }

  /** The observation of a folder with a check of its own, with where that has shown the same before. */
  #withEcho(folder: number, observation: Observation): Observation {
    if (!this.#packer.take(observation)) return observation;
    const seenBefore = this.#earlierAnswers.next(folder, this.#packer, observation.where, this.#places);
    return seenBefore ? { ...observation, seenBefore } : observation;
  }

  refuse(observation: Observation, because: Finding): void {
    const recent = this.#recentBefore(this.numberOf(observation.folder), observation);
    this.#stepAlone(observation.folder, [observation], (orders) =>
      orders.refuse([observation], because, recent),
    );
  }

  #stepAlone(key: string, observations: readonly Observation[], step: (orders: Orders) => void): void {
    const folder = this.numberOf(key);
    const orders = this.#alone(folder);
    const { findings, hazards } = orders.found;
    const before = { findings: findings.length, hazards: hazards.length };
    step(orders);
    this.#table.count(folder, observations.length);
    this.#notifier?.tell(folder, orders.found);
    this.#watch?.(stepOf(key, observations, before, orders));
  }

  /** The check of a folder under its own names, from now on its own. */
  #alone(folder: number): Orders {
    const known = this.#checks.get(folder);
    if (known) return known;
    const orders = new Orders(this.checkAt(this.#standingOf(folder)));
    const recent = this.#steps.recentOf(folder, this.#recents.count);
    if (recent) this.#recents.adopt(folder, recent);
    this.#folders.set(folder, field.history, unshared);
    this.#checks.set(folder, orders);
    this.#places.note(folder, undefined);
    return orders;
  }

  /** Where a folder stands with a shared history. */
  #standingOf(folder: number): OnHistory {
    return {
      folder,
      history: this.#folders.get(folder, field.history),
      observations: this.#table.observationsOf(folder),
      source: this.#folders.get(folder, field.source),
      at: this.#folders.get(folder, field.at),
      own: this.#places.ownOf(folder),
      hazards: this.#hazards.of(folder).length,
    };
  }

  checkAt({ folder, history, observations, hazards, ...seen }: OnHistory): FolderCheck {
    const names = this.#table.analysesOf(folder);
    const groups = this.#table.groupsOf(folder);
    const check = this.#histories.checkUnder(history, {
      nameOf: (id) => names[Number(id)]!,
      groupOf: (id) => groups[Number(id)]!,
      folderId: observations === 0 ? undefined : this.#keys.idOf(folder),
      observations,
      where: this.#places.whereOf(seen),
      hazards: this.#hazards.of(folder).slice(0, hazards),
    });
    check.engine.grant(this.#table.observationsOf(folder) - observations);
    return check;
  }

  observationOf(seen: Seen, folder: number): Observation {
    const source = this.#places.sourceOf(seen.source);
    return this.#waiting.observationOf(seen, source, folder, this.keyOf(folder));
  }

  /** Where the folder was seen last, if anything of it has been taken. */
  lastPlaceOf(folder: number): Where | undefined {
    if (this.#waiting.has(folder)) return this.#waiting.placeOf(folder, this.#places);
    const orders = this.#checks.get(folder);
    if (orders) return orders.place;
    return this.#table.observationsOf(folder) === 0
      ? undefined
      : this.#places.whereOf(this.#standingOf(folder));
  }

  /** Results in the order in which the folders first appeared. */
  results(): readonly FolderResult[] {
    return resultsOf({ table: this.#table, keys: this.#keys }, this, this.#options, this.#notifier);
  }

  isSeen(folder: number): boolean {
    this.settle(folder);
    return this.#checks.has(folder) || this.#table.observationsOf(folder) > 0;
  }

  settledIn(folder: number): readonly Settled[] {
    const { members } = this.#checks.get(folder)?.belief ?? this.checkAt(this.#standingOf(folder)).standing;
    return members.settled();
  }

  resultOf(folder: number, name: string): FolderResult {
    const history = this.#folders.get(folder, field.history);
    if (history === unshared) return this.#checks.get(folder)!.result();
    const end = this.#histories.endOf(history);
    const hazards = this.#hazards.atEnd(folder, end, (one) => this.#places.whereOf(this.#standingOf(one)));
    if (!hazards) return new Orders(this.checkAt(this.#standingOf(folder))).result();
    const observations = this.#table.observationsOf(folder);
    const folderId = observations === 0 ? null : (this.#keys.idOf(folder, name) ?? null);
    return { folderId, verdict: end.verdict, observations, findings: nothingFound, hazards };
  }
}
