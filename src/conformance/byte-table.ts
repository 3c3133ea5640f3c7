import { lastMasks, type Chunk } from './chunk.ts';
import { Records } from './records.ts';

/** Texts are kept in numbers of four bytes, the last filled up with zeros. */
const pageFours = 1 << 20;
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

/** What is known of a text: its page, where on it and how long it is, and its hash. */
const field = { page: 0, start: 1, length: 2, hash: 3 } as const;

/**
 * Texts as bytes, each kept once and numbered from 0 in the order in which they were added. Texts are compared by all
 * their bytes: hashes only say where to look.
 */
export class ByteTable {
  /** Pages of one size, so that growing copies nothing; a text longer than that has a page to itself. */
  readonly #pages: Int32Array[] = [];
  #free = pageFours;
  readonly #texts = new Records(Object.keys(field).length);
  /** Open addressing with linear probing, at most half full: numbers plus one, 0 for an empty slot. */
  #slots = new Int32Array(firstSlots);

  get size(): number {
    return this.#texts.size;
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
    return this.#is(number, chunk.view, from, to);
  }

  #is(number: number, view: DataView, from: number, to: number): boolean {
    if (this.#texts.get(number, field.length) !== to - from) return false;
    const page = this.#pages[this.#texts.get(number, field.page)]!;
    let stored = this.#texts.get(number, field.start);
    let at = from;
    for (; at + 4 <= to; at += 4, stored += 1) if (page[stored] !== view.getInt32(at, true)) return false;
    return at === to || page[stored] === (view.getInt32(at, true) & lastMasks[to - at]!);
  }

  /** The bytes of this number. */
  bytesOf(number: number): Uint8Array {
    const page = this.#pages[this.#texts.get(number, field.page)]!;
    const start = this.#texts.get(number, field.start);
    const bytes = new Uint8Array(this.#texts.get(number, field.length));
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = page[start + (at >> 2)]! >>> (8 * (at & 3));
    return bytes;
  }

  #find(view: DataView, from: number, to: number, hash: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = this.#slots[slot]! - 1;
      if (number < 0) return -1;
      if (this.#texts.get(number, field.hash) === hash && this.#is(number, view, from, to)) return number;
    }
  }

  #add(view: DataView, from: number, to: number, hash: number): number {
    const fours = Math.ceil((to - from) / 4);
    if (this.#free + fours > pageFours) {
      this.#pages.push(new Int32Array(Math.max(pageFours, fours)));
      this.#free = 0;
    }
    const page = this.#pages.at(-1)!;
    for (let at = 0; at < fours; at += 1) {
      const left = to - from - 4 * at;
      page[this.#free + at] = view.getInt32(from + 4 * at, true) & lastMasks[left >= 4 ? 0 : left]!;
    }
    const number = this.#texts.add(0);
    this.#texts.set(number, field.page, this.#pages.length - 1);
    this.#texts.set(number, field.start, this.#free);
    this.#texts.set(number, field.length, to - from);
    this.#texts.set(number, field.hash, hash);
    this.#free += fours;
    if (this.size * 2 > this.#slots.length) this.#grow();
    else this.#place(number);
    return number;
  }

  #place(number: number): void {
    const mask = this.#slots.length - 1;
    let slot = this.#texts.get(number, field.hash) & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = number + 1;
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2);
    for (let number = 0; number < this.size; number += 1) this.#place(number);
  }
}
