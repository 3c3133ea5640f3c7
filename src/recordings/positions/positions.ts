import type { Where } from '../../observations/observation.ts';
import { unpack } from '../io/gzip.ts';
import { HarHold } from './har-hold.ts';
import { entriesIn, HarPlaces, inEntries } from './har.ts';
import { HeldText, passBlank } from '../lines/held-text.ts';
import { placesIn, TextLines } from '../json/places.ts';
import { JsonScanner } from '../json/syntax.ts';
import { LineSplitter, withoutByteOrderMark, type Line } from '../lines/splitter.ts';
import type { Naming } from '../io/naming.ts';
import type { LineMark, LineMarks } from '../lines/marks.ts';
import { limitsOf, type ReadLimits, type ReadOptions } from '../options.ts';
import { lineFeed, newline } from '../json/bytes.ts';

/** A place in a recording as the reader gives it: the line where a value begins, and a pointer into it. */
export type Pointed = Where & { readonly pointer: string };

/** Whether the place is that of a value whose line and column can be looked up. */
export function isPointed(where: Where): where is Pointed {
  return where.pointer !== undefined && where.column === undefined;
}

/**
 * The places with line and column, looked up in the bytes of their file, plain or gzip. A place that cannot be found
 * again, because the file is no longer what was read, is left out. Reads no further than the last place, and passes
 * over lines between `marks` in which nothing is wanted; the bytes begin at `from`.
 */
export async function findPositions(
  chunks: AsyncIterable<Uint8Array>,
  places: Iterable<Pointed>,
  options: ReadOptions & { readonly naming: Naming; readonly from?: LineMark },
): Promise<ReadonlyMap<Pointed, Where>> {
  const search = new Search(places, options);
  const limits = limitsOf(options);
  for await (const piece of unpack(chunks, limits.maxUnpackedBytes)) {
    if ('bytes' in piece) search.push(piece.bytes);
    if (search.isDone) break;
  }
  search.end();
  return search.found;
}

/** Holds each value in which something is wanted, from its first line to its end. */
class Search {
  readonly found = new Map<Pointed, Where>();
  readonly #wanted = new Map<number, Pointed[]>();
  readonly #limits: ReadLimits;
  readonly #naming: Naming;
  readonly #splitter: LineSplitter;
  #held: HeldText | null = null;
  #scanner: JsonScanner;
  /** The input from its beginning, as long as it may be a HAR in which all is that is wanted. */
  #har: HarHold | null;
  /** The places in the entries of a HAR of which is known where they begin. */
  readonly #entries: HarPlaces | undefined;
  readonly #marks: LineMarks | undefined;
  /** The lines where something is wanted, in order; before the first comes none. */
  readonly #lines: readonly number[];
  /** Which of them is the next. */
  #next = 0;
  /** How many bytes to pass over. */
  #ahead = 0;

