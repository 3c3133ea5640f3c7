import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { connectionLimits, ConnectionGuard, type Clock } from '../../../src/cli/inspect/guard.ts';
import { startInspectServer } from '../../../src/cli/inspect/server.ts';
import { inspectTo } from '../../../src/inspect.ts';
import { record } from '../../inspection/samples.ts';
import { repository } from '../built.ts';

/** A clock that moves when it is told to. */
function handClock(): { readonly clock: Clock; readonly advance: (milliseconds: number) => void } {
  let now = 0;
  const alarms = new Map<object, { readonly at: number; readonly act: () => void }>();
  return {
    clock: (milliseconds, act) => {
      const key = {};
      alarms.set(key, { at: now + milliseconds, act });
      return () => void alarms.delete(key);
    },
    advance(milliseconds) {
      now += milliseconds;
      for (const [key, { at, act }] of alarms) {
        if (at > now) continue;
        alarms.delete(key);
        act();
      }
    },
  };
}

class FakeSocket {
  isOpen = true;
  readonly remoteAddress: string;
  #onClose: () => void = () => undefined;

  constructor(remoteAddress = '127.0.0.1') {
    this.remoteAddress = remoteAddress;
  }

  once(_event: 'close', act: () => void): void {
    this.#onClose = act;
  }

  destroy(): void {
    this.isOpen = false;
    this.#onClose();
  }
}

function guarded() {
  const { clock, advance } = handClock();
  const guard = new ConnectionGuard(clock);
  const open = (address?: string) => {
    const socket = new FakeSocket(address);
    guard.accept(socket);
    return socket;
  };
  const openMany = (count: number, address?: string) => Array.from({ length: count }, () => open(address));
  return { guard, advance, open, openMany };
}

const openOf = (sockets: readonly FakeSocket[]) => sockets.filter(({ isOpen }) => isOpen).length;
const { unknown, unknownOfAddress, known } = connectionLimits;

describe('the guard of connections', () => {
  test('ends one without the token after five seconds, whatever it was before', () => {
    const { guard, advance, open } = guarded();
    const [silent, answered] = [open(), open()];
    advance(4999);
    expect([guard.letIn(answered), silent.isOpen]).toEqual([true, true]);
    guard.rest(answered);
    advance(1);
    expect([silent.isOpen, answered.isOpen]).toEqual([false, true]);
    advance(4999);
    expect([answered.isOpen, guard.size]).toEqual([false, 0]);
  });

  test('ends one that has not been answered after half a minute, and none that may stay', () => {
    const { guard, advance, open } = guarded();
    const [slow, watching] = [open(), open()];
    for (const socket of [slow, watching]) guard.letIn(socket);
    guard.letStay(watching);
    advance(29_999);
    expect(slow.isOpen).toBe(true);
    advance(1);
    expect([slow.isOpen, watching.isOpen]).toEqual([false, true]);
    advance(1e9);
    expect(watching.isOpen).toBe(true);
    guard.rest(watching);
    advance(5000);
    expect(watching.isOpen).toBe(false);
  });

  test('waits for the last answer of one that asks for several things at once', () => {
    const { guard, advance, open } = guarded();
    const socket = open();
    guard.letIn(socket);
    guard.letIn(socket);
    guard.rest(socket);
    advance(5000);
    expect(socket.isOpen).toBe(true);
    guard.rest(socket);
    advance(5000);
    expect(socket.isOpen).toBe(false);
  });

  test('lets the oldest go where an address has too many', () => {
    const { guard, openMany, open } = guarded();
    const first = openMany(unknownOfAddress);
    guard.letIn(first[0]!);
    const other = open('127.0.0.2');
    const more = openMany(10);
    // One of the first ones is known.
    expect([first[0]!.isOpen, other.isOpen, openOf(more)]).toEqual([true, true, 10]);
    expect(first.findIndex(({ isOpen }, at) => at > 0 && isOpen)).toBe(10);
  });

  test('lets the oldest of the largest crowd go where there are too many in all', () => {
    const { openMany, open } = guarded();
    const crowd = openMany(unknownOfAddress, '127.0.0.9');
    const single = Array.from({ length: unknown - unknownOfAddress }, (_, at) => open(`127.0.1.${at}`));
    const newest = open('127.0.2.1');
    expect([openOf(crowd), crowd[0]!.isOpen, openOf(single), newest.isOpen]).toEqual([
      unknownOfAddress - 1,
      false,
      single.length,
      true,
    ]);
  });

  test('has the limits that the guide names', () => {
    const guide = readFileSync(join(repository, 'docs/guide/inspect.md'), 'utf8');
    expect(guide).toContain(`beyond ${unknownOfAddress} of them from one address, or ${unknown} in all,`);
    expect(guide).toContain(`${known} at a time`);
  });

  test('takes no more with the token than it can, until one has gone', () => {
    const { guard, open } = guarded();
    const all = Array.from({ length: known }, () => {
      const socket = open();
      expect(guard.letIn(socket)).toBe(true);
      return socket;
    });
    const late = open();
    expect([guard.letIn(late), guard.letIn(all[0]!)]).toEqual([false, true]);
    all[1]!.destroy();
    expect(guard.letIn(late)).toBe(true);
    expect(guard.letIn(all[1]!)).toBe(false);
  });
});

