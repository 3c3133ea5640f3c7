import { chunkOf, type Chunk } from '../../observations/packed/chunk.ts';
import { createGlance, type Glance } from '../../observations/packed/glance.ts';
import { Collector } from '../io/collector.ts';
import { type Context, unknownAnswer } from '../values/context.ts';
import { HarDocument } from '../scan/har.ts';
import { HarHold } from '../scan/har-hold.ts';
import { deepestHar } from '../scan/har-entries.ts';
import { HeldText, passBlank } from '../lines/held-text.ts';
import { isBlank, JsonScanner } from '../json/syntax.ts';
import { unproved } from '../json/skip.ts';
import { depthProblem, limitProblem, parseJson, type TextProblem } from '../json/text.ts';
import { deepestAccepted, endOfLines, scanLine } from '../scan/folder.ts';
import type { LineMarks } from '../lines/marks.ts';
import { LineSplitter, withoutByteOrderMark, type Line } from '../lines/splitter.ts';
import { createNaming } from '../io/naming.ts';
import { limitsOf, optionFor, type ReadLimits, type ReadOptions } from '../options.ts';
import type { Summary } from '../io/piece.ts';
import { parseWay } from '../values/pointers.ts';
import type { Receiver } from '../io/receiver.ts';
import { TimeOrder } from '../values/time-order.ts';
import { readValue } from '../values/values.ts';
import { lineFeed } from '../json/bytes.ts';

const newline = Uint8Array.of(lineFeed);

/**
 * Reads one recording from bytes that come in any portions.
 *
 * Whether the input is one document or a value on each line is decided by its own syntax: it is a document as long
 * as its lines together are the beginning of one JSON value. If that ends in a mistake, the input is taken for
 * lines from the first line, at the mistake or after it, that begins unindented and is a whole object or list by
 * itself; if there is no such line, for a document with this mistake. Documents may follow each other.
 *
 * - `start`: no value has begun.
 * - `document`: the lines held are the beginning of a value.
 * - `broken`: the lines held are not, and none of them shows that they are lines.
 * - `lines`: each line is a value.
 * - `stopped`: a limit ended the reading.
 */
export class RecordingReader {
  readonly #limits: ReadLimits;
  readonly #context: Context;
  readonly #splitter: LineSplitter;
  readonly #marks: LineMarks | undefined;
  #mode: 'start' | 'document' | 'broken' | 'lines' | 'stopped' = 'start';
  #scanner: JsonScanner;
  #held = new HeldText(1);
  /** A first line longer than a line may be: a document if nothing follows. */
  #longFirst: HeldText | null = null;
  #isEmpty = true;
  /** The last line that was read where not all were: what else has arrived by then is chance. */
  #stoppedAt: number | undefined;

  readonly #glance: Glance | null;
  /** The input from its beginning, as long as it may be a HAR that is taken as numbers. */
  #har: HarHold | null;

  /** What is read goes to `receiver` at once. */
  constructor(options: ReadOptions, receiver: Receiver) {
    this.#limits = limitsOf(options);
    this.#context = {
      out: new Collector(options.file, this.#limits.maxFindingsPerCode, receiver),
      times: new TimeOrder(),
      routePrefix: options.routePrefix ?? '',
      routes: options.routes ?? [],
      ways: (options.at ?? []).flatMap((pointer) => [parseWay(pointer) ?? []]),
      naming: options.naming ?? createNaming(),
      maxDepth: this.#limits.maxDepth,
      answer: unknownAnswer,
    };
    const { naming, ways, routes } = this.#context;
    const takesNumbers = receiver.glance !== undefined && naming.isPlain && ways.length === 0;
    this.#glance = takesNumbers && this.#limits.maxDepth >= deepestAccepted ? createGlance() : null;
    const takesHar = this.#glance && routes.length === 0 && this.#limits.maxDepth >= deepestHar;
    this.#har = takesHar ? new HarHold(this.#limits.maxDocumentBytes) : null;
    this.#scanner = new JsonScanner(this.#limits.maxDepth);
    this.#marks = options.marks;
    const onLine = (line: Line) => this.#readLine(line);
    this.#splitter = new LineSplitter(this.#limits.maxDocumentBytes, onLine, this.#marks);
  }

