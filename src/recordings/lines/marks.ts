/** A line, 1-based, and at which byte of the input it begins. */
export interface LineMark {
  readonly line: number;
  readonly offset: number;
}

/** The first line. */
export const beginning: LineMark = { line: 1, offset: 0 };

/**
 * Where some of the lines of an input begin, or the entries of a HAR, so that a line or an entry is found again without
 * reading all before it.
 */
export class LineMarks {
  #marks: LineMark[] = [];
  #step: number;
  readonly #most: number;
  /** A line that begins before this byte is too near to the last mark to get one. */
  next: number;
  /** Where the entries of the input begin, if it is a HAR. */
  entries: readonly number[] | undefined;
  /** Whether the offsets are those of a file as it is stored. */
  areStored = true;
  /** Whether no line with which a value begins is indented. */
  areFlush = true;

  /** Marks are first `step` bytes apart, and twice as far each time there are more than `most`. */
  constructor(step = 4096, most = 1 << 16) {
    this.#step = this.next = step;
    this.#most = most;
  }

  /** Sets a mark, which lies behind all others. */
  set(line: number, offset: number): void {
    this.#marks.push({ line, offset });
    if (this.#marks.length > this.#most) {
      this.#marks = this.#marks.filter((_, at) => at % 2 === 1);
      this.#step *= 2;
    }
    this.next = offset + this.#step;
  }

  /** The last mark at the line or before it. */
  before(line: number): LineMark {
    let low = 0;
    let high = this.#marks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#marks[middle]!.line <= line) low = middle + 1;
      else high = middle;
    }
    return this.#marks[low - 1] ?? beginning;
  }
}
