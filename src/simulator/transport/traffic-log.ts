/** One request and its answer, as a client saw them. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  /** The answer as text; absent: none arrived whole. */
  readonly body?: string;
}

interface Kept extends Exchange {
  /** When the answer was complete, in milliseconds of the session. */
  readonly time: number;
}

/** The moment at which every session begins. */
export const beginning = Date.UTC(2026, 0, 1);

/** A moment of a session as the API writes moments in recordings. */
export const momentText = (time: number): string => new Date(beginning + time).toISOString();

/**
 * The traffic of a session, the newest of it. Each exchange has a moment of its own, so that its place in a recording
 * is certain.
 */
export class TrafficLog {
  readonly #most: number;
  #kept: Kept[] = [];
  #from = 0;
  #size = 0;
  #last = 0;
  /** How many exchanges were left out because no more are kept. */
  dropped = 0;

  constructor(mostCharacters: number) {
    this.#most = mostCharacters;
  }

  /** Keeps an exchange that ended at a time of the session. */
  keep(exchange: Exchange, now: number): void {
    if (this.#most === 0) return;
    this.#last = Math.max(now, this.#last + 2);
    this.#kept.push({ ...exchange, time: this.#last });
    this.#size += sizeOf(exchange);
    while (this.#size > this.#most && this.#from < this.#kept.length) {
      this.#size -= sizeOf(this.#kept[this.#from]!);
      this.#from += 1;
      this.dropped += 1;
    }
    if (this.#from < 1000) return;
    this.#kept = this.#kept.slice(this.#from);
    this.#from = 0;
  }

  get #entries(): readonly Kept[] {
    return this.#kept.slice(this.#from);
  }

  /** The recording as lines of JSON, each with method, URL, status and body. */
  ndjson(): string {
    return this.#entries.map((kept) => `${exchangeLine(kept, kept.time)}\n`).join('');
  }

  /** The recording as a HAR. */
  har(): string {
    const entries = this.#entries.map(({ time, method, url, status, body }) => ({
      startedDateTime: momentText(time),
      time: 1,
      request: {
        method,
        url,
        httpVersion: 'HTTP/1.1',
        headers: [],
        queryString: [],
        cookies: [],
        headersSize: -1,
        bodySize: -1,
      },
      response: {
        status: body === undefined ? 0 : status,
        statusText: '',
        httpVersion: 'HTTP/1.1',
        headers: [],
        cookies: [],
        content: {
          size: body?.length ?? 0,
          mimeType: 'application/json',
          ...(body === undefined ? {} : { text: body }),
        },
        redirectURL: '',
        headersSize: -1,
        bodySize: -1,
      },
      cache: {},
      timings: { send: 0, wait: 1, receive: 0 },
    }));
    const log = { version: '1.2', creator: { name: 'oz-status-spec', version: '1' }, entries };
    return `${JSON.stringify({ log })}\n`;
  }
}

/** One exchange as a line of a recording, without its end. */
export function exchangeLine({ method, url, status, body }: Exchange, time: number): string {
  const head = JSON.stringify({ time: momentText(time), method, url, status });
  return body === undefined || body === '' ? head : `${head.slice(0, -1)},"body":${asJson(body)}}`;
}

/** A body as it stands in a line: itself where it is JSON, else a text. */
function asJson(body: string): string {
  try {
    JSON.parse(body);
    return body.includes('\n') ? JSON.stringify(JSON.parse(body)) : body;
  } catch {
    return JSON.stringify(body);
  }
}

const sizeOf = ({ url, body = '' }: Exchange): number => url.length + body.length + 50;
