/**
 * Finds the entries of a HAR in its bytes, and in each the values that reading looks at, without a string or an object
 * made. Accepts only a document that it has proved to be valid JSON; an entry in which a wanted name is repeated, or is
 * no plain text, is proved as a whole and left to `JSON.parse`.
 */
import type { Chunk } from '../../observations/packed/chunk.ts';
import { closeList, comma, openList, openObject } from '../json/bytes.ts';
import { maxNesting, skipBlanks, skipValue, toNext, unproved, withinDocument } from '../json/skip.ts';
import { Names, otherName } from './names.ts';

/** The deepest nesting of an accepted document: its objects down to the content of an answer, and what is skipped. */
export const deepestHar = 6 + maxNesting + 1;

/** The values of an entry that are looked at; each has two numbers, where it begins and ends. */
export const harValue = {
  started: 0,
  time: 1,
  method: 2,
  url: 3,
  status: 4,
  text: 5,
  mimeType: 6,
  encoding: 7,
  request: 8,
  response: 9,
  content: 10,
} as const;

const valueCount = Object.keys(harValue).length;
const logValue = 11;
const entriesValue = 12;

const { started, time, method, url, status, text, mimeType, encoding, request, response, content } = harValue;
const entryNames = new Names({ startedDateTime: started, time, request, response });

/** The names of the members of those objects of which members are wanted. */
const namesWithin: readonly (Names | undefined)[] = Array.from({ length: entriesValue + 1 }, (_, value) => {
  if (value === request) return new Names({ method, url });
  if (value === response) return new Names({ status, content });
  if (value === content) return new Names({ text, mimeType, encoding });
  return value === logValue ? new Names({ entries: entriesValue }) : undefined;
});
const rootNames = new Names({ log: logValue });

/** Is told of an entry, from its beginning to its end; its values only if they were found. */
type TakeEntry = (from: number, to: number, isFound: boolean) => void;

/** The scan of one document. */
export class HarScanner {
  /** Where the values of the entry that was found last begin and end; -1 if it has none of that name. */
  readonly bounds = new Int32Array(2 * valueCount);
  readonly #text: Chunk;
  readonly #take: TakeEntry;
  #known = 0;
  #isRepeated = false;
  #hasEntries = false;

  constructor(document: Chunk, take: TakeEntry) {
    this.#text = document;
    this.#take = take;
  }

  /** Behind the document that begins at `from` and the blanks after it; `unproved` if it is no HAR. */
  scan(from: number): number {
    return withinDocument(() => {
      const { bytes } = this.#text;
      const at = skipBlanks(bytes, from);
      if (bytes[at] !== openObject) return unproved;
      const behind = this.#members(at, rootNames);
      return behind < 0 || !this.#hasEntries ? unproved : skipBlanks(bytes, behind);
    });
  }

  /** Behind the object at `from`, the bounds of what is wanted in it noted. */
  #members(from: number, names: Names): number {
    const document = this.#text;
    const { bytes } = document;
    let at = skipBlanks(bytes, from + 1);
    for (let nth = 0; at >= 0; nth += 1) {
      const name = names.read(document, at, nth);
      if (name === unproved || names.behind < 0) return unproved;
      at = name === otherName ? skipValue(document, names.behind) : this.#wanted(names.behind, name);
      if (at < 0) return unproved;
      at = toNext(bytes, at);
    }
    return at === unproved ? unproved : -at - 1;
  }

  #wanted(from: number, name: number): number {
    const { bytes } = this.#text;
    const bit = 1 << name;
    const isRepeated = (this.#known & bit) !== 0;
    this.#known |= bit;
    if (name >= valueCount) {
      if (isRepeated || bytes[from] !== (name === logValue ? openObject : openList)) return unproved;
      return name === logValue ? this.#members(from, namesWithin[name]!) : this.#entries(from);
    }
    this.#isRepeated ||= isRepeated;
    const within = namesWithin[name];
    this.bounds[2 * name] = from;
    const behind =
      within && bytes[from] === openObject ? this.#members(from, within) : skipValue(this.#text, from);
    this.bounds[2 * name + 1] = behind;
    return behind;
  }

  #entries(from: number): number {
    const { bytes } = this.#text;
    const outer = this.#known;
    this.#hasEntries = true;
    let at = skipBlanks(bytes, from + 1);
    for (let isFirst = true; !isFirst || bytes[at] !== closeList; isFirst = false) {
      this.#known = 0;
      this.#isRepeated = false;
      this.bounds.fill(-1);
      let behind = bytes[at] === openObject ? this.#members(at, entryNames) : unproved;
      const isFound = behind >= 0 && !this.#isRepeated;
      if (behind < 0) behind = skipValue(this.#text, at);
      if (behind < 0) return unproved;
      this.#take(at, behind, isFound);
      at = skipBlanks(bytes, behind);
      if (bytes[at] === closeList) break;
      if (bytes[at] !== comma) return unproved;
      at = skipBlanks(bytes, at + 1);
    }
    this.#known = outer;
    return at + 1;
  }
}
