/** Takes values out of the texts of a log, each of which stands in a record of its own. */
import { placeOf, type JoinsTexts, type LoggedText, type ValueInTexts } from '../values/context.ts';
import { writerOf } from '../values/requests-in-order.ts';
import { SplitTexts } from './split-texts.ts';
import { TextReader, type TextMiss } from './text-reader.ts';

/** The texts of so many writers are told apart. */
const mostWriters = 256;
/** The longest value that goes on over texts. */
const longestValue = 16 * 1024 * 1024;

/** The texts of one log: values by themselves, split, or among other text with the requests above them. */
export class LoggedTexts implements JoinsTexts {
  readonly #isWhole: boolean;
  readonly #splits = new SplitTexts((one) => this.#pass(one));
  readonly #readers = new Map<string, TextReader<LoggedText>>();
  #found: ValueInTexts[] = [];

  /** Requests are known by their order only in a log that is read whole. */
  constructor(isWhole: boolean) {
    this.#isWhole = isWhole;
  }

  take(one: LoggedText): readonly ValueInTexts[] {
    const whole = this.#splits.take(one);
    if (!whole) return this.#taken();
    // Only where requests stand above answers does it matter what else stands around a value.
    const reader = this.#readers.size > 0 ? this.#readers.get(writerOf(one.around)) : undefined;
    if (reader?.hasRequests === true && typeof whole.value === 'object')
      read(reader, whole, JSON.stringify(whole.value));
    else this.#found.push(whole);
    return this.#taken();
  }

  end(): readonly ValueInTexts[] {
    this.#splits.end();
    for (const reader of this.#readers.values()) reader.end();
    return this.#taken();
  }

  #taken(): readonly ValueInTexts[] {
    return this.#found.splice(0);
  }

  /** Reads a text that is no JSON. */
  #pass(one: LoggedText): void {
    const reader = this.#readerOf(one);
    if (reader?.mayRead(one.text) !== true) one.context.out.ignore('notAt');
    if (reader) read(reader, one, one.text);
  }

  #readerOf({ around, context }: LoggedText): TextReader<LoggedText> | undefined {
    const writer = writerOf(around);
    const known = this.#readers.get(writer);
    if (known || this.#readers.size === mostWriters) return known;
    const receiver = {
      take: ({ place, ...one }: { readonly place: LoggedText; readonly value: unknown }) =>
        void this.#found.push({ ...place, ...one }),
      miss: (one: TextMiss<LoggedText>) => miss(one),
    };
    const limits = { maxDepth: context.maxDepth, maxDocumentBytes: longestValue };
    const reader = new TextReader<LoggedText>(receiver, limits, { takesAll: false, isWhole: this.#isWhole });
    this.#readers.set(writer, reader);
    return reader;
  }
}

/** Reads a text, whose values come before those of other texts. */
function read(reader: TextReader<LoggedText>, one: LoggedText, text: string): void {
  for (const line of text.split('\n')) reader.take(one, line);
  reader.settle();
}

/** Reports a value that is not whole; names of the API by themselves are what a log says of much. */
function miss({ place: { context, pointer }, expected, isBegun, code }: TextMiss<LoggedText>): void {
  if (isBegun)
    context.out.find(code, placeOf(context, pointer), {
      message: `expected ${expected}, received other text`,
    });
  else context.out.ignore('notAt');
}
