/** Numbers and moments from their bytes. What is alike from one to the next is worked out once. */
import { type ByteView } from '../../observations/packed/byte-view.ts';
import { colon, dot, isDigit, zero } from '../json/bytes.ts';
import { endOfPlain } from '../json/skip.ts';
import { momentOf } from '../values/moments.ts';

const decoder = new TextDecoder();

/** The text at these bounds. */
export function textAt({ bytes }: ByteView, from: number, to: number): string {
  return decoder.decode(bytes.subarray(from, to));
}

/** Whether a byte is a digit. */

/** More digits than this may not be exact in a number. */
const exactDigits = 15;

/** The value of the JSON number at these bounds. */
export function numberAt(text: ByteView, from: number, to: number): number {
  const { bytes } = text;
  let digits = 0;
  let divisor = 0;
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at]!;
    if (isDigit(byte)) {
      digits = digits * 10 + (byte - zero);
      divisor *= 10;
    } else if (byte === dot) divisor = 1;
    else return Number(textAt(text, from, to));
  }
  if (to - from > exactDigits) return Number(textAt(text, from, to));
  return divisor === 0 ? digits : digits / divisor;
}

/** Where in `2026-01-01T00:00:00.000Z` its day ends, and where its zone begins. */
const dayLength = 11;
const zoneAt = 23;
const commonMoment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(?:Z|[+-]\d\d:\d\d)$/;
/** No common moment is longer. */
const longest = 32;

/** Moments of one recording: of those of one day and zone only the time of day is worked out. */
export class Moments {
  /** The last moment that was parsed, and when its day begins in its zone. */
  readonly #known = new Uint8Array(longest);
  #length = -1;
  #day = 0;

  /** The moment that the string whose text has these bounds is, with its zone; otherwise not a number. */
  parse(text: ByteView, from: number, to: number): number {
    if (to - from !== this.#length || !this.#isAlike(text.bytes, from)) return this.#learn(text, from, to);
    const time = timeOfDay(text.bytes, from + dayLength);
    return Number.isNaN(time) ? this.#learn(text, from, to) : this.#day + time;
  }

  #isAlike(bytes: Uint8Array, from: number): boolean {
    const known = this.#known;
    for (let at = 0; at < dayLength; at += 1) if (bytes[from + at] !== known[at]) return false;
    for (let at = zoneAt; at < this.#length; at += 1) if (bytes[from + at] !== known[at]) return false;
    return true;
  }

  #learn(text: ByteView, from: number, to: number): number {
    if (endOfPlain(text, from) !== to) return NaN;
    const spelled = textAt(text, from, to);
    // What names no zone is noted, and read as a value.
    const known = momentOf(spelled);
    const moment = known?.kind === 'date' && known.isZoned ? known.at : NaN;
    const time = timeOfDay(text.bytes, from + dayLength);
    if (commonMoment.test(spelled) && !Number.isNaN(moment + time)) {
      this.#known.set(text.bytes.subarray(from, to));
      this.#length = to - from;
      this.#day = moment - time;
    }
    return moment;
  }
}

/** The milliseconds of `00:00:00.000` at `from`, or NaN. */
function timeOfDay(bytes: Uint8Array, from: number): number {
  const hours = two(bytes, from);
  const minutes = two(bytes, from + 3);
  const seconds = two(bytes, from + 6);
  const last = bytes[from + 11]!;
  const isMarked = bytes[from + 2] === colon && bytes[from + 5] === colon && bytes[from + 8] === dot;
  if (!isMarked || !isDigit(last) || !(hours < 24 && minutes < 60 && seconds < 60)) return NaN;
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + two(bytes, from + 9) * 10 + (last - zero);
}

/** The number of two digits at `from`, or NaN. */
function two(bytes: Uint8Array, from: number): number {
  const tens = bytes[from]!;
  const ones = bytes[from + 1]!;
  return isDigit(tens) && isDigit(ones) ? (tens - zero) * 10 + (ones - zero) : NaN;
}