  /** Whether nothing more will be read. */
  get isStopped(): boolean {
    return this.#mode === 'stopped';
  }

  /** Takes the next bytes, which are the caller's again afterwards. */
  push(bytes: Uint8Array): void {
    if (this.#har?.take(bytes)) return;
    this.#letGo();
    this.#read(bytes);
  }

  /** Reads what was held for a HAR in the ordinary way. */
  #letGo(): void {
    const held = this.#har?.bytes;
    this.#har = null;
    if (held) this.#read(held);
  }

  #read(bytes: Uint8Array): void {
    if (this.isStopped) return;
    const glance = this.#glance;
    const chunk = chunkOf(bytes);
    const scannable = glance ? endOfLines(bytes) : 0;
    const end = bytes.lastIndexOf(lineFeed) + 1;
    for (let at = 0; at < end;) {
      const held = this.#held.lines > 0 ? this.#held : null;
      const begin = passBlank(this.#splitter, held, this.#limits, bytes, at);
      at = begin === at ? this.#takeLine(chunk, at, at < scannable ? glance : null) : begin;
    }
    this.#splitter.push(bytes.subarray(end));
  }

  /** Behind the line that ends next; it may have begun before. */
  #takeLine(chunk: Chunk, at: number, glance: Glance | null): number {
    if (glance && this.#mode === 'lines' && !this.#splitter.isWithin) {
      const behind = scanLine(chunk, at, glance);
      if (behind !== unproved && this.#takeGlance(chunk, glance, behind - at)) return behind;
    }
    const end = chunk.bytes.indexOf(lineFeed, at);
    this.#splitter.endLine(chunk.bytes.subarray(at, end));
    return end + 1;
  }

