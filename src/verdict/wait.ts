import { isObject, parseFolder } from './parse.ts';
import { received } from './received.ts';
import { SteadyClock } from './steady-clock.ts';
import {
  unreadable,
  verdictOf,
  type DefiniteVerdict,
  type PendingVerdict,
  type UnknownVerdict,
  type Verdict,
  type VerdictOptions,
} from './verdict.ts';
import {
  waitSettings,
  type PolledAnswer,
  type Read,
  type WaitFinding,
  type WaitOptions,
} from './wait-options.ts';

/** A verdict that no further answer is awaited for. */
export type AwaitedVerdict = Exclude<DefiniteVerdict, PendingVerdict> | UnknownVerdict;

/** How a wait ended: with a verdict, or without one; then with the last that was given, and why the last request gave none. */
export type WaitOutcome =
  | AwaitedVerdict
  | { readonly is: 'timeout'; readonly problem?: string; readonly last?: Verdict }
  | { readonly is: 'aborted'; readonly last?: Verdict }
  /** The service said that asking again is of no use: 401, 403, 404 and other errors of the request. */
  | { readonly is: 'refused'; readonly status: number; readonly last?: Verdict };

/** Whether waiting on can bring nothing. An unknown status, a stale answer and a missing group may still change. */
function isEnd(verdict: Verdict): verdict is AwaitedVerdict {
  switch (verdict.is) {
    case 'pending':
      return false;
    case 'incomplete':
      return verdict.because === 'list';
    case 'unknown':
      return verdict.because === 'readings' && !verdict.candidates.includes('pending');
    case 'passed':
    case 'declined':
    case 'operator-required':
    case 'failed':
      return true;
  }
}

function read(answer: unknown, options: VerdictOptions): Verdict {
  const parsed = parseFolder(answer);
  return parsed.ok ? verdictOf(parsed.folder, options) : unreadable(parsed.problems, options);
}

/** What is to be told of a verdict beside itself. */
function findingOf(verdict: Verdict): WaitFinding | undefined {
  if (verdict.is !== 'unknown') return undefined;
  switch (verdict.because) {
    case 'status':
      return {
        code: 'STATUS_UNKNOWN',
        message: `statuses that are not known: ${verdict.statuses.join(', ')}`,
      };
    case 'contradiction':
      return { code: 'CONTRADICTION', message: 'no reading of the specification explains the answer' };
    case 'unreadable': {
      const said = verdict.problems.map(({ pointer, message }) => `${pointer}: ${message}`);
      return { code: 'ANSWER_UNREADABLE', message: said.join('; ') };
    }
    case 'readings':
      return undefined;
  }
}

/** The milliseconds that Retry-After asks to wait, in either of its forms; 0 for anything else. */
function retryAfter(text: string | null | undefined, now: number): number {
  const trimmed = text?.trim() ?? '';
  if (/^\d+$/.test(trimmed)) return Number(trimmed) * 1000;
  // Dates of HTTP begin with the name of a day; other texts would be read as dates nobody meant.
  const wait = /^[A-Z][a-z]{2}/.test(trimmed) ? Date.parse(trimmed) - now : 0;
  return wait > 0 ? wait : 0;
}

const isWorthRepeating = (status: number): boolean =>
  status === 408 || status === 425 || status === 429 || status >= 500;

/** The verdicts of one wait, and whom they are told. */
class Told {
  last: Verdict | undefined;
  #problem: string | undefined;
  #text = '';
  readonly #options: WaitOptions;

  constructor(options: WaitOptions) {
    this.#options = options;
  }

