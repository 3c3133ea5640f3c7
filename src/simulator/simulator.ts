import { settingsFrom } from '../../machines/index.ts';
import { expectOptions, usualLimits, type SimulatorLimits, type SimulatorOptions } from './options.ts';
import { answerApi } from './routes/api.ts';
import { answerControl, arrivedCallbacks, controlPath } from './routes/control.ts';
import type { PluginCallback } from './routes/callbacks.ts';
import { described } from './routes/read-body.ts';
import { sharedAnswer } from './routes/shared.ts';
import { beforeRequest } from './session/clock.ts';
import { entryProblem, type Entry } from './session/entries.ts';
import { Session, SessionFull } from './session/session.ts';
import { readSettings, type SharedSettings } from './session/settings.ts';
import { addressOf, settingsIn, type Address } from './transport/address.ts';
import { failure, type Answer, type Ask, type Mishap } from './transport/answer.ts';
import { askOf } from './transport/ask.ts';
import { responseOf } from './transport/respond.ts';
import { exchangeLine, type Exchange } from './transport/traffic-log.ts';

/** All that has happened, session by session: what a simulator is made of. */
export interface Snapshot {
  readonly sessions: readonly { readonly key: string; readonly entries: readonly Entry[] }[];
}

/** A service that answers as the machines say. */
export interface Simulator {
  /**
   * Answers a request of any base URL, given as `fetch` takes it. Rejects only as `fetch` does: where a fault breaks the
   * connection, the signal of the request has aborted, or the URL is none.
   */
  readonly fetch: (input: Request | string | URL, init?: RequestInit) => Promise<Response>;
  /** Answers a request that was read already: whoever sends answers over a network acts on their mishaps. */
  answer(ask: Ask): Answer;
  /** The most bytes of a body that are read. */
  readonly maxBody: number;
  /** The callbacks of the web plugin that have arrived in the session of a base URL. */
  callbacks(baseUrl: string): readonly PluginCallback[];
  /** The traffic of the session of a base URL. */
  recording(baseUrl: string, format?: 'ndjson' | 'har'): string;
  snapshot(): Snapshot;
  /** Takes the sessions of a snapshot in place of its own; throws a TypeError where the snapshot is none. */
  restore(snapshot: Snapshot): void;
}

const keyOf = (baseUrl: string): string => {
  if (typeof baseUrl !== 'string')
    throw new TypeError(`base URL: expected a text, received ${described(baseUrl)}`);
  const path = URL.canParse(baseUrl) ? new URL(baseUrl).pathname : baseUrl;
  return path.endsWith('/') ? path.slice(0, -1) : path;
};

/** Makes a simulator. Throws a TypeError for options and readings that are misspelt or of another type. */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  expectOptions(options);
  return new Sessions(options);
}

/** Throws a TypeError where a value is no snapshot. */
function expectSnapshot(snapshot: Snapshot): void {
  const sessions: unknown = (snapshot as Partial<Snapshot> | null | undefined)?.sessions;
  if (!Array.isArray(sessions))
    throw new TypeError(
      `snapshot: expected an object with a list of sessions, received ${described(snapshot)}`,
    );
  for (const [at, session] of (
    sessions as readonly (Partial<Snapshot['sessions'][number]> | null)[]
  ).entries()) {
    const { key, entries } = session ?? {};
    if (typeof key !== 'string' || !Array.isArray(entries))
      throw new TypeError(`snapshot, session ${at}: expected a key and a list of entries`);
    for (const [number, entry] of entries.entries()) {
      const problem = entryProblem(entry);
      if (problem !== undefined) throw new TypeError(`snapshot, session ${key}, entry ${number}: ${problem}`);
    }
  }
}

class Sessions implements Simulator {
  readonly maxBody: number;
  readonly #options: SimulatorOptions;
  readonly #limits: SimulatorLimits;
  readonly #shared: SharedSettings;
  readonly #now: () => number;
  readonly #sessions = new Map<string, Session>();
  #entries = 0;

  constructor(options: SimulatorOptions) {
    const { reading = {}, operatorRequired = 'allowed', seed = '1', limits, now } = options;
    this.#options = options;
    this.#limits = { ...usualLimits, ...limits };
    this.#shared = { settings: settingsFrom({ reading, operatorRequired }), seed: String(seed) };
    this.#now = now ?? (() => Date.now());
    this.maxBody = this.#limits.body;
  }

  readonly fetch = async (input: Request | string | URL, init?: RequestInit): Promise<Response> => {
    // A request of another realm is one as well.
    const isRequest = typeof input === 'object' && 'url' in input && init === undefined;
    const request = isRequest ? input : new Request(input, init);
    const ask = await askOf(request, this.maxBody);
    request.signal?.throwIfAborted();
    return responseOf(this.answer(ask));
  };

