/**
 * A JSON syntax check over bytes that can be fed piece by piece and says where the text stops being JSON.
 * `JSON.parse` does the reading; this one decides between document and lines and finds the place of a mistake.
 */
import {
  backslash,
  closeList,
  closeObject,
  colon,
  comma,
  dot,
  letterU,
  minus,
  isDigit,
  isHex,
  openList,
  openObject,
  plus,
  quote,
  zero,
} from './bytes.ts';

/** Where a text stops being JSON, as the offset among all bytes fed, and what could have stood there. */
export interface SyntaxProblem {
  readonly offset: number;
  readonly expected: string;
}

/** `empty`: only whitespace so far; `open`: a value has begun; `complete`: exactly one value. */
export type ScanStatus = 'empty' | 'open' | 'complete' | 'broken' | 'too deep';

type Expectation =
  | 'value'
  | 'firstElement'
  | 'firstKey'
  | 'key'
  | 'colon'
  | 'afterMember'
  | 'end'
  | 'string'
  | 'escape'
  | 'hex'
  | 'literal'
  | 'firstDigit'
  | 'fractionDigit'
  | 'exponent'
  | 'exponentDigit'
  | 'afterZero'
  | 'integer'
  | 'fraction'
  | 'exponentDigits';

const expectations: Readonly<Record<Expectation, string>> = {
  value: 'a JSON value',
  firstElement: 'a JSON value or "]"',
  firstKey: 'a name in double quotes or "}"',
  key: 'a name in double quotes',
  colon: '":"',
  afterMember: '"," or the end of the list or object',
  end: 'nothing after the value',
  string: 'the rest of a string, without control characters',
  escape: 'an escape sequence',
  hex: 'a hexadecimal digit',
  literal: 'true, false or null',
  firstDigit: 'a digit',
  fractionDigit: 'a digit',
  exponent: 'a digit or a sign',
  exponentDigit: 'a digit',
  afterZero: 'the end of the number',
  integer: 'the rest of the number',
  fraction: 'the rest of the number',
  exponentDigits: 'the rest of the number',
};

const byteOf = (character: string): number => character.charCodeAt(0);
const literals = new Map(['true', 'false', 'null'].map((word) => [byteOf(word), word]));
const escapes = new Set(Array.from('"\\/bfnrt', byteOf));

/** Whether a byte is whitespace between JSON tokens. */
export function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** Checks one JSON text; `problem` and `status` tell how far it is right. */
export class JsonScanner {
  readonly #maxDepth: number;
  /** The closing byte of each list and object that is open, outermost first. */
  readonly #closers: number[] = [];
  #expects: Expectation = 'value';
  #begun = false;
  #offset = 0;
  #stringIsKey = false;
  #hexLeft = 0;
  #literalLeft = '';
  #tooDeep = false;
  #problem: SyntaxProblem | null = null;

  constructor(maxDepth: number) {
    this.#maxDepth = maxDepth;
  }

  get problem(): SyntaxProblem | null {
    return this.#problem;
  }

