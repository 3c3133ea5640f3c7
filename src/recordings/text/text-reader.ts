/** Takes answers out of text: a log, or what a client prints of requests and responses. */
import { nameInText } from '../text-commands.ts';
import { uncoloured } from '../text-forms.ts';
import type { AskedFor } from '../values/context.ts';
import { Preface, unquoted } from './preface.ts';
import { RequestsAbove } from './requests-above.ts';
import {
  beginsAsLiteral,
  beginsQuoted,
  beginValue,
  LiteralInText,
  nextBegin,
  ValueInText,
  type ReadsValue,
} from './value-in-text.ts';

/** A value that stands in a text. */
export interface TextValue<Place> {
  readonly value: unknown;
  /** The line where it begins. */
  readonly place: Place;
  /** The request above it, where one is known. */
  readonly asked?: AskedFor;
}

/** Names of the API in a piece of text that is no value which can be read. */
export interface TextMiss<Place> {
  /** The line where it begins. */
  readonly place: Place;
  /** What that line says. */
  readonly text: string;
  readonly expected: string;
  /** Whether a value began there and was no whole one; else only the names are there. */
  readonly isBegun: boolean;
  readonly code: 'JSON_INVALID' | 'INPUT_LIMIT';
}

/** Takes what is read of a text, in order. */
export interface TextReceiver<Place> {
  take(one: TextValue<Place>): void;
  miss(one: TextMiss<Place>): void;
}

interface TextLine<Place> {
  readonly place: Place;
  readonly text: string;
  /** Values that begin before are none. */
  readonly at?: number;
  /** Whether it is what stands behind a value in its line. */
  readonly isRest?: true;
}

/** A value that goes on in the next line. */
interface Open<Place> {
  readonly value: ReadsValue;
  readonly from: TextLine<Place>;
  /** Where it begins in its line. */
  readonly at: number;
  readonly preface: Preface;
  /** The lines behind that one. */
  readonly lines: TextLine<Place>[];
}