  answer(ask: Ask): Answer {
    const address = addressOf(ask.path);
    if (!address)
      return failure(
        'missing',
        `expected a path with /api/ or ${controlPath}, received ${ask.path.slice(0, 100)}`,
      );
    try {
      if (address.part === 'control') return this.#control(address, ask);
      const session = this.#session(address.key);
      return session instanceof Session ? this.#api(session, address, ask) : session;
    } catch (error) {
      if (error instanceof SessionFull) return failure('unknown', error.message, { status: 507 });
      throw error;
    }
  }

  /** The session of a base URL, or why there is none. */
  #session(key: string): Session | Answer {
    const known = this.#sessions.get(key);
    if (known) return known;
    const parts = settingsIn(key);
    const settings = parts ? readSettings(parts, this.#shared) : { problem: 'expected a URL' };
    if ('problem' in settings) return failure('missing', `base URL: ${settings.problem}`);
    if (this.#sessions.size >= this.#limits.sessions)
      throw new SessionFull(`expected at most ${this.#limits.sessions} sessions, received one more`);
    const onEntry = (entry: Entry): void => {
      this.#options.onEntry?.(key, entry);
      this.#entries += 1;
    };
    const session = new Session(key, settings, this.#limits, this.#now(), onEntry);
    this.#sessions.set(key, session);
    return session;
  }

  #control({ key, path, query }: Address, ask: Ask): Answer {
    const shared = sharedAnswer(ask.method, path, query);
    if (shared) return shared;
    if (ask.method === 'DELETE' && (path === '' || path === '/')) return this.#forget(key);
    const session = this.#session(key);
    if (!(session instanceof Session)) return session;
    this.#expectRoom();
    beforeRequest(session, this.#now);
    return answerControl(session, ask, path, query);
  }

  #forget(key: string): Answer {
    const session = this.#sessions.get(key);
    if (session) {
      this.#entries -= session.log.length;
      this.#sessions.delete(key);
      this.#options.onForget?.(key);
    }
    return { status: 204, body: '' };
  }

  #expectRoom(): void {
    const { allEntries } = this.#limits;
    if (this.#entries >= allEntries)
      throw new SessionFull(`expected at most ${allEntries} entries in all sessions, received one more`);
  }

  #api(session: Session, { path, query }: Address, ask: Ask): Answer {
    if (ask.method !== 'GET') this.#expectRoom();
    const fault = session.faults.next();
    if (fault === 'rate-limit')
      return this.#told(
        session,
        ask,
        failure('unknown', 'too many requests', { status: 429, headers: { 'retry-after': '1' } }),
      );
    if (fault === 'server-error')
      return this.#told(session, ask, failure('unknown', 'an error of the service'));
    beforeRequest(session, this.#now);
    const answer = answerApi({ session, ask, query, stale: fault === 'stale' }, path);
    if (fault === undefined || fault === 'stale') return this.#told(session, ask, answer);
    return this.#told(session, ask, { ...answer, mishap: { fault, delay: session.faults.delay() } });
  }

  /** Keeps an answer, as its client sees it, and returns it. */
  #told(session: Session, ask: Ask, answer: Answer): Answer {
    const isLost = answer.mishap && arrivesNever.includes(answer.mishap.fault);
    const { method, url } = ask;
    const exchange: Exchange = {
      method,
      url,
      status: answer.status,
      ...(isLost ? {} : { body: answer.body }),
    };
    session.traffic.keep(exchange, session.now);
    this.#options.onExchange?.(session.key, exchangeLine(exchange, session.now));
    return answer;
  }

  callbacks(baseUrl: string): readonly PluginCallback[] {
    const session = this.#sessions.get(keyOf(baseUrl));
    return session ? arrivedCallbacks(session) : [];
  }

  recording(baseUrl: string, format: 'ndjson' | 'har' = 'ndjson'): string {
    return this.#sessions.get(keyOf(baseUrl))?.traffic[format]() ?? '';
  }

  snapshot(): Snapshot {
    return { sessions: [...this.#sessions.values()].map(({ key, log }) => ({ key, entries: [...log] })) };
  }

  restore(snapshot: Snapshot): void {
    expectSnapshot(snapshot);
    const [before, count] = [[...this.#sessions], this.#entries];
    this.#sessions.clear();
    this.#entries = 0;
    try {
      for (const { key, entries } of snapshot.sessions) {
        const session = this.#session(key);
        if (!(session instanceof Session)) throw new TypeError(`snapshot, session ${key}: ${session.body}`);
        session.restore(entries);
        this.#entries += entries.length;
      }
    } catch (error) {
      // What is no snapshot leaves everything as it was.
      this.#sessions.clear();
      for (const [key, session] of before) this.#sessions.set(key, session);
      this.#entries = count;
      throw error;
    }
  }
}

/** The faults after which a client has no whole answer. */
const arrivesNever: readonly Mishap['fault'][] = ['reset', 'truncated'];
