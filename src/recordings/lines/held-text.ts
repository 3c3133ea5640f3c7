import { isBlank } from '../json/syntax.ts';
import type { Line, LineSplitter } from './splitter.ts';
import type { ReadLimits } from '../options.ts';

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

  /** All that is held. */
  get whole(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** The text without whitespace at its end, so that a text cut short ends at what it holds last. */
  get text(): Uint8Array {
    let end = this.#length;
    while (end > 0 && isBlank(this.#bytes[end - 1] as number)) end -= 1;
    return this.#bytes.subarray(0, end);
  }

  /** Takes a line, without its newline. */
  add(line: Uint8Array): void {
    this.#reserve(line.length + 1);
    this.#bytes.set(line, this.#length);
    this.#length += line.length + 1;
    this.#bytes[this.#length - 1] = lineFeed;
    this.lines += 1;
  }

  /** Takes so many lines, each with its newline. */
  addAll(bytes: Uint8Array, lines: number): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
    this.lines += lines;
  }

  #reserve(more: number): void {
    const length = this.#length + more;
    if (length <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(length, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
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

/**
 * Behind the whole blank lines at `from`, which are counted and, where a text is held, become part of it. What checks
 * its syntax need not see them: the line before has ended between two tokens, or is broken.
 */
export function passBlank(
  splitter: LineSplitter,
  held: HeldText | null,
  { maxDocumentBytes }: ReadLimits,
  bytes: Uint8Array,
  from: number,
): number {
  if (bytes[from]! > 0x20) return from;
  const before = splitter.lines;
  const end = splitter.passBlank(bytes, from, held ? maxDocumentBytes - held.length : splitter.maxBytes);
  if (end > from) held?.addAll(bytes.subarray(from, end), splitter.lines - before);
  return end;
}
