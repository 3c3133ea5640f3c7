/** Where a JSON value begins and ends in a text, as it stands or in quotes. */
import { newline } from '../json/bytes.ts';
import { JsonScanner } from '../json/syntax.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Where a value may begin: a list of objects or an object, maybe at the end of a line, with its quotes as they are or escaped. */
const begin = /\[\s*(?:\{|$)|\{\s*(?:\\*"|\\x22|$)/g;

/** Where the next value may begin at or behind `from`; undefined where none does. */
export function nextBegin(text: string, from: number): number | undefined {
  begin.lastIndex = from;
  return begin.exec(text)?.index;
}

/** What a piece of a value shows of its end. */
export type ReadOn =
  | { readonly is: 'open' }
  | { readonly is: 'ended'; readonly text: string; readonly rest: string }
  | { readonly is: 'broken'; readonly expected: string };

/** A value that may go on over lines. */
export class ValueInText {
  readonly #scanner: JsonScanner;
  #text = '';
  #bytes = 0;

  /** It may nest so deep. */
  constructor(maxDepth: number) {
    this.#scanner = new JsonScanner(maxDepth);
  }

  /** How long it is so far, in bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  /** What was read of it so far. */
  get text(): string {
    return this.#text;
  }

  /** Whether it nests deeper than it may. */
  get isTooDeep(): boolean {
    return this.#scanner.status === 'too deep';
  }

  /** Reads on to the end of a line, or to where the value ends or breaks off. */
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
    if (this.#scanner.isEnded) return { is: 'ended', text: this.#text, rest: line.slice(at) };
    return { is: 'broken', expected: this.isTooDeep ? 'less nesting (maxDepth)' : this.#scanner.expected };
  }
}

/** Most of what looks like the beginning of a value and is none breaks off before so many characters. */
const shortest = 256;

/** Characters of a line; none is cut in two. */
function partOf(line: string, at: number, length: number): string {
  const isCut = (line.codePointAt(at + length - 1) ?? 0) > 0xffff;
  return line.slice(at, at + length + (isCut ? 1 : 0));
}

/** A value and what stands behind it in its line. */
interface Quoted {
  readonly value: unknown;
  readonly rest: string;
}

/** The value with which a text begins, its quotes escaped or doubled, or its backslashes; undefined where there is none. */
export function quotedValue(text: string): Quoted | undefined {
  const end = endOfBrackets(text);
  if (end === undefined) return undefined;
  const rest = text.slice(end);
  for (const way of [unescaped, withoutDoubles, withoutDoubledBackslashes]) {
    let spelled: string | undefined = text.slice(0, end);
    for (let times = 0; times < mostTimes && spelled !== undefined; times += 1) {
      spelled = way(spelled);
      const value = spelled === undefined ? undefined : parsed(spelled);
      if (value !== undefined) return { value, rest };
    }
  }
  return undefined;
}

/** A text is no more often put in quotes than so, nor does an answer nest deeper. */
const mostTimes = 3;
const deepest = 32;

/** Behind the bracket that closes the first one, wherever quotes stand. */
function endOfBrackets(text: string): number | undefined {
  let depth = 0;
  for (const { 0: bracket, index } of text.matchAll(/[[\]{}]/g)) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1;
    if (depth > deepest) return undefined;
    if (depth === 0) return index + 1;
  }
  return undefined;
}

const withHex = (text: string): string => text.replaceAll('\\x', '\\u00');

function unescaped(text: string): string | undefined {
  const spelled = parsed(`"${withHex(text)}"`);
  return typeof spelled === 'string' ? spelled : undefined;
}
const withoutDoubles = (text: string): string => text.replaceAll('""', '"');
const withoutDoubledBackslashes = (text: string): string => withHex(text.replaceAll('\\\\', '\\'));

/** The value that a text spells; undefined, which no text spells, where it is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
