/**
 * What a HAR says of its requests, from the bytes of its values. What is alike from entry to entry is worked out once;
 * all else is left to the functions that read texts.
 */
import { isRepeated, type Chunk } from '../../observations/packed/chunk.ts';
import type { Context } from '../values/context.ts';
import { colon, dot, minus, nine, zero } from '../json/bytes.ts';
import { momentOf } from '../values/moments.ts';
import { answerOf } from '../values/routes.ts';

const decoder = new TextDecoder();
const textOf = ({ bytes }: Chunk, from: number, to: number): string =>
  decoder.decode(bytes.subarray(from, to));

const isDigit = (byte: number): boolean => byte >= zero && byte <= nine;

/** More digits than this may not be exact in a number. */
const exactDigits = 15;

/** The value of the JSON number at these bounds. */
export function numberAt(text: Chunk, from: number, to: number): number {
  const { bytes } = text;
  let digits = 0;
  let divisor = 0;
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at]!;
    if (isDigit(byte)) {
      digits = digits * 10 + (byte - zero);
      divisor *= 10;
    } else if (byte === dot) divisor = 1;
    else return Number(textOf(text, from, to));
  }
  if (to - from > exactDigits) return Number(textOf(text, from, to));
  return divisor === 0 ? digits : digits / divisor;
}

/** Where in `2026-01-01T00:00:00.000Z` its day ends, and where its zone begins. */
const dayLength = 11;
const zoneAt = 23;
const commonMoment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(?:Z|[+-]\d\d:\d\d)$/;

/** Moments of one document: of those of one day and zone only the time of day is worked out. */
export class Moments {
  readonly #text: Chunk;
  /** Bounds of the last moment that was parsed, and when its day begins in its zone. */
  #from = 0;
  #length = -1;
  #day = 0;

  constructor(text: Chunk) {
    this.#text = text;
  }

  /** The moment that the text at these bounds is, with its zone; otherwise not a number. */
  parse(from: number, to: number): number {
    const { view } = this.#text;
    const isAlike =
      to - from === this.#length &&
      isRepeated(view, this.#from, from, dayLength) &&
      isRepeated(view, this.#from + zoneAt, from + zoneAt, this.#length - zoneAt);
    const time = isAlike ? this.#timeOfDay(from + dayLength) : NaN;
    return Number.isNaN(time) ? this.#learn(from, to) : this.#day + time;
  }

  #learn(from: number, to: number): number {
    const text = textOf(this.#text, from, to);
    // What names no zone is noted, and read as a value.
    const known = momentOf(text);
    const moment = known?.kind === 'date' && known.isZoned ? known.at : NaN;
    const time = this.#timeOfDay(from + dayLength);
    if (commonMoment.test(text) && !Number.isNaN(moment + time)) {
      this.#from = from;
      this.#length = to - from;
      this.#day = moment - time;
    }
    return moment;
  }

  /** The milliseconds of `00:00:00.000` at `from`, or NaN. */
  #timeOfDay(from: number): number {
    const { bytes } = this.#text;
    const hours = this.#two(from);
    const minutes = this.#two(from + 3);
    const seconds = this.#two(from + 6);
    const last = bytes[from + 11]!;
    const isMarked = bytes[from + 2] === colon && bytes[from + 5] === colon && bytes[from + 8] === dot;
    if (!isMarked || !isDigit(last) || !(hours < 24 && minutes < 60 && seconds < 60)) return NaN;
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + this.#two(from + 9) * 10 + (last - zero);
  }

  /** The number of two digits at `from`, or NaN. */
  #two(from: number): number {
    const tens = this.#text.bytes[from]!;
    const ones = this.#text.bytes[from + 1]!;
    return isDigit(tens) && isDigit(ones) ? (tens - zero) * 10 + (ones - zero) : NaN;
  }
}

/** What a GET of an address answers: nothing of folders, or something, with analyses asked for or not. */
export const addressAnswer = { other: 0, plain: 1, withAnalyses: 2 } as const;
type AddressAnswer = (typeof addressAnswer)[keyof typeof addressAnswer];

/** An address that differs from others in the id of a folder only: where it begins, and the parts around the id. */
interface Pattern {
  readonly from: number;
  readonly before: number;
  readonly after: number;
  readonly afterLength: number;
  readonly answer: AddressAnswer;
}

/** The address of one folder. Within these ids nothing is special to addresses or routes. */
const ofFolder = /^(https?:\/\/[^/?#\\]+)((?:\/[\w-]+)*\/folders\/)([\w-]*\d[\w-]*)(.*)$/;
const maxPatterns = 8;

/** Addresses of one document: those that differ in an id only answer alike. */
export class Addresses {
  readonly #text: Chunk;
  readonly #context: Context;
  readonly #patterns: Pattern[] = [];
  #next = 0;

  constructor(text: Chunk, context: Context) {
    this.#text = text;
    this.#context = context;
  }

  /** What a GET of the address at these bounds, plain text, answers. */
  answerTo(from: number, to: number): AddressAnswer {
    for (const pattern of this.#patterns) if (this.#fits(pattern, from, to)) return pattern.answer;
    const address = textOf(this.#text, from, to);
    const known = answerOf(address, 'GET', this.#context);
    const { other, plain, withAnalyses } = addressAnswer;
    const answer = !known ? other : known.withAnalyses ? withAnalyses : plain;
    const [, origin = '', path = '', id = ''] = ofFolder.exec(address) ?? [];
    // A prefix that goes on into the id would tell ids apart.
    if (id !== '' && this.#context.routePrefix.length <= path.length) {
      const before = origin.length + path.length;
      const after = before + id.length;
      const pattern = { from, before, after: from + after, afterLength: to - from - after, answer };
      this.#patterns[this.#next++ % maxPatterns] = pattern;
    }
    return answer;
  }

  #fits({ from: known, before, after, afterLength }: Pattern, from: number, to: number): boolean {
    const { bytes, view } = this.#text;
    const end = to - afterLength;
    if (end <= from + before || !isRepeated(view, known, from, before)) return false;
    if (!isRepeated(view, after, end, afterLength)) return false;
    let hasDigit = false;
    for (let at = from + before; at < end; at += 1) {
      const byte = bytes[at]!;
      if (isDigit(byte)) hasDigit = true;
      else if (byte !== minus && byte !== 0x5f && !isLetter(byte)) return false;
    }
    return hasDigit;
  }
}

function isLetter(byte: number): boolean {
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x7a;
}
