import { waitForVerdict, type PolledAnswer, type Read, type WaitOptions } from '../../src/verdict/index.ts';
import { analysis, answer } from './answers.ts';

/** A folder whose check runs. */
export const running = answer('PROCESSING', 'PROCESSING', analysis('QUALITY', 'PROCESSING'));
/** A folder before its first analysis. */
export const initial = answer('INITIAL', 'INITIAL');
/** A folder whose check was passed. */
export const passed = answer('FINISHED', 'SUCCESS', analysis('QUALITY', 'SUCCESS'));

/** What a request does: it answers with a body at once, answers otherwise, fails, or does as a function says. */
export type Step =
  | object
  | PolledAnswer
  | Error
  | ((time: Time, signal: AbortSignal) => Promise<PolledAnswer>);

/** An answer with this body. */
export const ok = (body: unknown): PolledAnswer => ({ status: 200, body });

/** Time that passes only where somebody sleeps, and what was done in it. */
export class Time {
  now = 1_000_000;
  readonly sleeps: number[] = [];
  readonly log: string[] = [];
  readonly #timers = new Set<{ readonly at: number; readonly end: () => void }>();

  clock = (): number => this.now;

  sleep = (milliseconds: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      this.sleeps.push(milliseconds);
      const timer = { at: this.now + milliseconds, end: resolve };
      this.#timers.add(timer);
      signal.addEventListener('abort', () => {
        this.#timers.delete(timer);
        resolve();
      });
    });

  /** How many sleeps are going on. */
  get sleeping(): number {
    return this.#timers.size;
  }

  /** Lets all that can go on go on, then the next sleep end; whether there was one. */
  async tick(): Promise<boolean> {
    for (let turn = 0; turn < 200; turn += 1) await Promise.resolve();
    const [next] = [...this.#timers].toSorted((one, other) => one.at - other.at);
    if (!next) return false;
    this.#timers.delete(next);
    this.now = Math.max(this.now, next.at);
    next.end();
    return true;
  }

  /** Ends one sleep after the other until a promise has settled; throws where it then has not. */
  async run<T>(promise: Promise<T>): Promise<T> {
    const ended: Promise<T>[] = [];
    const watched = promise.finally(() => ended.push(promise));
    watched.catch(() => undefined);
    for (let turn = 0; turn < 1000 && ended.length === 0; turn += 1) {
      const hasSlept = await this.tick();
      if (!hasSlept && ended.length === 0) throw new Error('nothing sleeps and nothing ends');
    }
    return watched;
  }
}

/** Waits for QUALITY while requests do one step after the other, the last one again and again. */
export function wait(time: Time, steps: readonly Step[], options: Partial<WaitOptions> = {}) {
  const requests: number[] = [];
  let inFlight = 0;
  let most = 0;
  const read: Read = async ({ signal, attempt }) => {
    requests.push(time.now);
    most = Math.max(most, (inFlight += 1));
    try {
      const step = steps[Math.min(requests.length, steps.length) - 1];
      if (step === undefined) throw new Error(`request ${attempt} was not expected`);
      if (typeof step === 'function') return await step(time, signal);
      if (step instanceof Error) throw step;
      return 'status' in step ? step : ok(step);
    } finally {
      inFlight -= 1;
    }
  };
  const promise = waitForVerdict(read, {
    requires: ['QUALITY'],
    deadline: 60_000,
    clock: time.clock,
    sleep: time.sleep,
    random: () => 0.5,
    ...options,
  });
  return { promise, requests, mostInFlight: () => most, outcome: () => time.run(promise) };
}