/** What tells that a value is an answer, and what at least that it may tell of one. */
const ofAnswer = /"(?:analys\w+_id|\w+_resolution|resolution_\w+)\\*"/;
const mayTell = /"folder_id\\*"\s*:|"analyses\\*"\s*:\s*\\*\{|\/(?:folders|analyses)\b/;

/** A line is looked at so often for values that are no JSON, a short one more often. */
const [mostOften, shortLine] = [16, 65_536];

const endsWithComment = /\n\s*\/\/.*\n$/;

/** Names of the API as JSON has them, or as programs print them. */
const named = new RegExp(String.raw`["'\\]${nameInText}["'\\]+\s*(?::|=>|,)|\b${nameInText}\s*:\s*['"]`);

/** Of a value that breaks off behind more than this, or nests too deep, nothing is read that may begin within it. */
const mostReadAgain = 65_536;
const isReadAgain = (value: ReadsValue): boolean => !value.isTooDeep && value.text.length <= mostReadAgain;

/** Reads a text line by line. Of a value that is not whole nothing is read, and it is reported if it names what the API does. */
export class TextReader<Place> {
  readonly #receiver: TextReceiver<Place>;
  readonly #maxDepth: number;
  readonly #maxBytes: number;
  /** Whether all values are wanted, whatever they hold. */
  readonly #takesAll: boolean;
  readonly #requests: RequestsAbove;
  #queue: TextLine<Place>[] = [];
  #open: Open<Place> | undefined;
  /** A value that has ended with its line: if the next one closes what is not open, it is a part of another. */
  #last: { readonly line: TextLine<Place>; readonly one: TextValue<Place> } | undefined;
  /** Lists and objects that were opened outside of values. */
  #opened = 0;
  /** How many characters of the line may still be looked at for values that are no JSON. */
  #effort = 0;
  /** Lines that are indented deeper belong to a value that was broken. */
  #broken: Preface | undefined;

  constructor(
    receiver: TextReceiver<Place>,
    limits: { readonly maxDepth: number; readonly maxDocumentBytes: number },
    how: { readonly takesAll: boolean; readonly isWhole: boolean },
  ) {
    this.#receiver = receiver;
    this.#maxDepth = limits.maxDepth;
    this.#maxBytes = limits.maxDocumentBytes;
    this.#takesAll = how.takesAll;
    this.#requests = new RequestsAbove(how.isWhole);
  }

  /** Whether a value goes on, or may begin, in a line. */
  mayRead(text: string): boolean {
    return this.#open !== undefined || nextBegin(text, 0) !== undefined || named.test(text);
  }

  /** Whether the text has told of requests above their answers. */
  get hasRequests(): boolean {
    return this.#requests.areAbove;
  }

  take(place: Place, text: string): void {
    this.#queue.push({ place, text: uncoloured(text).trimEnd() });
    this.#readAll();
  }

  /** Hands on a value that has ended, whatever comes next. */
  settle(): void {
    this.#endLast('');
  }

  end(): void {
    while (this.#open) {
      this.#break(this.#open, 'the rest of the value');
      this.#readAll();
    }
    this.settle();
  }

  #readAll(): void {
    for (let line = this.#queue.shift(); line; line = this.#queue.shift()) {
      if (this.#open) this.#goOn(this.#open, line);
      else if (line.text.trim() !== '') this.#readLine(line);
    }
  }

  #readLine(line: TextLine<Place>): void {
    this.#endLast(line.text);
    if (this.#broken?.holds(line.text) === true) return;
    this.#broken = undefined;
    this.#effort = mostOften * line.text.length + shortLine;
    let begin = nextBegin(line.text, line.at ?? 0);
    while (begin !== undefined) {
      const behind = this.#readAt(line, begin);
      if (behind === undefined) return;
      begin = nextBegin(line.text, behind);
    }
    this.#seeOutside(line);
  }

  /** Reads what begins as a value there; where it is none, says where to look for the next one. */
  #readAt(line: TextLine<Place>, begin: number): number | undefined {
    const inside = unquoted(line.text, begin, line.text[begin - 1] === '"');
    const { value, progress, effort } = beginValue(inside, this.#maxDepth, this.#effort);
    this.#effort -= effort;
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
    if (progress.is === 'ended' && !isWithin) {
      this.#takeValue(line, begin, progress.value, { place: line.place, text: progress.rest, isRest: true });
      return undefined;
    }
    const isQuoted = beginsQuoted.test(inside);
    const read = progress.is === 'broken' && !isQuoted ? value.text : inside;
    if (!named.test(read)) return begin + (isReadAgain(value) && !isQuoted ? 1 : Math.max(read.length, 1));
    this.#seeOutside(line, begin);
    this.#miss(line, progress.is === 'broken' && !isWithin ? progress.expected : ofPart);
    this.#broken = new Preface(line.text.slice(0, begin));
    return undefined;
  }

  #goOn(open: Open<Place>, line: TextLine<Place>): void {
    const { value, from, at, preface, lines } = open;
    if (value instanceof LiteralInText && !preface.holds(line.text)) {
      this.#queue.unshift(line);
      this.#break(open, 'the rest of the value');
      return;
    }
    lines.push(line);
    const progress = value.read(preface.behind(line.text));
    if (progress.is === 'broken') this.#break(open, progress.expected);
    else if (progress.is === 'ended') {
      this.#open = undefined;
      this.#takeValue(from, at, progress.value, { place: line.place, text: progress.rest });
    } else if (value.bytes > this.#maxBytes) {
      this.#open = undefined;
      this.#miss(from, `a document of at most ${this.#maxBytes} bytes (maxDocumentBytes)`, 'INPUT_LIMIT');
    }
  }

  /** Takes the value at `begin` of a line, unless what follows shows that it is a part of another. */
  #takeValue(line: TextLine<Place>, begin: number, value: unknown, rest: TextLine<Place>): void {
    this.#seeOutside(line, begin);
    if (this.#isPart(rest.text)) {
      this.#miss(line, ofPart);
      return;
    }
    const text = JSON.stringify(value);
    const isWanted =
      this.#takesAll || ofAnswer.test(text) || (mayTell.test(text) && !this.#requests.areAbove);
    if (isWanted) {
      const asked = this.#requests.answer(value, line.text.slice(0, begin), rest.text);
      this.#last = { line, one: { value, place: line.place, ...(asked && { asked }) } };
    } else this.#requests.pass();
    this.#queue.unshift(rest);
  }

  /** Gives a value up that turned out to be none, if it is none as programs print it either. */
  #break(open: Open<Place>, expected: string): void {
    const { value, from, at, preface, lines } = open;
    this.#open = undefined;
    if (value instanceof ValueInText && this.#readAsLiteral(open)) return;
    if (named.test(value.text)) {
      this.#seeOutside(from, at);
      this.#miss(from, expected);
      this.#broken = preface;
    } else if (isReadAgain(value)) this.#queue.unshift({ ...from, at: at + 1 }, ...lines);
    else this.#queue.unshift(...lines.slice(-1));
  }

  /** Whether a value that is no JSON is one as programs print it, as far as it has come. */
  #readAsLiteral(open: Open<Place>): boolean {
    const { value, from, at, preface, lines } = open;
    const literal = new LiteralInText(this.#maxDepth);
    let progress = literal.read(unquoted(from.text, at, false));
    for (const line of lines) {
      if (progress.is !== 'open') return false;
      progress = literal.read(preface.behind(line.text));
    }
    if (
      progress.is === 'open' &&
      /^[[{\s]*$/.test(value.text) &&
      (beginsAsLiteral.test(literal.text) || endsWithComment.test(literal.text))
    )
      this.#open = { ...open, value: literal };
    else if (progress.is === 'ended')
      this.#takeValue(from, at, progress.value, { place: lines.at(-1)!.place, text: progress.rest });
    return progress.is === 'ended' || this.#open !== undefined;
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
  #seeOutside(line: TextLine<Place>, end?: number): void {
    const text = line.text.slice(0, end);
    this.#requests.see(text, { isBesideJson: end !== undefined, isRest: line.isRest === true });
    if (named.test(text)) this.#miss(line, ofNames);
    else if (end === undefined && this.#opened === 0 && endOfValue.test(text)) this.#miss(line, ofPart);
    for (const [bracket] of text.matchAll(/[[\]{}]/g))
      this.#opened = Math.max(0, this.#opened + (bracket === '[' || bracket === '{' ? 1 : -1));
  }

  #miss(
    { place, text }: TextLine<Place>,
    expected: string,
    code: TextMiss<Place>['code'] = 'JSON_INVALID',
  ): void {
    this.#receiver.miss({ place, text, expected, isBegun: expected !== ofNames, code });
  }
}

const endOfValue = /^[^[{]*"\s*[\]}]+\s*$/;

/** What is expected where names stand by themselves, and where there is a part of a value that is not whole. */
const ofNames = 'JSON';
const ofPart = 'a value that is no part of another';

/** Whether what stands before a value shows that it is within another: a name of a member, or another element. */
const isWithinValue = (line: string, begin: number): boolean =>
  /(?:^\s*|[{,]\s*)"?\w*"\s*:\s*$|\}\s*,\s*$/.test(line.slice(Math.max(0, begin - longestName), begin));
const longestName = 64;
