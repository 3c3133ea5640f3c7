import { createInspector } from '@statelyai/inspect';
import { describe, expect, test } from 'vitest';
import { createActor, type InspectionEvent } from 'xstate';
import { folderMachine } from '../../machines/index.ts';
import { parseRecord, type InspectionRecord } from '../../src/inspection/records.ts';
import { inspectTo } from '../../src/inspect.ts';
import { folderRecords, sampleTime } from './samples.ts';

const url = 'http://127.0.0.1:1/token/#1/live';

/** A server that answers as told, by the number of the request. */
function fakeServer(answer: (number: number) => Response | Error = () => new Response('')) {
  const asked: { readonly url: URL; readonly lines: readonly string[] }[] = [];
  const ask: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    asked.push({ url: new URL(request.url), lines: (await request.text()).trimEnd().split('\n') });
    const given = answer(asked.length);
    if (given instanceof Error) throw given;
    return given;
  };
  return { asked, ask, records: () => asked.flatMap(({ lines }) => lines).map(known) };
}

function known(line: string): InspectionRecord {
  const read = parseRecord(line);
  if (!read.ok) throw new Error(read.problem);
  return read.record;
}

const now = () => Number(sampleTime);
const post = { type: 'group.posted', groupId: 'g', analyses: [{ id: 'a', kind: 'QUALITY' }] } as const;

test('sends what XState tells, in its order and in one request', async () => {
  const server = fakeServer();
  const inspect = inspectTo(url, { fetch: server.ask, now });
  const folder = createActor(folderMachine, { inspect }).start();
  folder.send(post);
  await inspect.flushed();
  expect(server.asked.map(({ url: { pathname } }) => pathname)).toEqual(['/token/events']);
  const types = server.records().map(({ type }) => type);
  // The same machine, told of in the same way, without a network.
  expect(types).toEqual(
    folderRecords()
      .map(({ type }) => type)
      .slice(0, types.length),
  );
  expect(types).toContain('@xstate.microstep');
  expect(server.records().at(-1)?.snapshot?.['value']).toMatchObject({ system_resolution: 'PROCESSING' });
});

test('is an adapter for createInspector', async () => {
  const server = fakeServer();
  const inspection = inspectTo(url, { fetch: server.ask });
  const inspector = createInspector(inspection);
  inspector.actor('own');
  inspector.event('own', 'something');
  inspector.snapshot('own', { context: { a: 1 } });
  await inspection.flushed();
  expect(server.records().map(({ type, sessionId }) => [type, sessionId])).toEqual([
    ['@xstate.actor', 'own'],
    ['@xstate.event', 'own'],
    ['@xstate.snapshot', 'own'],
  ]);
});

test('tells once that nobody answers, and sends all when somebody does', async () => {
  const server = fakeServer((number) => (number < 3 ? new TypeError('refused') : new Response('')));
  const problems: string[] = [];
  const inspect = inspectTo(url, { fetch: server.ask, onProblem: (problem) => problems.push(problem) });
  for (const id of ['one', 'two', 'three']) {
    inspect.send({ type: '@xstate.actor', sessionId: id });
    // oxlint-disable-next-line no-await-in-loop -- each is tried before the next
    await inspect.flushed();
  }
  expect(problems).toEqual(['inspectTo: http://127.0.0.1:1 does not answer: is oz-status inspect running?']);
  expect(server.asked.at(-1)?.lines.map((line) => known(line).sessionId)).toEqual(['one', 'two', 'three']);
});

test('stops where the server refuses, and says why', async () => {
  const server = fakeServer(() => new Response('token: expected another', { status: 403 }));
  const problems: string[] = [];
  const inspect = inspectTo(url, { fetch: server.ask, onProblem: (problem) => problems.push(problem) });
  inspect.send({ type: '@xstate.actor', sessionId: 'one' });
  await inspect.flushed();
  inspect.send({ type: '@xstate.actor', sessionId: 'two' });
  await inspect.flushed();
  expect(server.asked).toHaveLength(1);
  expect(problems).toEqual(['inspectTo: http://127.0.0.1:1 refuses (403): token: expected another']);
});

