/** The entries of a HAR that are held until it is their turn. */
import type { Source } from '../../observations/packed/packed.ts';
import type { ByteView } from '../../observations/packed/byte-view.ts';
import { closeObject, lineFeed } from '../json/bytes.ts';
import type { HarAnswer, HarAnswers } from '../scan/har-answers.ts';
import { Sources } from '../scan/sources.ts';
import { placeOf, type Context } from '../values/context.ts';
import { pointerTo } from '../../observations/where.ts';
import { entriesPointer, readContent, readEntry, reportNoEntries, type Entry } from '../values/har.ts';

/** What is known of the reading. */
export interface HarOptions {
  /** The longest entry. */
  readonly maxEntry: number;
  /** Whether answers may be taken in numbers. */
  readonly asNumbers: boolean;
  readonly maxHeld?: number;
}

/** An entry that is held. */
interface Held {
  /** Its place in the list. */
  readonly number: number;
  /** Where it stands in what is held. */
  from: number;
  to: number;
  /** What it answers in numbers; undefined where it is read as a value. */
  readonly answer: HarAnswer | 'otherRoute' | undefined;
  value: Entry | undefined;
  /** When it was complete. */
  end: number;
}

/** A document has so many levels around an entry. */
const levelsAround = 3;

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder();

/** The entries of one HAR, from its first to its last. */
export class HarEntries {
  /** Where each begins in the input. */
  readonly begins: number[] = [];
  /** Whether any were handed on before all had come. */
  isHandingOn = false;
  /** How deep an entry may nest. */
  readonly depthLeft: number;
  readonly #answers: HarAnswers;
  readonly #asNumbers: boolean;
  readonly #outer: Context;
  #context: Context | undefined;
  #sources: Sources | undefined;
  /** In the order of the document. */
  #held: Held[] = [];
  /** So many of them have been looked at. */
  #settled = 0;
  /** When the last entry had ended that was looked at, and that was handed on. */
  #lastEnd = -Infinity;
  #handedOn = -Infinity;
  /** How many bytes of the input have been let go of. */
  gone = 0;
  #isOrderReported = false;

  constructor(context: Context, answers: HarAnswers, { asNumbers }: HarOptions) {
    this.#outer = context;
    this.#answers = answers;
    this.#asNumbers = asNumbers;
    this.depthLeft = context.maxDepth - levelsAround;
  }

  /** Adds the entry at these bounds, which was scanned last; false where it is no text. */
  add(text: ByteView, from: number, to: number): boolean {
    const { isFound } = this.#answers.scanner;
    const answer = this.#asNumbers && isFound ? this.#answers.classify(text, from) : undefined;
    if (answer === undefined && !isText(text.bytes.subarray(from, to))) return false;
    const end = typeof answer === 'object' ? answer.end : NaN;
    this.#held.push({ number: this.begins.length, from, to, answer, value: undefined, end });
    this.begins.push(this.gone + from);
    return true;
  }

  /**
   * Hands on entries of a text of this length in the order in which they ended, all but the last ones that take `kept` bytes
   * together.
   */
  handOn(text: ByteView, length: number, kept: number): void {
    this.isHandingOn ||= kept > 0;
    const context = (this.#context ??= this.#contextIn(text.bytes.subarray(0, length)));
    this.#sources ??= new Sources(bodyPlaces(context));
    if (this.begins.length === 0) reportNoEntries(entriesPointer, context);
    this.#settle(text, context);
    const inOrder = this.#held.toSorted((one, other) => one.end - other.end);
    let room = kept;
    let count = inOrder.length;
    while (count > 0 && room >= inOrder[count - 1]!.to - inOrder[count - 1]!.from) {
      count -= 1;
      room -= inOrder[count]!.to - inOrder[count]!.from;
    }
    for (const entry of inOrder.slice(0, count)) this.#read(entry, text, context);
    this.#held = inOrder.slice(count).toSorted((one, other) => one.number - other.number);
    this.#settled = this.#held.length;
  }

  /** The context of entries in a document of one line or of several, as far as that is known. */
  #contextIn(bytes: Uint8Array): Context {
    const newline = bytes.indexOf(lineFeed);
    const isLine = newline < 0 || newline > bytes.lastIndexOf(closeObject);
    return isLine ? { ...this.#outer, line: 1 } : this.#outer;
  }

  /** Looks at all of the entries that have come since, but at their bodies. */
  #settle(text: ByteView, context: Context): void {
    const { out } = context;
    const isTurn = (entry: Held): boolean => {
      if (entry.answer === 'otherRoute' && !out.wantsRequests) out.ignoreRequest(undefined);
      else if (typeof entry.answer !== 'object') entry.value = this.#parse(entry, text, context);
      if (entry.value) entry.end = entry.value.end;
      return entry.value !== undefined || typeof entry.answer === 'object';
    };
    const known = this.#held.slice(0, this.#settled);
    const added = this.#held.slice(this.#settled).filter(isTurn);
    for (const entry of added) {
      // Of one of which nothing is known it was when the one before it had ended. Two infinities have no difference.
      this.#lastEnd = Number.isNaN(entry.end) ? this.#lastEnd : entry.end;
      entry.end = Math.max(this.#lastEnd, -Number.MAX_VALUE);
    }
    this.#held = [...known, ...added];
    this.#settled = this.#held.length;
  }

  #parse({ number, from, to }: Held, text: ByteView, context: Context): Entry | undefined {
    const value = JSON.parse(lenient.decode(text.bytes.subarray(from, to))) as unknown;
    return readEntry(value, pointerTo(entriesPointer, number), context);
  }

