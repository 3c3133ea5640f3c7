import type { ByteView } from '../../observations/packed/byte-view.ts';
import type { Context } from '../values/context.ts';
import { contextFor } from './context.ts';
import { HarStream, maxHeldOfHar, type HarEnd } from './har-stream.ts';
import { deepestHar } from '../scan/har-entries.ts';
import { HeldText, passBlank } from '../lines/held-text.ts';
import { isBlank, isWholeValue, JsonScanner } from '../json/syntax.ts';
import { unproved } from '../json/skip.ts';
import { wholeBeginning } from '../json/whole-beginning.ts';
import { depthProblem, parseJson } from '../json/text.ts';
import { deepestLine, endOfLines, LineScanner } from '../scan/lines.ts';
import type { LineMarks } from '../lines/marks.ts';
import { LineSplitter, withoutByteOrderMark, type Line } from '../lines/splitter.ts';
import { byteViewOf } from '../../observations/packed/byte-text.ts';
import { isUnordered, lookedForAnswers } from '../text-hints.ts';
import { limitsOf, type ReadLimits, type ReadOptions } from '../options.ts';
import { reportLength, reportProblem } from './problems.ts';
import { isText, mayBeText, TextRecording } from './text-recording.ts';
import type { Summary } from '../io/piece.ts';
import type { Receiver } from '../io/receiver.ts';
import { readBeginning, readTaken, readValue } from '../values/values.ts';
import { lineFeed, newline } from '../json/bytes.ts';

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
 * - `undecided`: the first line is none, and what the input is shows in more of it.
 * - `lines`: each line is a value.
 * - `text`: values stand among other text.
 * - `stopped`: a limit ended the reading.
 */
export class RecordingReader {
  readonly #limits: ReadLimits;
  readonly #context: Context;
  readonly #splitter: LineSplitter;
  readonly #marks: LineMarks | undefined;
  #mode: 'start' | 'document' | 'broken' | 'undecided' | 'lines' | 'text' | 'stopped' = 'start';
  #scanner: JsonScanner;
  #held = new HeldText(1);
  /** A first line longer than a line may be: a document if nothing follows. */
  #longFirst: HeldText | null = null;
  readonly #isWhole: boolean;
  #isEmpty = true;
  /** The last line that was read where not all were: what else has arrived by then is chance. */
  #stoppedAt: number | undefined;
  /** Whether the line that is read now was scanned in vain. */
  #isScanned = false;
  readonly #scanLines: LineScanner | null;
  /** The input from its beginning, as long as it may be a HAR. */
  #har: HarStream | null;
  #text: TextRecording | undefined;
  /** What has entries of a HAR and is none as a whole: what else it is shows when it is read. */
  #broken: HarStream | null = null;

