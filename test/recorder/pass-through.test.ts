import { describe, expect, it, onTestFinished } from 'vitest';
import { recordFetch } from '../../src/recorder/index.ts';
import { startApi } from './api-server.ts';
import { answering, finished, giving, url } from './asking.ts';

describe('the caller of a recorded fetch', () => {
  it('gets the very answer that was fetched, its body not used', async () => {
    const response = Response.json({});
    const received = await recordFetch(
      giving(() => response),
      () => undefined,
    )(url);
    expect(received).toBe(response);
    expect(received.bodyUsed).toBe(false);
  });

  it('can clone the answer and read it more than once', async () => {
    const response = await recordFetch(answering, () => undefined)(url);
    const copies = [response.clone(), response.clone(), response];
    expect(await Promise.all(copies.map((copy) => copy.text()))).toEqual([finished, finished, finished]);
  });

  it('gets the beginning of a body before its end is there', async () => {
    const lines: string[] = [];
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    const fetching = recordFetch(
      giving(() => new Response(readable)),
      (line) => lines.push(line),
    );
    const body = (await fetching(url)).body!.getReader();
    void writer.write(new TextEncoder().encode(finished.slice(0, 5)));
    expect(new TextDecoder().decode((await body.read()).value)).toBe(finished.slice(0, 5));
    expect(lines).toEqual([]);
    void writer.write(new TextEncoder().encode(finished.slice(5)));
    void writer.close();
    await fetching.settled();
    expect(lines).toHaveLength(1);
  });

  it('gets the reason of a fetch that fails, whether it throws or rejects', async () => {
    const reason = new TypeError('fetch failed');
    const rejecting = recordFetch(
      (): Promise<Response> => Promise.reject(reason),
      () => undefined,
    );
    await expect(rejecting()).rejects.toBe(reason);
    const throwing = recordFetch(
      (): Promise<Response> => {
        throw reason;
      },
      () => undefined,
    );
    expect(() => void throwing()).toThrow(reason);
    await Promise.all([rejecting.settled(), throwing.settled()]);
  });

  it('can abort a request before its answer and while the body comes, which records nothing', async () => {
    const lines: string[] = [];
    const server = await startApi({
      'GET /api/folders/silent': [() => undefined],
      'GET /api/folders/half': [(_request, response) => void response.writeHead(200).write('{"folder_id":')],
    });
    const fetching = recordFetch(fetch, (line) => lines.push(line));
    const early = new AbortController();
    const waiting = fetching(`${server.origin}/api/folders/silent`, { signal: early.signal });
    early.abort();
    await expect(waiting).rejects.toThrow('aborted');
    const late = new AbortController();
    const response = await fetching(`${server.origin}/api/folders/half`, { signal: late.signal });
    const reading = response.text();
    late.abort();
    await expect(reading).rejects.toThrow('aborted');
    await fetching.settled();
    await server.close();
    expect(lines).toEqual([]);
  });

  describe('that gives up reading a body', () => {
    type Body = ReadableStream<Uint8Array>;
    const oneOf = async (body: Body) => {
      const reader = body.getReader();
      await reader.read();
      return reader;
    };
    const full = () => new WritableStream({ write: () => Promise.reject(new Error('full')) });
    const ways: readonly (readonly [string, (body: Body, response: Response) => Promise<unknown>])[] = [
      ['by cancelling it', (body) => body.cancel('enough')],
      ['by cancelling its reader', async (body) => (await oneOf(body)).cancel('enough')],
      [
        'by cancelling it after its reader was released',
        async (body) => {
          (await oneOf(body)).releaseLock();
          await body.cancel('enough');
        },
      ],
      [
        'by breaking off a loop',
        async (body) => {
          for await (const portion of body) if (portion.length > 0) break;
        },
      ],
      [
        'by breaking off a loop over its values',
        async (body) => {
          for await (const portion of body.values()) if (portion.length > 0) break;
        },
      ],
      ['by piping it to what takes no more', (body) => expect(body.pipeTo(full())).rejects.toThrow('full')],
      [
        'by aborting a pipe',
        async (body) => {
          const stop = new AbortController();
          const piped = body.pipeTo(new WritableStream(), { signal: stop.signal });
          stop.abort();
          await expect(piped).rejects.toThrow('aborted');
        },
      ],
      [
        'by cancelling what it is piped through',
        (body) => body.pipeThrough(new TransformStream<Uint8Array, Uint8Array>()).cancel('enough'),
      ],
      [
        'by cancelling both parts of it',
        (body) => Promise.all(body.tee().map((part) => part.cancel('enough'))),
      ],
      [
        'by cancelling a copy and itself',
        (_body, response) => {
          const copy = response.clone();
          return Promise.all([copy.body!.cancel(), response.body!.cancel()]);
        },
      ],
    ];

    it.each(ways)('%s ends the request, and nothing is recorded', async (_way, giveUp) => {
      const told: string[] = [];
      let closed: () => void = () => undefined;
      const isClosed = new Promise<void>((resolve) => (closed = resolve));
      const server = await startApi({
        'GET /api/folders/endless': [
          (_request, response) => {
            response.writeHead(200).write('[');
            const more = () => response.write('1,'.repeat(1000)) || undefined;
            response.on('drain', more).on('close', () => closed());
            more();
          },
        ],
      });
      onTestFinished(() => server.close());
      const fetching = recordFetch(fetch, (line) => told.push(line), {
        onLoss: ({ message }) => told.push(message),
      });
      const response = await fetching(`${server.origin}/api/folders/endless`);
      await giveUp(response.body!, response);
      await fetching.settled();
      await isClosed;
      expect(told).toEqual([]);
    });

    it.each(ways)(
      '%s gets the reason to the source, which is asked for nothing more',
      async (way, giveUp) => {
        let [asked, cancelled] = [0, 0];
        const source = () => {
          const pull = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
            asked += 1;
            await new Promise((resolve) => setImmediate(resolve));
            if (cancelled > 0) return;
            controller.enqueue(new TextEncoder().encode('1,'));
          };
          const cancel = () => void (cancelled += 1);
          return new Response(new ReadableStream({ pull, cancel }, { highWaterMark: 0 }));
        };
        const fetching = recordFetch(giving(source), () => undefined);
        const response = await fetching(url);
        await giveUp(response.body!, response);
        await fetching.settled();
        const askedThen = asked;
        await new Promise((resolve) => setImmediate(resolve));
        expect([way, cancelled, asked]).toEqual([way, 1, askedThen]);
      },
    );

    /** An answer that is copied as browsers do it, and newer versions of Node: without a call on its stream. */
    class SplitUnseen {
      readonly url = url;
      readonly status = 200;
      readonly headers = new Headers();
      body: ReadableStream<Uint8Array>;

      constructor(body: ReadableStream<Uint8Array>) {
        this.body = body;
      }

      clone(): SplitUnseen {
        const [one, other] = ReadableStream.prototype.tee.call(this.body);
        this.body = one;
        return new SplitUnseen(other);
      }

      text(): Promise<string> {
        return new Response(this.body).text();
      }
    }

    it.each([1, 2])('of which %i copies were made gives it up with the last of them', async (copies) => {
      let cancelled = 0;
      const endless = new ReadableStream<Uint8Array>({
        pull: async (controller) => {
          await new Promise((resolve) => setImmediate(resolve));
          if (cancelled === 0) controller.enqueue(new TextEncoder().encode('1,'));
        },
        cancel: () => void (cancelled += 1),
      });
      const fetching = recordFetch(
        async () => new SplitUnseen(endless),
        () => undefined,
      );
      const answer = await fetching();
      const all = [answer, ...Array.from({ length: copies }, () => answer.clone())];
      const ended = all.slice(1).map(({ body }) => body.cancel());
      await new Promise((resolve) => setImmediate(resolve));
      expect(cancelled).toBe(0);
      await Promise.all([...ended, answer.body.cancel()]);
      await fetching.settled();
      expect(cancelled).toBe(1);
    });

    it('is not one that cancels what has come to its end', async () => {
      const lines: string[] = [];
      const fetching = recordFetch(answering, (line) => lines.push(line));
      const reader = (await fetching(url)).body!.getReader();
      for (let portion = await reader.read(); !portion.done; portion = await reader.read());
      await reader.cancel();
      const { body } = await fetching(url);
      await body!.pipeTo(new WritableStream());
      await body!.cancel();
      await fetching.settled();
      expect(lines).toHaveLength(2);
    });

    it('may do so with one part, or after a loop that keeps it open', async () => {
      const lines: string[] = [];
      const fetching = recordFetch(answering, (line) => lines.push(line));
      const [part, other] = (await fetching(url)).body!.tee();
      void part.cancel();
      expect(await new Response(other).text()).toBe(finished);
      const { body } = await fetching(url);
      for await (const portion of body!.values({ preventCancel: true })) if (portion.length > 0) break;
      expect((await body!.getReader().read()).done).toBe(true);
      await fetching.settled();
      expect(lines).toHaveLength(2);
    });
  });

  it('keeps what else the fetch carries', () => {
    const extended = Object.assign(answering, { preconnect: () => 'connected' });
    expect(recordFetch(extended, () => undefined).preconnect()).toBe('connected');
  });
});
