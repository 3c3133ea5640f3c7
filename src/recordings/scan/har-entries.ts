/**
 * Finds the entries of a HAR in its bytes, and in each the values that reading looks at, without a string or an object
 * made. It proves what it finds to be valid JSON; an entry in which a wanted name is repeated, or is no plain text, is
 * proved as a whole and left to `JSON.parse`. Its document goes on over line feeds.
 */
import type { ByteView } from '../../observations/packed/byte-view.ts';
import { openList, openObject } from '../json/bytes.ts';
import { maxNesting, skipBlanks, skipValue, toNext, unproved } from '../json/skip.ts';
import { Names, Words, otherName } from './names.ts';

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

const { started, time, method, url, status, mimeType, encoding, request, response, content } = harValue;
const entryNames = new Names(new Words({ startedDateTime: started, time, request, response }));

/** The names of the members of those objects of which members are wanted. */
const namesWithin: readonly (Names | undefined)[] = Array.from({ length: valueCount }, (_, value) => {
  if (value === request) return new Names(new Words({ method, url }));
  if (value === response) return new Names(new Words({ status, content }));
  return value === content ? new Names(new Words({ text: harValue.text, mimeType, encoding })) : undefined;
});
const rootNames = new Names(new Words({ log: logValue }));
const logNames = new Names(new Words({ entries: entriesValue }));

/** The scan of one document. */
export class HarScanner {
  /** Where the values of the entry that was found last begin and end; -1 if it has none of that name. */
  readonly bounds = new Int32Array(2 * valueCount);
  /** Whether the values of the entry were found. */
  isFound = false;
  #known = 0;

  /** Behind the bracket that opens the list of entries of the document that begins at `from`. */
  head(text: ByteView, from: number): number {
    const log = enter(text, skipBlanks(text.bytes, from), rootNames);
    const list = log < 0 ? unproved : enter(text, log, logNames);
    return list < 0 || text.bytes[list] !== openList ? unproved : list + 1;
  }

  /** Behind the document whose list of entries has ended before `from`. */
  tail(text: ByteView, from: number): number {
    const log = leave(text, from, logNames);
    return log < 0 ? unproved : leave(text, log, rootNames);
  }

  /** Behind the entry at `from`, whose values are noted if they are found. */
  entry(text: ByteView, from: number): number {
    this.#known = 0;
    this.bounds.fill(-1);
    const behind = text.bytes[from] === openObject ? this.#members(text, from, entryNames) : unproved;
    this.isFound = behind >= 0;
    return behind < 0 ? skipValue(text, from) : behind;
  }

  /** Behind the object at `from`, the bounds of what is wanted in it noted. */
  #members(document: ByteView, from: number, names: Names): number {
    const { bytes } = document;
    let at = skipBlanks(bytes, from + 1);
    for (let nth = 0; at >= 0; nth += 1) {
      const name = names.read(document, at, nth);
      if (name === unproved || names.behind < 0) return unproved;
      at =
        name === otherName ? skipValue(document, names.behind) : this.#wanted(document, names.behind, name);
      if (at < 0) return unproved;
      at = toNext(bytes, at);
    }
    return at === unproved ? unproved : -at - 1;
  }

  #wanted(document: ByteView, from: number, name: number): number {
    const bit = 1 << name;
    if ((this.#known & bit) !== 0) return unproved;
    this.#known |= bit;
    const within = namesWithin[name];
    this.bounds[2 * name] = from;
    const behind =
      within && document.bytes[from] === openObject
        ? this.#members(document, from, within)
        : skipValue(document, from);
    this.bounds[2 * name + 1] = behind;
    return behind;
  }
}

/** At the value of the member that is named, of the object at `from`. */
function enter(text: ByteView, from: number, names: Names): number {
  const { bytes } = text;
  if (from < 0 || bytes[from] !== openObject) return unproved;
  let at = skipBlanks(bytes, from + 1);
  for (let nth = 0; at >= 0; nth += 1) {
    const name = names.read(text, at, nth);
    if (name === unproved || names.behind < 0) return unproved;
    if (name !== otherName) return names.behind;
    at = skipValue(text, names.behind);
    at = at < 0 ? unproved : toNext(bytes, at);
  }
  return unproved;
}

/** Behind the object in which a member ends at `from`, the one that is named; no other may be. */
function leave(text: ByteView, from: number, names: Names): number {
  let at = toNext(text.bytes, from);
  for (let nth = 0; at >= 0; nth += 1) {
    const name = names.read(text, at, nth);
    if (name !== otherName || names.behind < 0) return unproved;
    at = skipValue(text, names.behind);
    at = at < 0 ? unproved : toNext(text.bytes, at);
  }
  return at === unproved ? unproved : -at - 1;
}
