/**
 * Reads the bodies of answers from their bytes, as `readAnswer` reads their values: a folder, an analysis, a list or a
 * page of either, a callback. It is the same for a line that is a body, for one within an envelope and for one within a HAR.
 */
import type { ByteView } from '../../observations/packed/byte-view.ts';
import {
  createPacked,
  firstView,
  slot,
  maxViews,
  viewSlot,
  viewSize,
  type Packed,
} from '../../observations/packed/packed.ts';
import { closeList, comma, openList, openObject } from '../json/bytes.ts';
import { maxNesting, skipBlanks, unproved } from '../json/skip.ts';
import { isRepeated } from '../../observations/packed/byte-view.ts';
import { areOfFolder, packCodes } from './analyses.ts';
import type { Callbacks } from './callbacks.ts';
import { bitOf, Objects, part, type Inside } from './objects.ts';

/** The deepest nesting that an accepted body can have: a page, its list, a folder, its list, an analysis, and what is skipped. */
export const deepestBody = 5 + maxNesting + 1;

/** A body that tells of more folders than this is read as a value. */
const mostFolders = 1000;

/** What is known of an answer by its request. */
export interface Asked {
  readonly withAnalyses: boolean;
  readonly holds: 'folder' | 'analysis' | undefined;
  readonly created: 'folder' | 'analyses' | undefined;
  /** Bounds of the id of the folder, in the bytes of the body; -1 if it is not known. */
  readonly folder: number;
  readonly folderEnd: number;
}

/** Nothing is known of the request. */
export const askedNothing: Asked = {
  withAnalyses: false,
  holds: undefined,
  created: undefined,
  folder: -1,
  folderEnd: -1,
};

/** How a body tells of what it shows. */
export type BodyShape = 'folder' | 'analysis' | 'analyses' | 'folders' | 'callback';

const { folder: folderName, id, group, kind, status, system, state, alias, items, analyses, presence } = part;
const ofCallbacks = bitOf(part.members) | bitOf(part.word);
const isNoCallback = bitOf(id) | bitOf(status) | bitOf(system) | bitOf(items);
const isNoPage =
  bitOf(folderName) |
  bitOf(id) |
  bitOf(kind) |
  bitOf(status) |
  bitOf(system) |
  bitOf(state) |
  bitOf(analyses) |
  bitOf(presence);
const isNoAnalysis = bitOf(system) | bitOf(analyses) | bitOf(items) | ofCallbacks;
const isNoFolder = bitOf(id) | bitOf(items) | ofCallbacks;
const isSureFolder = bitOf(system) | bitOf(analyses);
const isFolder = isSureFolder | bitOf(folderName) | bitOf(status);
const mayBeAnalysis = bitOf(kind) | bitOf(state) | bitOf(presence);

/** Reads bodies, one at a time. */
export class Bodies {
  /** What the body that was read last shows, in order: so many as `count` says. */
  readonly shown: Packed[] = [];
  count = 0;
  /** How it shows it, and whether that stands in `items`. */
  shape: BodyShape = 'folder';
  isPage = false;
  readonly #whole = new Objects();
  readonly #elements = new Objects();
  readonly #inside: Inside;
  readonly #noInside: Inside = { items: () => unproved, body: () => unproved, members: () => unproved };
  readonly #callbacks: Callbacks | undefined;
  #asked = askedNothing;