  /** Takes an answer in; whether its verdict differs from the one before. */
  take(answer: unknown): boolean {
    const verdict = read(answer, this.#options);
    const text = JSON.stringify(verdict, (key, value: unknown) => (key === 'raw' ? undefined : value));
    const isNew = text !== this.#text;
    this.last = verdict;
    this.#problem = undefined;
    this.#text = text;
    if (isNew) {
      this.#options.onUpdate?.(verdict);
      const finding = findingOf(verdict);
      if (finding) this.#options.onFinding?.(finding);
    }
    return isNew;
  }

  /** Takes in that a request gave no answer that can be read. */
  fail(message: string): void {
    this.#problem = message;
    this.#options.onFinding?.({ code: 'REQUEST_FAILED', message });
  }

  /** An outcome without a verdict, beside the last one. */
  with<O extends object>(outcome: O): O & { readonly last?: Verdict } {
    return { ...outcome, ...(this.last && { last: this.last }) };
  }

  timeout(): WaitOutcome {
    const problem = this.#problem;
    return this.with({ is: 'timeout', ...(problem !== undefined && { problem }) });
  }
}

/** The longest message of an error that is told. */
const maxMessage = 200;

/** Throws a TypeError where nothing can be asked. */
function expectRequest(request: unknown): void {
  if (typeof request === 'function') return;
  throw new TypeError(`request: expected a function that asks once, received ${received(request)}`);
}

/** What a request gave instead of an answer; undefined: it is one, with a status of HTTP. */
function noAnswer(raced: { readonly done: unknown } | { readonly failed: unknown }): string | undefined {
  if ('failed' in raced) {
    const { failed } = raced;
    return `no answer: ${(failed instanceof Error ? failed.message : received(failed)).slice(0, maxMessage)}`;
  }
  const { done } = raced;
  if (!isObject(done)) return `expected an answer with status and body, received ${received(done)}`;
  const status = Number(done['status']);
  return status >= 100 && status <= 599
    ? undefined
    : `expected a status of HTTP, received ${String(done['status'])}`;
}

/** What a task came to before the time was over or the wait was aborted. */
type Raced<T> = { readonly done: T } | { readonly failed: unknown } | 'timeout' | 'aborted';

/**
 * Asks until the folder has a verdict, and tells which. One request is in flight at a time, pauses are drawn at
 * random up to a limit that doubles, and Retry-After is kept. The deadline holds everywhere; once it has passed, or
 * the signal has aborted, nothing is sent any more. However it ends is a value: it rejects only for wrong options, and
 * where a function of the options throws.
 */
export async function waitForVerdict(request: Read, options: WaitOptions): Promise<WaitOutcome> {
  expectRequest(request);
  const settings = waitSettings(options);
  const { until, random, sleep, resume, signal } = settings;
  const clock = new SteadyClock(options.clock);
  const told = new Told(options);
  let [attempts, idle, notBefore] = [resume?.attempts ?? 0, resume?.idle ?? 0, resume?.notBefore ?? 0];
  let answer = options.answer ?? resume?.answer;

  /** Follows a task until it ends, the time is over or the wait is aborted; the task is told the last two. */
  async function race<T>(task: (signal: AbortSignal) => Promise<T>, limit: number): Promise<Raced<T>> {
    const ended = new AbortController();
    const aborted = new Promise<'aborted'>((resolve) => {
      if (signal?.aborted) resolve('aborted');
      signal?.addEventListener('abort', () => resolve('aborted'), { once: true, signal: ended.signal });
    });
    const over = sleep(limit, ended.signal).then((): 'timeout' => 'timeout');
    const work = task(ended.signal).then(
      (done) => ({ done }),
      (failed: unknown) => ({ failed }),
    );
    try {
      return await Promise.race([work, over, aborted]);
    } finally {
      ended.abort();
      over.catch(() => undefined);
    }
  }
  const pause = async (milliseconds: number): Promise<unknown> =>
    milliseconds > 0 && race<never>(() => new Promise<never>(() => undefined), milliseconds);
  const isAborted = () => signal?.aborted === true;

  if (isAborted()) return told.with({ is: 'aborted' });
  if (clock.now() >= until) return told.timeout();
  if (answer !== undefined) {
    told.take(answer);
    if (told.last && isEnd(told.last)) return told.last;
  }
  for (;;) {
    await pause(Math.min(notBefore, until) - clock.now());
    if (isAborted()) return told.with({ is: 'aborted' });
    if (clock.now() >= until) return told.timeout();

    const attempt = (attempts += 1);
    const raced = await race<PolledAnswer>(
      async (flight) => request({ signal: flight, attempt }),
      until - clock.now(),
    );
    if (raced === 'aborted' || isAborted()) return told.with({ is: 'aborted' });
    if (raced === 'timeout' || clock.now() >= until) return told.timeout();

    const problem = noAnswer(raced);
    const given = problem === undefined && 'done' in raced ? raced.done : undefined;
    if (given && given.status >= 200 && given.status < 300) {
      answer = given.body;
      idle = told.take(answer) ? 0 : idle + 1;
      if (told.last && isEnd(told.last)) return told.last;
    } else {
      idle += 1;
      told.fail(`request ${attempt}: ${problem ?? `answered with ${given?.status}`}`);
      if (given && !isWorthRepeating(given.status)) return told.with({ is: 'refused', status: given.status });
    }
    const longest = Math.min(settings.maxInterval, settings.interval * 2 ** Math.min(idle, 30));
    const now = clock.now();
    const wanted = retryAfter(given?.retryAfter, clock.onGiven(now));
    notBefore = Math.min(until, now + Math.max(random() * longest, wanted));
    const [end, next] = [until, notBefore].map((time) => clock.onGiven(time)) as [number, number];
    options.onState?.({ version: 1, until: end, notBefore: next, attempts, idle, answer });
  }
}
