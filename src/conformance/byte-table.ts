import { lastMasks, type Chunk } from './chunk.ts';
import { Records } from './records.ts';
import { textOf } from './texts.ts';

/** Texts are kept in numbers of four bytes, the last filled up with zeros: so many on the first page, and at most. */
const firstPageFours = 1 << 10;
const pageBits = 20;
const pageFours = 1 << pageBits;
const firstSlots = 1 << 10;

/** Differs from run to run, so that no recording can be made whose ids all fall on one place; no result depends on it. */
const seed = Math.trunc(Math.random() * 2 ** 32) | 0;

function hashOf(view: DataView, from: number, to: number): number {
  let hash = seed ^ (to - from);
  let at = from;
  for (; at + 4 <= to; at += 4) hash = mixed(hash, view.getInt32(at, true));
  if (at < to) hash = mixed(hash, view.getInt32(at, true) & lastMasks[to - at]!);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  return hash ^ (hash >>> 13);
}

const mixed = (hash: number, four: number): number =>
  Math.imul(((hash << 5) | (hash >>> 27)) ^ four, 0x9e3779b1);

/** Where on its page a text has its number, its length in bytes, and the first of them. */
const field = { number: 0, length: 1, bytes: 2 } as const;

/** What a slot takes: the hash of a text, and its place plus one; 0 for an empty slot. */
const slotBits = 1;
const slotSize = 1 << slotBits;

/**
 * Texts as bytes, each kept once and numbered from 0 in the order in which they were added. Texts are compared by all
 * their bytes: hashes only say where to look. To look one up takes a slot and a piece of a page, which is what it costs
 * where there are more texts than a processor keeps at hand.
 */
export class ByteTable {
  /** Each page is twice as large as the one before, up to a limit, so that growing copies nothing. */
  readonly #pages: Int32Array[] = [new Int32Array(firstPageFours)];
  #free = 0;
  /** The place of each text: the number of its page above `pageBits`, and where it begins there. */
  readonly #places = new Records(1);
  /** Open addressing with linear probing, at most half full. */
  #slots = new Int32Array(firstSlots * slotSize);

  get size(): number {
    return this.#places.size;
  }

  /** The number of the text, or -1. */
  find(chunk: Chunk, from: number, to: number): number {
    return this.#find(chunk.view, from, to, hashOf(chunk.view, from, to));
  }

  /** The number of the text, which is kept if it is new. */
  intern(chunk: Chunk, from: number, to: number): number {
    const hash = hashOf(chunk.view, from, to);
    const known = this.#find(chunk.view, from, to, hash);
    return known >= 0 ? known : this.#add(chunk.view, from, to, hash);
  }

  /** Whether the text is the one of this number. */
  is(number: number, chunk: Chunk, from: number, to: number): boolean {
    const place = this.#places.get(number, 0);
    return standsOn(this.#pages[place >>> pageBits]!, place & (pageFours - 1), chunk.view, from, to);
  }

  /** The text of this number. */
  textOf(number: number): string {
    const { page, begin, length } = this.#kept(number);
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; at += 1) bytes[at] = page[begin + (at >> 2)]! >>> (8 * (at & 3));
    return textOf(bytes);
  }

  /** The texts of `count` numbers from `first` on, in a fraction of the time that one after the other takes. */
  textsOf(first: number, count: number): readonly string[] {
    const kept = Array.from({ length: count }, (_, at) => this.#kept(first + at));
    const bytes = new Uint8Array(kept.reduce((sum, { fours }) => sum + 4 * fours, 0));
    const view = new DataView(bytes.buffer);
    let at = 0;
    let wide = 0;
    for (const { page, begin, fours } of kept) {
      for (let four = begin; four < begin + fours; four += 1, at += 4) {
        view.setInt32(at, page[four]!, true);
        wide |= page[four]!;
      }
    }
    // Only where each byte is a character by itself can the texts be cut out of one.
    if ((wide & 0x80808080) !== 0) return kept.map((_, place) => this.textOf(first + place));
    const together = textOf(bytes);
    let from = 0;
    return kept.map(({ fours, length }) => {
      from += 4 * fours;
      return together.slice(from - 4 * fours, from - 4 * fours + length);
    });
  }

  /** Where the bytes of this number are. */
  #kept(number: number) {
    const place = this.#places.get(number, 0);
    const page = this.#pages[place >>> pageBits]!;
    const start = place & (pageFours - 1);
    const length = page[start + field.length]!;
    return { page, begin: start + field.bytes, length, fours: Math.ceil(length / 4) };
  }

  #find(view: DataView, from: number, to: number, hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let slot = (hash << slotBits) & mask; ; slot = (slot + slotSize) & mask) {
      const content = slots[slot + 1]!;
      if (content === 0) return -1;
      if (slots[slot] !== hash) continue;
      const place = content - 1;
      const page = this.#pages[place >>> pageBits]!;
      const start = place & (pageFours - 1);
      if (standsOn(page, start, view, from, to)) return page[start + field.number]!;
    }
  }

  #add(view: DataView, from: number, to: number, hash: number): number {
    const fours = field.bytes + Math.ceil((to - from) / 4);
    let page = this.#pages.at(-1)!;
    if (this.#free + fours > page.length) {
      page = new Int32Array(Math.max(Math.min(2 * page.length, pageFours), fours));
      this.#pages.push(page);
      this.#free = 0;
    }
    const start = this.#free;
    const place = ((this.#pages.length - 1) << pageBits) | start;
    const number = this.#places.add(place);
    page[start + field.number] = number;
    page[start + field.length] = to - from;
    let into = start + field.bytes;
    let at = from;
    for (; at + 4 <= to; at += 4, into += 1) page[into] = view.getInt32(at, true);
    if (at < to) page[into] = view.getInt32(at, true) & lastMasks[to - at]!;
    this.#free += fours;
    if (this.size * 2 * slotSize > this.#slots.length) this.#grow();
    fill(this.#slots, hash, place + 1);
    return number;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Int32Array(old.length * 2);
    for (let slot = 0; slot < old.length; slot += slotSize) {
      if (old[slot + 1] !== 0) fill(this.#slots, old[slot]!, old[slot + 1]!);
    }
  }
}

/** Fills the slot of this hash. */
function fill(slots: Int32Array, hash: number, content: number): void {
  const mask = slots.length - 1;
  let slot = (hash << slotBits) & mask;
  while (slots[slot + 1] !== 0) slot = (slot + slotSize) & mask;
  slots[slot] = hash;
  slots[slot + 1] = content;
}

/** Whether the text between the bounds is the one that is kept at `start`. */
function standsOn(page: Int32Array, start: number, view: DataView, from: number, to: number): boolean {
  if (page[start + field.length] !== to - from) return false;
  let kept = start + field.bytes;
  let at = from;
  for (; at + 4 <= to; at += 4, kept += 1) if (page[kept] !== view.getInt32(at, true)) return false;
  return at === to || page[kept] === (view.getInt32(at, true) & lastMasks[to - at]!);
}
