import { describe, expect, it } from 'vitest';
import { recordFetch } from '../../src/recorder/index.ts';
import { finished, url } from './asking.ts';

describe('what a recording holds', () => {
  it('is bounded where the sink takes no line, and every loss is told', async () => {
    const told: string[] = [];
    let release: () => void = () => undefined;
    const isReleased = new Promise<void>((resolve) => (release = resolve));
    const lines: string[] = [];
    const sink = async (line: string) => {
      await isReleased;
      lines.push(line);
    };
    const fetched = (_url: string) => Promise.resolve(Response.json(JSON.parse(finished)));
    const fetching = recordFetch(fetched, sink, {
      maxHeldBytes: 1_000,
      onLoss: ({ message }) => told.push(message),
    });
    for (let count = 0; count < 20; count += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await (await fetching(url)).text();
    }
    release();
    await fetching.settled();
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.length + told.length).toBe(20);
    expect(lines.join('').length).toBeLessThanOrEqual(1_000);
    expect(told[0]).toContain('maxHeldBytes');
  });

  it('does not copy a stream of events, which has no end', async () => {
    const lines: string[] = [];
    const body = new ReadableStream({ pull: () => new Promise(() => undefined) });
    const fetched = (_url: string) =>
      Promise.resolve(
        new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } }),
      );
    const fetching = recordFetch(fetched, (line) => lines.push(line));
    const response = await fetching(url);
    await fetching.settled();
    expect([lines.length, response.body === body]).toEqual([1, true]);
  });

  it('throws the first of many losses, and how many there were', async () => {
    const fetching = recordFetch(
      (_url: string) => Promise.resolve(new Response('{}', { headers: { 'content-length': '999' } })),
      () => undefined,
      { maxBodyBytes: 10 },
    );
    for (let count = 0; count < 150; count += 1) void fetching(url);
    const thrown = await Promise.resolve()
      .then(() => fetching.settled())
      .catch((error: unknown) => error as AggregateError);
    expect(thrown).toMatchObject({ message: expect.stringContaining('150 not recorded') as string });
    expect((thrown as AggregateError).errors).toHaveLength(100);
  });

  it('lets a fetch that answers at once do so', () => {
    const answer = new Response(finished);
    const fetching = recordFetch((() => answer) as unknown as typeof fetch, () => undefined);
    expect(fetching(url)).toBe(answer);
  });
});
