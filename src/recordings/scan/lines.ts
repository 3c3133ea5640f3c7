/** Reads lines from their bytes as they are read from their values: bodies, bare or in envelopes with their requests. */
import { slack, type ByteView } from '../../observations/packed/byte-view.ts';
import { GrowingBytes } from '../../observations/packed/byte-text.ts';
import type { Interval } from '../../observations/observation.ts';
import { isDigit, lineFeed, openList, quote } from '../json/bytes.ts';
import { skipBlanks, skipValue, unproved } from '../json/skip.ts';
import { BodyTexts } from './body-texts.ts';
import { PlainEscapes } from '../json/plain-escapes.ts';
import type { Context } from '../values/context.ts';
import { Callbacks } from './callbacks.ts';
import { Addresses, askedBy, methodAt, unknownRequest, type Request } from './addresses.ts';
import { askedNothing, Bodies, deepestBody } from './bodies.ts';
import { Moments, numberAt } from './moments.ts';
import { bitOf, boundsOf, Objects, part, type Inside } from './objects.ts';
import { Sources } from './sources.ts';

/** The deepest nesting of an accepted line: an envelope around a body. */
export const deepestLine = 1 + deepestBody;

const isAnswer = bitOf(part.folder) | bitOf(part.id) | bitOf(part.analyses);
const [hasUrl, hasBody, hasItems] = [bitOf(part.url), bitOf(part.body), bitOf(part.items)];
const [hasMethod, hasWord] = [bitOf(part.method), bitOf(part.word)];
const ofEnvelopes = hasMethod | hasBody | bitOf(part.code) | bitOf(part.started) | bitOf(part.time);
const hasOutcome = hasMethod | bitOf(part.code);

/** Not a number: there is no such time. */
interface Time {
  at: number;
  kind: 'date' | 'number' | undefined;
}

/** Reads the lines of one recording. */
export class LineScanner {
  /** Whether the line was proved, but the receiver wanted to have observations of it as values. */
  #isBegun = false;
  readonly #escapes = new PlainEscapes();
  /** Whether the line before had to be spelled otherwise: then this one is first read so. */
  #spells = false;
  readonly #context: Context;
  readonly #bodies: Bodies;
  readonly #line = new Objects();
  readonly #inside: Inside;
  readonly #addresses: Addresses;
  readonly #moments = new Moments();
  readonly #bare: Sources;
  readonly #enveloped: Sources;
  readonly #texts: BodyTexts;
  /** The bytes that hold the body of the envelope. */
  #holder: ByteView | undefined;
  #request: Request | undefined;
  readonly #started: Time = { at: NaN, kind: undefined };
  readonly #time: Time = { at: NaN, kind: undefined };

  /** A line that came in portions. */
  readonly #whole = new GrowingBytes();

