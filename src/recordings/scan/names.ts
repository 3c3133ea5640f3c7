import { lastMasks, type ByteView } from '../../observations/packed/byte-view.ts';
import { colon, quote } from '../json/bytes.ts';
import { apiNameOf } from '../values/hints.ts';
import { endOfPlain, toValue, unproved } from '../json/skip.ts';

const encoder = new TextEncoder();

/** A text as numbers of four bytes each, the last filled up with zeros, to be compared four bytes at a time. */
interface Spelled {
  readonly length: number;
  readonly fours: Int32Array;
  readonly lastMask: number;
  readonly meaning: number;
}

function spelled(bytes: Uint8Array, meaning: number): Spelled {
  const { length } = bytes;
  const padded = new Uint8Array(Math.ceil(length / 4) * 4);
  padded.set(bytes);
  const view = new DataView(padded.buffer);
  const fours = Int32Array.from({ length: padded.length / 4 }, (_, at) => view.getInt32(4 * at, true));
  return { length, fours, lastMask: lastMasks[length % 4]!, meaning };
}

function standsAt({ fours, lastMask }: Spelled, view: DataView, from: number): boolean {
  const last = fours.length - 1;
  for (let at = 0; at < last; at += 1) {
    if (view.getInt32(from + 4 * at, true) !== fours[at]) return false;
  }
  return ((view.getInt32(from + 4 * last, true) ^ fours[last]!) & lastMask) === 0;
}

/** Texts in quotes that mean a number each; a text that means nothing is `unproved`. */
export class Words {
  readonly #words: readonly Spelled[];

  constructor(meanings: Readonly<Record<string, number>>) {
    this.#words = Object.entries(meanings).map(([text, meaning]) =>
      spelled(encoder.encode(`"${text}"`), meaning),
    );
  }

  /** Which word stands at `from`, by its place among them, or `unproved`. */
  find(view: DataView, from: number): number {
    for (let at = 0; at < this.#words.length; at += 1) {
      if (standsAt(this.#words[at]!, view, from)) return at;
    }
    return unproved;
  }

  /** How long the word at this place is, its quotes included. */
  lengthOf(at: number): number {
    return this.#words[at]!.length;
  }

  meaningOf(at: number): number {
    return this.#words[at]!.meaning;
  }
}

/** A member name longer than this is read each time. */
const longestGuess = 64;

/** Names at this place of an object and after it are read each time. */
const mostGuesses = 64;

/** The meaning of a member that says nothing of interest. */
export const otherName = -2;

/** What a name means that is none of those that are looked for. */
export type Otherwise = (name: string) => number;

/** Gives this meaning to names that stand for others. */
export const forRenamed =
  (meaning: number): Otherwise =>
  (name) =>
    apiNameOf(name) === undefined ? otherName : meaning;

/**
 * The names of the members of objects that are alike: the one that came n-th last time is looked at first, together
 * with its colon. All names are found, in any order; it only takes longer.
 */
export class Names {
  /** Behind the name that was read last, at its value. */
  behind = 0;
  readonly #words: Words;
  readonly #otherwise: Otherwise;
  readonly #guesses: (Spelled | undefined)[] = Array.from({ length: mostGuesses }, () => undefined);

  /** `otherwise`: what names mean that are none of these words; absent: nothing of interest. */
  constructor(words: Words, otherwise: Otherwise = () => otherName) {
    this.#words = words;
    this.#otherwise = otherwise;
  }

  /** What the n-th name means, which stands at `from`, or `otherName`; `unproved` where it is no plain name. */
  read(text: ByteView, from: number, nth: number): number {
    const guess = nth < mostGuesses ? this.#guesses[nth] : undefined;
    if (guess !== undefined && standsAt(guess, text.view, from)) {
      const { bytes } = text;
      this.behind = from + guess.length;
      if (bytes[this.behind]! <= 0x20) this.behind = toValue(bytes, this.behind - 1);
      return guess.meaning;
    }
    return this.#readOut(text, from, nth);
  }

  #readOut(text: ByteView, from: number, nth: number): number {
    const { bytes, view } = text;
    if (bytes[from] !== quote) return unproved;
    const end = endOfPlain(text, from + 1);
    if (end < 0) return unproved;
    this.behind = toValue(bytes, end + 1);
    if (this.behind < 0) return unproved;
    const word = this.#words.find(view, from);
    const isShort = end - from < longestGuess;
    const meaning =
      word >= 0 ? this.#words.meaningOf(word) : isShort ? this.#readOther(text, from, end) : otherName;
    if (isShort && nth < mostGuesses && bytes[end + 1] === colon)
      this.#guesses[nth] = spelled(bytes.subarray(from, end + 2), meaning);
    return meaning;
  }

  #readOther({ bytes }: ByteView, from: number, end: number): number {
    return this.#otherwise(String.fromCharCode(...bytes.subarray(from + 1, end)));
  }
}
