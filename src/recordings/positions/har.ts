import { chunkOf, highBits, slack, zeroMarks } from '../../observations/packed/chunk.ts';
import { entriesPointer } from '../values/har.ts';
import type { HarHold } from '../scan/har-hold.ts';
import { HarScanner } from '../scan/har-entries.ts';
import { lineFeed } from '../json/bytes.ts';
import { placesIn, TextLines } from '../json/places.ts';
import { skipValue, unproved, withinDocument } from '../json/skip.ts';

/** Where a value of a HAR stands: 1-based, in lines and UTF-16 code units, with the pointer of what is there. */
export interface HarPlace {
  readonly line: number;
  readonly column: number;
  readonly pointer: string;
}

const inEntry = new RegExp(`^${entriesPointer}/(\\d+)(.*)$`, 's');
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * The places of values that stand in entries of a HAR, by their pointers; undefined where the input held is none, or
 * one of them is not in an entry. Only entries in which something is wanted are read, and where `begins` says where
 * entries begin, only they are looked at.
 */
export function harPlaces(
  hold: HarHold,
  pointers: ReadonlySet<string>,
  nameOf: (key: string) => string,
  begins?: Int32Array,
): ReadonlyMap<string, HarPlace> | undefined {
  const wanted = new Map<number, string[]>();
  for (const pointer of pointers) {
    const [, entry = '', rest = ''] = inEntry.exec(pointer) ?? [];
    if (entry === '') return undefined;
    const others = wanted.get(Number(entry));
    if (others) others.push(rest);
    else wanted.set(Number(entry), [rest]);
  }
  const entries = [...wanted.keys()].toSorted((one, other) => one - other);
  const bounds = (begins && boundsFrom(hold, entries, begins)) ?? boundsOf(hold, wanted);
  if (bounds.length < wanted.size) return undefined;
  const places = new Map<string, HarPlace>();
  const ruler = new Ruler(hold);
  for (const { entry, from, to } of bounds) {
    ruler.goTo(from);
    const text = decoder.decode(hold.padded.subarray(from, to));
    const prefix = `${entriesPointer}/${entry}`;
    const found = [...placesIn(text, wanted.get(entry)!, nameOf)];
    const lines = ruler.linesOf(text);
    for (const [rest, { offset, pointer }] of found.toSorted(([, one], [, two]) => one.offset - two.offset)) {
      places.set(prefix + rest, { ...lines.placeAt(offset), pointer: prefix + pointer });
    }
  }
  return places;
}

/** An entry and where it stands. */
interface Bounds {
  readonly entry: number;
  readonly from: number;
  readonly to: number;
}

/** The entries, in order, that begin where they did; undefined where one of them is a value no longer. */
function boundsFrom(
  hold: HarHold,
  entries: readonly number[],
  begins: Int32Array,
): readonly Bounds[] | undefined {
  const text = chunkOf(hold.padded);
  const bounds = withinDocument(() =>
    entries.map((entry) => {
      const from = begins[entry] ?? hold.length;
      return { entry, from, to: from < hold.length ? skipValue(text, from) : unproved };
    }),
  );
  return bounds.every(({ to }) => to !== unproved) ? bounds : undefined;
}

/** The entries that are wanted, in the order of the file; none if the input is no HAR. */
function boundsOf(hold: HarHold, wanted: ReadonlyMap<number, unknown>): readonly Bounds[] {
  const bounds: Bounds[] = [];
  let entry = 0;
  const scanner = new HarScanner(chunkOf(hold.padded), (from, to) => {
    if (wanted.has(entry)) bounds.push({ entry, from, to });
    entry += 1;
  });
  return scanner.scan(hold.begin) === hold.length ? bounds : [];
}

/** Counts lines, and UTF-16 code units in the last of them, up to a place that only goes forward. */
class Ruler {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at: number;
  #line = 1;
  #units = 0;

  constructor(hold: HarHold) {
    this.#bytes = hold.padded;
    this.#view = chunkOf(hold.padded).view;
    this.#at = hold.begin;
  }

  goTo(place: number): void {
    let at = this.#at;
    while (at < place) {
      const last = place - slack;
      // Four bytes at once: whether one of them is a line feed, or not ASCII.
      const four = at <= last ? this.#view.getInt32(at, true) : -1;
      if (((zeroMarks(four ^ 0x0a0a0a0a) | four) & highBits) !== 0) {
        this.#step(this.#bytes[at]!);
        at += 1;
      } else {
        this.#units += 4;
        at += 4;
      }
    }
    this.#at = place;
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
