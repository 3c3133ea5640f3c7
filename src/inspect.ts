import type { InspectionEvent } from 'xstate';
import { recordOfMessage, recordOfXState } from './inspection/convert.ts';

/** Tells `oz-status inspect` of running actors. Needs nothing but `fetch`, in a browser as in Node. */

/** How actors are told of. */
export interface InspectOptions {
  /** Hears once of everything that keeps records from arriving. Default: `console.warn`. */
  readonly onProblem?: (problem: string) => void;
  /** Default: the global one. */
  readonly fetch?: typeof fetch;
  /** Milliseconds since 1970. Default: `Date.now`. */
  readonly now?: () => number;
}

/** Takes what XState tells its inspectors, and is an adapter for `createInspector` of `@statelyai/inspect`. */
export interface Inspection {
  /**
   * Takes an inspection event of XState. Never throws and never waits: what the event holds is copied, in bounds, when
   * the code that runs now has ended.
   */
  next(event: InspectionEvent): void;
  /** Takes a message of `@statelyai/inspect`. */
  send(message: object): void;
  /** Waits until all that was taken has arrived, or cannot arrive now. Wait for it before you end a process. */
  flushed(): Promise<void>;
}

/** How much is kept until it can be sent, and sent at once; in characters. */
const limits = { waiting: 8_000_000, batch: 1_000_000 };

/** So many events are held at most before they are copied. */
const maxHeld = 1000;

/**
 * The option that shows an actor in `oz-status inspect`, given the address which that command printed:
 * `createActor(machine, { inspect: inspectTo(url) })`. One may serve several actors. Throws if `url` is no address.
 */
export function inspectTo(url: string | URL, options: InspectOptions = {}): Inspection {
  return new Sender(addressOf(url), options);
}

function addressOf(url: string | URL): URL {
  const text = String(url);
  const isHttp = URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
  if (!isHttp)
    throw new TypeError(`inspectTo: expected the address that oz-status inspect printed, received "${text}"`);
  const address = new URL(text);
  // The address may have been copied from the browser, with what the page shows in it.
  address.hash = '';
  address.search = '';
  if (!address.pathname.endsWith('/')) address.pathname += '/';
  return new URL('events', address);
}

interface Line {
  readonly text: string;
  readonly isActor: boolean;
}

const announces = (record: object): boolean => 'type' in record && record.type === '@xstate.actor';

class Sender implements Inspection {
  readonly #address: URL;
  readonly #onProblem: (problem: string) => void;
  readonly #fetch: typeof fetch;
  readonly #now: () => number;
  readonly #told = new Set<string>();
  /** What makes the records of what was taken and is not copied yet. */
  #held: (() => object | null)[] = [];
  #waiting: Line[] = [];
  #characters = 0;
  #dropped = 0;
  /** The server has refused: whatever follows will be as well. */
  #isRefused = false;
  #sending: Promise<void> | null = null;

  constructor(address: URL, options: InspectOptions) {
    this.#address = address;
    const source = [...crypto.getRandomValues(new Uint8Array(4))].map((byte) =>
      byte.toString(16).padStart(2, '0'),
    );
    address.searchParams.set('source', source.join(''));
    // oxlint-disable-next-line no-console -- a developer reads it, and can take it elsewhere
    this.#onProblem = options.onProblem ?? ((problem) => console.warn(problem));
    this.#fetch = options.fetch ?? ((...given) => fetch(...given));
    this.#now = options.now ?? Date.now;
  }

  next(event: InspectionEvent): void {
    this.#take(() => recordOfXState(event, String(this.#now())));
  }

  send(message: object): void {
    this.#take(() => () => recordOfMessage(message));
  }

  async flushed(): Promise<void> {
    await this.#sending;
  }

  /** An actor must not suffer from being looked at: whatever goes wrong is told, and nothing is thrown. */
  #take(hold: () => (() => object | null) | null): void {
    if (this.#isRefused) return;
    const make = this.#attempt(hold);
    if (!make) return;
    if (this.#held.push(make) >= maxHeld) this.#copy();
    else if (this.#held.length === 1) queueMicrotask(() => this.#copy());
    this.#sending ??= Promise.resolve().then(async () => this.#sendAll());
  }

  #attempt<T>(act: () => T): T | null {
    try {
      return act();
    } catch (error) {
      this.#tell(`a record cannot be written: ${String(error)}`);
      return null;
    }
  }

  /** Copies what was taken. */
  #copy(): void {
    for (const make of this.#held.splice(0)) {
      if (this.#isRefused) continue;
      const line = this.#attempt(() => {
        const record = make();
        return record && { text: JSON.stringify(record), isActor: announces(record) };
      });
      if (!line) continue;
      this.#waiting.push(line);
      this.#characters += line.text.length;
    }
    this.#dropOldest();
  }

  /** What announces an actor stays as long as anything else can go. */
  #dropOldest(): void {
    while (this.#characters > limits.waiting && this.#waiting.length > 0) {
      const found = this.#waiting.findIndex(({ isActor }) => !isActor);
      const [gone] = this.#waiting.splice(Math.max(0, found), 1);
      this.#characters -= gone?.text.length ?? 0;
      this.#dropped += 1;
    }
  }

  async #sendAll(): Promise<void> {
    try {
      this.#copy();
      while (this.#waiting.length > 0 && !this.#isRefused) {
        const batch = this.#nextBatch();
        // oxlint-disable-next-line no-await-in-loop -- records arrive in their order
        if (!(await this.#post(batch))) {
          this.#waiting.unshift(...batch);
          break;
        }
        this.#characters -= batch.reduce((sum, { text }) => sum + text.length, 0);
      }
    } finally {
      this.#sending = null;
    }
  }

  #nextBatch(): readonly Line[] {
    let characters = 0;
    const end = this.#waiting.findIndex(
      ({ text }, at) => (characters += text.length) > limits.batch && at > 0,
    );
    return this.#waiting.splice(0, end < 0 ? this.#waiting.length : end);
  }

  /** Whether these need not be sent again. */
  async #post(batch: readonly Line[]): Promise<boolean> {
    const dropped = this.#dropped;
    this.#address.searchParams.set('dropped', String(dropped));
    let response: Response;
    try {
      const body = batch.map(({ text }) => `${text}\n`).join('');
      // A plain text needs no leave of its own from a browser.
      const headers = { 'content-type': 'text/plain' };
      const init = { method: 'POST', headers, body, redirect: 'error', credentials: 'omit' } as const;
      response = await this.#fetch(this.#address, init);
    } catch {
      this.#tell(`${this.#address.origin} does not answer: is oz-status inspect running?`);
      return false;
    }
    this.#dropped -= dropped;
    if (response.ok) return true;
    this.#isRefused = true;
    this.#waiting = [];
    const reason = await response.text().catch(() => '');
    this.#tell(`${this.#address.origin} refuses (${response.status}): ${reason.trim().slice(0, 300)}`);
    return true;
  }

  #tell(problem: string): void {
    if (this.#told.has(problem)) return;
    this.#told.add(problem);
    this.#onProblem(`inspectTo: ${problem}`);
  }
}
