/** Reads callbacks of the web plugin from their bytes, as `observeCallback` reads their values. */
import { statuses } from '../../../machines/statuses.ts';
import { GrowingBytes } from '../../observations/packed/byte-text.ts';
import type { ByteView } from '../../observations/packed/byte-view.ts';
import { standInMark } from '../../observations/packed/folder-name.ts';
import {
  codeBits,
  codeOf,
  firstView,
  maxViews,
  slot,
  viewSlot,
  viewSize,
  type Packed,
} from '../../observations/packed/packed.ts';
import { isQuotable, longestQuoted } from '../../observations/quoting.ts';
import { keyOfStandIn } from '../../observations/unnamed-folders.ts';
import { closeObject, openObject, quote } from '../json/bytes.ts';
import { isNull, skipBlanks, skipValue, toNext, unproved } from '../json/skip.ts';
import { Names, otherName, Words } from './names.ts';
import { part } from './objects.ts';
import { takeText } from './texts.ts';

/** The code of an empty resolution: the analysis is as its state says. */
const asState = -1;

const words = new Words(
  Object.fromEntries([
    ...statuses.map((status) => [status.toLowerCase(), codeOf.get(status)!]),
    ['', asState],
    ...codeOf,
  ]),
);

const member = { state: 0, resolution: 1, results: 2 } as const;
const memberNames = new Names(
  new Words({ state: member.state, resolution: member.resolution, result_json: member.results }),
);
const folderName = 0;
const resultNames = new Names(new Words({ folder_id: folderName }));

/** Behind the word or null at `from`, with its code, 0 for null, at `place`. */
function takeWord({ bytes, view }: ByteView, from: number, into: Int32Array, place: number): number {
  const word = words.find(view, from);
  into[place] = word < 0 ? 0 : words.meaningOf(word);
  if (word >= 0) return from + words.lengthOf(word);
  return isNull(bytes, from) ? from + 4 : unproved;
}

/** A text as it is put into others. */
function pieceOf(text: string): GrowingBytes {
  const piece = new GrowingBytes(new Uint8Array(3 * text.length + 8));
  piece.write(text);
  return piece;
}

/** More kinds than this are left to those who read values. */
const mostKinds = 64;

/** The kinds in the callbacks of one recording, as they are written there. */
class Kinds {
  readonly #known = new Map<string, number>();
  /** What comes before the key of the folder in the id of an analysis of the kind. */
  readonly beginnings: GrowingBytes[] = [];
  /** How the kind is written in observations. */
  readonly kinds: GrowingBytes[] = [];
  readonly names = new Names(new Words({}), (name) => this.#known.get(name) ?? this.#learn(name));

  #learn(name: string): number {
    const number = this.#known.size;
    if (number === mostKinds || !isQuotable(name)) return unproved;
    this.#known.set(name, number);
    this.beginnings.push(pieceOf(`callback:${name.toLowerCase()} of `));
    this.kinds.push(pieceOf(name.toUpperCase()));
    return number;
  }
}

const [ofSession, ofFolder] = [pieceOf(keyOfStandIn('session', '')), pieceOf(keyOfStandIn('callbacks', ''))];

/** An analysis takes so many bytes beside the key of its folder: of its id, and of its kind. */
const perAnalysis = pieceOf('callback: of ').end + 2 * longestQuoted;

/** Callbacks of one recording. */
export class Callbacks {
  /** The names that the callback taken last has for its folder and its analyses, which do not stand in it as such. */
  readonly text = new GrowingBytes();
  /** The key of callbacks without any id. */
  readonly #flow: GrowingBytes | undefined;
  readonly #kinds = new Kinds();
  /** How many analyses were read, the kind of each and its codes. */
  #count = 0;
  readonly #kindOf = new Int32Array(maxViews);
  readonly #codesOf = new Int32Array(maxViews);
  /** The codes of the words of one, and the bounds of the folder that was found in its results. */
  readonly #codes = new Int32Array(2);
  readonly #found = new Int32Array(2);
  /** The bounds of the first such folder. */
  #folder = -1;
  #folderEnd = -1;
  /** Whether there are results that are texts, in which another folder may be named before that one. */
  #hasTexts = false;

  /** Of the recording of this name. */
  constructor(file: string) {
    const flow = pieceOf(keyOfStandIn('flow', file));
    // A text with other bytes may be written otherwise as a part of another one.
    this.#flow = flow.bytes.subarray(0, flow.end).every((byte) => byte < 0x80) ? flow : undefined;
  }

