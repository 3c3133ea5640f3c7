import { isBlank } from './json-scanner.ts';
import type { Line } from './line-splitter.ts';

/** A line that was read in full. */
type WholeLine = Line & { readonly bytes: Uint8Array };

const lineFeed = 0x0a;

/** Lines that may turn out to be one document, held as one text. */
export class HeldText {
  /** The number of the first line held. */
  readonly firstLine: number;
  /** How many lines are held, blank ones included. */
  lines = 0;
  #bytes = new Uint8Array(1024);
  #length = 0;

  constructor(firstLine: number) {
    this.firstLine = firstLine;
  }

  get length(): number {
    return this.#length;
  }

  /** The text without whitespace at its end, so that a text cut short ends at what it holds last. */
  get text(): Uint8Array {
    let end = this.#length;
    while (end > 0 && isBlank(this.#bytes[end - 1] as number)) end -= 1;
    return this.#bytes.subarray(0, end);
  }

  /** Takes a line, without its newline. */
  add(line: Uint8Array): void {
    const length = this.#length + line.length + 1;
    if (length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(length, this.#bytes.length * 2));
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
    }
    this.#bytes.set(line, this.#length);
    this.#bytes[length - 1] = lineFeed;
    this.#length = length;
    this.lines += 1;
  }

  /** The lines that were taken, one by one. */
  *split(): Generator<WholeLine> {
    let number = this.firstLine;
    for (let start = 0; start < this.#length; number += 1) {
      const end = this.#bytes.indexOf(lineFeed, start);
      yield { number, bytes: this.#bytes.subarray(start, end) };
      start = end + 1;
    }
  }
}
