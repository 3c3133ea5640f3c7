import { GrowingBytes } from '../../observations/packed/byte-text.ts';
import { lineFeed } from '../json/bytes.ts';
import { isBlank } from '../json/syntax.ts';
import type { Line, LineSplitter } from './splitter.ts';
import type { ReadLimits } from '../options.ts';

/** A line that was read in full. */
type WholeLine = Line & { readonly bytes: Uint8Array };

/** Lines that may turn out to be one document, held as one text. */
export class HeldText {
  /** The number of the first line held. */
  readonly firstLine: number;
  /** How many lines are held, blank ones included. */
  lines = 0;
  readonly #held = new GrowingBytes();

  constructor(firstLine: number) {
    this.firstLine = firstLine;
  }

  get length(): number {
    return this.#held.end;
  }

  /** All that is held. */
  get whole(): Uint8Array {
    return this.#held.bytes.subarray(0, this.#held.end);
  }

  /** The text without whitespace at its end, so that a text cut short ends at what it holds last. */
  get text(): Uint8Array {
    let end = this.#held.end;
    while (end > 0 && isBlank(this.#held.bytes[end - 1] as number)) end -= 1;
    return this.#held.bytes.subarray(0, end);
  }

  /** Takes a line, without its newline. */
  add(line: Uint8Array): void {
    this.#take(line, line.length + 1);
    this.#held.bytes[this.#held.end - 1] = lineFeed;
    this.lines += 1;
  }

  /** Takes so many lines, each with its newline. */
  addAll(bytes: Uint8Array, lines: number): void {
    this.#take(bytes, bytes.length);
    this.lines += lines;
  }

  #take(bytes: Uint8Array, length: number): void {
    const from = this.#held.end;
    this.#held.reserve(from + length);
    this.#held.bytes.set(bytes, from);
    this.#held.end = from + length;
  }

  /** The lines that were taken, one by one. */
  *split(): Generator<WholeLine> {
    let number = this.firstLine;
    for (let start = 0; start < this.#held.end; number += 1) {
      const end = this.#held.bytes.indexOf(lineFeed, start);
      yield { number, bytes: this.#held.bytes.subarray(start, end) };
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
