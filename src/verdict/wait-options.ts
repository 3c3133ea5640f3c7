import { received } from './received.ts';
import { unreadable, type Verdict, type VerdictOptions } from './verdict.ts';

/** What one request gave: the status of the answer, its parsed body, and when to come again if it says so. */
export interface PolledAnswer {
  readonly status: number;
  readonly body?: unknown;
  /** The header Retry-After, in seconds or as a date. */
  readonly retryAfter?: string | null;
}

/** Makes one request; rejects where there is no answer. The signal aborts when nobody waits for it any more. */
export type Read = (request: {
  readonly signal: AbortSignal;
  readonly attempt: number;
}) => Promise<PolledAnswer>;

/** Where a wait stands: plain data, so that another process can go on with it. */
export interface WaitState {
  readonly version: 1;
  /** When the wait ends, on the clock of the options. */
  readonly until: number;
  /** When the next request may be sent, on the same clock. */
  readonly notBefore: number;
  readonly attempts: number;
  /** How many answers in a row brought nothing new, or failed. */
  readonly idle: number;
  /** The last body that was read. */
  readonly answer?: unknown;
}

/** What the wait itself notices: it never changes a verdict. */
export interface WaitFinding {
  readonly code: 'STATUS_UNKNOWN' | 'CONTRADICTION' | 'ANSWER_UNREADABLE' | 'REQUEST_FAILED';
  readonly message: string;
}

/** How to wait for a verdict. */
export interface WaitOptions extends VerdictOptions {
  /** How long to wait at most, in milliseconds: requests, pauses and a late success included. */
  readonly deadline: number;
  /** The time in milliseconds since 1970, such as `Date.now`. */
  readonly clock: () => number;
  readonly signal?: AbortSignal;
  /** The longest pause after the first answer, in milliseconds; it doubles while nothing changes. Default: 1000. */
  readonly interval?: number;
  /** The longest pause of all, in milliseconds. Default: 15,000. */
  readonly maxInterval?: number;
  /** A body that is known already: where it is settled nothing is sent. */
  readonly answer?: unknown;
  /** Goes on where another wait stood; its end is kept. */
  readonly resume?: WaitState;
  /** Told of every verdict that differs from the one before. */
  readonly onUpdate?: (verdict: Verdict) => void;
  /** Told after every request where the wait stands. */
  readonly onState?: (state: WaitState) => void;
  readonly onFinding?: (finding: WaitFinding) => void;
  /** A number from 0 up to 1. Default: `Math.random`. */
  readonly random?: () => number;
  /** Ends after some milliseconds, or when the signal aborts. Default: `setTimeout`. */
  readonly sleep?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** The longest time that `setTimeout` can wait: a longer one ends at once. */
const longestTimeout = 2 ** 31 - 1;

/** Ends after some milliseconds, or when the signal aborts. */
function timeoutSleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end);
  });
}

/** Throws a TypeError for what is no function though it is to be called, and for a signal that is none. */
function expectFunctions({ signal, ...options }: WaitOptions): void {
  for (const name of ['onUpdate', 'onState', 'onFinding', 'random', 'sleep'] as const) {
    const given: unknown = options[name];
    if (given === undefined || typeof given === 'function') continue;
    throw new TypeError(`${name}: expected a function, received ${received(given)}`);
  }
  if (signal !== undefined && typeof (signal as Partial<AbortSignal> | null)?.addEventListener !== 'function')
    throw new TypeError(`signal: expected an AbortSignal, received ${received(signal)}`);
}

/** The time on a clock; throws a TypeError where it tells none. */
function timeOf(clock: unknown): number {
  const time: unknown = typeof clock === 'function' ? (clock as () => unknown)() : NaN;
  if (Number.isFinite(time)) return time as number;
  throw new TypeError(`clock: expected a function that tells milliseconds, received ${received(clock)}`);
}

/** The options with their defaults, and until when to wait. */
export type WaitSettings = WaitOptions &
  Required<Pick<WaitOptions, 'interval' | 'maxInterval' | 'random' | 'sleep'>> & { readonly until: number };

/** The options with their defaults; throws a TypeError for a wait that could not end. */
export function waitSettings(options: WaitOptions): WaitSettings {
  // Throws for what is wrong with the options of verdicts, before anything is sent.
  unreadable([], options);
  const { deadline, clock, interval = 1000, maxInterval = 15_000, resume } = options;
  for (const [name, value] of Object.entries({ deadline, interval, maxInterval })) {
    if (typeof value !== 'number' || !(value > 0 && value <= longestTimeout)) {
      const expected = `expected milliseconds above 0 and up to ${longestTimeout}`;
      throw new TypeError(`${name}: ${expected}, received ${String(value)}`);
    }
  }
  expectFunctions(options);
  const time = timeOf(clock);
  const isState = resume === undefined || (resume?.version === 1 && Number.isFinite(resume.until));
  if (!isState) throw new TypeError('resume: expected the state of a wait, version 1');
  return {
    ...options,
    interval,
    maxInterval,
    until: resume?.until ?? time + deadline,
    random: options.random ?? Math.random,
    sleep: options.sleep ?? timeoutSleep,
  };
}