  /** With `callbacks` these are taken as well. */
  constructor(callbacks?: Callbacks) {
    this.#callbacks = callbacks;
    this.#inside = {
      ...this.#noInside,
      items: (text, from) => this.#takeList(text, from),
      members: (text, from) => this.takeMembers(text, from),
    };
  }

  /** Behind the body at `from`, or `unproved`. */
  read(text: ByteView, from: number, asked: Asked): number {
    this.begin(asked);
    const first = text.bytes[from];
    if (first === openList) return this.#takeList(text, from);
    if (first !== openObject) return unproved;
    const behind = this.#whole.read(text, from, this.packedAt(0), this.#inside);
    return behind >= 0 && this.take(text, this.#whole) ? behind : unproved;
  }

  /** Begins a body, of whose request this is known. */
  begin(asked: Asked): void {
    this.#asked = asked;
    this.count = 0;
    this.isPage = false;
  }

  /** What is given to the object that may be a body, read elsewhere: where its parts go. */
  packedAt(nth: number): Packed {
    return (this.shown[nth] ??= createPacked());
  }

  /** The list at `from` as that of a page. */
  takePage(text: ByteView, from: number): number {
    return this.#takeList(text, from);
  }

  /** Behind the object of analyses at `from`, those of a callback. */
  takeMembers(text: ByteView, from: number): number {
    return this.#callbacks ? this.#callbacks.takeMembers(text, from) : unproved;
  }

  /** The bytes that hold what was found in the body that was read last in `text`. */
  holderOf(text: ByteView): ByteView {
    return this.shape === 'callback' ? this.#callbacks!.text : text;
  }

  /** Whether the object is a body that can be taken, and what it shows is in `shown`. */
  take(text: ByteView, object: Objects): boolean {
    if (object.has(bitOf(part.members))) return !object.has(isNoCallback) && this.#takeCallback(text, object);
    if (object.has(bitOf(items))) {
      this.isPage = true;
      return !object.has(isNoPage);
    }
    this.count = 1;
    if (!object.has(bitOf(id))) {
      this.shape = 'folder';
      return this.#takeFolder(text, object, this.packedAt(0));
    }
    this.shape = 'analysis';
    return this.#takeAnalysis(text, object, 0);
  }

  #takeCallback(text: ByteView, { found }: Objects): boolean {
    this.count = 1;
    this.shape = 'callback';
    const { folder, folderEnd } = this.#asked;
    return this.#callbacks!.take(text, found, { folder, folderEnd }, this.packedAt(0));
  }

  /** Behind the list at `from`, of folders, each for itself, or of analyses of one folder. */
  #takeList(text: ByteView, from: number): number {
    const { bytes } = text;
    if (bytes[from] !== openList) return unproved;
    let at = skipBlanks(bytes, from + 1);
    this.count = 0;
    // A list without anything in it is counted where it is read as a value.
    for (let nth = 0; ; nth += 1) {
      if (nth === mostFolders || bytes[at] === closeList) return unproved;
      at = this.#takeElement(text, at, nth);
      if (at < 0) return unproved;
      at = skipBlanks(bytes, at);
      if (bytes[at] === closeList) break;
      if (bytes[at] !== comma) return unproved;
      at = skipBlanks(bytes, at + 1);
    }
    return at + 1;
  }

  #takeElement(text: ByteView, from: number, nth: number): number {
    const element = this.#elements;
    const isListed = nth > 0 && this.shape === 'analyses';
    // An analysis has nothing in a packed observation that is not taken from it afterwards.
    const packed = this.packedAt(isListed ? 1 : nth);
    const behind = element.read(text, from, packed, this.#noInside);
    if (behind < 0) return unproved;
    const isAnalysis = element.has(bitOf(id));
    if (nth > 0 && isAnalysis !== isListed) return unproved;
    this.shape = isAnalysis ? 'analyses' : 'folders';
    this.count = isAnalysis ? 1 : nth + 1;
    const isTaken = isAnalysis
      ? this.#takeAnalysis(text, element, nth)
      : this.#takeFolder(text, element, packed);
    return isTaken ? behind : unproved;
  }

  #takeFolder(text: ByteView, object: Objects, packed: Packed): boolean {
    const { found } = object;
    const asked = this.#asked;
    const isSure = object.has(isSureFolder);
    if (
      !object.has(isFolder) ||
      object.has(isNoFolder) ||
      (!isSure && (asked.holds === 'analysis' || object.has(mayBeAnalysis)))
    )
      return false;
    const hasOwn = found[folderName]! >= 0;
    packed[slot.folder] = hasOwn ? found[folderName]! : asked.folder;
    packed[slot.folder + 1] = hasOwn ? found[folderName + 1]! : asked.folderEnd;
    if (packed[slot.folder]! < 0) return false;
    packed[slot.status] = found[status]!;
    packed[slot.system] = found[system]!;
    const hasList = object.has(bitOf(analyses));
    if (!hasList) packed[slot.views] = 0;
    const isFilled = hasList && packed[slot.views]! > 0;
    packed[slot.complete] = isFilled || (hasList && asked.withAnalyses) ? 1 : 0;
    packed[slot.wholeGroup] = isFilled && asked.created === 'folder' ? 1 : 0;
    return areOfFolder(text, packed);
  }

  /** Notes an analysis as the one of this number in the list that is taken. */
  #takeAnalysis(text: ByteView, object: Objects, nth: number): boolean {
    const { found } = object;
    const asked = this.#asked;
    const codes = packCodes(found[state]!, found[status]!, found[alias]!);
    if (nth === maxViews || object.has(isNoAnalysis) || found[id]! < 0 || codes < 0) return false;
    const hasOwn = found[folderName]! >= 0;
    const from = hasOwn ? found[folderName]! : asked.folder;
    const to = hasOwn ? found[folderName + 1]! : asked.folderEnd;
    const packed = this.packedAt(0);
    if (nth === 0) {
      packed[slot.folder] = from;
      packed[slot.folder + 1] = to;
      packed[slot.status] = packed[slot.system] = packed[slot.complete] = 0;
      packed[slot.wholeGroup] = asked.created === 'analyses' ? 1 : 0;
    } else if (!isSame(text, packed[slot.folder]!, packed[slot.folder + 1]!, from, to)) return false;
    packed[slot.views] = nth + 1;
    const view = firstView + nth * viewSize;
    packed[view + viewSlot.id] = found[id]!;
    packed[view + viewSlot.id + 1] = found[id + 1]!;
    packed[view + viewSlot.group] = found[group]!;
    packed[view + viewSlot.group + 1] = found[group + 1]!;
    packed[view + viewSlot.kind] = found[kind]!;
    packed[view + viewSlot.kind + 1] = found[kind + 1]!;
    packed[view + viewSlot.codes] = codes;
    return true;
  }
}

/** Whether the texts at these bounds are one folder; of two analyses whose folder is not known that is open. */
function isSame({ view }: ByteView, one: number, oneEnd: number, other: number, otherEnd: number): boolean {
  if (one < 0 || otherEnd - other !== oneEnd - one) return false;
  return one === other || isRepeated(view, one, other, oneEnd - one);
}
