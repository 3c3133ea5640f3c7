/**
 * Reads a HAR of any size, entry by entry, as `readHar` reads one as a whole.
 *
 * Its bytes are held up to `maxHeld`. As long as all are, nothing is handed on: what turns out to be no HAR is read in the
 * ordinary way, and the entries of one that is are put in the order in which they ended. Of a longer one those that
 * ended first are handed on and let go of, again and again. So entries are in order as far as what stands between them is
 * held; where one has ended before others that were handed on, that is noted, and it is judged when it comes.
 */
import { byteViewOf } from '../../observations/packed/byte-text.ts';
import { slack, type ByteView } from '../../observations/packed/byte-view.ts';
import { closeList, comma, lineFeed } from '../json/bytes.ts';
import { skipBlanks, unproved, withinDocument } from '../json/skip.ts';
import { ValueEnd } from '../json/value-end.ts';
import { HarAnswers } from '../scan/har-answers.ts';
import type { Context } from '../values/context.ts';
import { byteOrderMark } from '../lines/splitter.ts';
import { HarBeginning } from '../lines/har-beginning.ts';
import { HarEntries, type HarOptions } from './har-entries.ts';

/** What is held of a HAR at most, as long as no single entry is longer. */
export const maxHeldOfHar = 16 * 1024 * 1024;

/** What came of the bytes of a HAR. */
export type HarEnd =
  /** It is none, or one that is told apart from others at once: all bytes have to be read in the ordinary way. */
  | { readonly is: 'none'; readonly held: Uint8Array }
  /** It has ended; what is behind it is something else, and begins with this line. */
  | { readonly is: 'read'; readonly lines: number; readonly rest: Uint8Array }
  /** It broke off, or there is more in it than may be held. */
  | { readonly is: 'broken'; readonly lines: number };

/** How far a HAR has come. */
type Phase = 'beginning' | 'head' | 'first' | 'value' | 'after' | 'tail' | 'over';

/** One HAR, from the beginning of an input. */
export class HarStream {
  /** Not undefined: nothing more is taken. */
  result: HarEnd | undefined;
  readonly #beginning = new HarBeginning();
  readonly #answers: HarAnswers;
  readonly #entries: HarEntries;
  readonly #maxHeld: number;
  readonly #maxEntry: number;
  #chunk: ByteView = byteViewOf(new Uint8Array(1024));
  #length = 0;
  /** How many line feeds have come. */
  #newlines = 0;
  #phase: Phase = 'beginning';
  /** All before it has been looked at. */
  #at = 0;
  /** Nothing is looked at again before so much has come. */
  #due = 0;
  #end: ValueEnd | undefined;
  /** Whether nothing more comes. */
  #isEnded = false;
  /** What is missing where it broke off. */
  #expected = '';
  readonly #read = (): void => {
    while (this.#step());
  };

  constructor(context: Context, options: HarOptions) {
    this.#maxHeld = options.maxHeld ?? maxHeldOfHar;
    this.#maxEntry = options.maxEntry;
    this.#answers = new HarAnswers(context);
    this.#entries = new HarEntries(context, this.#answers, options);
  }

  /** Where each entry begins in the input. */
  get begins(): readonly number[] {
    return this.#entries.begins;
  }

  /** How many bytes have come. */
  get bytes(): number {
    return this.#entries.gone + this.#length;
  }

