import { once } from 'node:events';
import { createRequire } from 'node:module';
import type { Readable } from 'node:stream';
import nodeFetch3 from 'node-fetch-3';
import { fetch as undiciFetch } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { recordFetch } from '../../src/recorder/index.ts';
import { startApi } from './api-server.ts';
import { finished, url } from './asking.ts';

const require = createRequire(import.meta.url);
const nodeFetch2 = require('node-fetch') as typeof nodeFetch3;
const fetches = [
  ['node-fetch 2', nodeFetch2],
  ['node-fetch 3', nodeFetch3],
  ['undici', undiciFetch as unknown as typeof nodeFetch3],
  ['Node', fetch as unknown as typeof nodeFetch3],
] as const;
const nodeStreams = fetches.slice(0, 2);

/** A folder whose body is longer than the buffers of any stream. */
const long = JSON.stringify({
  ...(JSON.parse(finished) as object),
  meta_data: { text: 'x'.repeat(400_000) },
});
/** The server of some folders, and when the connection of a request has closed. */
async function serve() {
  let closed: () => void = () => undefined;
  const isClosed = new Promise<void>((resolve) => (closed = resolve));
  const server = await startApi({
    'GET /api/folders/f-1': [(_request, response) => void response.end(long)],
    'GET /api/folders/half': [
      (_request, response) => {
        response.on('close', closed);
        response.writeHead(200).write(long.slice(0, 300_000));
      },
    ],
    'GET /api/folders/broken': [
      (_request, response) => {
        response.writeHead(200, { 'transfer-encoding': 'chunked' });
        response.write(long.slice(0, 300_000), () => response.destroy());
      },
    ],
  });
  onTestFinished(() => server.close());
  return { origin: `${server.origin}/api/folders`, isClosed };
}

function recorder(fetched: typeof nodeFetch3, onLoss?: (loss: Error) => void) {
  const lines: string[] = [];
  const fetching = recordFetch(fetched, (line) => lines.push(line), {
    now: () => 0,
    ...(onLoss && { onLoss }),
  });
  return { lines, fetching };
}

describe.each(fetches)('a fetch of %s that is recorded', (_name, fetched) => {
  it('gives its caller the whole of a long body, and one line of it', async () => {
    const { origin } = await serve();
    const { lines, fetching } = recorder(fetched);
    const response = await fetching(`${origin}/f-1`);
    expect(await response.text()).toBe(long);
    await fetching.settled();
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({ status: 200, method: 'GET', body: JSON.parse(finished) as object }),
    ]);
  });

  it('can be aborted while the body comes, which its caller is told and nobody else', async () => {
    const { origin, isClosed } = await serve();
    const { lines, fetching } = recorder(fetched);
    const controller = new AbortController();
    const response = await fetching(`${origin}/half`, { signal: controller.signal });
    const reading = response.text();
    controller.abort();
    await expect(reading).rejects.toThrow(/abort/);
    await fetching.settled();
    await isClosed;
    expect(lines).toEqual([]);
  });

  it('tells its caller of a connection that breaks, and nobody else', async () => {
    const { origin } = await serve();
    const { lines, fetching } = recorder(fetched);
    const response = await fetching(`${origin}/broken`);
    await expect(response.text()).rejects.toThrow(Error);
    await fetching.settled();
    expect(lines).toEqual([]);
  });

  it('is not recorded where the body is longer than the limit, which is told, and its caller gets it whole', async () => {
    const { origin } = await serve();
    const told: string[] = [];
    const fetching = recordFetch(fetched, () => undefined, {
      maxBodyBytes: 100_000,
      onLoss: ({ message }) => told.push(message),
    });
    const response = await fetching(`${origin}/f-1`);
    expect(await response.text()).toBe(long);
    await fetching.settled();
    expect(told).toEqual([expect.stringContaining('at most 100000 bytes')]);
  });
});

