import { request } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startEndpoint, type Endpoint, type EndpointOptions } from '../../../src/cli/monitor/endpoint.ts';

async function started(options: Partial<EndpointOptions> = {}) {
  const taken: (readonly [string, string | undefined])[] = [];
  const endpoint = await startEndpoint({
    host: '127.0.0.1',
    port: 0,
    origins: ['http://localhost:5173'],
    maxBody: 1000,
    take: (body, key) => {
      taken.push([Buffer.from(body).toString(), key]);
      return Promise.resolve({ taken: 1 });
    },
    metrics: () => 'up 1\n',
    problem: () => null,
    ...options,
  });
  onTestFinished(() => endpoint.close());
  return { endpoint, taken };
}

interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Asks, with any header, also those that a fetch would not send. */
function ask({ url }: Endpoint, { method = 'POST', path = '/answers', headers = {}, body = '' }: Asked = {}) {
  return new Promise<{ status: number; text: string; headers: unknown }>((resolve, reject) => {
    const asked = request(`${url}${path}`, { method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => resolve({ status: response.statusCode!, text, headers: response.headers }));
    });
    asked.on('error', reject).end(body);
  });
}

describe('the endpoint of a monitor', () => {
  it('takes posts, and shows metrics and health', async () => {
    const { endpoint, taken } = await started();
    const posted = await ask(endpoint, { body: '{}\n', headers: { 'idempotency-key': 'k-1' } });
    expect([posted.status, JSON.parse(posted.text)]).toEqual([200, { taken: 1 }]);
    expect(taken).toEqual([['{}\n', 'k-1']]);
    expect(await ask(endpoint, { method: 'GET', path: '/metrics' })).toMatchObject({
      status: 200,
      text: 'up 1\n',
    });
    expect(await ask(endpoint, { method: 'GET', path: '/health' })).toMatchObject({
      status: 200,
      text: '{"status":"ok"}\n',
    });
  });

  it.each<[string, Asked, number, string]>([
    ['a page elsewhere', { headers: { origin: 'https://evil.example' } }, 403, 'origin: expected one'],
    ['no origin of its own', { headers: { origin: 'null' } }, 403, 'origin: expected one'],
    ['a name that leads here', { headers: { host: 'evil.example' } }, 403, 'host: expected 127.0.0.1'],
    ['another path', { path: '/answers/..%2f' }, 404, 'path: expected /answers'],
    ['a name of every object', { path: '/constructor' }, 404, 'path: expected /answers'],
    ['another method', { method: 'PUT' }, 405, 'method: expected POST, received PUT'],
    ['a body that is too large', { body: 'x'.repeat(1001) }, 413, 'body: expected at most 1000 bytes'],
    [
      'a packed body',
      { headers: { 'content-encoding': 'gzip' } },
      415,
      'content-encoding: expected none, received gzip',
    ],
    ['a key that is none', { headers: { 'idempotency-key': 'a b' } }, 400, 'idempotency-key'],
    ['a key that is too long', { headers: { 'idempotency-key': 'x'.repeat(201) } }, 400, 'idempotency-key'],
  ])('refuses %s', async (_, asked, status, message) => {
    const { endpoint, taken } = await started();
    const answer = await ask(endpoint, asked);
    expect(answer.status).toBe(status);
    expect((JSON.parse(answer.text) as { readonly error: string }).error).toContain(message);
    expect(taken).toEqual([]);
  });

  it.each(['/metrics', '/health'])('answers a HEAD, as some tools look for health: %s', async (path) => {
    const { endpoint } = await started();
    expect(await ask(endpoint, { method: 'HEAD', path })).toMatchObject({ status: 200, text: '' });
  });

  it('lets in pages of origins that were named', async () => {
    const { endpoint } = await started();
    const headers = { origin: 'http://localhost:5173' };
    expect(await ask(endpoint, { method: 'OPTIONS', headers })).toMatchObject({ status: 204 });
    const { status, headers: given } = await ask(endpoint, { headers });
    expect(status).toBe(200);
    expect(given).toMatchObject({ 'access-control-allow-origin': headers.origin, vary: 'origin' });
  });

  it('lets in only who shows the token, if there is one', async () => {
    const { endpoint, taken } = await started({ token: 'secret' });
    const show = async (authorization: string) =>
      (await ask(endpoint, { headers: authorization === '' ? {} : { authorization } })).status;
    expect(await Promise.all(['', 'Bearer wrong', 'secret'].map(show))).toEqual([401, 401, 401]);
    expect(taken).toEqual([]);
    expect([await show('Bearer secret'), await show('bearer secret')]).toEqual([200, 200]);
    expect((await ask(endpoint, { method: 'GET', path: '/metrics' })).status).toBe(401);
  });

  it('takes nothing while nothing can be kept, and says so', async () => {
    const { endpoint, taken } = await started({ problem: () => 'the disk is full' });
    const answer = await ask(endpoint, { body: '{}' });
    expect([answer.status, answer.text]).toEqual([503, '{"error":"the disk is full"}\n']);
    expect(answer.headers).toMatchObject({ 'retry-after': '5' });
    expect((await ask(endpoint, { method: 'GET', path: '/health' })).status).toBe(503);
    expect(taken).toEqual([]);
  });

  it('holds no more bodies than four of the largest', async () => {
    const release: (() => void)[] = [];
    let allHeld = (): void => undefined;
    const held = new Promise<void>((resolve) => (allHeld = resolve));
    const { endpoint } = await started({
      maxBody: 10,
      take: () =>
        new Promise((resolve) => {
          if (release.push(() => resolve({})) === 4) allHeld();
        }),
    });
    const posts = Array.from({ length: 4 }, () => ask(endpoint, { body: 'x'.repeat(10) }));
    await held;
    expect((await ask(endpoint, { body: 'x' })).status).toBe(503);
    for (const one of release) one();
    expect((await Promise.all(posts)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });

  it('takes nothing of a body that was not sent to its end', async () => {
    const { endpoint, taken } = await started();
    const socket = connect(Number(new URL(endpoint.url).port), '127.0.0.1');
    socket.end('POST /answers HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\n{}\n');
    await new Promise((resolve) => socket.on('error', resolve).on('close', resolve).resume());
    expect(taken).toEqual([]);
  });
});
