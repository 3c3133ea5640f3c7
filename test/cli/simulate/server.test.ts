import { request } from 'node:http';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { isLoopback } from '../../../src/cli/io/loopback.ts';
import { startSimulatorServer } from '../../../src/cli/simulate/server.ts';
import { createSimulator, faults, type SimulatorOptions } from '../../../src/simulator/index.ts';
import { playClient } from '../../../src/simulator/playing.ts';
import { checkRecording } from '../../../src/matchers/check-recording.ts';
import { namedPath } from '../../../src/simulator/index.ts';
import type { FolderEvent } from '../../../machines/index.ts';

async function start(origins: readonly string[] = [], options: SimulatorOptions = {}) {
  const simulator = createSimulator(options);
  const problems: string[] = [];
  const pauses: number[] = [];
  const server = await startSimulatorServer({
    simulator,
    host: '127.0.0.1',
    port: 0,
    origins,
    onProblem: (problem) => problems.push(problem),
    pause: async (milliseconds) => pauses.push(milliseconds),
  });
  onTestFinished(() => server.close());
  return { simulator, problems, pauses, url: server.url };
}

const path = 'post-liveness-face.1-success.2-declined';
const execution = namedPath(path) as readonly FolderEvent[];

test('answers over a network what it answers in the process', async () => {
  const { url, simulator } = await start();
  const base = `${url}/s/a/${path}`;
  const texts: string[][] = [[], []];
  const kept = (send: (asked: Request) => Promise<Response>, at: number) => async (asked: Request) => {
    const response = await send(asked);
    texts[at]!.push(await response.clone().text());
    return response;
  };
  await playClient(
    kept((asked) => fetch(asked), 0),
    base,
    execution,
  );
  const twin = createSimulator();
  await playClient(kept(twin.fetch, 1), base, execution);
  expect(texts[0]).toEqual(texts[1]);
  expect(simulator.recording(base)).toBe(twin.recording(base));
  expect(simulator.recording(base).split('\n').length).toBeGreaterThan(5);
});

test('says that nothing can be written down, and goes on when there is room', async () => {
  let isFull = true;
  const onEntry = (): void => {
    if (isFull) throw Object.assign(new Error('no space'), { code: 'ENOSPC', syscall: 'write' });
  };
  const { url, problems, simulator } = await start([], { onEntry, limits: { allEntries: 2 } });
  const post = async () => {
    const response = await fetch(`${url}/s/a/api/folders/`, { method: 'POST' });
    return [response.status, ((await response.json()) as { readonly error_message?: string }).error_message];
  };
  const message = 'what happens cannot be written down: the disk is full';
  expect([await post(), await post(), await post()]).toEqual([1, 2, 3].map(() => [503, message]));
  expect(problems).toEqual([message, message, message]);
  expect(simulator.snapshot().sessions.map(({ entries }) => entries)).toEqual([[]]);
  isFull = false;
  expect((await post())[0]).toBe(201);
});

test.each(Object.entries(faults).flatMap(([name, { on }]) => (on === 'transport' ? [name] : [])))(
  'lets answers meet what happens on the way: %s',
  async (fault) => {
    const { url, simulator, problems, pauses } = await start();
    const base = `${url}/s/a/faults=${fault}/${path}`;
    await playClient((asked) => fetch(asked), base, execution);
    const { folders } = await checkRecording(simulator.recording(base));
    expect(folders.map(({ verdict }) => verdict)).toEqual(folders.map(() => 'conforms'));
    expect(folders.length).toBeGreaterThan(0);
    expect(problems).toEqual([]);
    // Whole answers that come late or slowly are waited for.
    expect(pauses.some((milliseconds) => milliseconds > 0)).toBe(fault === 'latency' || fault === 'slow');
  },
);

const statusWith = (url: string, headers: Record<string, string>, method = 'GET') =>
  new Promise<{ readonly status: number; readonly origin: string | undefined }>((resolve, reject) => {
    request(`${url}/api/folders/`, { headers, method }, (response) => {
      response.resume();
      const origin = response.headers['access-control-allow-origin'];
      resolve({ status: response.statusCode ?? 0, origin });
    })
      .on('error', reject)
      .end();
  });

test('lets in neither another host name nor another origin, but those that are named', async () => {
  const { url } = await start(['http://localhost:5173']);
  expect((await statusWith(url, { host: 'evil.example' })).status).toBe(403);
  expect((await statusWith(url, { host: 'LocalHost' })).status).toBe(200);
  expect((await statusWith(url, { host: 'localhost:1' })).status).toBe(200);
  expect((await statusWith(url, { origin: 'http://evil.example' })).status).toBe(403);
  expect(await statusWith(url, { origin: 'http://localhost:5173' })).toEqual({
    status: 200,
    origin: 'http://localhost:5173',
  });
  expect((await statusWith(url, { origin: 'http://localhost:5173' }, 'OPTIONS')).status).toBe(204);
  expect(['127.0.0.1', '::1', 'localhost', '0.0.0.0', '10.0.0.1'].map(isLoopback)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});

test.each([
  ['half a line', 'GET /api/fol'],
  ['no HTTP', '\u0000\u0001\u0002\r\n\r\n'],
  ['a long header', `GET /api/folders/ HTTP/1.1\r\nhost: localhost\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`],
  ['a body without an end', 'POST /api/folders/ HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\n{'],
  [
    'a wrong chunk',
    'POST /api/folders/ HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n',
  ],
  ['an absolute address', 'GET http://evil.example/api/folders/ HTTP/1.1\r\nhost: localhost\r\n\r\n'],
  ['strokes', `GET ${'/'.repeat(9000)} HTTP/1.1\r\nhost: localhost\r\n\r\n`],
])('goes on whatever a client sends: %s', async (_, text) => {
  const { url, problems } = await start();
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  await new Promise<void>((resolve) => socket.write(text, 'latin1', () => resolve()));
  expect((await fetch(`${url}/simulator/ready`)).status).toBe(200);
  socket.destroy();
  expect((await fetch(`${url}/api/folders/`)).status).toBe(200);
  expect(problems).toEqual([]);
});
