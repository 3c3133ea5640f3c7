import { ByteList } from '../../observations/packed/byte-list.ts';
import { ByteTable, hashOf } from '../../observations/packed/byte-table.ts';
import { keyOfName, standInMark } from '../../observations/packed/folder-name.ts';
import { isRepeated, type ByteView } from '../../observations/packed/byte-view.ts';
import { historyLimits, packHead, packView } from './history-shapes.ts';
import { beginning } from './shared-histories.ts';
import {
  firstView,
  slot,
  maxViews,
  viewSlot,
  viewSize,
  type Packed,
} from '../../observations/packed/packed.ts';
import { IntRecords } from '../../observations/packed/int-records.ts';
import { IntRows } from '../../observations/packed/int-rows.ts';

const none = -1;

/**
 * What is known of a folder: its history, how often and where it was seen last, by a number in a source, and the ends of its
 * rows of analyses and groups. All of it stands together, in half of what a processor fetches at once.
 */
export const folderField = {
  history: 0,
  observations: 1,
  at: 2,
  source: 3,
  firstAnalysis: 4,
  lastAnalysis: 5,
  firstGroup: 6,
  lastGroup: 7,
} as const;

/**
 * Who is who: folders, their analyses and their groups, by their ids as bytes, numbered in the order in which they
 * were first seen. It says what an observation shows apart from all names, which is what histories are made of.
 */
export class FolderTable {
  /** What was shaped last: a number for the head, then one for each view. */
  readonly shape = new Int32Array(1 + maxViews);
  /** What is known of each folder, by `folderField`. */
  readonly folders = new IntRecords(Object.keys(folderField).length);
  readonly #names = new ByteTable();
  readonly #analyses = new ByteTable();
  readonly #inFolder = new IntRows(this.folders, folderField.firstAnalysis, folderField.lastAnalysis);
  /** How many observations of a folder were taken. */
  observationsOf(folder: number): number {
    return this.folders.get(folder, folderField.observations);
  }

  /** Counts observations of a folder that were taken. */
  count(folder: number, observations: number): void {
    this.folders.set(folder, folderField.observations, this.observationsOf(folder) + observations);
  }

  /** Groups are only looked for among those of a folder. */
  readonly #groupNames = new ByteList();
  readonly #groups = new IntRows(this.folders, folderField.firstGroup, folderField.lastGroup);
  readonly #kinds = new ByteTable();
  /** Which analysis and which group each view of the shape is, by their places in the folder. */
  readonly #orders = new Int32Array(maxViews);
  readonly #groupOrders = new Int32Array(maxViews);
  /** Whether any of them is new. */
  #isNews = false;
  /** By what the analysis of each view was looked for, if it is new. */
  readonly #hashes = new Int32Array(maxViews);
  /** The folder that was looked for last, which is mostly the next as well. */
  #lastFolder = none;

