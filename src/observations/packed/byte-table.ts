import { ByteList } from './byte-list.ts';
import { lastMasks, type ByteView } from './byte-view.ts';

const firstSlots = 1 << 10;

/** Differs from run to run, so that no recording can be made whose ids all fall on one place; no result depends on it. */
const seed = Math.trunc(Math.random() * 2 ** 32) | 0;

/** What is looked for a text by. */
export function hashOf({ view }: ByteView, from: number, to: number): number {
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

/** What a slot takes: the hash of a text, and its place plus one; 0 for an empty slot. */
const slotBits = 1;
const slotSize = 1 << slotBits;

/**
 * Texts as bytes, each kept once and numbered from 0 in the order in which they were added. Texts are compared by all
 * their bytes: hashes only say where to look. To look one up takes a slot and a piece of a page, which is what it costs
 * where there are more texts than a processor keeps at hand.
 */
export class ByteTable {
  readonly #texts = new ByteList();
  /** Open addressing with linear probing, at most half full. */
  #slots = new Int32Array(firstSlots * slotSize);

  get size(): number {
    return this.#texts.size;
  }

  /** The number of the text, or -1; `hash` is its own. */
  find(chunk: ByteView, from: number, to: number, hash = hashOf(chunk, from, to)): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let slot = (hash << slotBits) & mask; ; slot = (slot + slotSize) & mask) {
      const content = slots[slot + 1]!;
      if (content === 0) return -1;
      if (slots[slot] !== hash || !this.#texts.standsAt(content - 1, chunk, from, to)) continue;
      return this.#texts.numberAt(content - 1);
    }
  }

  /** Adds the text, which is not there; its number. */
  add(chunk: ByteView, from: number, to: number, hash = hashOf(chunk, from, to)): number {
    const number = this.#texts.add(chunk, from, to);
    if (this.size * 2 * slotSize > this.#slots.length) this.#grow();
    fill(this.#slots, hash, this.#texts.placeOf(number) + 1);
    return number;
  }

  /** The number of the text, which is added if it is new. */
  intern(chunk: ByteView, from: number, to: number): number {
    const hash = hashOf(chunk, from, to);
    const known = this.find(chunk, from, to, hash);
    return known >= 0 ? known : this.add(chunk, from, to, hash);
  }

  /** Whether the text is the one of this number. */
  is(number: number, chunk: ByteView, from: number, to: number): boolean {
    return this.#texts.is(number, chunk, from, to);
  }

  /** The text of this number. */
  textOf(number: number): string {
    return this.#texts.textOf(number);
  }

  /** The bytes of the text of this number. */
  bytesOf(number: number): Uint8Array {
    return this.#texts.bytesOf(number);
  }

  /** The first byte of the text of this number; of one without any it is 0. */
  firstByteOf(number: number): number {
    return this.#texts.firstByteOf(number);
  }

  /** The texts of `count` numbers from `first` on, without a first byte that is `mark`. */
  textsOf(first: number, count: number, mark?: number): readonly string[] {
    return this.#texts.textsOf(first, count, mark);
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
