/** Takes answers out of text: a log, or what a client prints of requests and responses. */
import type { AskedFor } from '../values/context.ts';
import { RequestsAbove } from './requests-above.ts';
import { nextBegin, quotedValue, ValueInText } from './value-in-text.ts';

/** A value that stands in a text. */
export interface TextValue {
  readonly value: unknown;
  /** The line where it begins. */
  readonly line: number;
  /** The request above it, where one is known. */
  readonly asked?: AskedFor;
}

/** Names of the API in a piece of text that is no value which can be read. */
export interface TextMiss {
  /** The line where it begins. */
  readonly line: number;
  /** That line. */
  readonly text: string;
  readonly expected: string;
  readonly code: 'JSON_INVALID' | 'INPUT_LIMIT';
}

/** Takes what is read of a text, in order. */
export interface TextReceiver {
  take(one: TextValue): void;
  miss(one: TextMiss): void;
}

interface TextLine {
  readonly number: number;
  readonly text: string;
  /** Values that begin before are none. */
  readonly at?: number;
}

/** A value that goes on in the next line. */
interface Open {
  readonly value: ValueInText;
  readonly from: TextLine;
  /** Where it begins in its line. */
  readonly at: number;
  readonly preface: Preface;
  /** The lines behind that one. */
  readonly lines: TextLine[];
}

/** Colours of a terminal. */
// oxlint-disable-next-line no-control-regex -- that is how they begin
const colours = /\u001b\[[\d;]*m/g;

/** What tells that a value is an answer, and what at least that it may tell of one. */
const ofAnswer = /"(?:analys\w+_id|\w+_resolution|resolution_\w+)\\*"/;
const mayTell = /"folder_id\\*"\s*:|"analyses\\*"\s*:\s*\\*\{|\/(?:folders|analyses)\b/;

/** Names of the API as JSON has them, or as programs print them. */
const name = '(?:folder_id|analys[ei]s?_id|resolution_status|system_resolution)';
const named = new RegExp(String.raw`["'\\]${name}["'\\]+\s*(?::|=>|,)|\b${name}\s*:\s*'`);

/** Of a value that breaks off behind more than this, or nests too deep, nothing is read that may begin within it. */
const mostReadAgain = 65_536;
const isReadAgain = (value: ValueInText): boolean => !value.isTooDeep && value.text.length <= mostReadAgain;

/** Reads a text line by line. Of a value that is not whole nothing is read, and it is reported if it names what the API does. */
export class TextReader {
  readonly #receiver: TextReceiver;
  readonly #maxDepth: number;
  readonly #maxBytes: number;
  /** Whether all values are wanted, whatever they hold. */
  readonly #takesAll: boolean;
  readonly #requests = new RequestsAbove();
  #queue: TextLine[] = [];
  #open: Open | undefined;
  /** A value that has ended with its line: if the next one closes what is not open, it is a part of another. */
  #last: { readonly line: TextLine; readonly one: TextValue } | undefined;
  /** Lists and objects that were opened outside of values. */
  #opened = 0;
  /** Lines that are indented deeper belong to a value that was broken. */
  #broken: Preface | undefined;

  constructor(
    receiver: TextReceiver,
    limits: { readonly maxDepth: number; readonly maxDocumentBytes: number },
    takesAll: boolean,
  ) {
    this.#receiver = receiver;
    this.#maxDepth = limits.maxDepth;
    this.#maxBytes = limits.maxDocumentBytes;
    this.#takesAll = takesAll;
  }

  /** Whether a value goes on, or may begin, in a line. */
  mayRead(text: string): boolean {
    return this.#open !== undefined || nextBegin(text, 0) !== undefined || named.test(text);
  }

  take(number: number, text: string): void {
    this.#queue.push({ number, text: text.replaceAll(colours, '').trimEnd() });
    this.#readAll();
  }

  end(): void {
    while (this.#open) {
      this.#break(this.#open, 'the rest of the value');
      this.#readAll();
    }
    this.#endLast('');
  }

  #readAll(): void {
    for (let line = this.#queue.shift(); line; line = this.#queue.shift()) {
      if (this.#open) this.#goOn(this.#open, line);
      else if (line.text.trim() !== '') this.#readLine(line);
    }
  }

  #readLine(line: TextLine): void {
    this.#endLast(line.text);
    if (this.#broken?.holds(line.text) === true) return;
    this.#broken = undefined;
    let begin = nextBegin(line.text, line.at ?? 0);
    while (begin !== undefined) {
      const behind = this.#readAt(line, begin);
      if (behind === undefined) return;
      begin = nextBegin(line.text, behind);
    }
    this.#seeOutside(line);
  }

  /** Reads what begins as a value there; where it is none, says where to look for the next one. */
  #readAt(line: TextLine, begin: number): number | undefined {
    const inside = unquoted(line.text, begin, line.text[begin - 1] === '"');
    const value = new ValueInText(this.#maxDepth);
    const progress = value.read(inside);
    const isWithin = isWithinValue(line.text, begin);
    if (progress.is === 'open' && !isWithin) {
      this.#open = {
        value,
        from: line,
        at: begin,
        preface: new Preface(line.text.slice(0, begin)),
        lines: [],
      };
      return undefined;
    }
    const ended = progress.is === 'broken' ? quotedValue(inside) : progress;
    if (ended && 'rest' in ended && !isWithin) {
      const found = 'value' in ended ? ended.value : JSON.parse(ended.text);
      this.#takeValue(line, begin, found, { number: line.number, text: ended.rest });
      return undefined;
    }
    const read = progress.is === 'broken' ? value.text : inside;
    if (!named.test(read)) return begin + (isReadAgain(value) ? 1 : Math.max(read.length, 1));
    this.#seeOutside(line, begin);
    this.#miss(line, progress.is === 'broken' && !isWithin ? progress.expected : ofPart);
    this.#broken = new Preface(line.text.slice(0, begin));
    return undefined;
  }

  #goOn(open: Open, line: TextLine): void {
    const { value, from, at, preface, lines } = open;
    lines.push(line);
    const progress = value.read(preface.behind(line.text));
    if (progress.is === 'broken') this.#break(open, progress.expected);
    else if (progress.is === 'ended') {
      this.#open = undefined;
      this.#takeValue(from, at, JSON.parse(progress.text), { number: line.number, text: progress.rest });
    } else if (value.bytes > this.#maxBytes) {
      this.#open = undefined;
      this.#miss(from, `a document of at most ${this.#maxBytes} bytes (maxDocumentBytes)`, 'INPUT_LIMIT');
    }
  }

  /** Takes the value at `begin` of a line, unless what follows shows that it is a part of another. */
  #takeValue(line: TextLine, begin: number, value: unknown, rest: TextLine): void {
    this.#seeOutside(line, begin);
    if (this.#isPart(rest.text)) {
      this.#miss(line, ofPart);
      return;
    }
    const text = JSON.stringify(value);
    const isWanted =
      this.#takesAll || ofAnswer.test(text) || (mayTell.test(text) && !this.#requests.areAbove);
    if (isWanted) {
      const asked = this.#requests.answer();
      this.#last = { line, one: { value, line: line.number, ...(asked && { asked }) } };
    } else this.#requests.pass();
    this.#queue.unshift(rest);
  }

  /** Gives a value up that turned out to be none. */
  #break({ value, from, at, preface, lines }: Open, expected: string): void {
    this.#open = undefined;
    if (named.test(value.text)) {
      this.#seeOutside(from, at);
      this.#miss(from, expected);
      this.#broken = preface;
    } else if (isReadAgain(value)) this.#queue.unshift({ ...from, at: at + 1 }, ...lines);
    else this.#queue.unshift(...lines.slice(-1));
  }

  /** Hands on the value that ended last; it is a part of another where what follows closes what is not open. */
  #endLast(behind: string): void {
    const last = this.#last;
    if (!last) return;
    this.#last = undefined;
    if (this.#isPart(behind)) this.#miss(last.line, ofPart);
    else this.#receiver.take(last.one);
  }

  /** Whether what stands behind a value shows that it is a part of another. */
  #isPart(behind: string): boolean {
    return this.#opened === 0 && /^\s*(?:[\]}]|,\s*(?:\{\s*"|"\w+"\s*:))/.test(behind);
  }

  /** Sees what stands in a line outside of values, or up to one that begins at `end`. */
  #seeOutside(line: TextLine, end?: number): void {
    const text = line.text.slice(0, end);
    this.#requests.see(text, end !== undefined);
    if (named.test(text)) this.#miss(line, 'JSON');
    else if (end === undefined && this.#opened === 0 && endOfValue.test(text)) this.#miss(line, ofPart);
    for (const bracket of text.match(/[[\]{}]/g) ?? [])
      this.#opened = Math.max(0, this.#opened + (bracket === '[' || bracket === '{' ? 1 : -1));
  }

  #miss({ number, text }: TextLine, expected: string, code: TextMiss['code'] = 'JSON_INVALID'): void {
    this.#receiver.miss({ line: number, text, expected, code });
  }
}

