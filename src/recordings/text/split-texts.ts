/** Texts of a log that were written in several records, as Docker writes a line of more than 16 KiB. */
import { isStructured, jsonIn } from '../values/bodies.ts';
import { reportText, type LoggedText, type ValueInTexts } from '../values/context.ts';
import { writerOf } from '../values/requests-in-order.ts';
import { JsonScanner } from '../json/syntax.ts';
import { parseJsonText, spelledValue } from '../json/text.ts';

/** A text of which the end has not come. */
interface Begun {
  readonly first: LoggedText;
  readonly scanner: JsonScanner;
  text: string;
  /** How many records have gone on with it. */
  more: number;
}

/** The longest text that is joined, and how many may have begun. */
const longestJoined = 16 * 1024 * 1024;
const mostBegun = 16;

const encoder = new TextEncoder();

/** Joins the texts of one log. */
export class SplitTexts {
  readonly #begun = new Map<string, Begun>();
  readonly #pass: (one: LoggedText) => void;

  /** A text that neither is JSON nor begins so goes to `pass`. */
  constructor(pass: (one: LoggedText) => void) {
    this.#pass = pass;
  }

  /** The value that a text spells, or that it ends, and the text with which that began; undefined where it spells none. */
  take(one: LoggedText): ValueInTexts | undefined {
    const alone = spelled(one);
    if (alone !== undefined && this.#begun.size === 0) return { ...one, value: alone };
    const key = writerOf(one.around);
    const begun = this.#begun.get(key);
    if (!begun || (alone !== undefined && isStructured(one.text))) {
      if (begun) this.#giveUp(key, begun);
      if (alone !== undefined) return { ...one, value: alone };
      this.#begin(key, one);
      return undefined;
    }
    begun.scanner.feed(encoder.encode(one.text));
    begun.text += one.text;
    const { status } = begun.scanner;
    if (status === 'open' && begun.text.length <= longestJoined) {
      begun.more += 1;
      return undefined;
    }
    const whole = { ...begun.first, text: begun.text };
    const joined = status === 'complete' ? spelled(whole) : undefined;
    if (joined !== undefined) {
      this.#begun.delete(key);
      return { ...whole, value: joined };
    }
    this.#giveUp(key, begun);
    this.#begin(key, one);
    return undefined;
  }

  /** Reports all that has begun and not ended. */
  end(): void {
    for (const [key, begun] of this.#begun) this.#giveUp(key, begun);
  }

  /** Holds a text that is the beginning of a list or an object. */
  #begin(key: string, first: LoggedText): void {
    const { context, text } = first;
    const scanner = new JsonScanner(context.maxDepth);
    if (isStructured(text)) scanner.feed(encoder.encode(text));
    if (scanner.status !== 'open') {
      this.#pass(first);
      return;
    }
    if (this.#begun.size === mostBegun) this.#giveUp(...[...this.#begun][0]!);
    this.#begun.set(key, { first, scanner, text, more: 0 });
  }

  /** Reports a text that has no end if it may be an answer; a log holds much else. */
  #giveUp(key: string, { first: { context, pointer, text }, more }: Begun): void {
    this.#begun.delete(key);
    for (let nth = 0; nth < more; nth += 1) context.out.ignore('notAt');
    const parsed = parseJsonText(text, context.maxDepth);
    if ('problem' in parsed && ofAnswers.test(text)) reportText(context, pointer, parsed.problem);
    else context.out.ignore('notAt');
  }
}

/** What a text holds that is an answer, or an exchange with one. */
const ofAnswers = /(?:folder|analyse|analysis)_id|resolution/;

/** What a text spells, also in base64, and where it was written as JSON twice. */
function spelled({ text, context }: LoggedText): unknown {
  const value = spelledValue(jsonIn(text), context.maxDepth);
  const isTwice = typeof value === 'string' && isStructured(value);
  return isTwice ? (spelledValue(value, context.maxDepth) ?? value) : value;
}
