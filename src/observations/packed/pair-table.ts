const firstSlots = 1 << 10;

/** What a slot takes: first, second and value of a pair, each plus one; a fourth number fills it up. */
const slotBits = 2;
const slotSize = 1 << slotBits;

/** Numbers by pairs of numbers, in place of a map whose keys would be strings. None is negative. */
export class PairTable {
  /** Open addressing with linear probing, at most half full. */
  #slots = new Int32Array(slotSize * firstSlots);
  size = 0;

  /** The number of the pair, or -1. */
  get(first: number, second: number): number {
    return this.#slots[this.#slotOf(first, second) + 2]! - 1;
  }

  /** Gives the pair, which has none, a number. */
  set(first: number, second: number, value: number): void {
    if ((this.size + 1) * 2 * slotSize > this.#slots.length) this.#grow();
    const slot = this.#slotOf(first, second);
    this.#slots[slot] = first + 1;
    this.#slots[slot + 1] = second + 1;
    this.#slots[slot + 2] = value + 1;
    this.size += 1;
  }

  /** Where the pair stands, or would stand. */
  #slotOf(first: number, second: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    const mixed = Math.imul(Math.imul(first, 0x9e3779b1) ^ second, 0x85ebca6b);
    let slot = ((mixed ^ (mixed >>> 13)) << slotBits) & mask;
    for (; ; slot = (slot + slotSize) & mask) {
      if (slots[slot] === 0) return slot;
      if (slots[slot] === first + 1 && slots[slot + 1] === second + 1) return slot;
    }
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Int32Array(2 * old.length);
    for (let slot = 0; slot < old.length; slot += slotSize) {
      if (old[slot] === 0) continue;
      this.#slots.set(old.subarray(slot, slot + slotSize), this.#slotOf(old[slot]! - 1, old[slot + 1]! - 1));
    }
  }
}

/** Places between two numbers of a row are numbered from here on; what rows begin with is less. */
const firstPlace = 2 ** 30;

/** Numbers by a number and a row of numbers after it. None is negative. */
export class RowTable {
  readonly #pairs = new PairTable();
  #places = firstPlace;

  /** How much it holds: as many pairs of numbers. */
  get size(): number {
    return this.#pairs.size;
  }

  /** The number of the first `length` numbers of the row after `first`, or -1. */
  get(first: number, row: ArrayLike<number>, length = row.length): number {
    let place = first;
    for (let at = 0; at < length && place >= 0; at += 1) place = this.#pairs.get(place, row[at]!);
    return place;
  }

  /** Gives the row after `first`, which has none, a number. */
  set(first: number, row: readonly number[], value: number): void {
    let place = first;
    for (const number of row.slice(0, -1)) {
      const next = this.#pairs.get(place, number);
      if (next < 0) this.#pairs.set(place, number, this.#places);
      place = next < 0 ? this.#places++ : next;
    }
    this.#pairs.set(place, row.at(-1)!, value);
  }
}
