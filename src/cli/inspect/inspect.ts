import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { headLine } from '../../inspection/saved.ts';
import { labelled } from '../../text/layout.ts';
import { fileReason } from '../io/file-reasons.ts';
import { printable } from '../../text/escape.ts';
import { interruptions, type Interruption } from '../../reports/check/outcome.ts';
import { refuse, wrongUse, type CommandAction } from '../frame/command.ts';
import { packageRoot } from '../package.ts';
import { hostedPage, livePage } from './page.ts';
import { startInspectServer, type InspectServer } from './server.ts';
import type { CommandCall, Checked } from '../frame/options.ts';
import { listenReason } from '../io/listening.ts';
import { PipeWriter, statsOf } from '../io/pipes.ts';
import type { Terminal } from '../io/terminal.ts';

interface Order {
  readonly port: number;
  readonly record: string | undefined;
  readonly origins: readonly string[];
  readonly hosted: URL | undefined;
}

/** The page, as it is in the package. */
const pageFile = 'docs/index.html';

/** The most problems that are told; someone who sends nothing but them must not fill a terminal. */
const maxTold = 50;

/** The most bytes of a session that may wait for the reader of a pipe. */
const maxWaiting = 64_000_000;

/** Serves the page, shows in it what running actors send, and ends when it is interrupted. */
export const inspect: CommandAction = async (call, io) => {
  const order = readOrder(call);
  if (order.problems) return refuse(io, order.problems, 'inspect');
  const { port, record, origins, hosted } = order.value;
  const page = readPage();
  if (!page) {
    io.stderr.write(`oz-status: ${pageFile}: expected the page of this package; install the package again\n`);
    return wrongUse;
  }
  const interrupts = io.interrupts();
  const recorder = record === undefined ? null : await Recorder.open(record, io, interrupts);
  if (recorder && !recorder.isOpen)
    return recorder.hasFailed ? wrongUse : interruptions[interrupts.reason as Interruption].exitCode;
  const onProblem = toldOnce(io);
  let server: InspectServer;
  try {
    const offered = hosted && hostedPage(hosted);
    const onRecord = (taken: object): void => recorder?.write(`${JSON.stringify(taken)}\n`);
    server = await startInspectServer({ page, hosted: offered, port, origins, onRecord, onProblem });
  } catch (error) {
    recorder?.close();
    return refuse(io, [`--port ${port}: expected to listen there, but ${listenReason(error)}`], 'inspect');
  }
  io.stdout.write(`${greeting(server, hosted !== undefined).join('\n')}\n`);
  if (!interrupts.aborted) await once(interrupts, 'abort');
  await server.close();
  await recorder?.flushed();
  recorder?.close();
  const { actors, entries, dropped } = server.session;
  io.stdout.write(`Ended: ${actors.length} actors, ${entries.length + dropped} records.\n`);
  return recorder?.hasFailed ? wrongUse : 0;
};

function readPage(): ReturnType<typeof livePage> {
  try {
    return livePage(readFileSync(join(packageRoot, pageFile), 'utf8'));
  } catch {
    return null;
  }
}

function readOrder({ values }: CommandCall): Checked<Order> {
  const record = values['record'] as string | undefined;
  const port = (values['port'] ?? '0') as string;
  const given = (values['allow-origin'] ?? []) as readonly string[];
  const hosted = values['hosted'] as string | undefined;
  const problems = [
    ...(/^\d{1,5}$/.test(port) && Number(port) <= 65_535
      ? []
      : [`--port: expected a number up to 65535, received “${printable(port, 60)}”`]),
    ...(record === '' ? ['--record: expected a file, received nothing'] : []),
    ...given
      .filter((origin) => webAddress(origin)?.origin !== origin)
      .map(
        (origin) =>
          `--allow-origin: expected an origin such as http://localhost:5173, received “${printable(origin, 60)}”`,
      ),
    ...(hosted === undefined || webAddress(hosted)
      ? []
      : [`--hosted: expected a URL of http or https, received “${printable(hosted, 60)}”`]),
  ];
  if (problems.length > 0) return { problems };
  return { value: { port: Number(port), record, origins: given, hosted: webAddress(hosted) } };
}

function webAddress(text = ''): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) ? url : undefined;
}

function greeting({ url, takesSockets }: InspectServer, isHosted: boolean): string[] {
  const socket = url.replace('http:', 'ws:');
  return [
    `Open in a browser: ${url}#1/live`,
    ...(isHosted ? [`Or, which passes all on to another site: ${url}hosted`] : []),
    '',
    'In the program whose actors are to be seen:',
    `  import { inspectTo } from 'oz-status-spec/inspect';`,
    `  createActor(machine, { inspect: inspectTo('${url}') })`,
    ...(takesSockets
      ? ['or, with @statelyai/inspect:', `  createWebSocketInspector({ url: '${socket}' })`]
      : labelled(0, '', 'Web sockets are not taken: the optional package ws is not installed.')),
    '',
    'Ctrl+C ends it.',
  ];
}

/** Tells each different problem once. */
function toldOnce(io: Terminal): (problem: string) => void {
  const told = new Set<string>();
  return (problem) => {
    if (told.has(problem) || told.size >= maxTold) return;
    told.add(problem);
    io.stderr.write(`oz-status: a record was not taken: ${printable(problem, 300)}\n`);
  };
}

/** A file, or a pipe, to which a session is written as it happens, so that it is kept until then whatever comes. */
class Recorder {
  hasFailed = false;
  readonly #name: string;
  readonly #io: Terminal;
  #file: number | PipeWriter | null = null;
  #last = Promise.resolve();

  /** Opens it; a pipe as soon as somebody reads it, or not before `stop` is aborted. */
  static async open(name: string, io: Terminal, stop: AbortSignal): Promise<Recorder> {
    const recorder = new Recorder(name, io);
    const path = resolve(io.cwd, name);
    try {
      const isPipe = statsOf(path)?.isFIFO() === true;
      recorder.#file = isPipe ? ((await PipeWriter.open(path, { stop })) ?? null) : openSync(path, 'w');
    } catch (error) {
      recorder.#fail(error);
    }
    recorder.write(headLine(0));
    return recorder;
  }

  private constructor(name: string, io: Terminal) {
    this.#name = name;
    this.#io = io;
  }

  get isOpen(): boolean {
    return this.#file !== null;
  }

  write(text: string): void {
    const file = this.#file;
    try {
      if (typeof file === 'number') writeSync(file, text);
      else if (file) this.#last = file.write(text).catch((error: unknown) => this.#fail(error));
      if (file instanceof PipeWriter && file.waiting > maxWaiting)
        this.#fail({ code: 'its reader is too slow' });
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Waits until the reader of a pipe has taken all. */
  flushed(): Promise<void> {
    return this.#last;
  }

  close(): void {
    const file = this.#file;
    this.#file = null;
    if (typeof file === 'number') closeSync(file);
    else file?.end();
  }

  #fail(error: unknown): void {
    // What was still to be written fails as well.
    if (this.hasFailed) return;
    this.hasFailed = true;
    this.close();
    this.#io.stderr.write(
      `oz-status: ${printable(this.#name, 200)}: the session cannot be written: ${fileReason(error)}\n`,
    );
  }
}
