import { isJsonType } from '../recordings/values/bodies.ts';
import { createNaming } from '../recordings/io/naming.ts';
import { defaultLimits } from '../recordings/options.ts';
import { answerOf, isReadMethod, leanAddress } from '../recordings/values/routes.ts';
import { readBody, type FetchedAnswer, type Room } from './body.ts';
import { leanBody, notJson } from './lean-answer.ts';
import { expectRecordable, type RecordOptions } from './record-options.ts';

/** A fetch after the Fetch Standard: that of the platform, undici, node-fetch, or one that wraps it. */
export type Fetch = (...args: never[]) => Promise<FetchedAnswer>;

/** Takes one line of a recording, its newline included; the next one comes when its promise has settled. */
export type Sink = (line: string) => unknown;

/** What a recording fetch has besides what the wrapped one has. */
export interface Recording {
  /**
   * Waits until every answer received so far is recorded, then throws what was lost since the last call, unless
   * `onLoss` was told. Call it before the process ends.
   */
  settled(): Promise<void>;
}

interface Request {
  readonly url: string;
  readonly method: string;
  /** When it was sent; undefined where the clock fails, which is told when the answer is there. */
  readonly started: string | undefined;
}

const momentBy = (now = Date.now) => new Date(now()).toISOString();

function startBy(now?: () => number): string | undefined {
  try {
    return momentBy(now);
  } catch {
    return undefined;
  }
}

/**
 * Wraps a fetch so that every answer of the folder and analysis routes becomes one line of a recording, which goes
 * to `sink`. Requests, answers, errors and aborts pass through as they are, and no failure of the recording reaches
 * the caller. A line holds times, method, address, status and, of the body, only what a check reads: no header, no
 * query, no media, no personal data. An answer that the caller could not receive whole, or gave up, is not recorded.
 *
 * Lines come in the order in which answers were complete. Answers to requests that ran at the same time may have
 * been made in another order: a line says from when to when its request ran, and a check takes such answers in either.
 *
 * Throws a TypeError for options that are wrong.
 */
export function recordFetch<F extends Fetch>(
  fetch: F,
  sink: Sink,
  options: RecordOptions = {},
): F & Recording {
  expectRecordable(fetch, sink, options);
  const pending = new Set<Promise<void>>();
  const losses = new Losses(options);
  const lose = (error: unknown): void => losses.add(error);
  let last: Promise<unknown> = Promise.resolve();
  const write = (line: string): Promise<void> => {
    const written = last.then(() => sink(line)).then(() => undefined, lose);
    last = written;
    return written;
  };
  const held = new Held(options);
  const record = (request: Request | undefined, answer: FetchedAnswer): void => {
    const room = held.room();
    const recorded = lineOf(request, answer, options, room)
      ?.then((line) => {
        room.release();
        if (line === undefined) return undefined;
        room.take(line.length);
        return write(line);
      })
      .catch(lose)
      .finally(() => {
        room.release();
        pending.delete(recorded!);
      });
    if (recorded) pending.add(recorded);
  };

  const recording = (...args: Parameters<F>) => {
    const request = requestOf(args, options);
    const take = <A extends FetchedAnswer>(answer: A): A => {
      try {
        record(request, answer);
      } catch (error) {
        lose(error);
      }
      return answer;
    };
    const answered: unknown = fetch(...args);
    // What stands for a fetch in a test may answer at once.
    return isThenable(answered) ? answered.then(take) : take(answered as FetchedAnswer);
  };
  const settled = async (): Promise<void> => {
    while (pending.size > 0) {
      held.settle();
      // oxlint-disable-next-line no-await-in-loop -- more may have come meanwhile
      await Promise.all(pending);
    }
    losses.throwAll();
  };
  return Object.assign(recording, fetch, { settled });
}

const isThenable = (value: unknown): value is Promise<FetchedAnswer> =>
  typeof (value as Partial<Promise<unknown>> | null | undefined)?.then === 'function';

/** So many losses are kept to be thrown; further ones are counted. */
const maxKeptLosses = 100;

