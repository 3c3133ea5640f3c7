import { JsonScanner } from './syntax.ts';

/** Finds where a value of a list ends, in a text that comes bit by bit; its syntax is checked. */
export class ValueEnd {
  is: 'open' | 'found' | 'broken' = 'open';
  /** Behind the value and the blanks after it. */
  end = 0;
  readonly #scanner: JsonScanner;
  #begin: number;
  #read = 0;

  /** The value begins at `begin` and may nest so deep. */
  constructor(maxDepth: number, begin: number) {
    this.#scanner = new JsonScanner(maxDepth);
    this.#begin = begin;
  }

  /** What is wrong if it is broken. */
  get expected(): string {
    return this.#scanner.status === 'too deep' ? 'less nesting (maxDepth)' : this.#scanner.expected;
  }

  /** How far it was read. */
  get at(): number {
    return this.#begin + (this.#scanner.problem?.offset ?? this.#read);
  }

  /** Reads on in a text of which more has come. */
  read(text: Uint8Array): void {
    const scanner = this.#scanner;
    scanner.feed(text.subarray(this.#begin + this.#read));
    this.#read = text.length - this.#begin;
    const { status, problem, isEnded } = scanner;
    // What follows a value of a list is no part of it.
    if (problem && isEnded) {
      this.is = 'found';
      this.end = this.#begin + problem.offset;
    } else if (status === 'broken' || status === 'too deep') this.is = 'broken';
  }

  /** Whether the value has ended where the text ends. */
  endsWithText(): boolean {
    if (this.is !== 'open' || this.#scanner.status !== 'complete') return false;
    this.is = 'found';
    this.end = this.#begin + this.#read;
    return true;
  }

  /** The text has moved so that the value begins there. */
  moveTo(begin: number): void {
    this.#begin = begin;
  }
}