  constructor(context: Context) {
    const { out } = context;
    this.#context = context;
    this.#bodies = new Bodies(new Callbacks(out.file));
    this.#texts = new BodyTexts(this.#bodies);
    this.#addresses = new Addresses(context);
    this.#bare = new Sources((line) => ({ file: out.file, line, pointer: '' }));
    this.#enveloped = new Sources((line) => ({ file: out.file, line, pointer: '/body' }));
    this.#inside = {
      items: (text, from) => this.#bodies.takePage(text, from),
      body: (text, from) => this.#takeBody(text, from),
      members: (text, from) => this.#bodies.takeMembers(text, from),
    };
  }

  /**
   * Reads the line of this number that begins at `from` and ends with a newline, and hands on what it shows. Gives the
   * position behind that newline; `unproved` where it has to be read as a value, without what was handed on.
   */
  take(text: ByteView, from: number, line: number, most: number): number {
    if (!this.#spells) {
      const behind = this.#takeAs(text, from, line, most);
      if (behind !== unproved || this.#isBegun) return behind;
    }
    const end = text.bytes.indexOf(lineFeed, from);
    const spelled = end - from > most ? undefined : this.#escapes.spell(text, from, end);
    const isTaken = spelled !== undefined && this.#takeAs(spelled, 0, line, most) !== unproved;
    const isTried = !this.#spells || this.#isBegun;
    this.#spells = isTaken;
    if (isTaken) return end + 1;
    return isTried ? unproved : this.#takeAs(text, from, line, most);
  }

  /** Whether a line that came in portions, or at the end of one, was taken. */
  takeAlone(bytes: Uint8Array, line: number, most: number): boolean {
    const whole = this.#whole;
    whole.reserve(bytes.length + 1);
    whole.bytes.set(bytes);
    whole.bytes[bytes.length] = lineFeed;
    return this.take(whole, 0, line, most) !== unproved;
  }

  /** The same for the line as it is spelled. */
  #takeAs(text: ByteView, from: number, line: number, most: number): number {
    this.#isBegun = false;
    const { bytes } = text;
    const bodies = this.#bodies;
    if (bytes[from] === openList) {
      const end = behindLine(bytes, bodies.read(text, from, askedNothing));
      return end < 0 || end - from > most ? unproved : this.#handOn(text, this.#bare, line, end);
    }
    const object = this.#line;
    bodies.begin(askedNothing);
    this.#holder = undefined;
    const end = behindLine(bytes, object.read(text, from, bodies.packedAt(0), this.#inside));
    if (end < 0 || end - from > most) return unproved;
    const isEnvelope =
      !object.has(isAnswer) && (object.has(hasBody) || (object.has(hasUrl) && object.has(hasOutcome)));
    if (isEnvelope) return this.#takeEnvelope(text, line, end);
    const isBody = !object.has(hasBody) && bodies.take(text, object);
    return isBody ? this.#handOn(text, this.#bare, line, end) : unproved;
  }

  #handOn(text: ByteView, sources: Sources, line: number, end: number, interval?: Interval): number {
    const { out } = this.#context;
    const bodies = this.#bodies;
    const holder = bodies.holderOf(text);
    for (let nth = 0; nth < bodies.count; nth += 1) {
      if (!out.observePacked(holder, bodies.shown[nth]!, sources.get(bodies, nth), line, interval)) {
        this.#isBegun = true;
        out.passOver(nth);
        return unproved;
      }
    }
    return end;
  }

  #takeEnvelope(text: ByteView, line: number, end: number): number {
    const object = this.#line;
    if (!object.has(hasBody) || object.has(hasItems | hasWord)) return unproved;
    // A body that stands before its address was passed over.
    if (!this.#holder) {
      if (!this.#readRequest(text)) return unproved;
      if (this.#request?.answer && this.#readBody(text, object.found[boundsOf(part.body)]!) < 0)
        return unproved;
    }
    const { out, times } = this.#context;
    if (!this.#request!.answer) {
      // Of those that are looked at it is said what they are.
      if (out.wantsRequests) return unproved;
      out.ignoreRequest(undefined);
      return end;
    }
    if (!this.#hasGoodStatus(text) || !this.#readTimes(text)) return unproved;
    const { at, kind } = this.#time;
    if (kind !== undefined && !times.pass(at, kind)) return unproved;
    const isKnown = kind !== undefined && this.#started.kind === kind && this.#started.at <= at;
    const interval = isKnown ? { start: this.#started.at, end: at } : undefined;
    // An answer that overlaps becomes an observation with places again, and numbers do not say where in a callback analyses stand.
    if (interval && this.#bodies.shape === 'callback') return unproved;
    return this.#handOn(this.#holder!, this.#enveloped, line, end, interval);
  }

  /** Behind the body at `from`, read if its request is known by now. */
  #takeBody(text: ByteView, from: number): number {
    const isAsked = this.#line.has(hasUrl) && this.#line.has(hasMethod);
    if (!isAsked || !this.#readRequest(text) || !this.#request?.answer) return skipValue(text, from);
    return this.#readBody(text, from);
  }

  /** Reads the request of the envelope, as far as it is known; false where that has to be read as a text. */
  #readRequest(text: ByteView): boolean {
    const { found } = this.#line;
    this.#request = undefined;
    const from = found[boundsOf(part.url)]!;
    const to = found[boundsOf(part.url) + 1]!;
    const verb = found[boundsOf(part.method)]!;
    const method = verb < 0 ? 0 : methodAt(text, verb);
    if (method < 0) return false;
    if (from < 0) {
      // What stands beside may tell of the request, or by which id another line does.
      if (!this.#line.hasOnly(ofEnvelopes)) return false;
      this.#addresses.id = this.#addresses.idEnd = -1;
      this.#request = unknownRequest;
      return true;
    }
    if (text.bytes[from] !== quote) return false;
    this.#request = this.#addresses.read(text, from + 1, to - 1, method);
    return this.#request !== undefined;
  }

  /** Behind the body at `from`, an answer to the request. */
  #readBody(text: ByteView, from: number): number {
    const request = this.#request!;
    if (text.bytes[from] !== quote) {
      this.#holder = text;
      return this.#bodies.read(text, from, askedBy(request, this.#addresses.id, this.#addresses.idEnd));
    }
    const behind = skipValue(text, from);
    if (behind < 0 || !this.#texts.read(text, from + 1, behind - 1, request, this.#addresses))
      return unproved;
    this.#holder = this.#texts.text;
    return behind;
  }

  /** Whether the status is absent, or a number of three digits that says that all is well. */
  #hasGoodStatus(text: ByteView): boolean {
    const from = this.#line.found[boundsOf(part.code)]!;
    if (from < 0) return true;
    const to = this.#line.found[boundsOf(part.code) + 1]!;
    return to - from === 3 && numberAt(text, from, to) < 400;
  }

  #readTimes(text: ByteView): boolean {
    return this.#readTime(text, part.started, this.#started) && this.#readTime(text, part.time, this.#time);
  }

  /** Whether the time is absent, or one that is the same to all who read it. */
  #readTime(text: ByteView, which: number, into: Time): boolean {
    const from = this.#line.found[boundsOf(which)]!;
    const to = this.#line.found[boundsOf(which) + 1]!;
    into.kind = undefined;
    if (from < 0) return true;
    if (text.bytes[from] === quote) {
      into.at = this.#moments.parse(text, from + 1, to - 1);
      into.kind = 'date';
    } else if (isDigit(text.bytes[from]!)) {
      into.at = numberAt(text, from, to);
      into.kind = 'number';
    } else return false;
    return Number.isFinite(into.at);
  }
}

/** Behind the newline of a line whose value ends at `end`, or `unproved`. */
function behindLine(bytes: Uint8Array, end: number): number {
  if (end < 0) return unproved;
  const at = skipBlanks(bytes, end);
  return bytes[at] === lineFeed ? at + 1 : unproved;
}

/** Behind the last line that ends in the bytes and can be scanned there, or 0. */
export function endOfLines(bytes: Uint8Array): number {
  const last = bytes.length - 1 - slack;
  return last < 0 ? 0 : bytes.lastIndexOf(lineFeed, last) + 1;
}