/** How the last line of a value ends. */
const endOfValue = /^[^[{]*"\s*[\]}]+\s*$/;

/** What is expected where there is a part of a value that is not whole. */
const ofPart = 'a value that is no part of another';

/** Whether what stands before a value shows that it is within another: a name of a member, or another element. */
const isWithinValue = (line: string, begin: number): boolean =>
  /(?:^\s*|[{,]\s*)"?\w*"\s*:\s*$|\}\s*,\s*$/.test(line.slice(Math.max(0, begin - longestName), begin));
const longestName = 64;

/** A line from there on; the client of Apache puts what it prints of one in quotes, with what ends it. */
function unquoted(line: string, from: number, isQuoted: boolean): string {
  if (!isQuoted || !line.endsWith('"')) return line.slice(from);
  let end = line.length - 1;
  while (line.endsWith('[\\r]', end) || line.endsWith('[\\n]', end)) end -= '[\\n]'.length;
  return line.slice(from, Math.max(from, end));
}

/** What stands before a value in its line; lines in which it goes on may begin with the same words, or with a later time. */
class Preface {
  readonly #words: RegExp | undefined;
  readonly #indent: number;
  readonly #isQuoted: boolean;

  constructor(text: string) {
    const isBlank = text.trim() === '';
    this.#words = isBlank || text.length > longestPreface ? undefined : beginningLike(text);
    this.#indent = isBlank ? text.length : 0;
    this.#isQuoted = text.endsWith('"');
  }

  /** What stands behind it in a line, if it does. */
  behind(line: string): string {
    const begin = this.#words?.exec(line)?.[0].length ?? 0;
    return unquoted(line, begin, this.#isQuoted);
  }

  /** Whether a line belongs to what begins behind it. */
  holds(line: string): boolean {
    const rest = this.behind(line);
    return rest.search(/\S/) > this.#indent || /^\s*[\]}]+,?$/.test(rest);
  }
}
const longestPreface = 1024;

/** How lines begin that begin with the same words, and any numbers. */
function beginningLike(text: string): RegExp {
  const escaped = text.replaceAll(/[^\w\s]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll(/\d+/g, String.raw`\d+`)}`);
}
