import { isJsonType } from '../recordings/values/bodies.ts';
import { createNaming } from '../recordings/io/naming.ts';
import { defaultLimits } from '../recordings/options.ts';
import { answerOf, isReadMethod, leanAddress } from '../recordings/values/routes.ts';
import { whenGivenUp } from './given-up.ts';
import { leanBody, notJson } from './lean-answer.ts';

/** What is looked at of an answer: a part of what the Fetch Standard gives every one. */
interface FetchedAnswer {
  readonly url: string;
  readonly status: number;
  readonly redirected: boolean;
  readonly headers: { get(name: string): string | null };
  readonly body: { getReader(): BodyReader } | null;
  clone(): FetchedAnswer;
}

interface BodyReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
  cancel(reason?: unknown): Promise<void>;
}

/** A fetch after the Fetch Standard: that of the platform, or one that wraps it. */
export type Fetch = (...args: never[]) => Promise<FetchedAnswer>;

/** Takes one line of a recording, its newline included; the next one comes when its promise has settled. */
export type Sink = (line: string) => unknown;

/** How answers are recorded. */
export interface RecordOptions {
  /** Record only requests whose URL or path begins with this text. Default: any prefix. */
  readonly routePrefix?: string;
  /** The longest body that is recorded, in bytes. Default: what a line may be when it is read. */
  readonly maxBodyBytes?: number;
  /** The times that a line is given, in milliseconds since 1970. Default: the clock. */
  readonly now?: () => number;
  /** Is told why an answer was not recorded. Default: `settled` throws it. */
  readonly onLoss?: (loss: Error) => void;
}

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
 */
export function recordFetch<F extends Fetch>(
  fetch: F,
  sink: Sink,
  options: RecordOptions = {},
): F & Recording {
  const pending = new Set<Promise<void>>();
  const losses: Error[] = [];
  const lose = (error: unknown): void => {
    const loss = error instanceof Error ? error : new Error(String(error));
    if (!options.onLoss) losses.push(loss);
    else {
      try {
        options.onLoss(loss);
      } catch {
        // Whoever is told of a loss may fail as well; the request goes on all the same.
      }
    }
  };
  let last: Promise<unknown> = Promise.resolve();
  const write = (line: string): Promise<void> => {
    const written = last.then(() => sink(line)).then(() => undefined, lose);
    last = written;
    return written;
  };
  const follow = (work: Promise<void>): void => {
    const followed = work.catch(lose).finally(() => pending.delete(followed));
    pending.add(followed);
  };

  const recording = (...args: Parameters<F>) => {
    const request = requestOf(args, options);
    return fetch(...args).then((answer) => {
      try {
        const line = lineOf(request, answer, options);
        if (line) follow(line.then((text) => (text === undefined ? undefined : write(text))));
      } catch (error) {
        lose(error);
      }
      return answer;
    });
  };
  const settled = async (): Promise<void> => {
    while (pending.size > 0) await Promise.all(pending);
    const thrown = losses.splice(0);
    if (thrown.length === 0) return;
    throw new AggregateError(
      thrown,
      `${thrown.length} not recorded, the first because: ${thrown[0]?.message}`,
    );
  };
  return Object.assign(recording, fetch, { settled });
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
): Promise<string | undefined> | undefined {
  // After a redirection the address is known, and the method is not.
  const url = answer.url === '' ? request?.url : answer.url;
  const method = answer.redirected ? undefined : request?.method;
  const asked = { routePrefix: options.routePrefix ?? '', naming: createNaming() };
  if (url === undefined || !answerOf(url, method, asked)) return undefined;
  const { status } = answer;
  const type = answer.headers.get('content-type') ?? 'json';
  const isRead = isReadMethod(method) && status < 400;
  const copy = isRead ? answer.clone().body?.getReader() : undefined;
  const reading = copy ? readText(copy, answer.body, options.maxBodyBytes) : Promise.resolve('');
  return reading.then((text) => {
    if (text === undefined) return undefined;
    const times = { started: request?.started, time: momentBy(options.now) };
    const lean = text === '' ? undefined : leanBody(text);
    // What is JSON is read, whatever its type is said to be; what is neither is left out.
    const kept = lean === undefined || (lean === notJson && !isJsonType(type)) ? {} : { body: lean };
    return `${JSON.stringify({ ...times, method, url: leanAddress(url), status, ...kept })}\n`;
  });
}

/**
 * The text of a body; undefined where it broke off, which the caller is told by its own copy, or where the caller gave
 * that up.
 */
async function readText(
  reader: BodyReader,
  callersCopy: object | null,
  maxBodyBytes = defaultLimits.maxLineBytes,
): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  let isGivenUp = false;
  const giveUp = (reason: unknown): void => {
    isGivenUp = true;
    reader.cancel(reason).catch(() => undefined);
  };
  // It may be no such stream; then nothing is seen of it.
  if (callersCopy) whenGivenUp(callersCopy as ReadableStream, giveUp);
  for (;;) {
    const portion = await reader.read().catch(() => undefined);
    if (!portion || isGivenUp) return undefined;
    if (portion.done) return text + decoder.decode();
    length += portion.value?.length ?? 0;
    if (length > maxBodyBytes) {
      // Not waited for: the copy is let go only when the caller has done with its own.
      reader.cancel().catch(() => undefined);
      throw new Error(`expected a body of at most ${maxBodyBytes} bytes (maxBodyBytes), received more`);
    }
    text += decoder.decode(portion.value, { stream: true });
  }
}
