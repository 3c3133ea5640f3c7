import { once } from 'node:events';
import { request, type IncomingHttpHeaders, type IncomingMessage, type RequestOptions } from 'node:http';
import { createWebSocketInspector } from '@statelyai/inspect';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { hostedPage, livePage } from '../../../src/cli/inspect/page.ts';
import {
  maxMessage,
  maxViewers,
  startInspectServer,
  type InspectServerOptions,
} from '../../../src/cli/inspect/server.ts';
import { inspectTo } from '../../../src/inspect.ts';
import type { InspectionRecord } from '../../../src/inspection/records.ts';
import { record } from '../../inspection/samples.ts';

const page = { html: '<p>the page</p>', policy: `default-src 'none'` };

async function start(options: Partial<InspectServerOptions> = {}) {
  const problems: string[] = [];
  const arrived: InspectionRecord[] = [];
  const waiting: (() => void)[] = [];
  const server = await startInspectServer({
    page,
    port: 0,
    onProblem: (problem) => problems.push(problem),
    onRecord: (taken) => {
      arrived.push(taken);
      for (const go of waiting.splice(0)) go();
    },
    ...options,
  });
  onTestFinished(() => server.close());
  const until = async (count: number): Promise<void> => {
    // oxlint-disable-next-line no-await-in-loop -- they arrive one after the other
    while (arrived.length < count) await new Promise<void>((resolve) => void waiting.push(resolve));
  };
  return { server, problems, arrived, until };
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

function open(url: string | URL, options: RequestOptions = {}, body?: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(url, options, resolve).on('error', reject).end(body);
  });
}

async function ask(url: string | URL, options: RequestOptions = {}, body?: string): Promise<Answer> {
  const response = await open(url, options, body);
  const text = (await response.setEncoding('utf8').toArray()).join('');
  return { status: response.statusCode ?? 0, headers: response.headers, body: text };
}

const post = (url: string, body: string, options: RequestOptions = {}) =>
  ask(url, { method: 'POST', ...options }, body);

const line = (each: InspectionRecord): string => `${JSON.stringify(each)}\n`;
const event = (type: string) => record('@xstate.event', { event: { type } });

