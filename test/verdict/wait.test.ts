import { readFileSync, readdirSync } from 'node:fs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  waitForVerdict,
  type Read,
  type Verdict,
  type WaitFinding,
  type WaitOptions,
  type WaitState,
} from '../../src/verdict/index.ts';
import { analysis, answer } from './answers.ts';
import { initial, ok, passed, running, Time, wait, type Step } from './waiting.ts';

/** A request that is never answered, unless its signal aborts. */
const hangs: Step = (_time, signal) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')));
  });
/** A request that takes no notice of its signal. */
const isDeaf: Step = () => new Promise(() => undefined);
afterEach(() => {
  vi.useRealTimers();
});

describe('the deadline of a wait', () => {
  test.each([undefined, 0, -1, Infinity, NaN, 2 ** 31, '60'])(
    'is required and ends: %o is refused',
    async (deadline) => {
      const read = vi.fn<Read>();
      const options = { requires: ['QUALITY'], clock: () => 0, deadline } as unknown as WaitOptions;
      await expect(waitForVerdict(read, options)).rejects.toThrow(/^deadline: expected milliseconds/);
      expect(read).not.toHaveBeenCalled();
    },
  );

  test.each([{ requires: [] }, { readings: [] }, { acceptHidden: ['DECLIND'] }])(
    'is of no use to options that are wrong, and nothing is sent: %o',
    async (options) => {
      const { promise, requests } = wait(new Time(), [], options as unknown as Partial<WaitOptions>);
      await expect(promise).rejects.toThrow(TypeError);
      expect(requests).toEqual([]);
    },
  );

  test('holds where the clock is set back, also for whoever goes on with the wait', async () => {
    const time = new Time();
    const states: WaitState[] = [];
    let isSetBack = false;
    const clock = (): number => time.now - (isSetBack ? 3_600_000 : 0);
    const { outcome, requests } = wait(time, [running], {
      clock,
      deadline: 10_000,
      onState: (state) => {
        states.push(state);
        isSetBack = true;
      },
    });
    expect(await outcome()).toMatchObject({ is: 'timeout' });
    expect(time.now).toBe(1_010_000);
    expect(requests.every((at) => at < 1_010_000)).toBe(true);
    expect(states[0]!.until).toBe(1_010_000);
    expect(states.slice(1).map(({ until }) => until)).toEqual(
      states.slice(1).map(() => 1_010_000 - 3_600_000),
    );
  });

  test('ends a wait between requests', async () => {
    const time = new Time();
    const { outcome, requests } = wait(time, [running], { deadline: 10_000 });
    const ended = await outcome();
    expect(ended).toMatchObject({ is: 'timeout', last: { is: 'pending' } });
    expect(time.now).toBe(1_010_000);
    expect(requests.every((at) => at < 1_010_000)).toBe(true);
    expect(time.sleeping).toBe(0);
  });

  test.each([
    ['that would be answered', hangs],
    ['that takes no notice of its signal', isDeaf],
  ])('ends a request in flight %s', async (_name, step) => {
    const time = new Time();
    const { outcome, requests } = wait(time, [step], { deadline: 5_000 });
    expect(await outcome()).toEqual({ is: 'timeout' });
    expect([time.now, requests.length]).toEqual([1_005_000, 1]);
  });

  test('holds for a success that comes too late', async () => {
    const time = new Time();
    const late: Step = (now) => {
      now.now += 5_000;
      return Promise.resolve(ok(passed));
    };
    expect(await wait(time, [late], { deadline: 5_000 }).outcome()).toEqual({ is: 'timeout' });
    expect(await wait(time, [late], { deadline: 5_001 }).outcome()).toMatchObject({ is: 'passed' });
  });
});