  /** Takes the next bytes. */
  push(bytes: Uint8Array): void {
    this.#hold(bytes);
    if (this.#phase === 'beginning') {
      this.#beginning.take(bytes);
      if (this.#beginning.isHar === false) this.#fail();
      if (this.#beginning.isHar !== true) return;
      this.#phase = 'head';
      this.#at = byteOrderMark.every((byte, at) => this.#chunk.bytes[at] === byte) ? byteOrderMark.length : 0;
    }
    withinDocument(this.#read);
    if (this.#length > this.#maxHeld && !this.result) this.#letGo();
  }

  /** Ends the input. */
  end(): HarEnd {
    if (!this.result && this.#phase !== 'beginning') {
      this.#isEnded = true;
      this.#due = 0;
      withinDocument(this.#read);
    }
    if (!this.result && this.#phase === 'over') {
      this.#entries.handOn(this.#chunk, this.#length, 0);
      this.result = { is: 'read', lines: this.#lines, rest: new Uint8Array(0) };
    }
    if (!this.result) this.#fail('the rest of the HAR');
    return this.result!;
  }

  /** How many lines have begun. */
  get #lines(): number {
    return this.#newlines + (this.#chunk.bytes[this.#length - 1] === lineFeed ? 0 : 1);
  }

  get #text(): Uint8Array {
    return this.#chunk.bytes.subarray(0, this.#length);
  }

  #hold(bytes: Uint8Array): void {
    const length = this.#length + bytes.length;
    if (length + slack > this.#chunk.bytes.length) {
      // Room that is not written to takes no memory where a system gives it page by page.
      const larger = new Uint8Array(Math.max(2 * length, Math.min(4 * length, this.#maxHeld)) + slack);
      larger.set(this.#text);
      this.#chunk = byteViewOf(larger);
    }
    this.#chunk.bytes.set(bytes, this.#length);
    this.#length = length;
    this.#newlines += newlinesIn(bytes);
    this.#chunk.bytes.fill(0, length, length + slack);
  }

  /** Goes on by one step; false where more has to come. */
  #step(): boolean {
    if (this.result || this.#length < this.#due) return false;
    switch (this.#phase) {
      case 'head':
        return this.#goTo(this.#answers.scanner.head(this.#chunk, this.#at), 'first');
      case 'tail':
        return this.#goTo(this.#answers.scanner.tail(this.#chunk, this.#at), 'over');
      case 'over':
        return this.#isOver();
      default:
        return this.#inList();
    }
  }

  #goTo(behind: number, phase: Phase): boolean {
    // What is looked at from its beginning each time is looked at when twice as much has come.
    this.#due = behind < 0 ? this.#at + 2 * (this.#length - this.#at) : 0;
    if (behind < 0) return false;
    this.#phase = phase;
    this.#at = behind;
    return true;
  }

  #inList(): boolean {
    const { bytes } = this.#chunk;
    const at = (this.#at = skipBlanks(bytes, this.#at));
    if (at >= this.#length) return false;
    if (this.#phase === 'after' || (this.#phase === 'first' && bytes[at] === closeList)) {
      if (bytes[at] !== comma && bytes[at] !== closeList)
        return this.#fail('"," or the end of the list of entries');
      return this.#goTo(at + 1, bytes[at] === comma ? 'value' : 'tail');
    }
    return this.#takeEntry(at);
  }

  #takeEntry(at: number): boolean {
    const { scanner } = this.#answers;
    let behind = this.#end ? unproved : scanner.entry(this.#chunk, at);
    if (behind < 0) {
      const end = (this.#end ??= new ValueEnd(this.#entries.depthLeft, at));
      end.read(this.#text);
      if (end.is === 'open' && !(this.#isEnded && end.endsWithText())) return false;
      if (end.is === 'broken') return this.#fail(end.expected);
      this.#end = undefined;
      behind = scanner.entry(this.#chunk, at);
      if (behind < 0) scanner.isFound = false;
      behind = end.end;
    }
    if (!this.#entries.add(this.#chunk, at, behind)) return this.#fail('UTF-8 text');
    return this.#goTo(behind, 'after');
  }

  /** Whether there is something behind the document; blanks may be. */
  #isOver(): boolean {
    const { bytes } = this.#chunk;
    const at = skipBlanks(bytes, this.#at);
    if (at >= this.#length) return false;
    const lineEnd = bytes.indexOf(lineFeed, this.#at);
    if (!this.#entries.isHandingOn || lineEnd < 0 || lineEnd > at) return this.#fail('nothing after the HAR');
    this.#entries.handOn(this.#chunk, this.#length, 0);
    const rest = bytes.slice(lineEnd + 1, this.#length);
    this.result = { is: 'read', lines: this.#newlines - newlinesIn(rest), rest };
    return false;
  }

  /** Hands on what ended first, and lets go of it and of all that is done with. */
  #letGo(): void {
    if (this.#phase === 'beginning' || this.#phase === 'head') {
      if (this.#length > this.#maxEntry) this.#fail();
      return;
    }
    const open = this.#length - this.#at;
    if (open > this.#maxEntry) {
      this.#fail(`an entry of at most ${this.#maxEntry} bytes (maxDocumentBytes)`);
      return;
    }
    if (this.#length - open < this.#maxHeld / 2) return;
    this.#entries.handOn(this.#chunk, this.#length, this.#maxHeld / 4);
    const kept = this.#entries.compact(this.#chunk, this.#at);
    this.#chunk.bytes.copyWithin(kept, this.#at, this.#length);
    this.#end?.moveTo(kept);
    this.#at = kept;
    this.#length = kept + open;
    this.#due = 0;
    this.#chunk.bytes.fill(0, this.#length, this.#length + slack);
  }

  #fail(expected = 'a HAR'): boolean {
    this.#expected = expected;
    this.result = this.#entries.isHandingOn ? this.#breakOff() : { is: 'none', held: this.#text };
    return false;
  }

  /** Hands on the entries before the place where the document breaks off, and reports that place. */
  #breakOff(): HarEnd {
    this.#entries.handOn(this.#chunk, this.#length, 0);
    const at = this.#end?.at ?? this.#at;
    const behind = this.#text.subarray(at);
    const line = this.#newlines - newlinesIn(behind) + 1;
    this.#entries.report({ line, at, isEnd: behind.length === 0 }, this.#expected);
    return { is: 'broken', lines: this.#lines };
  }

  /** Hands on the entries of a text that is neither a HAR nor anything else; false where there are none. */
  salvage(): boolean {
    if (this.result?.is !== 'none' || this.begins.length === 0) return false;
    this.result = this.#breakOff();
    return true;
  }
}

function newlinesIn(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(lineFeed); at >= 0; at = bytes.indexOf(lineFeed, at + 1)) count += 1;
  return count;
}
