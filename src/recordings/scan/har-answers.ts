/** Reads the entries of a HAR from their bytes, as far as they are of the common kind, as they are read from their values. */
import { type ByteView } from '../../observations/packed/byte-view.ts';
import { openObject, quote } from '../json/bytes.ts';
import { endOfPlain } from '../json/skip.ts';
import type { Context } from '../values/context.ts';
import { isJsonType } from '../values/bodies.ts';
import { Addresses, methodAt, type Request } from './addresses.ts';
import { Bodies } from './bodies.ts';
import { BodyTexts } from './body-texts.ts';
import { HarScanner, harValue } from './har-entries.ts';
import { Moments, numberAt, textAt } from './moments.ts';

/** What an answer in numbers is the answer to, and when it came. */
export interface HarAnswer {
  readonly request: Request;
  /** Where the id of its address and the text of its body stand, from the beginning of the entry. */
  readonly id: number;
  readonly idEnd: number;
  readonly body: number;
  readonly bodyEnd: number;
  readonly start: number;
  readonly end: number;
}

/** Finds and reads the entries of one HAR. */
export class HarAnswers {
  readonly scanner = new HarScanner();
  readonly bodies = new Bodies();
  readonly #addresses: Addresses;
  readonly #moments = new Moments();
  readonly #texts = new BodyTexts(this.bodies);
  /** The last type that was seen to be one of JSON. */
  #type = new Uint8Array(0);

  constructor(context: Context) {
    this.#addresses = new Addresses(context);
  }

  /** What the entry at `from`, found last, answers: nothing that is read; undefined: it has to be read as a value. */
  classify(text: ByteView, from: number): HarAnswer | 'otherRoute' | undefined {
    const { bounds } = this.scanner;
    const { method, url, request, response, content, encoding } = harValue;
    const begins = (value: number): number => text.bytes[bounds[2 * value]!] ?? 0;
    if (begins(request) !== openObject || begins(response) !== openObject) return undefined;
    if (!this.#isString(text, method) || !this.#isString(text, url)) return undefined;
    const verb = methodAt(text, bounds[2 * method]!);
    if (verb < 0) return undefined;
    const asked = this.#addresses.read(text, bounds[2 * url]! + 1, bounds[2 * url + 1]! - 1, verb);
    if (!asked) return undefined;
    if (!asked.answer) return 'otherRoute';
    const start = this.#startOf(text);
    const duration = this.#numberOf(text, harValue.time);
    if (!(duration >= 0) || !Number.isFinite(start + duration) || !this.#hasGoodStatus(text))
      return undefined;
    if (begins(content) !== openObject || bounds[2 * encoding]! >= 0 || !this.#hasJson(text))
      return undefined;
    const { id, idEnd } = this.#addresses;
    return {
      request: asked,
      id: id < 0 ? -1 : id - from,
      idEnd: id < 0 ? -1 : idEnd - from,
      body: bounds[2 * harValue.text]! + 1 - from,
      bodyEnd: bounds[2 * harValue.text + 1]! - 1 - from,
      start,
      end: start + duration,
    };
  }

  /** Whether the body of the answer, in the entry that begins at `from` now, can be taken; it is in `bodies` then. */
  read(text: ByteView, from: number, { request, id, idEnd, body, bodyEnd }: HarAnswer): boolean {
    const bounds = id < 0 ? { id, idEnd } : { id: from + id, idEnd: from + idEnd };
    return this.#texts.read(text, from + body, from + bodyEnd, request, bounds);
  }

  /** The bytes that hold what was found in the body read last. */
  get text(): ByteView {
    return this.#texts.text;
  }

  #isString(text: ByteView, value: number): boolean {
    const from = this.scanner.bounds[2 * value]!;
    return from >= 0 && text.bytes[from] === quote;
  }

  #isPlain(text: ByteView, value: number): boolean {
    const from = this.scanner.bounds[2 * value]!;
    const to = this.scanner.bounds[2 * value + 1]!;
    return from >= 0 && text.bytes[from] === quote && endOfPlain(text, from + 1) === to - 1;
  }

  #startOf(text: ByteView): number {
    const { bounds } = this.scanner;
    const { started } = harValue;
    if (!this.#isString(text, started)) return NaN;
    return this.#moments.parse(text, bounds[2 * started]! + 1, bounds[2 * started + 1]! - 1);
  }

  #numberOf(text: ByteView, value: number): number {
    const from = this.scanner.bounds[2 * value]!;
    return from < 0 ? NaN : numberAt(text, from, this.scanner.bounds[2 * value + 1]!);
  }

  /** Whether the status is a number of three digits that says that all is well. */
  #hasGoodStatus(text: ByteView): boolean {
    const from = this.scanner.bounds[2 * harValue.status]!;
    const to = this.scanner.bounds[2 * harValue.status + 1]!;
    return from >= 0 && to - from === 3 && numberAt(text, from, to) < 400;
  }

  /** Whether the body is a text that is not declared to be anything but JSON. */
  #hasJson(document: ByteView): boolean {
    const { bounds } = this.scanner;
    const { text, mimeType } = harValue;
    const from = bounds[2 * text]!;
    const to = bounds[2 * text + 1]!;
    if (from < 0 || document.bytes[from] !== quote || to - from <= 2) return false;
    return (
      bounds[2 * mimeType]! < 0 ||
      this.#isJsonType(document, bounds[2 * mimeType]!, bounds[2 * mimeType + 1]!)
    );
  }

  #isJsonType(text: ByteView, from: number, to: number): boolean {
    const known = this.#type;
    const { bytes } = text;
    if (to - from === known.length && known.every((byte, at) => bytes[from + at] === byte)) return true;
    if (!this.#isPlain(text, harValue.mimeType)) return false;
    const isJson = isJsonType(textAt(text, from, to));
    if (isJson) this.#type = bytes.slice(from, to);
    return isJson;
  }
}
