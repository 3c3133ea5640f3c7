import { describe, expect, test, vi } from 'vitest';
import { waitForVerdict, type PolledAnswer, type Read, type WaitFinding } from '../../src/verdict/index.ts';
import { ok, passed, running, Time, wait, type Step } from './waiting.ts';

/** A request that takes some time. */
const after =
  (milliseconds: number, body: unknown): Step =>
  async (time) => {
    await time.sleep(milliseconds, new AbortController().signal);
    return ok(body);
  };

describe('requests', () => {
  test('are sent one after the other, never two at a time [FOLDER-PROCESSING-MEANS]', async () => {
    const steps = [after(30_000, running), after(900, running), after(5, passed)];
    const { outcome, mostInFlight, requests } = wait(new Time(), steps);
    expect(await outcome()).toMatchObject({ is: 'passed' });
    expect([mostInFlight(), requests.length]).toEqual([1, 3]);
  });

  test('are parted by pauses drawn from nothing to a limit that doubles while nothing changes', async () => {
    for (const [random, factor] of [
      [() => 0, 0],
      [() => 0.5, 0.5],
      [() => 1, 1],
    ] as const) {
      const { outcome, requests } = wait(
        new Time(),
        [running, running, running, running, running, running, passed],
        {
          interval: 1_000,
          maxInterval: 10_000,
          random,
        },
      );
      await outcome();
      const pauses = requests.slice(1).map((at, index) => at - requests[index]!);
      expect(pauses).toEqual([1, 2, 4, 8, 10, 10].map((seconds) => seconds * 1_000 * factor));
    }
  });

  test.each(['7', ' 7 ', new Date(1_007_000).toUTCString()])(
    'wait as long as Retry-After says: %s',
    async (retryAfter) => {
      const { outcome, requests } = wait(new Time(), [{ status: 429, retryAfter }, passed]);
      expect(await outcome()).toMatchObject({ is: 'passed' });
      expect(requests).toEqual([1_000_000, 1_007_000]);
    },
  );

  test.each(['-7', '0', 'soon', '', null, new Date(0).toUTCString()])(
    'take no notice of a Retry-After that says nothing: %o',
    async (retryAfter) => {
      const { outcome, requests } = wait(new Time(), [{ status: 503, retryAfter }, passed], {
        random: () => 0.25,
      });
      await outcome();
      expect(requests).toEqual([1_000_000, 1_000_500]);
    },
  );

  test('do not wait for a Retry-After beyond the deadline, nor are they sent before it', async () => {
    const time = new Time();
    const { outcome, requests } = wait(time, [{ status: 429, retryAfter: '86400' }], { deadline: 9_000 });
    expect(await outcome()).toEqual({ is: 'timeout', problem: 'request 1: answered with 429' });
    expect([time.now, requests.length]).toEqual([1_009_000, 1]);
  });

  test.each([400, 401, 403, 404, 405, 410, 422, 302])(
    'end at once where the answer is %i',
    async (status) => {
      const { outcome, requests } = wait(new Time(), [running, { status }]);
      expect(await outcome()).toMatchObject({ is: 'refused', status, last: { is: 'pending' } });
      expect(requests).toHaveLength(2);
    },
  );

  test.each<readonly [string, Step]>([
    ...[408, 425, 429, 500, 502, 503, 504].map((status) => [String(status), { status }] as const),
    ['no answer', new TypeError('fetch failed')],
  ])('are repeated after %s, more and more slowly', async (_name, step) => {
    const findings: WaitFinding[] = [];
    const { outcome, requests } = wait(new Time(), [step, step, passed], {
      onFinding: (finding) => findings.push(finding),
    });
    expect(await outcome()).toMatchObject({ is: 'passed' });
    expect(requests).toEqual([1_000_000, 1_001_000, 1_003_000]);
    expect(findings.map(({ code }) => code)).toEqual(['REQUEST_FAILED', 'REQUEST_FAILED']);
  });

  test('that throw before they are sent are requests that failed', async () => {
    const read = vi.fn<Read>(() => {
      throw new Error('no network');
    });
    const time = new Time();
    const options = { requires: ['QUALITY'], deadline: 3_000, clock: time.clock, sleep: time.sleep } as const;
    expect(await time.run(waitForVerdict(read, { ...options, random: () => 0.5 }))).toEqual({
      is: 'timeout',
      problem: 'request 2: no answer: no network',
    });
    expect(read.mock.calls.length).toBeGreaterThan(1);
  });

  test.each<readonly [unknown, string]>([
    [undefined, 'expected an answer with status and body, received undefined'],
    ['{}', 'expected an answer with status and body, received string'],
    [{ body: passed }, 'expected a status of HTTP, received undefined'],
    [{ status: 0, body: passed }, 'expected a status of HTTP, received 0'],
  ])('that give no answer say so at the end, and are repeated: %o', async (given, message) => {
    const { outcome, requests } = wait(new Time(), [() => Promise.resolve(given as PolledAnswer)], {
      deadline: 3_000,
    });
    expect(await outcome()).toEqual({ is: 'timeout', problem: `request 2: ${message}` });
    expect(requests).toHaveLength(2);
  });

  test('say nothing of a problem once an answer was read', async () => {
    const { outcome } = wait(new Time(), [{ status: 503 }, running], { deadline: 9_000 });
    expect(await outcome()).not.toHaveProperty('problem');
  });
});
