/**
 * Reads a HAR from its bytes as `readHar` reads its values, with answers taken as numbers where they can be. What is
 * said of it is the same: an entry that is not of the common kind is parsed, and read as a value.
 */
import { chunkOf, isRepeated, type Chunk } from '../../observations/packed/chunk.ts';
import { createGlance, type Source } from '../../observations/packed/glance.ts';
import type { Interval } from '../../observations/observation.ts';
import { Records } from '../../observations/packed/records.ts';
import { Scratch } from '../../observations/packed/texts.ts';
import { placeOf, type Context } from '../values/context.ts';
import { pointerTo } from '../values/fields.ts';
import { isJsonType } from '../values/bodies.ts';
import { endsOf, entriesPointer, readContent, readEntry, type Entry } from '../values/har.ts';
import { addressAnswer, Addresses, Moments, numberAt } from './har-requests.ts';
import { HarScanner, harValue } from './har-entries.ts';
import { closeObject, lineFeed, openObject, quote } from '../json/bytes.ts';
import { endOfPlain, skipBlanks, withinDocument } from '../json/skip.ts';
import { unescape } from '../json/unescape.ts';
import { Words } from './names.ts';
import { scanFolder } from './folder.ts';

/** What is known of an entry: where it stands, and, if it is read as numbers, where the text of its body stands. */
const field = { from: 0, to: 1, body: 2, bodyEnd: 3, way: 4 } as const;

/** How an entry is read: as a value; not, because its request is about something else; as numbers. */
const way = { value: 0, otherRoute: 1, numbers: 2, numbersAsked: 3 } as const;

const decoder = new TextDecoder();
const methods = new Words({ GET: 0 });

/** A HAR in bytes, which have to be followed by a zero and by as much more as is looked at beside a text. */
export class HarDocument {
  readonly #text: Chunk;
  readonly #length: number;
  readonly #outer: Context;
  readonly #scanner: HarScanner;
  readonly #moments: Moments;
  readonly #addresses: Addresses;
  readonly #entries = new Records(Object.keys(field).length);
  /** Of each entry; not a number where there are none. */
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #values = new Map<number, Entry>();
  readonly #body = new Scratch();
  readonly #glance = createGlance();
  /** Bounds of the last type that was seen to be one of JSON. */
  #type = -1;
  #typeEnd = -1;

  constructor(bytes: Uint8Array, length: number, context: Context) {
    this.#text = chunkOf(bytes);
    this.#length = length;
    this.#outer = context;
    this.#scanner = new HarScanner(this.#text, (from, to, isFound) => this.#add(from, to, isFound));
    this.#moments = new Moments(this.#text);
    this.#addresses = new Addresses(this.#text, context);
  }

  /** Whether the document that begins at `from` and takes the rest is proved to be a HAR, and can be read. */
  prove(from: number): boolean {
    return this.#scanner.scan(from) === this.#length;
  }