  /** What is read goes to `receiver` at once. */
  constructor(options: ReadOptions, receiver: Receiver) {
    this.#limits = limitsOf(options);
    this.#context = contextFor(options, receiver);
    const { naming, ways, maxDepth } = this.#context;
    const { maxDocumentBytes } = this.#limits;
    const asNumbers = receiver.observePacked !== undefined && naming.isPlain && ways.length === 0;
    this.#scanLines = asNumbers && maxDepth >= deepestLine ? new LineScanner(this.#context) : null;
    const maxHeld = Math.min(maxHeldOfHar, maxDocumentBytes);
    this.#har =
      ways.length === 0 && maxDepth >= deepestHar
        ? new HarStream(this.#context, { asNumbers, maxHeld, maxEntry: maxDocumentBytes })
        : null;
    this.#scanner = new JsonScanner(maxDepth);
    this.#marks = options.marks;
    this.#isWhole = options.isWhole ?? true;
    this.#splitter = new LineSplitter(maxDocumentBytes, (line) => this.#readLine(line), this.#marks);
  }

  /** Whether nothing more will be read. */
  get isStopped(): boolean {
    return this.#mode === 'stopped';
  }

  /** Takes the next bytes, which are the caller's again afterwards, and may have come out of an archive. */
  push(bytes: Uint8Array, wasPacked = false): void {
    this.#context.out.isPacked ||= wasPacked;
    if (!this.#har) {
      this.#read(bytes);
      return;
    }
    this.#har.push(bytes);
    if (this.#har.result) this.#endHar(this.#har.result);
  }

  /** Goes on when it has turned out what the beginning of the input is. */
  #endHar(end: HarEnd): void {
    const har = this.#har!;
    this.#har = null;
    if (end.is === 'none') {
      if (har.begins.length > 0) this.#broken = har;
      this.#read(end.held);
      return;
    }
    this.#isEmpty = false;
    if (this.#marks) this.#marks.entries = har.begins;
    this.#splitter.pass(har.bytes - (end.is === 'read' ? end.rest.length : 0), end.lines);
    if (end.is === 'broken') this.#startOver('stopped');
    else {
      this.#startOver(end.lines > 1 ? 'start' : 'lines');
      this.#read(end.rest);
    }
  }

  #read(bytes: Uint8Array): void {
    if (this.isStopped) return;
    const chunk = byteViewOf(bytes);
    const scannable = this.#scanLines ? endOfLines(bytes) : 0;
    const end = bytes.lastIndexOf(lineFeed) + 1;
    for (let at = 0; at < end;) {
      const held = this.#held.lines > 0 ? this.#held : null;
      const begin = passBlank(this.#splitter, held, this.#limits, bytes, at);
      at = begin === at ? this.#takeLine(chunk, at, at < scannable) : begin;
    }
    this.#splitter.push(bytes.subarray(end));
  }

  /** Behind the line that ends next; it may have begun before. */
  #takeLine(chunk: ByteView, at: number, isScannable: boolean): number {
    if (isScannable && this.#mode === 'lines' && !this.#splitter.isWithin) {
      const number = this.#splitter.lines + 1;
      const behind = this.#scanLines!.take(chunk, at, number, this.#limits.maxLineBytes);
      if (behind !== unproved) {
        this.#splitter.pass(behind - at);
        return behind;
      }
      this.#isScanned = true;
    }
    const end = chunk.bytes.indexOf(lineFeed, at);
    this.#splitter.endLine(chunk.bytes.subarray(at, end));
    this.#isScanned = false;
    return end + 1;
  }

  /** Notes that the input itself failed, as a source or an archive does. */
  fail(code: 'INPUT_UNREADABLE' | 'INPUT_LIMIT', message: string): void {
    // What was held is the beginning of something that has no end.
    if (this.#har) this.#endHar(this.#har.end());
    this.#isEmpty = false;
    this.#context.out.find(code, { file: this.#context.out.file }, { message });
  }

  /** Ends the input, reads what was left, and sums up. */
  end(): Summary {
    const { out } = this.#context;
    if (this.#har) this.#endHar(this.#har.end());
    this.#splitter.end();
    if (this.#mode === 'undecided') this.#decide();
    if (this.#mode === 'document' || this.#mode === 'broken') this.#readDocument(this.#held);
    if (this.#longFirst) this.#readDocument(this.#longFirst);
    this.#text?.end();
    for (const one of this.#context.splits.end()) readTaken(one);
    this.#context.requests.end(out);
    if (this.#isEmpty) {
      const message = 'expected a recording, received nothing but whitespace';
      out.find('INPUT_EMPTY', { file: out.file }, { message });
    }
    const summary = out.finish(this.#stoppedAt ?? this.#splitter.lines);
    return this.#context.times.areKnown ? { ...summary, isTimed: true } : summary;
  }

  #readLine(received: Line): void {
    const line = this.#held.lines === 0 ? withoutByteOrderMark(received) : received;
    const isBlankLine = line.bytes?.every(isBlank) ?? false;
    if (this.#mode === 'stopped' || (isBlankLine && this.#held.lines === 0)) return;
    this.#isEmpty = false;
    if (this.#longFirst)
      reportLength(this.#context.out, this.#longFirst.firstLine, this.#limits, 'maxLineBytes');
    this.#longFirst = null;
    if (this.#mode === 'lines') this.#readAlone(line);
    else if (this.#text) this.#text.read(line);
    else this.#hold(line);
  }

  #readAlone({ number, bytes }: Line): void {
    if (!bytes) reportLength(this.#context.out, number, this.#limits, 'maxLineBytes');
    else if (this.#isScanned || !this.#scanLines?.takeAlone(bytes, number, this.#limits.maxLineBytes))
      this.#readBytes(bytes, number, true);
    this.#context.out.passOver(0);
  }

  #hold(line: Line): void {
    const { number, bytes } = line;
    if (this.#mode === 'undecided' && (!bytes || this.#held.length >= lookedForAnswers)) {
      this.#decide();
      this.#readLine(line);
      return;
    }
    if (this.#held.lines === 0) this.#held = new HeldText(number);
    if (!bytes || this.#held.length + bytes.length > this.#limits.maxDocumentBytes) {
      this.#giveUp();
      return;
    }
    this.#held.add(bytes);
    if (this.#mode === 'undecided') return;
    if (this.#mode !== 'broken') {
      this.#scanner.feed(bytes);
      this.#scanner.feed(newline);
    }
    switch (this.#scanner.status) {
      case 'complete':
        this.#endDocument();
        break;
      case 'too deep':
        reportProblem(this.#context.out, this.#held.firstLine, depthProblem(this.#limits.maxDepth));
        this.#startOver(this.#held.lines === 1 ? 'lines' : 'stopped');
        break;
      case 'broken':
        this.#mode = this.#isWhole && mayBeText(this.#held, bytes) ? 'undecided' : 'broken';
        if (this.#mode === 'broken') this.#takeForLines(bytes);
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
    reportLength(this.#context.out, this.#held.firstLine, this.#limits, 'maxDocumentBytes');
    this.#startOver(isFirstLine ? 'lines' : 'stopped');
  }

  /** Takes what is held for lines if this one of them is a whole value. */
  #takeForLines(line: Uint8Array): void {
    if (isWholeValue(line, this.#limits.maxDepth) && !isUnordered(this.#held.whole)) this.#readHeldAsLines();
  }

  /** Decides what the lines held are, of which the first is no JSON. */
  #decide(): void {
    const held = this.#held;
    this.#mode = 'broken';
    if (isText(held.whole, this.#limits.maxDepth)) {
      this.#startOver('text');
      this.#text = new TextRecording(this.#context, this.#limits);
      for (const line of held.split()) this.#text.read(line);
    } else for (const { bytes } of held.split()) if (this.#mode === 'broken') this.#takeForLines(bytes);
  }

  #readHeldAsLines(): void {
    const held = this.#held;
    this.#startOver('lines');
    for (const line of held.split()) if (!line.bytes.every(isBlank)) this.#readAlone(line);
  }

  #startOver(mode: 'start' | 'lines' | 'text' | 'stopped'): void {
    this.#mode = mode;
    if (mode === 'stopped') this.#stoppedAt = this.#splitter.lines;
    if (mode === 'lines' || mode === 'text') this.#splitter.maxBytes = this.#limits.maxLineBytes;
    this.#held = new HeldText(1);
    this.#scanner = new JsonScanner(this.#limits.maxDepth);
  }

  #readDocument(held: HeldText): void {
    this.#readBytes(held.text, held.firstLine, held.lines === 1 || held.firstLine > 1);
  }

  /** Reads one JSON text; the line where it begins places what it says only if `isPlaced`. */
  #readBytes(bytes: Uint8Array, number: number, isPlaced: boolean): void {
    if (this.#marks && isBlank(bytes[0]!)) this.#marks.areFlush = false;
    const { maxDepth } = this.#limits;
    const parsed = parseJson(bytes, maxDepth);
    const context = isPlaced ? { ...this.#context, line: number } : this.#context;
    if (!('problem' in parsed)) readValue(parsed.value, context);
    else if (number !== 1 || !this.#salvage()) {
      reportProblem(this.#context.out, number, parsed.problem);
      const before = parsed.problem.code === 'JSON_INVALID' ? wholeBeginning(bytes, maxDepth) : undefined;
      if (before) readBeginning(JSON.parse(new TextDecoder().decode(before.text)), before.way, context);
    }
  }

  /** Whether a broken text from the first line on has entries of a HAR before the break, which are read then. */
  #salvage(): boolean {
    const isRead = this.#broken?.salvage() === true;
    if (isRead && this.#marks) this.#marks.entries = this.#broken!.begins;
    return isRead;
  }
}
