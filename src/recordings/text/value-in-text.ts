/** Where a JSON value begins and ends in a text, as it stands or in quotes. */
import { BracketsInText, literalValue } from './literal.ts';
import { quotedValue } from './quoted.ts';
import { newline } from '../json/bytes.ts';
import { JsonScanner } from '../json/syntax.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * Where a value may begin: a list of objects or an object, maybe at the end of a line, with its quotes as they are or escaped,
 * or as programs print it.
 */
const begin = /\[\s*(?:\{|$)|\{\s*(?:\\*"|\\x22|'|[A-Za-z_$][\w$]*\s*:|:\w+\s*=>|$)/g;

/** Where the next value may begin at or behind `from`; undefined where none does. */
export function nextBegin(text: string, from: number): number | undefined {
  begin.lastIndex = from;
  return begin.exec(text)?.index;
}

/** What a piece of a value shows of its end. */
export type ReadOn =
  | { readonly is: 'open' }
  | { readonly is: 'ended'; readonly value: unknown; readonly rest: string }
  | { readonly is: 'broken'; readonly expected: string };

/** A value that may go on over lines. */
export interface ReadsValue {
  /** How long it is so far, and what was read of it. */
  readonly bytes: number;
  readonly text: string;
  /** Whether it nests deeper than it may. */
  readonly isTooDeep: boolean;
  /** Reads on to the end of a line, or to where the value ends or breaks off. */
  read(line: string): ReadOn;
}

/** A value as JSON. */
export class ValueInText implements ReadsValue {
  readonly #scanner: JsonScanner;
  #text = '';
  #bytes = 0;

  /** It may nest so deep. */
  constructor(maxDepth: number) {
    this.#scanner = new JsonScanner(maxDepth);
  }

  get bytes(): number {
    return this.#bytes;
  }

  get text(): string {
    return this.#text;
  }

  get isTooDeep(): boolean {
    return this.#scanner.status === 'too deep';
  }

  read(line: string): ReadOn {
    let length = shortest;
    for (let at = 0; at < line.length; length *= 4) {
      const part = partOf(line, at, length);
      const bytes = encoder.encode(part);
      this.#scanner.feed(bytes);
      const { problem } = this.#scanner;
      if (problem) {
        const read = bytes.subarray(0, problem.offset - this.#bytes);
        return this.#end(line, at + decoder.decode(read).length);
      }
      this.#bytes += bytes.length;
      at += part.length;
    }
    this.#scanner.feed(newline);
    if (this.#scanner.status === 'complete' || this.#scanner.problem) return this.#end(line, line.length);
    this.#bytes += 1;
    this.#text += `${line}\n`;
    return { is: 'open' };
  }

  #end(line: string, at: number): ReadOn {
    this.#text += line.slice(0, at);
    if (this.#scanner.isEnded) return { is: 'ended', value: JSON.parse(this.#text), rest: line.slice(at) };
    return { is: 'broken', expected: this.isTooDeep ? 'less nesting (maxDepth)' : this.#scanner.expected };
  }
}

/** What is expected of a value as a program prints it. */
export const wholeLiteral = 'JSON, or all of a value as a program prints it';

/** A value as programs print it. */
export class LiteralInText implements ReadsValue {
  readonly isTooDeep = false;
  readonly #maxDepth: number;
  readonly #brackets = new BracketsInText();
  text = '';

  /** It may nest so deep. */
  constructor(maxDepth: number) {
    this.#maxDepth = maxDepth;
  }

  get bytes(): number {
    return this.text.length;
  }

  read(line: string): ReadOn {
    const end = this.#brackets.read(line);
    this.text += end === 'open' || end < 0 ? `${line}\n` : line.slice(0, end);
    if (end === 'open') return { is: 'open' };
    const value = end < 0 ? undefined : literalValue(this.text, this.#maxDepth);
    return value === undefined
      ? { is: 'broken', expected: wholeLiteral }
      : { is: 'ended', value, rest: line.slice(end) };
  }
}

/** Most of what looks like the beginning of a value and is none breaks off before so many characters. */
const shortest = 256;

/** Characters of a line; none is cut in two. */
function partOf(line: string, at: number, length: number): string {
  const isCut = (line.codePointAt(at + length - 1) ?? 0) > 0xffff;
  return line.slice(at, at + length + (isCut ? 1 : 0));
}

/** How a value begins that is no JSON. */
export const beginsAsLiteral = /^(?:[[{\s]|\/\/.*\n)*(?:'|[A-Za-z_$][\w$]*\s*:|:\w+\s*=>|"[^"]*"\s*=>)/;

/** How a value begins whose quotes are escaped or doubled: where it does not end, nothing within it is one. */
export const beginsQuoted = /^[[{\s]*(?:\\+(?:"|x22)|"")/;

/** A value that has begun, in the form in which it stands. */
interface BegunValue {
  readonly value: ReadsValue;
  readonly progress: ReadOn;
  /** How many characters were looked at for a value that is no JSON. */
  readonly effort: number;
}

/** Begins with a value in whatever form it stands in the rest of a line; one that is no JSON only with some effort left. */
export function beginValue(rest: string, maxDepth: number, effort: number): BegunValue {
  const value = new ValueInText(maxDepth);
  const progress = value.read(rest);
  if (progress.is !== 'broken') return { value, progress, effort: 0 };
  const quoted = quotedValue(rest);
  if (quoted) return { value, progress: { is: 'ended', ...quoted }, effort: 0 };
  if (effort <= 0) return { value, progress, effort: 0 };
  const literal = new LiteralInText(maxDepth);
  const read = literal.read(rest);
  // What begins as JSON and is none may lack an end.
  const isTaken = read.is === 'ended' || beginsAsLiteral.test(rest.slice(0, shortest));
  return { ...(isTaken ? { value: literal, progress: read } : { value, progress }), effort: literal.bytes };
}