describe('an answer that is known already', () => {
  test('ends the wait without a request and without a sleep where it is settled', async () => {
    const time = new Time();
    const { outcome, requests } = wait(time, [], { answer: passed });
    expect(await outcome()).toMatchObject({ is: 'passed' });
    expect([requests, time.sleeps]).toEqual([[], []]);
  });

  test('is asked about again where it is not', async () => {
    const { outcome, requests } = wait(new Time(), [passed], { answer: running });
    expect(await outcome()).toMatchObject({ is: 'passed' });
    expect(requests).toHaveLength(1);
  });
});

describe('an abort', () => {
  test('ends a wait before it begins', async () => {
    const { outcome, requests } = wait(new Time(), [], { signal: AbortSignal.abort(), answer: passed });
    expect(await outcome()).toEqual({ is: 'aborted' });
    expect(requests).toEqual([]);
  });

  test.each([
    ['a request', [hangs], 1],
    ['a request that takes no notice', [isDeaf], 1],
    ['a pause', [running], 1],
  ] as const)('ends %s at once, and nothing is sent afterwards', async (_name, steps, sent) => {
    const time = new Time();
    const controller = new AbortController();
    const { promise, requests } = wait(time, steps, { signal: controller.signal });
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
    controller.abort();
    expect(await promise).toMatchObject({ is: 'aborted' });
    expect(time.now).toBe(1_000_000);
    while (await time.tick());
    expect(requests).toHaveLength(sent);
  });

  test('of somebody who was told a verdict ends the wait', async () => {
    const controller = new AbortController();
    const options = { signal: controller.signal, onUpdate: () => controller.abort() };
    const { outcome, requests } = wait(new Time(), [running], options);
    expect(await outcome()).toMatchObject({ is: 'aborted', last: { is: 'pending' } });
    expect(requests).toHaveLength(1);
  });

  test('is told to the request', async () => {
    const controller = new AbortController();
    const told = vi.fn<() => void>();
    const step: Step = (_time, signal) => {
      signal.addEventListener('abort', told);
      controller.abort();
      return new Promise(() => undefined);
    };
    await wait(new Time(), [step], { signal: controller.signal }).outcome();
    expect(told).toHaveBeenCalledTimes(1);
  });
});

describe('an answer', () => {
  test.each<readonly [string, object]>([
    ['INITIAL', initial],
    ['an unknown status', answer('ARCHIVED', 'ARCHIVED')],
    ['an unknown status of an analysis', answer('FINISHED', 'SUCCESS', analysis('QUALITY', 'PAUSED'))],
    [
      'a status of null',
      { folder_id: 'f', resolution_status: null, system_resolution: null, analyses: [{}] },
    ],
    ['a required kind that is not there', answer('FINISHED', 'SUCCESS', analysis('BIOMETRY', 'SUCCESS'))],
    ['a contradiction', answer('FINISHED', 'DECLINED', analysis('QUALITY', 'SUCCESS'))],
    ['what is no folder', { items: [] }],
  ])('never ends the wait by %s [FOLDER-INITIAL-MEANS]', async (_name, body) => {
    expect(await wait(new Time(), [body, body, body, passed]).outcome()).toMatchObject({ is: 'passed' });
    expect(await wait(new Time(), [body]).outcome()).toMatchObject({ is: 'timeout' });
  });

  test('ends the wait where asking again can bring nothing', async () => {
    const readings = [{}, { 'failed-beside-declined': 'declined' }] as const;
    const divided = answer('FAILED', undefined, analysis('QUALITY', 'FAILED'), analysis('X', 'DECLINED'));
    for (const [body, outcome] of [
      [answer('FINISHED', 'SUCCESS'), { is: 'incomplete', because: 'list' }],
      [divided, { is: 'unknown', because: 'readings' }],
      [answer('FINISHED', 'DECLINED', analysis('QUALITY', 'DECLINED')), { is: 'declined' }],
      [answer('FAILED', 'FAILED', analysis('QUALITY', 'FAILED')), { is: 'failed' }],
    ] as const) {
      const waiting = wait(new Time(), [body], { readings });
      expect(await waiting.outcome()).toMatchObject(outcome);
      expect(waiting.requests).toHaveLength(1);
    }
  });

  test('is told when its verdict is another one, and its findings with it', async () => {
    const told: Verdict['is'][] = [];
    const findings: WaitFinding['code'][] = [];
    const stale = answer('FINISHED', 'DECLINED', analysis('QUALITY', 'SUCCESS'));
    const steps = [
      initial,
      running,
      { ...running, time_updated: 2 },
      stale,
      stale,
      {},
      { resolution_status: 'X' },
      passed,
    ];
    const { outcome } = wait(new Time(), steps, {
      deadline: 600_000,
      onUpdate: ({ is }) => told.push(is),
      onFinding: ({ code }) => findings.push(code),
    });
    await outcome();
    expect(told).toEqual(['pending', 'pending', 'unknown', 'unknown', 'unknown', 'passed']);
    expect(findings).toEqual(['CONTRADICTION', 'ANSWER_UNREADABLE', 'STATUS_UNKNOWN']);
  });
});