  #read(entry: Held, text: ByteView, context: Context): void {
    const { answer, end } = entry;
    if (end < this.#handedOn) this.#reportOrder(entry, context);
    this.#handedOn = Math.max(this.#handedOn, end);
    const isTaken = typeof answer === 'object' && this.#readNumbers(entry, answer, text, context);
    const value = isTaken ? undefined : (entry.value ?? this.#parse(entry, text, context));
    if (value) readContent(value, context);
    context.out.passOver(0);
  }

  /** Whether the body of the entry was taken as numbers. */
  #readNumbers({ number, from }: Held, answer: HarAnswer, text: ByteView, { out }: Context): boolean {
    if (!this.#answers.read(text, from, answer)) return false;
    const { bodies, text: body } = this.#answers;
    const interval = { start: answer.start, end: answer.end };
    for (let nth = 0; nth < bodies.count; nth += 1) {
      const source = this.#sources!.get(bodies, nth);
      if (!out.observePacked(body, bodies.shown[nth]!, source, number, interval)) {
        out.passOver(nth);
        return false;
      }
    }
    return true;
  }

  #reportOrder({ number }: Held, context: Context): void {
    if (this.#isOrderReported) return;
    this.#isOrderReported = true;
    context.out.find('TIME_OUT_OF_ORDER', placeOf(context, pointerTo(entriesPointer, number)), {
      message:
        'expected an entry that ended not long before those above it, received one that ended before others that have been judged: it is judged where it stands',
      hint: 'A long HAR is read entry by entry: sort its entries by startedDateTime before the check.',
    });
  }

  /** Moves what is held to the beginning of the text, of which all before `done` is done with; behind it. */
  compact({ bytes }: ByteView, done: number): number {
    let end = 0;
    for (const entry of this.#held) {
      bytes.copyWithin(end, entry.from, entry.to);
      [entry.from, entry.to] = [end, end + entry.to - entry.from];
      end = entry.to;
    }
    this.gone += done - end;
    return end;
  }

  /** Reports that the document breaks off at a place of what is held. */
  report(
    { line, at, isEnd }: { readonly line: number; readonly at: number; readonly isEnd: boolean },
    expected: string,
  ): void {
    const { out } = this.#outer;
    const code = expected.includes('(max') ? 'INPUT_LIMIT' : 'JSON_INVALID';
    const received = isEnd ? 'the end' : 'something else';
    out.find(
      code,
      { file: out.file, line },
      {
        message: `expected ${expected}, received ${received} at byte ${this.gone + at}`,
        hint: isEnd
          ? 'The file was cut off, or is still being written: the entries before are judged.'
          : 'The entries before it are judged, and nothing behind it.',
      },
    );
  }
}

/** Where the bodies of entries stand. */
const bodyPlaces =
  (context: Context): Source =>
  (entry) =>
    placeOf(context, `${pointerTo(entriesPointer, entry)}/response/content/text`);

function isText(bytes: Uint8Array): boolean {
  try {
    strict.decode(bytes);
    return true;
  } catch {
    return false;
  }
}
