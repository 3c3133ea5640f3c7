/**
 * Takes from an object in bytes what reading looks at in an answer or an envelope, without a string or an object made. It
 * has to be right, not complete: whatever it cannot prove (an escape in a wanted text, a repeated name, an unknown
 * status) is left to `JSON.parse`.
 */
import type { ByteView } from '../../observations/packed/byte-view.ts';
import type { Packed } from '../../observations/packed/packed.ts';
import { openObject, quote } from '../json/bytes.ts';
import { skipBlanks, skipValue, toNext, unproved } from '../json/skip.ts';
import { takeAnalyses } from './analyses.ts';
import { forRenamed, Names, otherName, Words } from './names.ts';
import { takeStatus, takeText } from './texts.ts';

/**
 * What a name means. Texts have their bounds in the slots of their number and behind it, statuses their codes in that of
 * their number, other values their bounds where `boundsOf` says.
 */
export const part = {
  folder: 0,
  id: 2,
  group: 4,
  kind: 6,
  session: 8,
  status: 10,
  system: 11,
  state: 12,
  alias: 13,
  url: 14,
  method: 15,
  started: 16,
  time: 17,
  code: 18,
  body: 19,
  items: 20,
  analyses: 21,
  presence: 22,
  refused: 23,
  /** Of analyses that are an object, and of a state that is none of the API: those of a callback. */
  members: 24,
  word: 25,
} as const;

/** Where the bounds of a value stand that is looked at when all of the object is known. */
export const boundsOf = (value: number): number => part.url + 2 * (value - part.url);

const slots = boundsOf(part.body) + 2;

const words = new Words({
  folder_id: part.folder,
  analyse_id: part.id,
  analysis_id: part.id,
  group_id: part.group,
  type: part.kind,
  event_session_id: part.session,
  resolution_status: part.status,
  system_resolution: part.system,
  state: part.state,
  resolution: part.alias,
  url: part.url,
  method: part.method,
  started: part.started,
  time: part.time,
  status: part.code,
  body: part.body,
  items: part.items,
  analyses: part.analyses,
  results_data: part.presence,
  // With one of these a value may be another thing, what some tool has kept of exchanges, or come from elsewhere.
  ...Object.fromEntries(
    [
      'log',
      'entries',
      'response',
      'run',
      'mappings',
      'requests',
      'source',
      'item',
      'collection_id',
      'metric',
      'request',
      'httpRequest',
      'http_buffered_trace',
      'snapshot',
    ].map((name) => [name, part.refused]),
  ),
});

/** Takes values of an object that are no texts and no statuses: behind the value, or `unproved`. */
export interface Inside {
  items(text: ByteView, from: number): number;
  body(text: ByteView, from: number): number;
  members(text: ByteView, from: number): number;
}

/** The bit of a meaning. */
export const bitOf = (meaning: number): number => 1 << meaning;

/** Objects that stand in one place, and so are alike. */
export class Objects {
  /** What was found of the object that was read last: -1 for the beginning of what it does not have, 0 for such a code. */
  readonly found = new Int32Array(slots);
  /** Which meanings its names have, as bits. */
  known = 0;
  /** Whether it has names that mean nothing here. */
  hasOthers = false;
  readonly #names = new Names(words, forRenamed(part.refused));

  /** Behind the object at `from`; a list of analyses in it goes into `packed`. */
  read(text: ByteView, from: number, packed: Packed, inside: Inside): number {
    const { bytes } = text;
    const { found } = this;
    this.#forget();
    if (bytes[from] !== openObject) return unproved;
    let at = skipBlanks(bytes, from + 1);
    for (let nth = 0; at >= 0; nth += 1) {
      const name = this.#names.read(text, at, nth);
      at = this.#names.behind;
      if (name === otherName) {
        this.hasOthers = true;
        at = skipValue(text, at);
      } else {
        if (name < 0 || at < 0 || name === part.refused || (this.known & bitOf(name)) !== 0) return unproved;
        this.known |= bitOf(name);
        if (name < part.status) at = takeText(text, at, found, name);
        else if (name < part.url) at = this.#takeStatus(text, at, name);
        else at = this.#takeValue(text, at, name, packed, inside);
      }
      if (at < 0) return unproved;
      at = toNext(bytes, at);
    }
    return at === unproved ? unproved : -at - 1;
  }

  /** Forgets what was found: beginnings and codes; ends mean nothing without their beginnings. */
  #forget(): void {
    const { found } = this;
    this.known = 0;
    this.hasOthers = false;
    found[part.folder] = found[part.id] = found[part.group] = found[part.kind] = found[part.session] = -1;
    found[part.status] = found[part.system] = found[part.state] = found[part.alias] = 0;
    for (let at: number = part.url; at < slots; at += 2) found[at] = -1;
  }

  #takeStatus(text: ByteView, from: number, name: number): number {
    const isWord = name === part.state && text.bytes[from] === quote && text.bytes[from + 1]! >= 0x60;
    const behind = isWord ? unproved : takeStatus(text, from, this.found, name);
    if (behind >= 0 || name !== part.state) return behind;
    this.known |= bitOf(part.word);
    return skipValue(text, from);
  }

  #takeValue(text: ByteView, from: number, name: number, packed: Packed, inside: Inside): number {
    if (name === part.analyses) {
      if (text.bytes[from] !== openObject) return takeAnalyses(text, from, packed);
      this.known |= bitOf(part.members);
      return inside.members(text, from);
    }
    if (name === part.items) return inside.items(text, from);
    if (name > part.body) return skipValue(text, from);
    const behind = name === part.body ? inside.body(text, from) : skipValue(text, from);
    this.found[boundsOf(name)] = from;
    this.found[boundsOf(name) + 1] = behind;
    return behind;
  }

  /** Whether all names of the object are of these meanings. */
  hasOnly(meaningsAsBits: number): boolean {
    return !this.hasOthers && (this.known & ~meaningsAsBits) === 0;
  }

  /** Whether the object has a name of one of these meanings. */
  has(meaningsAsBits: number): boolean {
    return (this.known & meaningsAsBits) !== 0;
  }
}