  /** Behind the object of analyses at `from`. */
  takeMembers(text: ByteView, from: number): number {
    const { bytes } = text;
    const { names } = this.#kinds;
    this.#count = 0;
    this.#folder = this.#folderEnd = -1;
    this.#hasTexts = false;
    let at = skipBlanks(bytes, from + 1);
    if (bytes[at] === closeObject) return at + 1;
    for (; at >= 0; this.#count += 1) {
      const kind = names.read(text, at, this.#count);
      if (kind < 0 || this.#count === maxViews || this.#isKnown(kind)) return unproved;
      this.#kindOf[this.#count] = kind;
      at = this.#takeMember(text, names.behind);
      if (at < 0) return unproved;
      at = toNext(bytes, at);
    }
    return at === unproved ? unproved : -at - 1;
  }

  #isKnown(kind: number): boolean {
    for (let nth = 0; nth < this.#count; nth += 1) if (this.#kindOf[nth] === kind) return true;
    return false;
  }

  /** Behind the analysis at `from`, its codes noted. */
  #takeMember(text: ByteView, from: number): number {
    const { bytes } = text;
    if (bytes[from] !== openObject) return unproved;
    const codes = this.#codes;
    codes[member.state] = codes[member.resolution] = 0;
    this.#codesOf[this.#count] = 0;
    let known = 0;
    let at = skipBlanks(bytes, from + 1);
    if (bytes[at] === closeObject) return at + 1;
    for (let nth = 0; at >= 0; nth += 1) {
      const name = memberNames.read(text, at, nth);
      at = memberNames.behind;
      if (name === otherName) at = skipValue(text, at);
      else {
        if (name < 0 || at < 0 || (known & (1 << name)) !== 0) return unproved;
        known |= 1 << name;
        at = name === member.results ? this.#takeResults(text, at) : takeWord(text, at, codes, name);
      }
      if (at < 0) return unproved;
      at = toNext(bytes, at);
    }
    const state = codes[member.state]!;
    const resolution = codes[member.resolution] === asState ? state : codes[member.resolution]!;
    this.#codesOf[this.#count] = state | (resolution << codeBits);
    return at === unproved || state === asState ? unproved : -at - 1;
  }

  /** Behind the results at `from`, with the folder that they name. */
  #takeResults(text: ByteView, from: number): number {
    const { bytes } = text;
    if (bytes[from] === quote) this.#hasTexts = true;
    if (bytes[from] !== openObject) return skipValue(text, from);
    const found = this.#found;
    found[0] = -1;
    let isNamed = false;
    let at = skipBlanks(bytes, from + 1);
    if (bytes[at] === closeObject) return at + 1;
    for (let nth = 0; at >= 0; nth += 1) {
      const name = resultNames.read(text, at, nth);
      at = resultNames.behind;
      if (name === otherName) at = skipValue(text, at);
      else {
        if (name < 0 || at < 0 || isNamed) return unproved;
        isNamed = true;
        at = takeText(text, at, found, 0);
      }
      if (at < 0) return unproved;
      at = toNext(bytes, at);
    }
    if (this.#folder < 0) {
      this.#folder = found[0];
      this.#folderEnd = found[1]!;
    }
    return at === unproved ? unproved : -at - 1;
  }

  /**
   * Whether the callback can be taken whose analyses were read last, and is in `packed` and `text` then. `found`: what else
   * was found in it; `asked`: the folder of its request.
   */
  take(
    text: ByteView,
    found: Int32Array,
    asked: { readonly folder: number; readonly folderEnd: number },
    packed: Packed,
  ): boolean {
    let [folder, folderEnd] = [found[part.folder]!, found[part.folder + 1]!];
    if (folder < 0) {
      if (this.#hasTexts) return false;
      [folder, folderEnd] =
        this.#folder < 0 ? [asked.folder, asked.folderEnd] : [this.#folder, this.#folderEnd];
    }
    const session = found[part.session]!;
    const [from, to] = session < 0 ? [folder, folderEnd] : [session, found[part.session + 1]!];
    const beginning = from >= 0 ? (session < 0 ? ofFolder : ofSession) : this.#flow;
    if (!beginning) return false;
    const names = this.text;
    const idLength = folder < 0 ? 0 : folderEnd - folder;
    const keyLength = beginning.end + (from < 0 ? 0 : to - from);
    names.reserve(1 + keyLength + idLength + this.#count * (keyLength + perAnalysis));
    names.bytes[0] = standInMark;
    copy(beginning, 0, beginning.end, names, 1);
    if (from >= 0) copy(text, from, to, names, 1 + beginning.end);
    names.end = 1 + keyLength;
    packed[slot.folder] = 0;
    packed[slot.folder + 1] = names.end;
    packed[slot.folderId] = folder < 0 ? -1 : names.end;
    if (folder >= 0) copy(text, folder, folderEnd, names, names.end);
    names.end += idLength;
    packed[slot.folderId + 1] = names.end;
    packed[slot.status] = packed[slot.system] = packed[slot.complete] = packed[slot.wholeGroup] = 0;
    packed[slot.views] = this.#count;
    for (let nth = 0; nth < this.#count; nth += 1) this.#name(nth, keyLength, packed);
    return true;
  }

  /** Notes the analysis of this number, with the names that it has in the folder whose key is so long. */
  #name(nth: number, keyLength: number, packed: Packed): void {
    const names = this.text;
    const beginning = this.#kinds.beginnings[this.#kindOf[nth]!]!;
    const kind = this.#kinds.kinds[this.#kindOf[nth]!]!;
    const view = firstView + nth * viewSize;
    packed[view + viewSlot.id] = names.end;
    copy(beginning, 0, beginning.end, names, names.end);
    copy(names, 1, 1 + keyLength, names, names.end + beginning.end);
    names.end += beginning.end + keyLength;
    packed[view + viewSlot.id + 1] = names.end;
    packed[view + viewSlot.kind] = names.end;
    copy(kind, 0, kind.end, names, names.end);
    names.end += kind.end;
    packed[view + viewSlot.kind + 1] = names.end;
    packed[view + viewSlot.group] = packed[view + viewSlot.folder] = -1;
    packed[view + viewSlot.codes] = this.#codesOf[nth]!;
  }
}

/** Copies the text at these bounds to `at`, and up to three bytes behind it. */
function copy({ view }: ByteView, from: number, to: number, into: ByteView, at: number): void {
  for (let nth = 0; from + nth < to; nth += 4)
    into.view.setInt32(at + nth, view.getInt32(from + nth, true), true);
}
