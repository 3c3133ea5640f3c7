import { isLiteral, ofProgramHint } from '../text-forms.ts';
import { ChunkedBodies } from '../text/chunked.ts';
import { RepeatedValues } from '../text/repeated-values.ts';
import { wholeLiteral } from '../text/value-in-text.ts';
import { isReadable, lineHint, lookedForAnswers } from '../text-hints.ts';
import { TextReader, type TextMiss, type TextValue } from '../text/text-reader.ts';
import type { ReadLimits } from '../options.ts';
import { unknownAnswer, type Context } from '../values/context.ts';
import { isObject } from '../values/fields.ts';
import { admit } from '../values/envelopes.ts';
import { requestIn } from '../values/requests.ts';
import { readValue } from '../values/values.ts';
import type { HeldText } from '../lines/held-text.ts';
import { JsonScanner } from '../json/syntax.ts';
import type { Line } from '../lines/splitter.ts';
import { parseJson } from '../json/text.ts';
import { reportLength, reportProblem } from './problems.ts';

const lenient = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/** How a line begins that is meant as JSON, whatever becomes of it. */
const beginOfJson = /^\s*(?:\{|\[\s*(?:[[{"'\]]|$))/;
/** How a line begins in which a program prints a member of a value. */
const memberOfProgram = /^\s*[[{]?\s*[A-Za-z_$][\w$]*:\s/;
/** With which colours of a terminal begin. */
const escapeByte = 0x1b;

/** Whether what breaks off as JSON in this line, the last that is held, may be a text in which JSON stands. */
export function mayBeText(held: HeldText, line: Uint8Array): boolean {
  const head = lenient.decode(line.subarray(0, lookedForAnswers));
  const isPrinted = line.includes(escapeByte) || memberOfProgram.test(head) || isLiteral(`{${head}`);
  return isPrinted || (held.lines === 1 && !beginOfJson.test(head));
}

/** Whether lines that are no JSON are a text in which answers stand that can be read. */
export function isText(bytes: Uint8Array, maxDepth: number): boolean {
  const offset = offsetIn(bytes, maxDepth);
  return offset !== undefined && isReadable(bytes, offset);
}

/** Where bytes are no JSON any more. */
function offsetIn(bytes: Uint8Array, maxDepth: number): number | undefined {
  const scanner = new JsonScanner(maxDepth);
  scanner.feed(bytes);
  return scanner.problem?.offset;
}

interface NumberedText {
  readonly number: number;
  readonly text: string;
}

/** Reads a recording that is a text with JSON in it, line by line, and says so. */
export class TextRecording {
  readonly #context: Context;
  readonly #limits: ReadLimits;
  readonly #reader: TextReader<number>;
  readonly #bodies: ChunkedBodies<NumberedText>;
  readonly #told = new RepeatedValues();
  /** The first line, and whether anything was said of the text. */
  #begin: number | undefined;
  #isTold = false;
  /** The line of the first value, how many there were, and with how many stood a request. */
  #first: number | undefined;
  #values = 0;
  #asked = 0;
  /** How many stood in it before. */
  #repeated = 0;

  constructor(context: Context, limits: ReadLimits) {
    this.#context = context;
    this.#limits = limits;
    const receiver = {
      take: (one: TextValue<number>) => this.#take(one),
      miss: (one: TextMiss<number>) => this.#miss(one),
    };
    this.#reader = new TextReader(receiver, limits, { takesAll: context.ways.length > 0, isWhole: true });
    this.#bodies = new ChunkedBodies(limits.maxDocumentBytes);
  }

  /** Reads a line; one that is no UTF-8 is passed over unless a value may stand in it. */
  read({ number, bytes }: Line): void {
    const { out, maxDepth } = this.#context;
    this.#begin ??= number;
    if (!bytes) {
      this.#isTold = true;
      reportLength(out, number, this.#limits, 'maxLineBytes');
      return;
    }
    const text = lenient.decode(bytes);
    const parsed =
      text.includes('\ufffd') && this.#reader.mayRead(text) ? parseJson(bytes, maxDepth) : undefined;
    if (parsed && 'problem' in parsed && parsed.problem.code === 'TEXT_INVALID') {
      this.#isTold = true;
      reportProblem(out, number, parsed.problem);
    } else this.#readLines(this.#bodies.take({ number, text }));
  }

  #readLines(lines: readonly NumberedText[]): void {
    for (const { number, text } of lines) {
      this.#reader.take(number, text);
      this.#told.see(text);
    }
  }

  /** Ends the text, and says how it was read. */
  end(): void {
    this.#readLines(this.#bodies.end());
    this.#reader.end();
    const { out } = this.#context;
    if (this.#first === undefined) {
      const where = { file: out.file, line: this.#begin ?? 1 };
      const nothing = 'expected an answer as JSON, received text in which none stands';
      if (!this.#isTold) out.find('JSON_INVALID', where, { message: nothing });
      return;
    }
    const again = this.#repeated === 0 ? '' : `; told again by pytest and left out: ${this.#repeated}`;
    const message = `expected JSON, received text around it; values taken out of it: ${this.#values}, with their requests: ${this.#asked}${again}`;
    out.find('TEXT_AROUND_JSON', { file: out.file, line: this.#first }, { message });
  }

  #take({ value, place: line, asked }: TextValue<number>): void {
    this.#first ??= line;
    if (this.#told.has(value)) {
      this.#repeated += 1;
      return;
    }
    this.#values += 1;
    if (asked || (isObject(value) && requestIn(value))) this.#asked += 1;
    const context = { ...this.#context, line };
    const answer = asked ? admit({ ...asked, status: undefined }, context) : unknownAnswer;
    if (answer) readValue(value, { ...context, answer });
  }

  #miss({ place: line, text, expected, isBegun, code }: TextMiss<number>): void {
    this.#isTold = true;
    const { out } = this.#context;
    const bytes = encoder.encode(text);
    const hint =
      expected === wholeLiteral
        ? ofProgramHint
        : isBegun
          ? null
          : lineHint(bytes, offsetIn(bytes, this.#limits.maxDepth) ?? 0);
    out.find(code, { file: out.file, line }, { message: `expected ${expected}, received other text`, hint });
  }
}