  #takeGlance(chunk: Chunk, glance: Glance, length: number): boolean {
    if (length > this.#limits.maxLineBytes) return false;
    const { out } = this.#context;
    if (!out.glance(chunk, glance, out.lines, this.#splitter.lines + 1)) return false;
    this.#splitter.pass(length);
    return true;
  }

  /** Notes that the input itself failed, as a source or an archive does. */
  fail(code: 'INPUT_UNREADABLE' | 'INPUT_LIMIT', message: string): void {
    const { out } = this.#context;
    this.#letGo();
    this.#isEmpty = false;
    out.find(code, { file: out.file }, { message });
  }

  /** Ends the input, reads what was left, and sums up. */
  end(): Summary {
    const { out } = this.#context;
    if (this.#har) {
      const document = new HarDocument(this.#har.padded, this.#har.length, this.#context);
      if (document.prove(this.#har.begin)) {
        if (this.#marks) this.#marks.entries = document.begins;
        return out.finish(document.read());
      }
      this.#letGo();
    }
    this.#splitter.end();
    if (this.#mode === 'document' || this.#mode === 'broken') this.#readDocument(this.#held);
    if (this.#longFirst) this.#readDocument(this.#longFirst);
    if (this.#isEmpty) {
      const message = 'expected a recording, received nothing but whitespace';
      out.find('INPUT_EMPTY', { file: out.file }, { message });
    }
    return out.finish(this.#stoppedAt ?? this.#splitter.lines);
  }

  #readLine(received: Line): void {
    const line = withoutByteOrderMark(received);
    const isBlankLine = line.bytes?.every(isBlank) ?? false;
    if (this.#mode === 'stopped' || (isBlankLine && this.#held.lines === 0)) return;
    this.#isEmpty = false;
    if (this.#longFirst) this.#refuse(this.#longFirst.firstLine, 'maxLineBytes');
    this.#longFirst = null;
    if (this.#mode === 'lines') this.#readAlone(line);
    else this.#hold(line);
  }

  #readAlone({ number, bytes }: Line): void {
    if (bytes) this.#readBytes(bytes, number, true);
    else this.#refuse(number, 'maxLineBytes');
  }

  #hold({ number, bytes }: Line): void {
    if (this.#held.lines === 0) this.#held = new HeldText(number);
    if (!bytes || this.#held.length + bytes.length > this.#limits.maxDocumentBytes) {
      this.#giveUp();
      return;
    }
    this.#held.add(bytes);
    if (this.#mode !== 'broken') {
      this.#scanner.feed(bytes);
      this.#scanner.feed(newline);
    }
    switch (this.#scanner.status) {
      case 'complete':
        this.#endDocument();
        break;
      case 'too deep':
        this.#report(this.#held.firstLine, depthProblem(this.#limits.maxDepth));
        this.#startOver(this.#held.lines === 1 ? 'lines' : 'stopped');
        break;
      case 'broken':
        this.#mode = 'broken';
        if (isWholeValue(bytes, this.#limits.maxDepth)) this.#readHeldAsLines();
        break;
      default:
        this.#mode = 'document';
    }
  }

  /** A value has ended with a line: if it was one line, there may be more such lines. */
  #endDocument(): void {
    const held = this.#held;
    const isLine = held.lines === 1;
    if (isLine && held.text.length > this.#limits.maxLineBytes) this.#longFirst = held;
    else this.#readDocument(held);
    this.#startOver(isLine ? 'lines' : 'start');
  }

  /** No room for the document: what was held is dropped, and only after a first line can lines follow. */
  #giveUp(): void {
    const isFirstLine = this.#held.lines === 0;
    if (this.#mode === 'broken') this.#readDocument(this.#held);
    this.#refuse(this.#held.firstLine, 'maxDocumentBytes');
    this.#startOver(isFirstLine ? 'lines' : 'stopped');
  }

  #readHeldAsLines(): void {
    const held = this.#held;
    this.#startOver('lines');
    for (const line of held.split()) {
      if (!line.bytes.every(isBlank)) this.#readAlone(line);
    }
  }

  #startOver(mode: 'start' | 'lines' | 'stopped'): void {
    this.#mode = mode;
    if (mode === 'stopped') this.#stoppedAt = this.#splitter.lines;
    if (mode === 'lines') this.#splitter.maxBytes = this.#limits.maxLineBytes;
    this.#held = new HeldText(1);
    this.#scanner = new JsonScanner(this.#limits.maxDepth);
  }

  #readDocument(held: HeldText): void {
    this.#readBytes(held.text, held.firstLine, held.lines === 1 || held.firstLine > 1);
  }

  /** Reads one JSON text; the line where it begins places what it says only if `isPlaced`. */
  #readBytes(bytes: Uint8Array, number: number, isPlaced: boolean): void {
    if (this.#marks && isBlank(bytes[0]!)) this.#marks.areFlush = false;
    const parsed = parseJson(bytes, this.#limits.maxDepth);
    if ('problem' in parsed) this.#report(number, parsed.problem);
    else readValue(parsed.value, isPlaced ? { ...this.#context, line: number } : this.#context);
  }

  #refuse(number: number, limit: 'maxLineBytes' | 'maxDocumentBytes'): void {
    const what = limit === 'maxLineBytes' ? 'a line' : 'a document';
    const problem = limitProblem(`${what} of at most ${this.#limits[limit]} bytes (${limit})`);
    this.#report(number, { ...problem, hint: `Raise the limit: ${optionFor(limit)} BYTES.` });
  }

  #report(number: number, problem: TextProblem): void {
    const { out } = this.#context;
    const { code, message, line, column, hint } = problem;
    const where = { file: out.file, line: number + line - 1, ...(column !== null && { column }) };
    out.find(code, where, { message, hint });
  }
}

/** Whether the line, unindented, is a whole list or object by itself. */
function isWholeValue(bytes: Uint8Array, maxDepth: number): boolean {
  if (bytes[0] !== 0x7b && bytes[0] !== 0x5b) return false;
  const scanner = new JsonScanner(maxDepth);
  scanner.feed(bytes);
  return scanner.status === 'complete';
}
