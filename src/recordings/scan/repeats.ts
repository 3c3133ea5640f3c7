/**
 * What was found in objects that came before, by all their bytes: whoever asks again and again mostly gets what he has got
 * before. An object that is the same byte by byte is not read again, it only stands elsewhere.
 */
import { lastMasks, slack, type ByteView } from '../../observations/packed/byte-view.ts';
import { firstView, slot, viewSize, viewSlot, type Packed } from '../../observations/packed/packed.ts';

/** So many numbers are kept of all objects together, the last ones. */
const ringSize = 1 << 20;

/** Longer objects are not kept. */
const mostBytes = 1 << 14;

/** The bytes by which an object is looked for: in most of them an id stands there. */
const keyFrom = 16;
const keyTo = 48;

const placeBits = 12;

/** Where in a record stands what; what was found stands behind it, then the bytes. */
const field = { length: 0, mode: 1, known: 2, views: 3, found: 4 } as const;

/** After so many objects it is seen whether at least one in so many came before: if not, as many more are not looked for. */
const atOnce = 1024;
const enough = 8;
const notLooked = 16 * atOnce;

/** What is found in an object: bounds of texts, then codes of statuses. */
interface Found {
  readonly found: Int32Array;
  known: number;
}

/** Objects that stand in one place. */
export class Repeats {
  readonly #bounds: number;
  readonly #codes: number;
  readonly #ring = new Int32Array(ringSize);
  /** Where the record of each place begins, and in which turn around the ring it was written; no turn is 0. */
  readonly #starts = new Int32Array(1 << placeBits);
  readonly #turns = new Int32Array(1 << placeBits);
  #next = 0;
  #turn = 1;
  /** The place of the object that was looked for last, or -1. */
  #place = -1;
  /** So many more are treated alike. */
  #left = atOnce;
  #met = 0;
  #isOff = false;

  /** `bounds` numbers of what is found are bounds, and as many as `codes` says behind them codes. */
  constructor(bounds: number, codes: number) {
    this.#bounds = bounds;
    this.#codes = codes;
  }

  /** Behind the object at `from` if it came before, what was found in it noted; otherwise -1. */
  find({ view }: ByteView, from: number, mode: number, into: Found, packed: Packed): number {
    this.#place = -1;
    if (this.#isPaused() || from + keyTo > view.byteLength) return -1;
    let hash = 0;
    for (let at = from + keyFrom; at < from + keyTo; at += 4)
      hash = Math.imul(((hash << 5) | (hash >>> 27)) ^ view.getInt32(at, true), 0x9e3779b1);
    const place = (hash ^ (hash >>> 16)) & ((1 << placeBits) - 1);
    this.#place = place;
    const start = this.#starts[place]!;
    if (this.#turns[place] !== (start < this.#next ? this.#turn : this.#turn - 1) || this.#turns[place] === 0)
      return -1;
    const ring = this.#ring;
    const length = ring[start + field.length]!;
    if (ring[start + field.mode] !== mode || from + length + slack > view.byteLength) return -1;
    const views = ring[start + field.views]!;
    let kept = start + field.found + this.#bounds + this.#codes + Math.max(views, 0) * viewSize;
    let at = from;
    const to = from + length;
    for (; at + 4 <= to; at += 4, kept += 1) if (ring[kept] !== view.getInt32(at, true)) return -1;
    if (at < to && ((ring[kept]! ^ view.getInt32(at, true)) & lastMasks[to - at]!) !== 0) return -1;
    this.#met += 1;
    this.#take(start, from, into, packed);
    return to;
  }

  #isPaused(): boolean {
    this.#left -= 1;
    if (this.#left < 0) {
      this.#isOff = !this.#isOff && this.#met * enough < atOnce;
      this.#left = this.#isOff ? notLooked : atOnce;
      this.#met = 0;
    }
    return this.#isOff;
  }

  #take(start: number, from: number, into: Found, packed: Packed): void {
    const ring = this.#ring;
    const { found } = into;
    into.known = ring[start + field.known]!;
    let kept = start + field.found;
    for (let at = 0; at < this.#bounds; at += 1, kept += 1) found[at] = moved(ring[kept]!, from);
    for (let at = this.#bounds; at < this.#bounds + this.#codes; at += 1, kept += 1) found[at] = ring[kept]!;
    const views = ring[start + field.views]!;
    if (views < 0) return;
    packed[slot.views] = views;
    for (let view = firstView; view < firstView + views * viewSize; view += viewSize) {
      for (let at = view; at < view + viewSlot.codes; at += 1, kept += 1)
        packed[at] = moved(ring[kept]!, from);
      packed[view + viewSlot.codes] = ring[kept++]!;
    }
  }

  /** Notes what was found in the object that was looked for last, which ends at `to`; `hasViews`: in `packed` as well. */
  note(
    { view }: ByteView,
    from: number,
    to: number,
    mode: number,
    { found, known }: Found,
    packed: Packed,
    hasViews: boolean,
  ): void {
    if (this.#place < 0 || to - from > mostBytes) return;
    const views = hasViews ? packed[slot.views]! : -1;
    const head = field.found + this.#bounds + this.#codes + Math.max(views, 0) * viewSize;
    const size = head + Math.ceil((to - from) / 4);
    if (this.#next + size > ringSize) {
      this.#next = 0;
      this.#turn += 1;
    }
    const start = this.#next;
    this.#next += size;
    this.#starts[this.#place] = start;
    this.#turns[this.#place] = this.#turn;
    const ring = this.#ring;
    ring[start + field.length] = to - from;
    ring[start + field.mode] = mode;
    ring[start + field.known] = known;
    ring[start + field.views] = views;
    let kept = start + field.found;
    for (let at = 0; at < this.#bounds; at += 1, kept += 1) ring[kept] = moved(found[at]!, -from);
    for (let at = this.#bounds; at < this.#bounds + this.#codes; at += 1, kept += 1) ring[kept] = found[at]!;
    for (let one = firstView; one < firstView + views * viewSize; one += viewSize) {
      for (let at = one; at < one + viewSlot.codes; at += 1, kept += 1)
        ring[kept] = moved(packed[at]!, -from);
      ring[kept++] = packed[one + viewSlot.codes]!;
    }
    for (let at = from; at < to; at += 4, kept += 1) ring[kept] = view.getInt32(at, true);
  }
}

/** A bound in an object that begins elsewhere; what is absent stays so. */
const moved = (bound: number, by: number): number => (bound < 0 ? -1 : bound + by);
