import { describe, expect, it } from 'vitest';
import { recordFetch, type Sink } from '../../src/recorder/index.ts';
import { answering, ask, finished, giving, url } from './asking.ts';

const failures = [
  [
    'throws',
    () => {
      throw new Error('disk full');
    },
  ],
  ['rejects', () => Promise.reject(new Error('disk full'))],
  ['rejects with a text', () => Promise.reject('disk full')],
] as const satisfies readonly (readonly [string, Sink])[];

describe('a failure of the recording', () => {
  it.each(failures)('does not reach the caller, and is told, where the sink %s', async (_how, sink) => {
    expect(await ask(sink)).toEqual({ text: finished, losses: ['disk full'] });
  });

  it('does not reach the caller where the answer cannot be copied', async () => {
    const odd = { url: '', status: 200, text: () => Promise.resolve(finished) };
    const { text, losses } = await ask(
      () => undefined,
      {},
      giving(() => odd as Response),
    );
    expect(text).toBe(finished);
    expect(losses).toHaveLength(1);
  });

  it('does not reach the caller where whoever is told of it fails too', async () => {
    const onLoss = () => {
      throw new Error('told too much');
    };
    expect((await ask(failures[0][1], { onLoss })).text).toBe(finished);
  });

  it('does not reach the caller where the time is none', async () => {
    expect(await ask(() => undefined, { now: () => Number.NaN })).toEqual({
      text: finished,
      losses: ['Invalid time value'],
    });
  });

  it('is thrown by the wait for the end where nobody else is told, once', async () => {
    const fetching = recordFetch(answering, failures[1][1]);
    await fetching(url);
    await fetching(url);
    await expect(fetching.settled()).rejects.toThrow('2 not recorded, the first because: disk full');
    await expect(fetching.settled()).resolves.toBeUndefined();
  });

  it('is that a body is longer than the limit, of which no part is recorded', async () => {
    const lines: string[] = [];
    const limited = await ask((line) => lines.push(line), { maxBodyBytes: finished.length - 1 });
    expect(limited.text).toBe(finished);
    expect(limited.losses).toEqual([
      `expected a body of at most ${finished.length - 1} bytes (maxBodyBytes), received more`,
    ]);
    expect(lines).toEqual([]);
    await ask((line) => lines.push(line), { maxBodyBytes: finished.length });
    expect(lines).toHaveLength(1);
  });
});

describe('the sink of a recorded fetch', () => {
  it('is called with one line at a time, in the order in which answers were complete', async () => {
    const log: string[] = [];
    const releases: (() => void)[] = [];
    const sink = (line: string) => {
      log.push((JSON.parse(line) as { url: string }).url.slice(-1));
      return new Promise<void>((resolve) => releases.push(resolve));
    };
    const fetching = recordFetch(answering, sink, { now: () => 0 });
    for (const id of ['1', '2', '3']) await (await fetching(`http://api.example/api/folders/${id}`)).text();
    const settled = fetching.settled();
    for (let count = 1; count <= 3; count += 1) {
      await expect.poll(() => releases.length, { interval: 1 }).toBe(count);
      expect(log).toEqual(['1', '2', '3'].slice(0, count));
      releases.at(-1)?.();
    }
    await settled;
  });
});

describe('a recording that could not begin', () => {
  const sink = (): void => undefined;

  it.each<readonly [unknown[], string]>([
    [[], 'recordFetch, fetch: expected a function, received undefined'],
    [[answering], 'recordFetch, sink: expected a function, received undefined'],
    [[answering, sink, null], 'recordFetch, options: expected an object, received null'],
    [[answering, sink, { maxBodyByte: 1 }], 'did you mean maxBodyBytes?'],
    [
      [answering, sink, { maxHeldBytes: NaN }],
      'maxHeldBytes: expected a number of bytes from 1, received NaN',
    ],
    [[answering, sink, { routePrefix: 5 }], 'routePrefix: expected a text, received 5'],
    [[answering, sink, { onLoss: null }], 'onLoss: expected a function, received null'],
  ])('is refused before anything is asked: %o', (args, message) => {
    const begin = recordFetch as unknown as (...given: readonly unknown[]) => unknown;
    expect(() => begin(...args)).toThrow(TypeError);
    expect(() => begin(...args)).toThrow(message);
  });
});
