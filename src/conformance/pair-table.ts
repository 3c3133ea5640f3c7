const firstSlots = 1 << 10;

/** Numbers by pairs of numbers, in place of a map whose keys would be strings. None is negative. */
export class PairTable {
  /** Open addressing with linear probing, at most half full: first, second and value of a pair in a row, plus one. */
  #cells = new Int32Array(3 * firstSlots);
  size = 0;

  /** The number of the pair, or -1. */
  get(first: number, second: number): number {
    return this.#cells[this.#cellOf(first, second) + 2]! - 1;
  }

  /** Gives the pair, which has none, a number. */
  set(first: number, second: number, value: number): void {
    if ((this.size + 1) * 6 > this.#cells.length) this.#grow();
    const cell = this.#cellOf(first, second);
    this.#cells[cell] = first + 1;
    this.#cells[cell + 1] = second + 1;
    this.#cells[cell + 2] = value + 1;
    this.size += 1;
  }

  /** Where the pair stands, or would stand. */
  #cellOf(first: number, second: number): number {
    const slots = this.#cells.length / 3;
    const mixed = Math.imul(Math.imul(first, 0x9e3779b1) ^ second, 0x85ebca6b);
    let slot = (mixed ^ (mixed >>> 13)) & (slots - 1);
    for (; ; slot = (slot + 1) & (slots - 1)) {
      const cell = 3 * slot;
      if (this.#cells[cell] === 0) return cell;
      if (this.#cells[cell] === first + 1 && this.#cells[cell + 1] === second + 1) return cell;
    }
  }

  #grow(): void {
    const old = this.#cells;
    this.#cells = new Int32Array(2 * old.length);
    for (let cell = 0; cell < old.length; cell += 3) {
      if (old[cell] === 0) continue;
      this.#cells.set(old.subarray(cell, cell + 3), this.#cellOf(old[cell]! - 1, old[cell + 1]! - 1));
    }
  }
}
