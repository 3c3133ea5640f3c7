import { lineFeed } from '../json/bytes.ts';
import { isBlank } from '../json/syntax.ts';
import type { LineMark, LineMarks } from './marks.ts';

/** One line without its newline; `bytes` is null where the line was longer than the limit. */
export interface Line {
  /** 1-based. */
  readonly number: number;
  readonly bytes: Uint8Array | null;
}

/** The bytes with which some programs begin a text; they are no part of it. */
export const byteOrderMark = [0xef, 0xbb, 0xbf];

/**
 * The line with which a value begins as it is read: the mark with which some programs begin a text is no part of it. Where
 * such texts were joined, it stands before each.
 */
export function withoutByteOrderMark(line: Line): Line {
  const isMarked = byteOrderMark.every((byte, at) => line.bytes?.[at] === byte);
  return isMarked && line.bytes ? { number: line.number, bytes: line.bytes.subarray(3) } : line;
}

/**
 * Cuts bytes into lines, holding at most one line and never more of it than `maxBytes`. The receiver of a line may
 * change `maxBytes` for the lines after it; the bytes it is given are its own only until the next chunk.
 */
export class LineSplitter {
  maxBytes: number;
  readonly #onLine: (line: Line) => void;
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  #isTooLong = false;
  #number = 0;
  /** Where the next line begins. */
  #offset = 0;
  readonly #marks: LineMarks | undefined;

  /** Sets marks in `marks`, if there are any. */
  constructor(maxBytes: number, onLine: (line: Line) => void, marks?: LineMarks) {
    this.maxBytes = maxBytes;
    this.#onLine = onLine;
    this.#marks = marks;
  }

  /** How many lines have begun. */
  get lines(): number {
    return this.#number + (this.isWithin ? 1 : 0);
  }

  /** Whether a line has begun. */
  get isWithin(): boolean {
    return this.#heldBytes > 0 || this.#isTooLong;
  }

  /** At which byte the next line begins, while none has begun. */
  get offset(): number {
    return this.#offset;
  }

  /** Counts lines that were read elsewhere, of so many bytes with their newlines. */
  pass(bytes: number, lines = 1): void {
    this.#number += lines;
    this.#offset += bytes;
    if (this.#marks && this.#offset >= this.#marks.next) this.#marks.set(this.#number + 1, this.#offset);
  }

  /** Goes on at a mark, as if all before it had been read. */
  skipTo({ line, offset }: LineMark): void {
    this.#number = line - 1;
    this.#offset = offset;
  }

  /**
   * Counts the whole blank lines that begin at `from`, as far as they take no more than `maxBytes` together, and gives
   * what is behind them.
   */
  passBlank(chunk: Uint8Array, from: number, maxBytes: number): number {
    if (this.isWithin) return from;
    const limit = Math.min(chunk.length, from + maxBytes);
    let [behind, lines] = [from, 0];
    for (let at = from; at < limit && isBlank(chunk[at]!); at += 1) {
      if (chunk[at] !== lineFeed) continue;
      behind = at + 1;
      lines += 1;
    }
    if (lines > 0) this.pass(behind - from, lines);
    return behind;
  }

  push(chunk: Uint8Array): void {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, start)) {
      this.endLine(chunk.subarray(start, end));
      start = end + 1;
    }
    if (start < chunk.length) {
      this.#offset += chunk.length - start;
      // A buffer of Node has a slice of its own, which is no copy.
      this.#hold(Uint8Array.prototype.slice.call(chunk, start));
    }
  }

  /** Ends the last line where no newline did. */
  end(): void {
    if (this.isWithin) this.endLine(new Uint8Array());
  }

  #hold(bytes: Uint8Array): void {
    if (!this.#fits(bytes)) {
      this.#isTooLong = true;
      this.#held = [];
      this.#heldBytes = 0;
      return;
    }
    this.#held.push(bytes);
    this.#heldBytes += bytes.length;
  }

  #fits(bytes: Uint8Array): boolean {
    return !this.#isTooLong && this.#heldBytes + bytes.length <= this.maxBytes;
  }

  /** Takes the rest of a line, up to its newline. */
  endLine(tail: Uint8Array): void {
    const bytes = this.#fits(tail) ? this.#joined(tail) : null;
    this.#held = [];
    this.#heldBytes = 0;
    this.#isTooLong = false;
    this.pass(tail.length + 1);
    this.#onLine({ number: this.#number, bytes });
  }

  #joined(tail: Uint8Array): Uint8Array {
    return this.#held.length === 0 ? tail : joinBytes([...this.#held, tail]);
  }
}

/** The parts one after the other. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