describe.each(nodeStreams)('a body of %s', (_name, fetched) => {
  const bodyOf = (response: Awaited<ReturnType<typeof nodeFetch3>>) => response.body as unknown as Readable;
  const ways: readonly (readonly [string, (body: Readable) => Promise<unknown>])[] = [
    [
      'a loop',
      async (body) => {
        for await (const portion of body) if (!portion) break;
      },
    ],
    [
      'listeners',
      (body) => {
        body.on('data', () => undefined);
        return once(body, 'end');
      },
    ],
    [
      'listeners that get text',
      (body) => {
        body.setEncoding('utf8').on('data', () => undefined);
        return once(body, 'end');
      },
    ],
    [
      'calls',
      (body) => {
        body.on('readable', () => {
          while (body.read() !== null);
        });
        return once(body, 'end');
      },
    ],
  ];

  it.each(ways)('is recorded where it is read by %s', async (_way, read) => {
    const { origin } = await serve();
    const { lines, fetching } = recorder(fetched);
    await read(bodyOf(await fetching(`${origin}/f-1`)));
    await fetching.settled();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('FINISHED');
  });

  it('is the very stream that was fetched, with its listeners and no copy', async () => {
    const { origin } = await serve();
    const plain = bodyOf(await fetched(`${origin}/f-1`));
    const body = bodyOf(await recorder(fetched).fetching(`${origin}/f-1`));
    for (const event of ['data', 'end', 'error', 'close', 'readable'])
      expect([event, body.listenerCount(event)]).toEqual([event, plain.listenerCount(event)]);
    expect(body.readableFlowing).toBe(plain.readableFlowing);
    plain.destroy();
    body.destroy();
  });

  it('that is given up records nothing, and ends the request where it does without a recording', async () => {
    const { origin, isClosed } = await serve();
    const { lines, fetching } = recorder(fetched);
    const body = bodyOf(await fetching(`${origin}/half`));
    await once(body, 'readable');
    body.read(1);
    body.destroy();
    await fetching.settled();
    // The older one leaves the request open, recorded or not.
    if (fetched === nodeFetch3) await isClosed;
    expect([lines, body.destroyed]).toEqual([[], true]);
  });

  it('that nobody reads keeps no end waiting, and is told', async () => {
    const { origin } = await serve();
    const told: string[] = [];
    const { lines, fetching } = recorder(fetched, ({ message }) => told.push(message));
    const response = await fetching(`${origin}/f-1`);
    await fetching.settled();
    expect([lines, told]).toEqual([
      [],
      ['expected the caller to read the body, received one that nobody has read'],
    ]);
    expect(await response.text()).toBe(long);
  });

  it('that was read before is told, and left alone', async () => {
    const { origin } = await serve();
    const told: string[] = [];
    const used = async (...args: Parameters<typeof nodeFetch3>) => {
      const response = await fetched(...args);
      await response.text();
      return response;
    };
    const fetching = recordFetch(used, () => undefined, { onLoss: ({ message }) => told.push(message) });
    await fetching(`${origin}/f-1`);
    await fetching.settled();
    expect(told).toEqual(['expected a body that nobody has used yet, received one that was']);
  });
});

describe('an answer that shows no stream, as on React Native', () => {
  /** The answers of the polyfill that React Native has, which needs a browser's names when it is loaded. */
  const { Response: Polyfilled } = require('whatwg-fetch') as { Response: typeof Response };
  const answers = (text: string, init: ResponseInit = {}) => {
    const answer = new Polyfilled(text, { headers: { 'content-type': 'application/json' }, ...init });
    return (_url: string) => Promise.resolve(answer);
  };
  async function ask(fetched: (url: string) => Promise<Response>, maxBodyBytes = 10_000) {
    const told: string[] = [];
    const lines: string[] = [];
    const fetching = recordFetch(fetched, (line) => lines.push(line), {
      maxBodyBytes,
      onLoss: ({ message }) => told.push(message),
    });
    const response = await fetching(url);
    const text = await response.text().catch((error: unknown) => String(error));
    await fetching.settled();
    return { text, lines: lines.length, told };
  }

  it('is recorded from a copy of its text', async () => {
    expect('body' in new Polyfilled('')).toBe(false);
    expect(await ask(answers(finished))).toEqual({ text: finished, lines: 1, told: [] });
  });

  it('is not copied where it is said to be too long, nor kept where it is', async () => {
    const said = await ask(answers(finished, { headers: { 'content-length': '10001' } }));
    const is = await ask(answers(long));
    expect([said.text, is.text]).toEqual([finished, long]);
    const told = ['expected a body of at most 10000 bytes (maxBodyBytes), received more'];
    expect([said.told, is.told]).toEqual([told, told]);
  });

  it('is left alone where it was used, and a copy that fails is told unless it was aborted', async () => {
    const used = new Polyfilled(finished);
    await used.text();
    expect((await ask(() => Promise.resolve(used))).told).toHaveLength(1);
    const failing = (error: Error) => () => {
      const answer = new Polyfilled(finished);
      answer.clone = () => ({ text: () => Promise.reject(error) }) as unknown as Response;
      return Promise.resolve(answer);
    };
    expect(await ask(failing(new Error('no memory')))).toEqual({
      text: finished,
      lines: 0,
      told: ['no memory'],
    });
    expect((await ask(failing(new DOMException('aborted', 'AbortError')))).told).toEqual([]);
  });
});