describe('the server of inspect', () => {
  test('listens at the loopback only and serves the page under its token', async () => {
    const { server } = await start();
    expect(server.url).toMatch(/^http:\/\/127[.]0[.]0[.]1:\d+\/[\w-]{32}\/$/);
    const { status, headers, body } = await ask(server.url);
    expect([status, body]).toEqual([200, page.html]);
    expect(headers).toMatchObject({
      'content-security-policy': page.policy,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  test.each([
    ['no token', '/', {}, 403, 'token: expected the address'],
    ['another token', `/${'A'.repeat(32)}/`, {}, 403, 'token: expected the address'],
    ['another host', './', { host: 'evil.example' }, 403, 'host: expected 127.0.0.1:'],
    ['another origin', './', { origin: 'http://evil.example' }, 403, 'origin: expected one'],
    ['the origin of a file', './', { origin: 'null' }, 403, 'origin: expected one'],
    ['another path', './index.html', {}, 404, 'there is nothing here'],
    ['a page that is not offered', './hosted', {}, 404, 'there is nothing here'],
    ['the wrong method', './events', {}, 405, 'expected POST, received GET'],
  ])('refuses %s', async (_name, path, headers, status, text) => {
    const { server } = await start();
    const answer = await ask(new URL(path, server.url), { headers });
    expect(answer.status).toBe(status);
    expect(answer.body).toContain(text);
    expect(answer.body).not.toContain(server.url.split('/')[3]);
  });

  test('takes records from its own origin and from those that were named', async () => {
    const { server } = await start({ origins: ['http://localhost:5173'] });
    const own = new URL(server.url).origin;
    for (const origin of [own, own.replace('127.0.0.1', 'localhost'), 'http://localhost:5173']) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const { status, headers } = await post(`${server.url}events`, line(event('a')), {
        headers: { origin },
      });
      expect([status, headers['access-control-allow-origin']]).toEqual([200, origin]);
    }
    expect(server.session.entries).toHaveLength(3);
  });

  test('takes what can be taken and tells what cannot', async () => {
    const { server, problems } = await start();
    const hostile = [
      '{"type":',
      '[]',
      `{"type":"@xstate.event","sessionId":"x","event":{"type":"deep","in":${'['.repeat(9999)}${']'.repeat(9999)}}}`,
      '{"type":"@xstate.actor","sessionId":"\\u001b[31m","__proto__":{"polluted":1},"extra":1}',
      `{"type":"@xstate.actor","sessionId":"y","definition":${JSON.stringify('x'.repeat(1_000_001))}}`,
    ];
    const { body } = await post(`${server.url}events?source=one`, hostile.join('\r\n'));
    expect(JSON.parse(body)).toMatchObject({ taken: 2, problems: { length: 3 } });
    expect(problems).toHaveLength(3);
    expect(server.session.entries.map(({ record: taken }) => Object.keys(taken).toSorted())).toEqual([
      ['event', 'sessionId', 'source', 'type'],
      ['sessionId', 'source', 'type'],
    ]);
  });

  test('refuses a message that is too long and a source that is none', async () => {
    const { server } = await start();
    const long = await post(`${server.url}events`, 'x'.repeat(maxMessage + 1)).catch((error: Error) => error);
    // The connection may be closed before all of it is written.
    expect(long instanceof Error || long.status === 413).toBe(true);
    expect((await post(`${server.url}events?source=${'a'.repeat(41)}`, '')).status).toBe(400);
    expect(server.session.entries).toEqual([]);
  });

  test('takes what inspectTo sends, each sender as a source of its own', async () => {
    const { server, arrived } = await start();
    for (const one of [inspectTo(server.url), inspectTo(server.url)]) {
      one.send(event('same'));
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await one.flushed();
    }
    expect(new Set(arrived.map(({ source }) => source)).size).toBe(2);
    expect(server.session.actors).toHaveLength(2);
  });
});

describe('web sockets', () => {
  const socketUrl = (url: string): string => url.replace('http:', 'ws:');

  test('bring what createWebSocketInspector sends', async () => {
    const { server, arrived, until } = await start();
    const inspector = createWebSocketInspector({ url: socketUrl(server.url) });
    onTestFinished(() => inspector.stop());
    inspector.actor('own', { value: 'idle' });
    inspector.event('own', { type: 'go' });
    await until(2);
    expect(arrived.map(({ type, source }) => [type, source])).toEqual([
      ['@xstate.actor', 'socket-1'],
      ['@xstate.event', 'socket-1'],
    ]);
  });

  test('survive bytes, broken records and messages that are too long', async () => {
    const { server, problems, until } = await start();
    const socket = new WebSocket(socketUrl(server.url));
    await once(socket, 'open');
    socket.send(Buffer.from([0xff, 0x00]));
    socket.send('nothing');
    socket.send(JSON.stringify(event('good')));
    await until(1);
    expect(problems).toEqual([
      'expected a text, received bytes',
      'expected a record as JSON, received “nothing”',
    ]);
    const closed = once(socket, 'close');
    socket.send('x'.repeat(maxMessage + 1));
    expect((await closed)[0]).toBe(1009);
    expect((await ask(server.url)).status).toBe(200);
  });

  test.each([
    ['another origin', {}, { origin: 'http://evil.example' }],
    ['another host', { host: 'evil.example' }, {}],
  ])('refuse %s', async (_name, headers, options) => {
    const { server } = await start();
    const socket = new WebSocket(socketUrl(server.url), { headers, ...options });
    const [error] = (await once(socket, 'error')) as [Error];
    expect(error.message).toContain('403');
  });

  test('refuse another token', async () => {
    const { server } = await start();
    const socket = new WebSocket(socketUrl(new URL('/wrong/', server.url).href));
    expect(((await once(socket, 'error')) as [Error])[0].message).toContain('403');
  });
});

describe('a page that watches', () => {
  /** The events of a stream until there are as many. */
  async function eventsOf(response: IncomingMessage, count: number) {
    let text = '';
    for await (const chunk of response.setEncoding('utf8') as AsyncIterable<string>) {
      text += chunk;
      if (text.split('\n\n').length > count) break;
    }
    return text
      .split('\n\n')
      .slice(0, count)
      .map((each) => {
        const [name = '', data = ''] = each.split('\n');
        return [name.replace('event: ', ''), JSON.parse(data.replace('data: ', ''))] as const;
      });
  }

  test('is given what is kept, then what comes, and what was wrong', async () => {
    const { server } = await start({ limits: { records: 1 } });
    await post(
      `${server.url}events?dropped=3`,
      line(record('@xstate.actor', { definition: '{}' })) + line(event('a')),
    );
    const response = await open(`${server.url}stream`);
    await post(`${server.url}events`, `${line(event('b'))}nothing\n`);
    const seen = await eventsOf(response, 5);
    expect(seen.map(([name]) => name)).toEqual(['start', 'message', 'message', 'message', 'problem']);
    expect(seen[0]![1]).toEqual({ dropped: 4 });
    expect(seen.slice(1, 4).map(([, data]) => (data as InspectionRecord).type)).toEqual([
      '@xstate.actor',
      '@xstate.event',
      '@xstate.event',
    ]);
  });

  test('that takes nothing keeps nobody waiting, costs no memory, and begins anew where records are gone', async () => {
    const { server, arrived } = await start({ limits: { records: 50 } });
    const slow = await open(`${server.url}stream`);
    slow.pause();
    const long = (at: number) =>
      line(record('@xstate.event', { event: { type: `e${at}`, text: 'x'.repeat(90_000) } }));
    const total = 600;
    for (let at = 0; at < total; at += 50) {
      const some = Array.from({ length: 50 }, (_, each) => long(at + each)).join('');
      // oxlint-disable-next-line no-await-in-loop -- in their order
      await post(`${server.url}events`, some);
    }
    expect(arrived).toHaveLength(total);
    let [text, starts] = ['', 0];
    for await (const chunk of slow.setEncoding('utf8') as AsyncIterable<string>) {
      text = (text + chunk).slice(-200_000);
      starts += chunk.split('event: start').length - 1;
      if (text.includes(`"type":"e${total - 1}"`)) break;
    }
    expect(starts).toBeGreaterThan(1);
  });

  test('is one of a bounded number', async () => {
    const { server } = await start();
    const streams = await Promise.all(Array.from({ length: maxViewers }, () => open(`${server.url}stream`)));
    expect((await ask(`${server.url}stream`)).status).toBe(503);
    for (const stream of streams) stream.destroy();
  });
});

describe('the pages', () => {
  const file = `<head><meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-a'"></head>`;

  test('are the file with leave to ask the server and nothing else', () => {
    const served = livePage(file);
    expect(served?.policy).toBe(
      `default-src 'none'; script-src 'sha256-a'; connect-src 'self'; frame-ancestors 'none'`,
    );
    expect(served?.html).toBe('<head><meta name="oz-status-live" content="stream"></head>');
    expect(livePage('<p>another file</p>')).toBeNull();
  });

  test('lead to another inspector only where its URL is given, and quote it', () => {
    const { html, policy } = hostedPage(new URL('https://inspector.example/a?b=1&c="'));
    expect(policy).toContain('frame-src https://inspector.example;');
    expect(html).toContain('src="https://inspector.example/a?b=1&amp;c=%22"');
  });
});
