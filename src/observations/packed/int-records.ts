/**
 * A growing list of records of whole numbers of 32 bits. Four bytes a number, those of one record side by side, and
 * nothing for the collector of garbage to visit.
 */
export class IntRecords {
  readonly #width: number;
  #values: Int32Array;
  #size = 0;

  /** `width`: how many numbers a record has. */
  constructor(width: number) {
    this.#width = width;
    this.#values = new Int32Array(width << 8);
  }

  get size(): number {
    return this.#size;
  }

  get(record: number, field: number): number {
    return this.#values[record * this.#width + field]!;
  }

  set(record: number, field: number, value: number): void {
    this.#values[record * this.#width + field] = value;
  }

  /** Adds a record in which every number is `value`. */
  add(value: number): number {
    const start = this.#size * this.#width;
    if (start === this.#values.length) {
      const larger = new Int32Array(this.#width * Math.ceil(this.#size * 1.5));
      larger.set(this.#values);
      this.#values = larger;
    }
    if (value !== 0) for (let at = start; at < start + this.#width; at += 1) this.#values[at] = value;
    return this.#size++;
  }
}