  /** The folder of this name, which is added if it is new. */
  folder(chunk: ByteView, from: number, to: number): number {
    if (this.#lastFolder !== none && this.#names.is(this.#lastFolder, chunk, from, to))
      return this.#lastFolder;
    const folder = (this.#lastFolder = this.#names.intern(chunk, from, to));
    if (folder === this.folders.size) {
      this.folders.add(none);
      this.folders.set(folder, folderField.history, beginning);
      this.folders.set(folder, folderField.observations, 0);
    }
    return folder;
  }

  /** The name of a folder. */
  nameOf(folder: number): string {
    return this.#names.textOf(folder);
  }

  /** The key of a folder. */
  keyOf(folder: number): string {
    return keyOfName(this.#names.bytesOf(folder));
  }

  /** Whether it stands in the place of a folder of the API. */
  isStandIn(folder: number): boolean {
    return this.#names.firstByteOf(folder) === standInMark;
  }

  /** The names of `count` folders from `first` on; of those that stand in the place of one the keys. */
  namesOf(first: number, count: number): readonly string[] {
    return this.#names.textsOf(first, count, standInMark);
  }

  /** The ids of the analyses of a folder, in order. */
  analysesOf(folder: number): readonly string[] {
    return this.#inFolder.membersOf(folder).map((analysis) => this.#analyses.textOf(analysis));
  }

  /** The ids of the groups of a folder, in order. */
  groupsOf(folder: number): readonly string[] {
    return this.#groups.membersOf(folder).map((group) => this.#groupNames.textOf(group));
  }

  /** How the kind of this number is written. */
  kindOf(kind: number): string {
    return this.#kinds.textOf(kind);
  }

  /** The folder in which the analysis of this id was seen first, or -1. */
  homeOf(chunk: ByteView, from: number, to: number): number {
    const analysis = this.#analyses.find(chunk, from, to);
    return analysis < 0 ? none : this.#inFolder.rowOf(analysis);
  }

  /** Notes that the analysis of this id, seen nowhere yet, is one of the folder. */
  settle(folder: number, chunk: ByteView, from: number, to: number, hash = hashOf(chunk, from, to)): void {
    this.#analyses.add(chunk, from, to, hash);
    this.#inFolder.append(folder);
  }

  /**
   * Shapes what is seen of the folder. Gives how many numbers it takes, 0 where a check under its own names is needed:
   * an analysis is listed twice or was seen in another folder, or there is more of something than histories tell apart.
   */
  shapeOf(folder: number, chunk: ByteView, packed: Packed): number {
    const views = packed[slot.views]!;
    const known = this.#inFolder.lengthOf(folder);
    let newcomers = known;
    let expected = this.#inFolder.first(folder);
    let highest = -1;
    let lastGroup = -1;
    for (let view = 0; view < views; view += 1) {
      const analysis = this.#find(expected, chunk, packed, view);
      let order = newcomers;
      if (analysis === none) {
        if (newcomers > known && this.#isNewTwice(chunk, packed, view, known)) return 0;
        newcomers += 1;
      } else {
        if (this.#inFolder.rowOf(analysis) !== folder) return 0;
        order = this.#inFolder.order(analysis);
        expected = this.#inFolder.next(analysis);
      }
      if (order >= historyLimits.analyses || (order <= highest && this.#isListed(order, view))) return 0;
      highest = Math.max(highest, order);
      const group = this.#groupIn(folder, chunk, packed, view);
      const kind = this.#kindIn(chunk, packed, view);
      if (kind >= historyLimits.kinds || group >= historyLimits.groups) return 0;
      lastGroup = Math.max(lastGroup, group);
      this.#orders[view] = order;
      this.#groupOrders[view] = group;
      this.shape[1 + view] = packView(order, kind, group, packed[textAt(view, viewSlot.codes)]!);
    }
    this.#isNews = newcomers > known || lastGroup >= this.#groups.lengthOf(folder);
    const { status, system, complete, wholeGroup } = slot;
    this.shape[0] = packHead(packed[status]!, packed[system]!, packed[complete]!, packed[wholeGroup]!, views);
    return 1 + views;
  }

  /** Adds the analyses and groups that were new in what was shaped last. */
  admit(folder: number, chunk: ByteView, packed: Packed): void {
    if (!this.#isNews) return;
    const views = packed[slot.views]!;
    for (let view = 0; view < views; view += 1) {
      if (this.#groupOrders[view]! >= this.#groups.lengthOf(folder)) {
        const text = textAt(view, viewSlot.group);
        this.#groupNames.add(chunk, packed[text]!, packed[text + 1]!);
        this.#groups.append(folder);
      }
      if (this.#orders[view]! >= this.#inFolder.lengthOf(folder)) {
        const text = textAt(view, viewSlot.id);
        this.settle(folder, chunk, packed[text]!, packed[text + 1]!, this.#hashes[view]);
      }
    }
  }

  /** The analysis of a view, or none; folders list theirs in one order, so that the next one is looked at first. */
  #find(expected: number, chunk: ByteView, packed: Packed, view: number): number {
    const text = textAt(view, viewSlot.id);
    const from = packed[text]!;
    const to = packed[text + 1]!;
    if (expected !== none && this.#analyses.is(expected, chunk, from, to)) return expected;
    const hash = (this.#hashes[view] = hashOf(chunk, from, to));
    return this.#analyses.find(chunk, from, to, hash);
  }

  #isListed(order: number, views: number): boolean {
    for (let view = 0; view < views; view += 1) if (this.#orders[view] === order) return true;
    return false;
  }

  /** Whether a view before this one shows the same id, which was new there. */
  #isNewTwice(chunk: ByteView, packed: Packed, view: number, known: number): boolean {
    for (let other = 0; other < view; other += 1) {
      if (
        this.#orders[other]! >= known &&
        areSame(chunk, packed, textAt(view, viewSlot.id), textAt(other, viewSlot.id))
      ) {
        return true;
      }
    }
    return false;
  }

  /** The place of the group that a view shows among those of the folder, or -1; places go on with what is new. */
  #groupIn(folder: number, chunk: ByteView, packed: Packed, view: number): number {
    const text = textAt(view, viewSlot.group);
    const from = packed[text]!;
    if (from < 0) return none;
    let known = 0;
    for (let group = this.#groups.first(folder); group !== none; group = this.#groups.next(group)) {
      if (this.#groupNames.is(group, chunk, from, packed[text + 1]!)) return known;
      known += 1;
    }
    let next = known;
    for (let other = 0; other < view; other += 1) {
      const order = this.#groupOrders[other]!;
      if (order < known) continue;
      if (areSame(chunk, packed, text, textAt(other, viewSlot.group))) return order;
      next = Math.max(next, order + 1);
    }
    return next;
  }

  #kindIn(chunk: ByteView, packed: Packed, view: number): number {
    const text = textAt(view, viewSlot.kind);
    const from = packed[text]!;
    if (from < 0) return none;
    const to = packed[text + 1]!;
    // Kinds are few; where a recording makes up many, only as many are kept as can be told apart.
    const isFull = this.#kinds.size >= historyLimits.kinds;
    const known = isFull ? this.#kinds.find(chunk, from, to) : this.#kinds.intern(chunk, from, to);
    return known < 0 ? historyLimits.kinds : known;
  }
}

/** Where a packed observation has the bounds of one of the texts of a view. */
const textAt = (view: number, which: number): number => firstView + view * viewSize + which;

function areSame({ view }: ByteView, packed: Packed, one: number, other: number): boolean {
  const from = packed[one]!;
  const length = packed[one + 1]! - from;
  const start = packed[other]!;
  return packed[other + 1]! - start === length && isRepeated(view, from, start, length);
}
