import { Hono } from 'hono';
import { http } from 'msw';
import { setupServer } from 'msw/node';
import { MockAgent, fetch as undiciFetch } from 'undici';
import { expect, onTestFinished, test } from 'vitest';
import { createSimulator } from '../../src/simulator/index.ts';
import { origin } from './calling.ts';

const simulator = createSimulator();
const address = `${origin}/clock=instant/api/instant/folders/`;
const sent = {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ analyses: [{ type: 'quality' }] }),
} as const;

const result = async (response: { json(): Promise<unknown> }) =>
  ((await response.json()) as { readonly system_resolution: string }).system_resolution;

test('MSW takes it as a handler', async () => {
  const server = setupServer(http.all(`${origin}/*`, ({ request }) => simulator.fetch(request)));
  server.listen();
  onTestFinished(() => server.close());
  expect(await result(await fetch(address, sent))).toBe('SUCCESS');
});

test('the mock agent of undici takes it as a reply', async () => {
  const agent = new MockAgent();
  onTestFinished(() => agent.close());
  agent.disableNetConnect();
  // The mock agent replies at once: what was read beforehand is answered without waiting.
  agent
    .get(origin)
    .intercept({ path: () => true, method: 'POST' })
    .reply(({ path, method, body }) => {
      const content = { is: 'json', value: JSON.parse(body as string) as unknown, files: [] } as const;
      const { status, body: data } = simulator.answer({
        method,
        url: `${origin}${path}`,
        path,
        token: null,
        content,
      });
      return { statusCode: status, data };
    })
    .persist();
  expect(await result(await undiciFetch(address, { ...sent, dispatcher: agent }))).toBe('SUCCESS');
});

test('Hono takes it as a route', async () => {
  const app = new Hono();
  app.all('*', (context) => simulator.fetch(context.req.raw));
  expect(await result(await app.request(address, sent))).toBe('SUCCESS');
});
