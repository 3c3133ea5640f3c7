import { whenBodyGivenUp } from './given-up.ts';
import { isNodeStream, watchNodeStream, type NodeStream } from './node-body.ts';

/** What is looked at of an answer: a part of what the Fetch Standard gives every one, and what older ones lack of it. */
export interface FetchedAnswer {
  readonly url: string;
  readonly status: number;
  readonly redirected?: boolean;
  readonly headers: { get(name: string): string | null };
  readonly bodyUsed?: boolean;
  /** A stream of the platform, one of Node, null without a body; nothing on React Native. */
  readonly body?: unknown;
  clone(): FetchedAnswer;
  text(): Promise<string>;
}

interface WebStream {
  readonly locked?: boolean;
  getReader(): BodyReader;
}

interface BodyReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
  cancel(reason?: unknown): Promise<void>;
}

/** What may be held of one body, and who waits for it. */
export interface Room {
  readonly maxBodyBytes: number;
  /** Takes room for so many bytes more; throws if there is none. */
  take(bytes: number): void;
  /** What `settled` calls before it waits: ends what nobody reads. */
  onSettling(act: () => void): void;
}

const isWebStream = (body: unknown): body is WebStream =>
  typeof (body as Partial<WebStream> | null | undefined)?.getReader === 'function';

const isAbort = (error: unknown): boolean => (error as Partial<Error> | undefined)?.name === 'AbortError';

function tooLong(maxBodyBytes: number): Error {
  return new Error(`expected a body of at most ${maxBodyBytes} bytes (maxBodyBytes), received more`);
}

/** Adds portions of a body up to a limit. */
class Gathered {
  readonly #room: Room;
  readonly #decoder = new TextDecoder();
  #text = '';
  #length = 0;

  constructor(room: Room) {
    this.#room = room;
  }

  add(portion: unknown): void {
    const isText = typeof portion === 'string';
    if (!isText && !(portion instanceof Uint8Array)) return;
    this.#length += portion.length;
    if (this.#length > this.#room.maxBodyBytes) throw tooLong(this.#room.maxBodyBytes);
    this.#room.take(portion.length);
    this.#text += isText ? portion : this.#decoder.decode(portion, { stream: true });
  }

  end(): string {
    return this.#text + this.#decoder.decode();
  }
}

/**
 * The text of the body of an answer, read beside the caller; undefined where it broke off, which the caller is told by
 * its own copy, or where the caller gave that up. It looks before it copies: what has been used, is said to be too long
 * or has no end by its type is left alone. Rejects with what was lost.
 */
export async function readBody(answer: FetchedAnswer, room: Room): Promise<string | undefined> {
  const { body, headers } = answer;
  // A stream of events has no end and is no JSON.
  if (body === null || /^text\/event-stream\b/i.test(headers.get('content-type') ?? '')) return '';
  if (isUsed(answer)) throw new Error('expected a body that nobody has used yet, received one that was');
  if (Number(headers.get('content-length') ?? 0) > room.maxBodyBytes) throw tooLong(room.maxBodyBytes);
  if (isNodeStream(body)) return readNodeStream(body, room);
  if (!isWebStream(body)) return readText(answer, room);
  const copy = answer.clone().body as WebStream;
  return readStream(copy.getReader(), answer, new Gathered(room));
}

function isUsed({ bodyUsed, body }: FetchedAnswer): boolean {
  const { locked, destroyed, readableEnded } = (body ?? {}) as Partial<WebStream & NodeStream>;
  return [bodyUsed, locked, destroyed, readableEnded].includes(true);
}

async function readNodeStream(body: NodeStream, room: Room): Promise<string | undefined> {
  const gathered = new Gathered(room);
  const { isWhole, leave } = watchNodeStream(body, (portion) => gathered.add(portion));
  let isUnread = false;
  room.onSettling(() => (isUnread ||= leave()));
  if (await isWhole) return gathered.end();
  if (isUnread) throw new Error('expected the caller to read the body, received one that nobody has read');
  return undefined;
}

/** Reads a body that shows no stream, as on React Native. Its length is known at its end, unless a header tells it. */
async function readText(answer: FetchedAnswer, room: Room): Promise<string | undefined> {
  let text: string;
  try {
    text = await answer.clone().text();
  } catch (error) {
    if (isAbort(error)) return undefined;
    throw error;
  }
  if (text.length > room.maxBodyBytes) throw tooLong(room.maxBodyBytes);
  room.take(text.length);
  return text;
}

async function readStream(
  reader: BodyReader,
  callers: FetchedAnswer,
  gathered: Gathered,
): Promise<string | undefined> {
  let isGivenUp = false;
  const giveUp = (reason: unknown): void => {
    isGivenUp = true;
    reader.cancel(reason).catch(() => undefined);
  };
  whenBodyGivenUp(callers, giveUp);
  for (;;) {
    const portion = await reader.read().catch(() => undefined);
    if (!portion || isGivenUp) return undefined;
    if (portion.done) return gathered.end();
    try {
      gathered.add(portion.value);
    } catch (error) {
      // Not waited for: the copy is let go only when the caller has done with its own.
      reader.cancel().catch(() => undefined);
      throw error;
    }
  }
}