describe('the state of a wait', () => {
  test('lets another process go on, with the same end and not before its time', async () => {
    const time = new Time();
    const states: WaitState[] = [];
    const controller = new AbortController();
    const first = wait(time, [{ status: 503, retryAfter: '20' }], {
      signal: controller.signal,
      onState: (state) => {
        states.push(state);
        controller.abort();
      },
    });
    expect(await first.outcome()).toEqual({ is: 'aborted' });
    const resume = JSON.parse(JSON.stringify(states.at(-1))) as WaitState;
    expect(resume).toEqual({ version: 1, until: 1_060_000, notBefore: 1_020_000, attempts: 1, idle: 1 });

    time.now += 5_000;
    const second = wait(time, [running], { resume });
    expect(await second.outcome()).toMatchObject({ is: 'timeout' });
    expect([second.requests[0], time.now]).toEqual([1_020_000, 1_060_000]);
  });

  test('holds the last answer, and is refused where it is none', async () => {
    const states: WaitState[] = [];
    await wait(new Time(), [running], { onState: (state) => states.push(state) }).outcome();
    expect(states.at(-1)?.answer).toEqual(running);
    const done = { ...states[0]!, answer: passed };
    const { outcome, requests } = wait(new Time(), [], { resume: done });
    expect(await outcome()).toMatchObject({ is: 'passed' });
    expect(requests).toEqual([]);
    const resume = { version: 2 } as unknown as WaitState;
    await expect(wait(new Time(), [], { resume }).promise).rejects.toThrow(
      'resume: expected the state of a wait',
    );
  });
});

describe('time', () => {
  test('is that of the options: the room reads no clock of its own', () => {
    const files = readdirSync('src/verdict').map((name) => readFileSync(`src/verdict/${name}`, 'utf8'));
    expect(files.length).toBeGreaterThan(3);
    for (const text of files) {
      const code = text.replaceAll(/\/\*[^]*?\*\/|\/\/.*/g, '');
      expect(code).not.toMatch(/Date\.now|new Date|performance|AbortSignal\.timeout/);
    }
  });

  test('may be faked: the pauses are timers that a test moves', async () => {
    vi.useFakeTimers({ now: 1_000_000 });
    const bodies = [running, running, passed];
    const read = vi.fn<Read>(() => Promise.resolve(ok(bodies.shift())));
    const promise = waitForVerdict(read, { requires: ['QUALITY'], deadline: 60_000, clock: Date.now });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await promise).toMatchObject({ is: 'passed' });
    expect(read).toHaveBeenCalledTimes(3);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('leaves no timer behind after an abort', async () => {
    vi.useFakeTimers();
    const controller = new AbortController();
    const read = () => Promise.resolve(ok(running));
    const options = { requires: ['QUALITY'], deadline: 60_000, clock: Date.now } as const;
    const promise = waitForVerdict(read, { ...options, signal: controller.signal });
    await vi.advanceTimersByTimeAsync(10);
    controller.abort();
    expect(await promise).toMatchObject({ is: 'aborted' });
    expect(vi.getTimerCount()).toBe(0);
  });
});
