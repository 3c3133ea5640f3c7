import { byteViewOf } from '../../observations/packed/byte-text.ts';
import { highBits, slack, zeroMarks, type ByteView } from '../../observations/packed/byte-view.ts';
import { entriesPointer } from '../values/har.ts';
import type { HarHold } from './har-hold.ts';
import { HarScanner } from '../scan/har-entries.ts';
import { closeList, comma, lineFeed } from '../json/bytes.ts';
import { placesIn, TextLines } from '../json/places.ts';
import { skipBlanks, skipValue, withinDocument } from '../json/skip.ts';
import { HeldText } from '../lines/held-text.ts';
import { ValueEnd } from '../json/value-end.ts';
import { byteOrderMark } from '../lines/splitter.ts';

/** Where a value of a HAR stands: 1-based, in lines and UTF-16 code units, with the pointer of what is there. */
export interface HarPlace {
  readonly line: number;
  readonly column: number;
  readonly pointer: string;
}

const inEntry = new RegExp(`^${entriesPointer}/(\\d+)(.*)$`, 's');
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The pointers within entries by the numbers of these; undefined where one of them is not in an entry. */
export function inEntries(pointers: ReadonlySet<string>): ReadonlyMap<number, readonly string[]> | undefined {
  const wanted = new Map<number, string[]>();
  for (const pointer of pointers) {
    const [, entry = '', rest = ''] = inEntry.exec(pointer) ?? [];
    if (entry === '') return undefined;
    const others = wanted.get(Number(entry));
    if (others) others.push(rest);
    else wanted.set(Number(entry), [rest]);
  }
  return wanted;
}

/** Where the entries of the HAR begin that is held; undefined if it is none. */
export function entriesIn(hold: HarHold): readonly number[] | undefined {
  const text = byteViewOf(hold.padded);
  const { bytes } = text;
  const scanner = new HarScanner();
  const begins: number[] = [];
  return withinDocument(() => {
    let at = scanner.head(text, hold.begin);
    if (at < 0) return undefined;
    at = skipBlanks(bytes, at);
    while (bytes[at] !== closeList || begins.length > 0) {
      begins.push(at);
      const behind = skipValue(text, at);
      if (behind < 0) return undefined;
      at = skipBlanks(bytes, behind);
      if (bytes[at] === closeList) break;
      if (bytes[at] !== comma) return undefined;
      at = skipBlanks(bytes, at + 1);
    }
    const behind = scanner.tail(text, at + 1);
    return behind >= 0 && skipBlanks(bytes, behind) === hold.length ? begins : undefined;
  });
}

/** Finds the places of values in entries of a HAR, by their pointers, in a text that comes bit by bit. */
export class HarPlaces {
  readonly found = new Map<string, HarPlace>();
  readonly #wanted: ReadonlyMap<number, readonly string[]>;
  readonly #begins: readonly number[];
  readonly #maxDepth: number;
  readonly #nameOf: (key: string) => string;
  /** The entries in which something is wanted, the next of them first. */
  readonly #next: number[];
  readonly #ruler = new Ruler();
  #offset = 0;
  #end: ValueEnd | undefined;
  #held = new HeldText(1);

  /** `begins`: where entries begin. */
  constructor(
    wanted: ReadonlyMap<number, readonly string[]>,
    begins: readonly number[],
    { maxDepth }: { readonly maxDepth: number },
    nameOf: (key: string) => string,
  ) {
    this.#wanted = wanted;
    this.#begins = begins;
    this.#maxDepth = maxDepth;
    this.#nameOf = nameOf;
    this.#next = [...wanted.keys()]
      .filter((entry) => entry < begins.length)
      .toSorted((one, other) => one - other);
  }

  /** Whether nothing more is looked for. */
  get isDone(): boolean {
    return this.#next.length === 0;
  }

  /** Takes the next bytes. */
  push(bytes: Uint8Array): void {
    const chunk = byteViewOf(bytes);
    let at = 0;
    while (at < bytes.length && !this.isDone) {
      const begin = this.#begins[this.#next[0]!]! - this.#offset;
      if (!this.#end && begin > at) {
        const to = Math.min(begin, bytes.length);
        this.#ruler.pass(chunk, at, to);
        at = to;
        continue;
      }
      at = this.#take(chunk, at);
    }
    this.#offset += bytes.length;
  }

  /** Holds the entry that is wanted up to its end; behind it, or behind the bytes. */
  #take(chunk: ByteView, from: number): number {
    const { bytes } = chunk;
    const end = (this.#end ??= new ValueEnd(this.#maxDepth, 0));
    const before = this.#held.length;
    this.#held.addAll(bytes.subarray(from), 0);
    end.read(this.#held.whole);
    if (end.is === 'open') return bytes.length;
    const entry = this.#next.shift()!;
    const behind = end.is === 'found' ? from + end.end - before : bytes.length;
    if (end.is === 'found') this.#locate(entry, decoder.decode(this.#held.whole.subarray(0, end.end)));
    this.#ruler.pass(byteViewOf(this.#held.whole), 0, end.is === 'found' ? end.end : this.#held.length);
    this.#end = undefined;
    this.#held = new HeldText(1);
    return behind;
  }

  #locate(entry: number, text: string): void {
    const prefix = `${entriesPointer}/${entry}`;
    const found = [...placesIn(text, this.#wanted.get(entry)!, this.#nameOf)];
    const lines = this.#ruler.linesOf(text);
    for (const [rest, { offset, pointer }] of found.toSorted(([, one], [, two]) => one.offset - two.offset)) {
      this.found.set(prefix + rest, { ...lines.placeAt(offset), pointer: prefix + pointer });
    }
  }
}

/** Counts lines, and UTF-16 code units in the last of them, up to a place that only goes forward. */
class Ruler {
  #line = 1;
  #units = 0;
  /** Whether a mark may come with which some programs begin a text. */
  #isFirst = true;

  /** Goes over the next bytes. */
  pass({ bytes, view }: ByteView, from: number, to: number): void {
    let at = from;
    if (this.#isFirst && byteOrderMark.every((byte, nth) => bytes[from + nth] === byte))
      at += byteOrderMark.length;
    this.#isFirst = false;
    const last = to - slack;
    while (at < to) {
      // Four bytes at once: whether one of them is a line feed, or not ASCII.
      const four = at <= last ? view.getInt32(at, true) : -1;
      if (((zeroMarks(four ^ 0x0a0a0a0a) | four) & highBits) !== 0) {
        this.#step(bytes[at]!);
        at += 1;
      } else {
        this.#units += 4;
        at += 4;
      }
    }
  }

  #step(byte: number): void {
    if (byte === lineFeed) {
      this.#line += 1;
      this.#units = 0;
    } else if (byte < 0x80 || byte >= 0xc0) this.#units += byte >= 0xf0 ? 2 : 1;
  }

  /** The lines of a text that begins where the ruler stands. */
  linesOf(text: string): TextLines {
    return new TextLines(text, this.#line, this.#units);
  }
}