describe('a server of inspect whose connections are held open', () => {
  async function start() {
    const { clock, advance } = handClock();
    const page = { html: '<p>the page</p>', policy: `default-src 'none'` };
    const server = await startInspectServer({ page, port: 0, clock });
    onTestFinished(() => server.close());
    const { port, pathname } = new URL(server.url);
    /** A connection that has sent this, and what has become of it. */
    const opened = async (text: string) => {
      const socket: Socket = connect({ port: Number(port), host: '127.0.0.1' });
      onTestFinished(() => void socket.destroy());
      socket.on('error', () => undefined).resume();
      const closed = new Promise((resolve) => socket.on('close', resolve));
      await once(socket, 'connect');
      if (text !== '') socket.write(text);
      return { socket, closed };
    };
    const ask = async () => (await fetch(server.url)).text();
    return { server, host: `127.0.0.1:${port}`, pathname, advance, opened, ask };
  }

  test('without the token still answers, while they are open and when they are ended', async () => {
    const { server, advance, opened, ask } = await start();
    const texts = ['', 'G', 'GET / HTTP/1.1\r\n', 'GET / HTTP/1.1\r\nhost: x\r\nx-a: '];
    const held = [];
    for (let count = 0; count < 2 * unknownOfAddress; count += 1) {
      // oxlint-disable-next-line no-await-in-loop -- in their order
      held.push(await opened(texts[count % texts.length]!));
    }
    expect(await ask()).toBe('<p>the page</p>');
    const sender = inspectTo(server.url);
    sender.send(record('@xstate.event', { event: { type: 'go' } }));
    await sender.flushed();
    expect(server.session.entries).toHaveLength(1);
    // The oldest have made room.
    await Promise.all(held.slice(0, unknownOfAddress).map(({ closed }) => closed));
    // One that goes on to send, and one that has ended its side, are no better off.
    const [sending, ended] = held.slice(-2).map(({ socket }) => socket);
    sending!.write('x-b: y\r\n');
    ended!.end();
    advance(5000);
    await Promise.all(held.map(({ closed }) => closed));
    expect(await ask()).toBe('<p>the page</p>');
  });

  test('ends one that is refused, though it sends on', async () => {
    const { host, opened } = await start();
    for (const head of [
      'POST /wrong/events HTTP/1.1',
      'GET /wrong/ HTTP/1.1\r\nupgrade: websocket\r\nconnection: upgrade',
    ]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const { socket, closed } = await opened(`${head}\r\nhost: ${host}\r\ncontent-length: 1000\r\n\r\nx`);
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await closed;
      expect(socket.destroyed).toBe(true);
    }
  });

  test('with the token ends one whose message does not come to its end', async () => {
    const { host, pathname, server, advance, opened } = await start();
    const head = `POST ${pathname}events HTTP/1.1\r\nhost: ${host}\r\n`;
    // The first one is taken: the server has seen the second one by then.
    const { socket, closed } = await opened(`${head}content-length: 0\r\n\r\n`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toContain('HTTP/1.1 200 OK');
    socket.write(`${head}content-length: 1000\r\nexpect: 100-continue\r\n\r\n`);
    await once(socket, 'data');
    advance(5000);
    socket.write('x');
    advance(25_000);
    await closed;
    expect(server.session.entries).toEqual([]);
  });

  test('keeps a page that watches', async () => {
    const { server, advance } = await start();
    const stream = (await fetch(`${server.url}stream`)).body!.getReader();
    await stream.read();
    advance(1e9);
    const sender = inspectTo(server.url);
    sender.send(record('@xstate.event', { event: { type: 'go' } }));
    await sender.flushed();
    expect(new TextDecoder().decode((await stream.read()).value)).toContain('"type":"go"');
    await stream.cancel();
  });
});
