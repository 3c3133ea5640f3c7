import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { metricsText, MonitorCore, otlpLogs, type Moment } from '../../monitor/index.ts';
import { limitsOf } from '../../recordings/options.ts';
import { interruptions, type Interruption } from '../../reports/check/outcome.ts';
import { printable } from '../../text/escape.ts';
import { namingFor } from '../check/redact.ts';
import { refuse, wrongUse, type CommandAction } from '../frame/command.ts';
import { fileReason } from '../io/file-reasons.ts';
import { standardInput } from '../io/files.ts';
import { lockOn } from '../io/journal-lock.ts';
import { JournalProblem } from '../io/journal-problem.ts';
import { hostInUrl, listenReason } from '../io/listening.ts';
import { isLoopback } from '../io/loopback.ts';
import type { Terminal } from '../io/terminal.ts';
import { packageVersion } from '../package.ts';
import { startEndpoint, type Endpoint } from './endpoint.ts';
import { exitCodeFor, summaryLine } from './ending.ts';
import { MonitorJournal } from './monitor-journal.ts';
import { headersIn, readOrder, type Order } from './order.ts';
import { Pipeline, type Pause } from './pipeline.ts';
import {
  fileReceiver,
  httpReceiver,
  outputReceiver,
  webhookBody,
  type FindingReceiver,
} from './receivers.ts';
import { FollowedFile, readStandardInput, takePosted, type SourceContext } from './sources.ts';

/** How often folders are looked at of which no more came, in milliseconds. */
const lookEvery = 1000;

/** How long is waited at the end until everything is told, in milliseconds. */
const tellWithin = 5000;

const pause: Pause = async (milliseconds, stop) => {
  // A signal that is aborted ends the waiting.
  await wait(milliseconds, undefined, { signal: stop }).catch(() => undefined);
};

/** Judges answers as they come, until its input ends or it is interrupted. */
export const monitor: CommandAction = async (call, io) => {
  const read = readOrder(call, io);
  if (read.problems) return refuse(io, read.problems, 'monitor');
  const order = read.value;
  const naming = await namingFor(order.isRedacted, io);
  if (naming.problems) return refuse(io, naming.problems, 'monitor');
  const tell = (text: string): void => io.stderr.write(`oz-status: ${printable(text, 400)}\n`);
  const core = new MonitorCore({
    check: order.check,
    read: { ...order.read, naming: naming.value },
    digest: (text) => createHash('sha256').update(text).digest('hex').slice(0, 32),
    rest: order.numbers.rest * 1000,
    forget: order.numbers.forget * 1000,
    maxFolders: order.numbers['max-folders'],
  });
  const kept = await openFiles(order, core, io, tell);
  if (!kept) return wrongUse;
  // The clock of the monitor stands still while nobody sees what comes.
  const [clock, begun] = [core.clock, io.now()];
  const moment = (): Moment => ({ clock: Math.round(clock + io.now() - begun), time: Math.round(io.time()) });
  const { journal, receivers } = kept;
  const pipeline = new Pipeline({
    core,
    journal,
    receivers,
    moment,
    pause,
    random: Math.random,
    tell,
    stop: io.interrupts(),
  });
  const code = await run({ order, core, journal, pipeline, moment, io, tell });
  journal?.close();
  kept.unlock();
  return code;
};

interface Kept {
  readonly journal: MonitorJournal | undefined;
  readonly receivers: readonly FindingReceiver[];
  unlock(): void;
}

/** The files that it writes, and who gets findings; undefined, told, where one cannot be had. */
async function openFiles(
  order: Order,
  core: MonitorCore,
  io: Terminal,
  tell: (text: string) => void,
): Promise<Kept | undefined> {
  let file = order.journal ?? '';
  let lock: Server | undefined;
  let journal: MonitorJournal | undefined;
  try {
    if (order.journal !== undefined) {
      const path = resolve(io.cwd, order.journal);
      lock = await lockOn('monitor', path);
      journal = new MonitorJournal(
        path,
        (record) => core.restore(record),
        () => core.records(),
      );
    }
    file = order.findings ?? '';
    const receivers = receiversFor(order, io);
    return { journal, receivers, unlock: () => void lock?.close() };
  } catch (error) {
    journal?.close();
    lock?.close();
    const isKnown = error instanceof JournalProblem || error instanceof TypeError;
    tell(`${printable(file, 200)}: ${isKnown ? error.message : fileReason(error)}`);
    return undefined;
  }
}

function receiversFor(
  { findings, webhook, otlp, numbers, secrets }: Order,
  io: Terminal,
): readonly FindingReceiver[] {
  const attempts = numbers['delivery-attempts'];
  const receivers = [
    findings === undefined ? outputReceiver(io.stdout) : fileReceiver(resolve(io.cwd, findings)),
  ];
  if (webhook !== undefined) {
    const headers = secrets.webhook === undefined ? {} : { authorization: `Bearer ${secrets.webhook}` };
    receivers.push(httpReceiver({ name: 'webhook', url: webhook, headers, body: webhookBody, attempts }));
  }
  if (otlp !== undefined) {
    const headers = headersIn(secrets.otlp ?? '') ?? {};
    const body = (some: Parameters<FindingReceiver['send']>[0]) => otlpLogs(some, packageVersion());
    receivers.push(httpReceiver({ name: 'otlp', url: otlp, headers, body, attempts }));
  }
  return receivers;
}