  /** Where each entry begins. */
  get begins(): Int32Array {
    return Int32Array.from({ length: this.#entries.size }, (_, entry) =>
      this.#entries.get(entry, field.from),
    );
  }

  /** Reads the document, which was proved; how many lines it has. */
  read(): number {
    const text = this.#text.bytes.subarray(0, this.#length);
    const newline = text.indexOf(lineFeed);
    this.#readEntries(newline < 0 || newline > text.lastIndexOf(closeObject));
    if (newline < 0) return 1;
    let lines = text.at(-1) === lineFeed ? 0 : 1;
    for (let at = newline; at < text.length; at += 1) if (text[at] === lineFeed) lines += 1;
    return lines;
  }

  /** Reads the entries, in a document of one line or of several. */
  #readEntries(isLine: boolean): void {
    const context = isLine ? { ...this.#outer, line: 1 } : this.#outer;
    const order: number[] = [];
    for (let entry = 0; entry < this.#entries.size; entry += 1) {
      if (this.#wayOf(entry) === way.otherRoute) this.#leaveAside(entry, context);
      else if (this.#wayOf(entry) !== way.value || this.#readValue(entry, context)) order.push(entry);
    }
    this.#sort(order);
    const source: Source = (entry) =>
      placeOf(context, `${pointerTo(entriesPointer, entry)}/response/content/text`);
    for (const entry of order) {
      const interval = { start: this.#starts[entry]!, end: this.#ends[entry]! };
      if (this.#readNumbers(entry, source, interval, context)) continue;
      const value = this.#values.get(entry) ?? this.#parse(entry, context);
      if (value) readContent(value, context);
    }
  }

  /** Leaves aside an entry whose route is not read; only of the first it is looked what they are. */
  #leaveAside(entry: number, context: Context): void {
    if (context.out.wantsRequests) this.#parse(entry, context);
    else context.out.ignoreRequest(undefined);
  }

  #wayOf(entry: number): number {
    return this.#entries.get(entry, field.way);
  }

  /** Orders entries by their ends; most are in order. */
  #sort(order: number[]): void {
    const ends = this.#ends;
    for (const [at, end] of endsOf(order.map((entry) => ends[entry]!)).entries()) ends[order[at]!] = end;
    const isSorted = order.every((entry, at) => at === 0 || ends[order[at - 1]!]! <= ends[entry]!);
    if (!isSorted) order.sort((one, other) => ends[one]! - ends[other]!);
  }

  #readValue(entry: number, context: Context): boolean {
    const value = this.#parse(entry, context);
    if (!value) return false;
    this.#values.set(entry, value);
    this.#ends[entry] = value.end;
    return true;
  }

  #parse(entry: number, context: Context): Entry | undefined {
    const bytes = this.#text.bytes.subarray(
      this.#entries.get(entry, field.from),
      this.#entries.get(entry, field.to),
    );
    const value = JSON.parse(decoder.decode(bytes)) as unknown;
    return readEntry(value, pointerTo(entriesPointer, entry), context);
  }

  /** Notes an entry that the scanner has found. */
  #add(from: number, to: number, isFound: boolean): void {
    const entry = this.#entries.add(0);
    this.#entries.set(entry, field.from, from);
    this.#entries.set(entry, field.to, to);
    this.#starts.push(NaN);
    this.#ends.push(NaN);
    if (isFound) this.#entries.set(entry, field.way, this.#classify(entry));
  }

  #classify(entry: number): number {
    const { bounds } = this.#scanner;
    const { bytes, view } = this.#text;
    const { method, url, request, response, content, encoding } = harValue;
    const begins = (value: number): number => bytes[bounds[2 * value]!] ?? 0;
    if (begins(request) !== openObject || begins(response) !== openObject) return way.value;
    if (!this.#isPlain(method) || methods.find(view, bounds[2 * method]!) < 0 || !this.#isPlain(url))
      return way.value;
    const answer = this.#addresses.answerTo(bounds[2 * url]! + 1, bounds[2 * url + 1]! - 1);
    if (answer === addressAnswer.other) return way.otherRoute;
    if (!this.#hasTime(entry) || !this.#hasGoodStatus()) return way.value;
    if (begins(content) !== openObject || bounds[2 * encoding]! >= 0 || !this.#hasJson(entry))
      return way.value;
    return answer === addressAnswer.withAnalyses ? way.numbersAsked : way.numbers;
  }

  #isPlain(value: number): boolean {
    const from = this.#scanner.bounds[2 * value]!;
    const to = this.#scanner.bounds[2 * value + 1]!;
    return from >= 0 && this.#text.bytes[from] === quote && endOfPlain(this.#text, from + 1) === to - 1;
  }

  #hasTime(entry: number): boolean {
    const { bounds } = this.#scanner;
    const { started, time } = harValue;
    if (!this.#isPlain(started) || bounds[2 * time]! < 0) return false;
    const start = this.#moments.parse(bounds[2 * started]! + 1, bounds[2 * started + 1]! - 1);
    const duration = numberAt(this.#text, bounds[2 * time]!, bounds[2 * time + 1]!);
    if (Number.isNaN(start) || !(duration >= 0) || !Number.isFinite(duration)) return false;
    this.#starts[entry] = start;
    this.#ends[entry] = start + duration;
    return true;
  }

  /** Whether the status is a number of three digits that says that all is well. */
  #hasGoodStatus(): boolean {
    const from = this.#scanner.bounds[2 * harValue.status]!;
    const to = this.#scanner.bounds[2 * harValue.status + 1]!;
    return from >= 0 && to - from === 3 && numberAt(this.#text, from, to) < 400;
  }

  /** Whether the body is a text that is not declared to be anything but JSON; notes where it stands. */
  #hasJson(entry: number): boolean {
    const { bounds } = this.#scanner;
    const { text, mimeType } = harValue;
    const from = bounds[2 * text]!;
    const to = bounds[2 * text + 1]!;
    if (from < 0 || this.#text.bytes[from] !== quote || to - from <= 2) return false;
    if (bounds[2 * mimeType]! >= 0 && !this.#isJsonType(bounds[2 * mimeType]!, bounds[2 * mimeType + 1]!))
      return false;
    this.#entries.set(entry, field.body, from + 1);
    this.#entries.set(entry, field.bodyEnd, to - 1);
    return true;
  }

  #isJsonType(from: number, to: number): boolean {
    const length = this.#typeEnd - this.#type;
    if (to - from === length && isRepeated(this.#text.view, this.#type, from, length)) return true;
    if (!this.#isPlain(harValue.mimeType)) return false;
    const isJson = isJsonType(decoder.decode(this.#text.bytes.subarray(from, to)));
    if (isJson) {
      this.#type = from;
      this.#typeEnd = to;
    }
    return isJson;
  }

  /** Whether the body of the entry was taken as numbers. */
  #readNumbers(entry: number, source: Source, interval: Interval, { out }: Context): boolean {
    const asks = this.#wayOf(entry) === way.numbersAsked;
    if (!asks && this.#wayOf(entry) !== way.numbers) return false;
    const from = this.#entries.get(entry, field.body);
    const to = this.#entries.get(entry, field.bodyEnd);
    const body = this.#body;
    body.reserve(to - from + 1);
    const length = unescape(this.#text, from, to, body);
    if (length < 0) return false;
    body.bytes[length] = 0;
    const behind = withinDocument(() => scanFolder(body, skipBlanks(body.bytes, 0), this.#glance, asks));
    return behind === length && out.glance(body, this.#glance, source, entry, interval);
  }
}
