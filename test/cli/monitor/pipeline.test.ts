import { createServer, type IncomingHttpHeaders } from 'node:http';
import { appendFileSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MonitorJournal } from '../../../src/cli/monitor/monitor-journal.ts';
import { Pipeline, type Pause, type PipelineOptions } from '../../../src/cli/monitor/pipeline.ts';
import {
  fileReceiver,
  httpReceiver,
  NotSent,
  outputReceiver,
  webhookBody,
  type FindingReceiver,
} from '../../../src/cli/monitor/receivers.ts';
import type { ToldFinding } from '../../../src/monitor/index.ts';
import { coreWith, linesOf, spoofed } from '../../monitor/monitoring.ts';
import { directoryWith } from '../fake-terminal.ts';

const at = { clock: 1, time: 1.7e12 };

/** A pause that ends at once, but for a very long one, and notes how long it would have been. */
function noPause() {
  const waited: number[] = [];
  const pause: Pause = async (milliseconds, stop) => {
    waited.push(milliseconds);
    await new Promise((resolve) => {
      if (milliseconds < 1e9) setImmediate(resolve);
      else stop.addEventListener('abort', resolve);
    });
  };
  return { waited, pause };
}

function pipelineWith(receivers: readonly FindingReceiver[], options: Partial<PipelineOptions> = {}) {
  const told: string[] = [];
  const { waited, pause } = noPause();
  const core = options.core ?? coreWith();
  const pipeline = new Pipeline({
    core,
    journal: undefined,
    receivers,
    moment: () => at,
    pause,
    random: () => 1,
    tell: (text) => told.push(text),
    stop: new AbortController().signal,
    ...options,
  });
  return { pipeline, core, told, waited };
}

const lives = (count: number) =>
  linesOf(Array.from({ length: count }, (_, nth) => spoofed(`f${nth}`)).flat());
const source = { source: 'log', position: 0 };

/** A receiver that does what the next of these says: it fails so, or takes what it is sent. */
function receiver(plan: (NotSent | Error)[], attempts = Infinity) {
  const got: string[] = [];
  const own: FindingReceiver = {
    name: 'own',
    attempts,
    send: (findings) => {
      const failure = plan.shift();
      if (failure) return Promise.reject(failure);
      got.push(...findings.map(({ id }) => id));
      return Promise.resolve();
    },
  };
  return { own, got };
}

const found = (): readonly ToldFinding[] => coreWith().take({ ...source, lines: lives(2) }, at).found;

describe('the pipeline of a monitor', () => {
  it('delivers every finding once, however often that fails, and waits longer each time', async () => {
    const failures = Array.from({ length: 9 }, () => new NotSent('status 500'));
    const { own, got } = receiver([...failures, new NotSent('status 429', 7000)]);
    const { pipeline, core, told, waited } = pipelineWith([own]);
    await pipeline.take(() => ({ ...source, lines: lives(250) }));
    await pipeline.end(1e9);
    expect(new Set(got).size).toBe(250);
    expect(got).toHaveLength(250);
    const seconds = waited.filter((time) => time > 10 && time < 1e9).map((time) => time / 1000);
    expect(seconds).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60, 7]);
    expect(pipeline.deliveries.get('own')).toEqual({ sent: 250, failed: 10, givenUp: 0 });
    expect(told).toEqual(['own: findings cannot be delivered: status 500']);
    expect(core.telling.undelivered('own')).toEqual([]);
  });

  it('gives findings up where so many tries have failed, says so, and goes on with the next', async () => {
    const failures = Array.from({ length: 3 }, () => new NotSent('status 400'));
    const { own, got } = receiver(failures, 3);
    const { pipeline, told } = pipelineWith([own]);
    await pipeline.take(() => ({ ...source, lines: lives(150) }));
    await pipeline.end(1e9);
    expect(got).toHaveLength(50);
    expect(pipeline.deliveries.get('own')).toEqual({ sent: 50, failed: 3, givenUp: 100 });
    expect(told.at(-1)).toBe('own: 100 findings were not delivered and are given up');
  });

  it('says what was not delivered when it ends, and not that what it gave up itself has failed', async () => {
    let tellAsked = (): void => undefined;
    const asked = new Promise<void>((resolve) => (tellAsked = resolve));
    const own: FindingReceiver = {
      name: 'own',
      attempts: Infinity,
      send: (_, stop) =>
        new Promise((_resolve, reject) => {
          stop.addEventListener('abort', () => reject(new NotSent('aborted')));
          tellAsked();
        }),
    };
    const { pipeline, told } = pipelineWith([own]);
    await pipeline.take(() => ({ ...source, lines: lives(2) }));
    await asked;
    await pipeline.end(0);
    expect(told).toEqual(['own: not delivered before the end, and lost: 2 findings']);
  });

  it('keeps what was not delivered when it ends for the next time', async () => {
    const path = join(directoryWith({}), 'journal');
    const journalOf = (core: ReturnType<typeof coreWith>) =>
      new MonitorJournal(
        path,
        (record) => core.restore(record),
        () => core.records(),
      );
    const core = coreWith();
    const journal = journalOf(core);
    const { own } = receiver(Array.from({ length: 1e4 }, () => new NotSent('away')));
    const first = pipelineWith([own], { core, journal });
    await first.pipeline.take(() => ({ ...source, lines: lives(2) }));
    await first.pipeline.end(0);
    journal.close();
    const { own: later, got } = receiver([]);
    const again = coreWith();
    const next = journalOf(again);
    const second = pipelineWith([later], { core: again, journal: next });
    await second.pipeline.end(1e9);
    next.close();
    expect(first.told.at(-1)).toBe('own: not delivered before the end, and kept in the journal: 2 findings');
    expect(got).toEqual(found().map(({ id }) => id));
  });

  it('takes and tells nothing while the journal cannot be written, and goes on when it can', async () => {
    const core = coreWith();
    let fails = 3;
    const full = () => Object.assign(new Error('full'), { code: 'ENOSPC', syscall: 'write' });
    const added: string[] = [];
    const journal = {
      bytes: 0,
      isLong: false,
      add: ({ is }: { readonly is: string }) => {
        if (fails > 0) {
          fails -= 1;
          throw full();
        }
        added.push(is);
      },
      sync: () => undefined,
    } as unknown as MonitorJournal;
    const { own, got } = receiver([]);
    const { pipeline, told } = pipelineWith([own], { core, journal });
    const taken = pipeline.take(() => ({ ...source, lines: lives(1) }));
    await new Promise((resolve) => setImmediate(resolve));
    expect([pipeline.problem, got]).toEqual(['the disk is full', []]);
    await taken;
    expect(pipeline.problem).toBeNull();
    await pipeline.end(1e9);
    expect(got).toHaveLength(1);
    expect(added).toEqual(['answers', 'delivered']);
    expect(told).toEqual([
      'the journal cannot be written, nothing is taken meanwhile: the disk is full',
      'the journal can be written again',
    ]);
  });

  it('ends although the journal cannot be written', async () => {
    const stop = new AbortController();
    const journal = {
      add: () => {
        stop.abort();
        throw Object.assign(new Error('full'), { code: 'ENOSPC', syscall: 'write' });
      },
      sync: () => undefined,
    } as unknown as MonitorJournal;
    const { own, got } = receiver([]);
    const { pipeline } = pipelineWith([own], { journal, stop: stop.signal });
    await expect(pipeline.take(() => ({ ...source, lines: lives(1) }))).rejects.toThrow('has ended');
    await pipeline.end(0);
    expect([pipeline.problem, got]).toEqual(['the disk is full', []]);
  });
});

