import { highBits, lastMasks, type ByteView } from './byte-view.ts';
import { IntRecords } from './int-records.ts';
import { textOf } from './byte-text.ts';

/** Texts are kept in numbers of four bytes, the last filled up with zeros: so many on the first page, and at most. */
const firstPageFours = 1 << 10;
const pageBits = 20;
const pageFours = 1 << pageBits;

/** Where on its page a text has its number, its length in bytes, and the first of them. */
const field = { number: 0, length: 1, bytes: 2 } as const;

/** Texts as bytes, one behind the other, numbered from 0 in the order in which they were added. */
export class ByteList {
  /** Each page is twice as large as the one before, up to a limit, so that growing copies nothing. */
  readonly #pages: Int32Array[] = [new Int32Array(firstPageFours)];
  #free = 0;
  /** The place of each text: the number of its page above `pageBits`, and where it begins there. */
  readonly #places = new IntRecords(1);

  get size(): number {
    return this.#places.size;
  }

  /** Adds a text, also if it is there; its number. */
  add({ view }: ByteView, from: number, to: number): number {
    const fours = field.bytes + Math.ceil((to - from) / 4);
    let page = this.#pages.at(-1)!;
    if (this.#free + fours > page.length) {
      page = new Int32Array(Math.max(Math.min(2 * page.length, pageFours), fours));
      this.#pages.push(page);
      this.#free = 0;
    }
    const start = this.#free;
    const number = this.#places.add(((this.#pages.length - 1) << pageBits) | start);
    page[start + field.number] = number;
    page[start + field.length] = to - from;
    let into = start + field.bytes;
    let at = from;
    for (; at + 4 <= to; at += 4, into += 1) page[into] = view.getInt32(at, true);
    if (at < to) page[into] = view.getInt32(at, true) & lastMasks[to - at]!;
    this.#free += fours;
    return number;
  }

  /** Whether the text is the one of this number. */
  is(number: number, chunk: ByteView, from: number, to: number): boolean {
    return this.standsAt(this.placeOf(number), chunk, from, to);
  }

  /** Where the text of this number is. */
  placeOf(number: number): number {
    return this.#places.get(number, 0);
  }

  /** The number of the text at this place. */
  numberAt(place: number): number {
    return this.#pages[place >>> pageBits]![(place & (pageFours - 1)) + field.number]!;
  }

  /** Whether the text is the one at this place. */
  standsAt(place: number, { view }: ByteView, from: number, to: number): boolean {
    const page = this.#pages[place >>> pageBits]!;
    const start = place & (pageFours - 1);
    if (page[start + field.length] !== to - from) return false;
    let kept = start + field.bytes;
    let at = from;
    for (; at + 4 <= to; at += 4, kept += 1) if (page[kept] !== view.getInt32(at, true)) return false;
    return at === to || page[kept] === (view.getInt32(at, true) & lastMasks[to - at]!);
  }

  /** The text of this number. */
  textOf(number: number): string {
    return textOf(this.bytesOf(number));
  }

  /** The bytes of the text of this number. */
  bytesOf(number: number): Uint8Array {
    const { page, begin, length } = this.#kept(number);
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; at += 1) bytes[at] = page[begin + (at >> 2)]! >>> (8 * (at & 3));
    return bytes;
  }

  /** The first byte of the text of this number; of one without any it is 0. */
  firstByteOf(number: number): number {
    const { page, begin, length } = this.#kept(number);
    return length === 0 ? 0 : page[begin]! & 0xff;
  }

  /**
   * The texts of `count` numbers from `first` on, in a fraction of the time that one after the other takes. A first byte that
   * is `mark` is left out.
   */
  textsOf(first: number, count: number, mark?: number): readonly string[] {
    const kept = Array.from({ length: count }, (_, at) => this.#kept(first + at));
    const skips = kept.map((_, at) => (this.firstByteOf(first + at) === mark ? 1 : 0));
    const bytes = new Uint8Array(kept.reduce((sum, { fours }) => sum + 4 * fours, 0));
    const view = new DataView(bytes.buffer);
    let at = 0;
    let wide = 0;
    for (const [nth, { page, begin, fours }] of kept.entries()) {
      let cut = skips[nth] === 1 ? ~0xff : -1;
      for (let four = begin; four < begin + fours; four += 1, at += 4, cut = -1) {
        view.setInt32(at, page[four]! & cut, true);
        wide |= page[four]! & cut;
      }
    }
    // Only where each byte is a character by itself can the texts be cut out of one.
    if ((wide & highBits) !== 0)
      return skips.map((skip, nth) => textOf(this.bytesOf(first + nth).subarray(skip)));
    const together = textOf(bytes);
    let from = 0;
    return kept.map(({ fours, length }, nth) => {
      from += 4 * fours;
      return together.slice(from - 4 * fours + skips[nth]!, from - 4 * fours + length);
    });
  }

  /** Where the bytes of this number are. */
  #kept(number: number) {
    const place = this.placeOf(number);
    const page = this.#pages[place >>> pageBits]!;
    const start = place & (pageFours - 1);
    const length = page[start + field.length]!;
    return { page, begin: start + field.bytes, length, fours: Math.ceil(length / 4) };
  }
}