  constructor(
    places: Iterable<Pointed>,
    options: ReadOptions & { readonly naming: Naming; readonly from?: LineMark },
  ) {
    for (const place of places) {
      const line = place.line ?? 1;
      const others = this.#wanted.get(line);
      if (others) others.push(place);
      else this.#wanted.set(line, [place]);
    }
    this.#lines = [0, ...this.#wanted.keys()].toSorted((one, other) => one - other);
    this.#limits = limitsOf(options);
    this.#naming = options.naming;
    this.#marks = options.marks;
    this.#scanner = new JsonScanner(this.#limits.maxDepth);
    const mayBeHar = this.#wanted.size === 1 && this.#wanted.has(1);
    const begins = mayBeHar ? options.marks?.entries : undefined;
    this.#entries = (begins && this.#placesIn(begins)) || undefined;
    this.#har = mayBeHar && !this.#entries ? new HarHold(this.#limits.maxDocumentBytes) : null;
    this.#splitter = new LineSplitter(this.#limits.maxDocumentBytes, (line) => {
      this.#take(this.#held ? line : withoutByteOrderMark(line));
    });
    if (options.from) this.#splitter.skipTo(options.from);
  }

  get isDone(): boolean {
    return this.#wanted.size === 0 || this.#entries?.isDone === true;
  }

  /** A search in entries that begin there, if all that is wanted is in entries. */
  #placesIn(begins: readonly number[]): HarPlaces | false | undefined {
    const wanted = inEntries(new Set(this.#wanted.get(1)!.map(({ pointer }) => pointer)));
    const areThere = wanted && [...wanted.keys()].every((entry) => entry < begins.length);
    return areThere && new HarPlaces(wanted, begins, this.#limits, (key) => this.#naming.key(key));
  }

  push(bytes: Uint8Array): void {
    if (this.#entries) {
      this.#entries.push(bytes);
      return;
    }
    if (this.#har?.take(bytes)) return;
    this.#letGo();
    this.#search(bytes);
  }

  /** Searches what was held for a HAR in the ordinary way. */
  #letGo(): void {
    const held = this.#har?.bytes;
    this.#har = null;
    if (held) this.#search(held);
  }

  #search(bytes: Uint8Array): void {
    let at = this.#pass(0, bytes.length);
    while (at < bytes.length) {
      let next = passBlank(this.#splitter, this.#held, this.#limits, bytes, at);
      if (next === at) {
        const end = bytes.indexOf(lineFeed, at);
        next = end === -1 ? bytes.length : end + 1;
        // Whole lines in which nothing is wanted are counted and not looked at.
        if (end !== -1 && this.#isIdle) this.#splitter.pass(next - at);
        else this.#splitter.push(bytes.subarray(at, next));
      }
      at = this.#pass(next, bytes.length);
    }
  }

  /** Passes from `at` to the mark of the next line in which something is wanted, if that is ahead, as far as `end`. */
  #pass(at: number, end: number): number {
    const mark = this.#ahead === 0 ? this.#markAhead() : undefined;
    if (mark) {
      this.#ahead = mark.offset - this.#splitter.offset;
      this.#splitter.skipTo(mark);
    }
    const passed = Math.min(this.#ahead, end - at);
    this.#ahead -= passed;
    return at + passed;
  }

  #markAhead(): LineMark | undefined {
    const { lines, offset } = this.#splitter;
    if (this.#held || this.#splitter.isWithin || this.#lines[this.#next]! > lines) return undefined;
    while (this.#lines[this.#next]! <= lines) this.#next += 1;
    const line = this.#lines[this.#next];
    const mark = line === undefined ? undefined : this.#marks?.before(line);
    return mark && mark.offset > offset ? mark : undefined;
  }

  get #isIdle(): boolean {
    return !this.#held && !this.#splitter.isWithin && !this.#wanted.has(this.#splitter.lines + 1);
  }

  end(): void {
    if (this.#har && this.#searchEntries(this.#har)) return;
    if (this.#entries) this.#note(this.#entries);
    this.#letGo();
    this.#splitter.end();
  }

  /** Whether all that is wanted is in entries of the HAR that is held, and was looked for there. */
  #searchEntries(hold: HarHold): boolean {
    const begins = entriesIn(hold);
    const places = begins && this.#placesIn(begins);
    if (!places) return false;
    places.push(hold.bytes);
    return this.#note(places);
  }

  /** Notes what was found in entries; whether that is all. */
  #note({ found }: HarPlaces): boolean {
    const places = this.#wanted.get(1)!;
    for (const where of places) {
      const place = found.get(where.pointer);
      if (place) this.found.set(where, { file: where.file, ...place });
    }
    return places.every(({ pointer }) => found.has(pointer));
  }

  #take({ number, bytes }: Line): void {
    if (!this.#held && this.#wanted.has(number)) {
      this.#held = new HeldText(number);
      this.#scanner = new JsonScanner(this.#limits.maxDepth);
    }
    const held = this.#held;
    if (!held) return;
    if (!bytes || held.length + bytes.length > this.#limits.maxDocumentBytes) {
      this.#drop(held);
      return;
    }
    held.add(bytes);
    this.#scanner.feed(bytes);
    this.#scanner.feed(newline);
    const { status } = this.#scanner;
    if (status === 'complete') this.#locate(held);
    if (status !== 'open' && status !== 'empty') this.#drop(held);
  }

  #drop(held: HeldText): void {
    this.#wanted.delete(held.firstLine);
    this.#held = null;
  }

  #locate({ firstLine, text }: HeldText): void {
    const wanted = this.#wanted.get(firstLine) ?? [];
    const placed = placedIn(new TextDecoder().decode(text), wanted, firstLine, (key) =>
      this.#naming.key(key),
    );
    for (const [where, place] of placed) this.found.set(where, place);
  }
}

/**
 * Where in a JSON text that begins on `firstLine` the pointers of the places lead, with line and column. `nameOf` says
 * what a pointer calls a key.
 */
export function placedIn(
  text: string,
  places: readonly Pointed[],
  firstLine = 1,
  nameOf?: (key: string) => string,
): ReadonlyMap<Pointed, Where> {
  const pointers = places.map(({ pointer }) => pointer);
  const named = placesIn(text, pointers, nameOf);
  const byOffset = places
    .map((where) => ({ where, ...named.get(where.pointer)! }))
    .toSorted((one, other) => one.offset - other.offset);
  const found = new Map<Pointed, Where>();
  const lines = new TextLines(text, firstLine);
  for (const { where, offset, pointer } of byOffset) {
    found.set(where, { file: where.file, ...lines.placeAt(offset), pointer });
  }
  return found;
}