interface Running {
  readonly order: Order;
  readonly core: MonitorCore;
  readonly journal: MonitorJournal | undefined;
  readonly pipeline: Pipeline;
  readonly moment: () => Moment;
  readonly io: Terminal;
  readonly tell: (text: string) => void;
}

async function run(running: Running): Promise<number> {
  const { order, core, journal, pipeline, io, tell } = running;
  const interrupts = io.interrupts();
  const ended = new AbortController();
  const stop = AbortSignal.any([interrupts, ended.signal]);
  const { maxLineBytes } = limitsOf({ ...order.read, file: '' });
  const told = order.isQuiet ? () => undefined : tell;
  const { isOnce } = order;
  const context: SourceContext = { core, pipeline, io, maxLineBytes, pause, isOnce, stop, tell: told };
  const files = order.files
    .filter((name) => name !== standardInput)
    .map((name) => new FollowedFile(name, context));
  const endpoint = await listen(running, context, files);
  if (typeof endpoint === 'string') {
    await pipeline.end(0);
    return refuse(io, [endpoint], 'monitor');
  }
  const looking = lookNowAndThen(running, ended);
  const isInput = order.files.includes(standardInput);
  const reading = [...(isInput ? [readStandardInput(context)] : []), ...files.map((file) => file.follow())];
  await Promise.all(reading).catch((error: unknown) => orThrow(error, stop));
  if (endpoint && !stop.aborted) await once(stop, 'abort');
  await endpoint?.close();
  ended.abort();
  await looking;
  // What nobody keeps has ended with its input.
  if (!interrupts.aborted) await pipeline.look(journal ? 'kept' : 'ended');
  await pipeline.end(tellWithin);
  if (!io.stdout.isOpen && order.findings === undefined) return interruptions.SIGPIPE.exitCode;
  const reason = interrupts.aborted ? (interrupts.reason as Interruption) : null;
  const code = pipeline.problem === null ? exitCodeFor(core, order.isStrict, reason) : wrongUse;
  const summary = summaryLine(core, code, reason);
  if (order.findings === undefined) io.stdout.write(summary);
  else if (!order.isQuiet) io.stderr.write(summary);
  return code;
}

/** Takes posts, if that is asked for; why it cannot. */
async function listen(
  { order, core, journal, pipeline, moment, io, tell }: Running,
  context: SourceContext,
  files: readonly FollowedFile[],
): Promise<Endpoint | string | undefined> {
  if (!order.listen) return undefined;
  const { host, port } = order.listen;
  const { token } = order.secrets;
  const started = io.time();
  const waiting = (name: string) => ({ waiting: core.telling.undelivered(name).length });
  const metrics = (): string =>
    metricsText(core, {
      version: packageVersion(),
      check: order.check,
      started,
      clock: moment().clock,
      behind: new Map(files.map((file) => [file.name, file.behind])),
      receivers: new Map(
        [...pipeline.deliveries].map(([name, counts]) => [name, { ...counts, ...waiting(name) }]),
      ),
      journal: journal ? { bytes: journal.bytes, isWritable: pipeline.problem === null } : null,
    });
  try {
    const endpoint = await startEndpoint({
      ...order.listen,
      ...(token !== undefined && { token }),
      maxBody: context.maxLineBytes,
      take: (body, key) => takePosted(body, key, context),
      metrics,
      problem: () => pipeline.problem,
    });
    if (!isLoopback(host) && token === undefined)
      tell(`whoever reaches ${hostInUrl(host)} can post answers to this monitor, also from other computers`);
    io.stderr.write(`ready ${endpoint.url}\n`);
    return endpoint;
  } catch (error) {
    return `--host ${hostInUrl(host)}, --listen ${port}: expected to listen there, but ${listenReason(error)}`;
  }
}

/** Looks at folders of which no more came, until the monitor has ended; ends it where nobody reads its output. */
async function lookNowAndThen({ order, pipeline, io }: Running, ended: AbortController): Promise<void> {
  const stop = AbortSignal.any([io.interrupts(), ended.signal]);
  while (!stop.aborted) {
    // oxlint-disable-next-line no-await-in-loop -- now and then
    await pause(lookEvery, stop);
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    if (!stop.aborted) await pipeline.look().catch((error: unknown) => orThrow(error, stop));
    if (order.findings === undefined && !io.stdout.isOpen) ended.abort();
  }
}

/** What fails because the monitor ends is no failure. */
function orThrow(error: unknown, stop: AbortSignal): void {
  if (!stop.aborted) throw error;
}
