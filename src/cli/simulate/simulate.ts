import { closeSync, openSync } from 'node:fs';
import { once } from 'node:events';
import type { Server } from 'node:net';
import { resolve } from 'node:path';
import type { Settings } from '../../../machines/readings.ts';
import {
  createSimulator,
  usualLimits,
  type Simulator,
  type SimulatorOptions,
} from '../../simulator/index.ts';
import { printable } from '../../text/escape.ts';
import { refuse, wrongUse, type CommandAction } from '../frame/command.ts';
import type { CommandCall, Checked } from '../frame/options.ts';
import { parseAnswers, readingWith } from '../frame/reading.ts';
import { append } from '../io/append.ts';
import { fileReason } from '../io/file-reasons.ts';
import { lockOn } from '../io/journal-lock.ts';
import { JournalProblem } from '../io/journal-problem.ts';
import { hostInUrl, listenReason } from '../io/listening.ts';
import { isLoopback } from '../io/loopback.ts';
import { overwriteProblems } from '../io/overwriting.ts';
import type { Terminal } from '../io/terminal.ts';
import { Journal } from './journal.ts';
import { startSimulatorServer, type SimulatorServer } from './server.ts';

interface Order {
  readonly host: string;
  readonly port: number;
  readonly origins: readonly string[];
  readonly journal: string | undefined;
  readonly record: string | undefined;
  readonly isQuiet: boolean;
  readonly simulator: SimulatorOptions;
}

/** Serves a simulator of the API until it is interrupted. */
export const simulate: CommandAction = async (call, io) => {
  const order = readOrder(call, io);
  if (order.problems) return refuse(io, order.problems, 'simulate');
  const { host, port, origins, isQuiet } = order.value;
  const interrupts = io.interrupts();
  const held = await hold(order.value, io);
  if (!held) return wrongUse;
  const tell = (text: string): void => io.stderr.write(`oz-status: ${printable(text, 300)}\n`);
  let server: SimulatorServer;
  try {
    server = await startSimulatorServer({
      simulator: held.simulator,
      host,
      port,
      origins,
      onProblem: tell,
      ...(isQuiet
        ? {}
        : {
            onAnswer: (method, path, status) =>
              io.stderr.write(`${printable(method, 20)} ${printable(path, 200)} ${status}\n`),
          }),
    });
  } catch (error) {
    held.close();
    const where = `--host ${hostInUrl(host)}, --port ${port}`;
    return refuse(io, [`${where}: expected to listen there, but ${listenReason(error)}`], 'simulate');
  }
  if (!isLoopback(host))
    tell(`whoever reaches ${hostInUrl(host)} can use this simulator, also from other computers`);
  io.stdout.write(`ready ${server.url}\n`);
  if (!interrupts.aborted) await once(interrupts, 'abort');
  await server.close();
  held.close();
  const { sessions } = held.simulator.snapshot();
  const entries = sessions.reduce((count, session) => count + session.entries.length, 0);
  io.stdout.write(`ended: ${sessions.length} sessions, ${entries} entries\n`);
  return 0;
};

interface Held {
  readonly simulator: Simulator;
  close(): void;
}

/** The simulator with the files that it writes; undefined, told, where one cannot be had. */
async function hold(
  { journal: journalFile, record, simulator: options }: Order,
  io: Terminal,
): Promise<Held | undefined> {
  let file = journalFile ?? '';
  let lock: Server | undefined;
  let journal: Journal | undefined;
  let recording: number | undefined;
  try {
    if (journalFile !== undefined) {
      const path = resolve(io.cwd, journalFile);
      lock = await lockOn('simulator', path);
      journal = new Journal(path);
    }
    file = record ?? '';
    if (record !== undefined) recording = openSync(resolve(io.cwd, record), 'a');
    file = journalFile ?? '';
    const simulator = createSimulator({
      ...options,
      onEntry: (session, entry) => journal?.write({ session, entry }),
      onForget: (session) => journal?.write({ session, forgotten: true }),
      ...(recording === undefined
        ? {}
        : { onExchange: (_, line) => append(recording as number, Buffer.from(`${line}\n`)) }),
    });
    if (journal) simulator.restore(journal.snapshot);
    return {
      simulator,
      close() {
        journal?.close();
        lock?.close();
        if (recording !== undefined) closeSync(recording);
      },
    };
  } catch (error) {
    journal?.close();
    lock?.close();
    const isKnown = error instanceof JournalProblem || error instanceof TypeError;
    const reason = isKnown ? error.message : fileReason(error);
    io.stderr.write(`oz-status: ${printable(file, 200)}: ${printable(reason, 300)}\n`);
    return undefined;
  }
}

const isCount = (text: string, most: number): boolean => /^\d{1,9}$/.test(text) && Number(text) <= most;

function readOrder({ values }: CommandCall, io: Terminal): Checked<Order> {
  const given = values as Readonly<Record<string, string | undefined>>;
  const { port = '0', host = '127.0.0.1', journal, record, seed } = given;
  const counts = { 'max-sessions': usualLimits.sessions, 'max-body-bytes': usualLimits.body };
  const answers = parseAnswers((values['reading'] ?? []) as readonly string[]);
  const origins = (values['allow-origin'] ?? []) as readonly string[];
  const problems = [
    ...(isCount(port, 65_535)
      ? []
      : [`--port: expected a number up to 65535, received “${printable(port, 60)}”`]),
    ...(/^[\w.:-]{1,100}$/.test(host)
      ? []
      : [`--host: expected an address, received “${printable(host, 60)}”`]),
    ...Object.keys(counts).flatMap((name) =>
      given[name] === undefined || (isCount(given[name], 1e9) && Number(given[name]) > 0)
        ? []
        : [`--${name}: expected a number from 1, received “${printable(given[name], 60)}”`],
    ),
    ...origins
      .filter((origin) => !URL.canParse(origin) || new URL(origin).origin !== origin)
      .map(
        (origin) =>
          `--allow-origin: expected an origin such as http://localhost:5173, received “${printable(origin, 60)}”`,
      ),
    ...(['journal', 'record'] as const)
      .filter((name) => given[name] === '')
      .map((name) => `--${name}: expected a file, received nothing`),
    ...(journal === undefined || record === undefined
      ? []
      : overwriteProblems(
          [{ name: record, as: 'the recording' }],
          [{ name: journal, as: 'the journal' }],
          io,
        )),
    ...(answers.problems ?? []),
  ];
  if (problems.length > 0 || answers.problems) return { problems };
  const { 'max-sessions': sessions, 'max-body-bytes': body } = given;
  return {
    value: {
      host,
      port: Number(port),
      origins,
      journal,
      record,
      isQuiet: values['quiet'] === true,
      simulator: {
        reading: readingWith(answers.value),
        operatorRequired: (given['operator-required'] ?? 'allowed') as Settings['operatorRequired'],
        ...(seed === undefined ? {} : { seed }),
        limits: {
          ...(sessions === undefined ? {} : { sessions: Number(sessions) }),
          ...(body === undefined ? {} : { body: Number(body) }),
        },
      },
    },
  };
}