  /** What could stand at the end of what was fed so far. */
  get expected(): string {
    return expectations[this.#expects];
  }

  /** Whether the value has ended; if there is a problem, it is what follows. */
  get isEnded(): boolean {
    return this.#begun && this.#expects === 'end';
  }

  /** Numbers are complete only after a byte that ends them, so feed a newline last. */
  get status(): ScanStatus {
    if (this.#tooDeep) return 'too deep';
    if (this.#problem) return 'broken';
    if (!this.#begun) return 'empty';
    return this.#expects === 'end' ? 'complete' : 'open';
  }

  /** Reads on; after the first problem nothing more is read. */
  feed(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length && !this.#problem; at += 1) {
      if (this.#expects === 'string') at = this.#skipPlainText(bytes, at);
      const byte = bytes[at];
      if (byte !== undefined && !this.#step(byte)) {
        this.#problem = { offset: this.#offset + at, expected: this.expected };
      }
    }
    this.#offset += bytes.length;
  }

  #skipPlainText(bytes: Uint8Array, from: number): number {
    let at = from;
    for (; at < bytes.length; at += 1) {
      const byte = bytes[at] as number;
      if (byte === quote || byte === backslash || byte < 0x20) break;
    }
    return at;
  }

  /** Whether `byte` may stand here; takes it in if so. */
  #step(byte: number): boolean {
    switch (this.#expects) {
      case 'string':
        return this.#inString(byte);
      case 'escape':
        if (byte === letterU) this.#hexLeft = 4;
        else if (!escapes.has(byte)) return false;
        return this.#to(this.#hexLeft > 0 ? 'hex' : 'string');
      case 'hex':
        if (!isHex(byte)) return false;
        this.#hexLeft -= 1;
        return this.#to(this.#hexLeft > 0 ? 'hex' : 'string');
      case 'literal':
        if (byte !== byteOf(this.#literalLeft)) return false;
        this.#literalLeft = this.#literalLeft.slice(1);
        return this.#literalLeft === '' ? this.#endValue() : true;
      case 'value':
      case 'firstElement':
      case 'firstKey':
      case 'key':
      case 'colon':
      case 'afterMember':
      case 'end':
        return isBlank(byte) || this.#betweenTokens(byte);
      default:
        return this.#inNumber(byte);
    }
  }

  #to(expects: Expectation): true {
    this.#expects = expects;
    return true;
  }

  #endValue(): true {
    return this.#to(this.#closers.length > 0 ? 'afterMember' : 'end');
  }

  #inString(byte: number): boolean {
    if (byte === backslash) return this.#to('escape');
    if (byte !== quote) return byte >= 0x20;
    return this.#stringIsKey ? this.#to('colon') : this.#endValue();
  }

  #betweenTokens(byte: number): boolean {
    switch (this.#expects) {
      case 'value':
        return this.#beginValue(byte);
      case 'firstElement':
        return byte === closeList ? this.#close() : this.#beginValue(byte);
      case 'firstKey':
        return byte === closeObject ? this.#close() : this.#beginKey(byte);
      case 'key':
        return this.#beginKey(byte);
      case 'colon':
        return byte === colon && this.#to('value');
      case 'afterMember': {
        const closer = this.#closers.at(-1);
        if (byte === comma) return this.#to(closer === closeList ? 'value' : 'key');
        return byte === closer && this.#close();
      }
      default:
        return false;
    }
  }

  #beginKey(byte: number): boolean {
    this.#stringIsKey = true;
    return byte === quote && this.#to('string');
  }

  #beginValue(byte: number): boolean {
    this.#begun = true;
    if (byte === openList) return this.#open(closeList, 'firstElement');
    if (byte === openObject) return this.#open(closeObject, 'firstKey');
    if (byte === quote) {
      this.#stringIsKey = false;
      return this.#to('string');
    }
    if (byte === minus) return this.#to('firstDigit');
    if (isDigit(byte)) return this.#to(byte === zero ? 'afterZero' : 'integer');
    const literal = literals.get(byte);
    if (literal === undefined) return false;
    this.#literalLeft = literal.slice(1);
    return this.#to('literal');
  }

  #open(closer: number, expects: Expectation): boolean {
    this.#tooDeep = this.#closers.length >= this.#maxDepth;
    if (this.#tooDeep) return false;
    this.#closers.push(closer);
    return this.#to(expects);
  }

  #close(): true {
    this.#closers.pop();
    return this.#endValue();
  }

  #inNumber(byte: number): boolean {
    const expects = this.#expects;
    const digit = isDigit(byte);
    if (expects === 'firstDigit') return digit && this.#to(byte === zero ? 'afterZero' : 'integer');
    if (expects === 'fractionDigit') return digit && this.#to('fraction');
    if (expects === 'exponentDigit') return digit && this.#to('exponentDigits');
    if (expects === 'exponent') {
      if (byte === plus || byte === minus) return this.#to('exponentDigit');
      return digit && this.#to('exponentDigits');
    }
    if (digit) return expects !== 'afterZero';
    if (byte === dot && (expects === 'integer' || expects === 'afterZero')) {
      return this.#to('fractionDigit');
    }
    if ((byte === 0x65 || byte === 0x45) && expects !== 'exponentDigits') return this.#to('exponent');
    this.#endValue();
    return isBlank(byte) || this.#betweenTokens(byte);
  }
}

/** Whether the line, unindented, is a whole list or object by itself. */
export function isWholeValue(bytes: Uint8Array, maxDepth: number): boolean {
  if (bytes[0] !== openObject && bytes[0] !== openList) return false;
  const scanner = new JsonScanner(maxDepth);
  scanner.feed(bytes);
  return scanner.status === 'complete';
}