describe('a receiver of findings', () => {
  const { signal } = new AbortController();

  it('is a file in which each stands once, also where nobody noted that some had been written', async () => {
    const path = join(directoryWith({}), 'findings');
    const [one, other] = found() as [ToldFinding, ToldFinding];
    await fileReceiver(path).send([one], signal);
    appendFileSync(path, '{"type":"finding","cut of');
    await fileReceiver(path).send([one, other], signal);
    const ids = readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { readonly id: string }).id);
    expect(ids).toEqual([one.id, other.id]);
  });

  it('is standard output as long as somebody reads it', async () => {
    let written = '';
    const stdout = {
      write: (text: string | Uint8Array) => void (written += String(text)),
      ready: () => Promise.resolve(),
      isOpen: true,
      isTerminal: false,
    };
    await outputReceiver(stdout).send(found(), signal);
    expect(written.match(/\n/g)).toHaveLength(2);
    await expect(outputReceiver({ ...stdout, isOpen: false }).send(found(), signal)).rejects.toThrow(NotSent);
  });

  it('is whoever takes posts: an answer but one of success has not taken them, and is not followed', async () => {
    const asked: { readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];
    const answers = [
      { status: 204, headers: {} },
      { status: 503, headers: { 'retry-after': '3' } },
      { status: 302, headers: { location: '/elsewhere' } },
    ];
    const server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (part: string) => (body += part));
      request.on('end', () => {
        asked.push({ headers: request.headers, body });
        const { status, headers } = answers.shift()!;
        response.writeHead(status, headers).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const receiving = httpReceiver({
      name: 'webhook',
      url: `http://127.0.0.1:${port}/`,
      headers: { authorization: 'Bearer secret' },
      body: webhookBody,
      attempts: 1,
    });
    const findings = found();
    await receiving.send(findings, signal);
    expect(asked[0]!.headers).toMatchObject({
      authorization: 'Bearer secret',
      'content-type': 'application/json',
      'idempotency-key': findings[0]!.id,
    });
    const { findings: got } = JSON.parse(asked[0]!.body) as {
      readonly findings: readonly { readonly id: string }[];
    };
    expect(got.map(({ id }) => id)).toEqual(findings.map(({ id }) => id));
    await expect(receiving.send(findings, signal)).rejects.toMatchObject({
      message: 'status 503',
      wait: 3000,
    });
    await expect(receiving.send(findings, signal)).rejects.toThrow('status 302');
    expect(asked).toHaveLength(3);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await expect(receiving.send(findings, signal)).rejects.toThrow(NotSent);
  });
});