/** What was not recorded, told or kept. */
class Losses {
  readonly #onLoss: RecordOptions['onLoss'];
  #kept: Error[] = [];
  #count = 0;

  constructor({ onLoss }: RecordOptions) {
    this.#onLoss = onLoss;
  }

  add(error: unknown): void {
    const loss = error instanceof Error ? error : new Error(String(error));
    if (this.#onLoss) {
      try {
        this.#onLoss(loss);
      } catch {
        // Whoever is told of a loss may fail as well; the request goes on all the same.
      }
      return;
    }
    this.#count += 1;
    if (this.#kept.length < maxKeptLosses) this.#kept.push(loss);
  }

  /** Throws what was lost since the last call. */
  throwAll(): void {
    const [thrown, count] = [this.#kept, this.#count];
    [this.#kept, this.#count] = [[], 0];
    if (count === 0) return;
    const message = `${count} not recorded, the first because: ${thrown[0]?.message}`;
    throw new AggregateError(thrown, message);
  }
}

/** What is held of all bodies and lines together. */
class Held {
  readonly #maxBodyBytes: number;
  readonly #maxBytes: number;
  readonly #settling = new Set<() => void>();
  #bytes = 0;

  constructor({
    maxBodyBytes = defaultLimits.maxLineBytes,
    maxHeldBytes = 4 * defaultLimits.maxLineBytes,
  }: RecordOptions) {
    this.#maxBodyBytes = maxBodyBytes;
    this.#maxBytes = maxHeldBytes;
  }

  /** Ends what would never end by itself. */
  settle(): void {
    for (const act of this.#settling) act();
  }

  /** Room for one answer, to be released. */
  room(): Room & { release(): void } {
    let [own, act] = [0, (): void => undefined];
    return {
      maxBodyBytes: this.#maxBodyBytes,
      take: (bytes) => {
        if (this.#bytes + bytes > this.#maxBytes)
          throw new Error(
            `expected at most ${this.#maxBytes} bytes to wait (maxHeldBytes), received more: answers come faster than the sink takes lines`,
          );
        own += bytes;
        this.#bytes += bytes;
      },
      onSettling: (ending) => {
        act = ending;
        this.#settling.add(act);
      },
      release: () => {
        this.#bytes -= own;
        own = 0;
        this.#settling.delete(act);
      },
    };
  }
}

/** The request that the arguments of a fetch make, read before it is sent; undefined where they make none. */
function requestOf(args: readonly unknown[], { now }: RecordOptions): Request | undefined {
  const [input, init] = args as [unknown, { readonly method?: string } | undefined];
  try {
    const asked = typeof input === 'object' && input !== null && 'url' in input ? (input as Request) : null;
    const method = init?.method ?? asked?.method ?? 'GET';
    return { url: String(asked?.url ?? input), method, started: startBy(now) };
  } catch {
    return undefined;
  }
}

/** The line to write of an answer, as soon as its body has come; undefined where it says nothing of folders. */
function lineOf(
  request: Request | undefined,
  answer: FetchedAnswer,
  options: RecordOptions,
  room: Room,
): Promise<string | undefined> | undefined {
  // After a redirection the address is known, and the method is not.
  const url = answer.url || request?.url;
  const method = answer.redirected === true ? undefined : request?.method;
  const asked = { routePrefix: options.routePrefix ?? '', naming: createNaming() };
  if (url === undefined || !answerOf(url, method, asked)) return undefined;
  const { status } = answer;
  const type = answer.headers.get('content-type') ?? 'json';
  const isRead = isReadMethod(method) && status < 400;
  const reading = isRead ? readBody(answer, room) : Promise.resolve('');
  return reading.then((text) => {
    if (text === undefined) return undefined;
    const times = { started: request?.started, time: momentBy(options.now) };
    const lean = text === '' ? undefined : leanBody(text);
    // What is JSON is read, whatever its type is said to be; what is neither is left out.
    const kept = lean === undefined || (lean === notJson && !isJsonType(type)) ? {} : { body: lean };
    return `${JSON.stringify({ ...times, method, url: leanAddress(url), status, ...kept })}\n`;
  });
}