test('keeps a bounded number of records while nobody answers, all actors among them, and says how many went', async () => {
  let answers = false;
  const server = fakeServer(() => (answers ? new Response('') : new TypeError('refused')));
  const inspect = inspectTo(url, { fetch: server.ask, onProblem: () => undefined });
  const text = 'x'.repeat(90_000);
  inspect.send({ type: '@xstate.actor', sessionId: 'kept' });
  for (let count = 0; count < 200; count += 1)
    inspect.send({ type: '@xstate.event', sessionId: 'kept', event: { type: 'long', text, count } });
  await inspect.flushed();
  answers = true;
  inspect.send({ type: '@xstate.event', sessionId: 'kept', event: { type: 'last' } });
  await inspect.flushed();
  const arrived = server.asked
    .slice(1)
    .flatMap(({ lines }) => lines)
    .map(known);
  expect(arrived[0]?.type).toBe('@xstate.actor');
  expect(arrived.at(-1)?.event).toEqual({ type: 'last' });
  const dropped = Number(server.asked[1]?.url.searchParams.get('dropped'));
  expect(dropped).toBeGreaterThan(0);
  expect(arrived.length + dropped).toBe(202);
  // What was dropped is said once.
  expect(
    server.asked.slice(2).every(({ url: { searchParams } }) => searchParams.get('dropped') === '0'),
  ).toBe(true);
});

test('does not disturb an actor by what cannot be written', async () => {
  const server = fakeServer();
  const problems: string[] = [];
  const inspect = inspectTo(url, { fetch: server.ask, onProblem: (problem) => problems.push(problem) });
  const odd = {
    get actorRef(): never {
      throw new Error('no actor');
    },
  };
  expect(() => inspect.next(odd as unknown as InspectionEvent)).not.toThrow();
  await inspect.flushed();
  expect(server.asked).toEqual([]);
  expect(problems.join()).toContain('cannot be written');
});

test('writes a message that holds itself, and what reading makes fail, by a text in their place', async () => {
  const server = fakeServer();
  const inspect = inspectTo(url, { fetch: server.ask });
  const message = {
    type: '@xstate.event',
    sessionId: 'own',
    event: {
      type: 'odd',
      get broken(): never {
        throw new Error('no');
      },
      again: {},
    },
  };
  message.event.again = message.event;
  inspect.send(message);
  await inspect.flushed();
  expect(server.records()[0]?.event).toEqual({
    type: 'odd',
    broken: '[unreadable]',
    again: '[circular]',
  });
});

describe('whoever sends an event', () => {
  const wide = Object.fromEntries(Array.from({ length: 30_000 }, (_, at) => [`key ${at}`, at]));
  /** What an event holds, counting how often something of it is looked at. */
  function counted(value: object) {
    const looks = { members: 0, lists: 0 };
    const proxy = new Proxy(value, {
      get(target, key, receiver) {
        looks.members += 1;
        return Reflect.get(target, key, receiver) as unknown;
      },
      ownKeys(target) {
        looks.lists += 1;
        return Reflect.ownKeys(target);
      },
    });
    return { looks, proxy };
  }

  test('waits for nothing of it to be looked at', async () => {
    const server = fakeServer();
    const folder = createActor(folderMachine, {
      inspect: inspectTo(url, { fetch: server.ask }),
    }).start();
    const { looks, proxy } = counted(wide);
    folder.send({ ...post, load: proxy } as typeof post);
    expect(looks).toEqual({ members: 0, lists: 0 });
    await Promise.resolve();
    expect(looks).toEqual({ members: 0, lists: 1 });
  });

  test('has it listed once, however many records hold it', async () => {
    const server = fakeServer();
    const inspect = inspectTo(url, { fetch: server.ask });
    const { looks, proxy } = counted({ ...wide });
    const folder = createActor(folderMachine, { inspect }).start();
    for (let count = 0; count < 3; count += 1) {
      folder.send({ ...post, load: proxy } as typeof post);
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await inspect.flushed();
    }
    expect(looks.lists).toBe(1);
    expect(server.records().at(-1)?.event).toMatchObject({ load: '[object of 30000 members]' });
  });

  test('holds a bounded number of events until they are copied', () => {
    const inspect = inspectTo(url, { fetch: fakeServer().ask });
    const { looks, proxy } = counted({ type: 'many' });
    const message = { type: '@xstate.event', sessionId: 'own', event: proxy };
    for (let count = 0; count < 1_500; count += 1) inspect.send(message);
    expect(looks.lists).toBe(1_000);
  });
});

test.each(['', 'localhost:8080', 'file:///tmp', 'ws://127.0.0.1/'])('refuses the address %s', (address) => {
  expect(() => inspectTo(address)).toThrow(/expected the address that oz-status inspect printed/);
});
