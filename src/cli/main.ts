#!/usr/bin/env node
import { once } from 'node:events';
import { fstatSync } from 'node:fs';
import { interruptions } from '../reports/check/outcome.ts';
import { wrongUse } from './frame/command.ts';
import { fileReason } from './io/file-reasons.ts';
import { run } from './run.ts';
import type { OutputSink, Terminal } from './io/terminal.ts';

/** A defect of this program; neither a verdict nor the user's mistake. */
const defect = 70;

class StreamSink implements OutputSink {
  failure: NodeJS.ErrnoException | undefined;
  readonly #name: 'stdout' | 'stderr';
  #opened: NodeJS.WriteStream | undefined;
  /** The end of the write that was begun last. */
  #last = Promise.resolve();

  constructor(name: 'stdout' | 'stderr') {
    this.#name = name;
  }

  /** The stream, which Node makes when it is asked for the first time. */
  get #stream(): NodeJS.WriteStream {
    this.#opened ??= process[this.#name].on('error', (error) => this.#note(error));
    return this.#opened;
  }

  get isTerminal(): boolean {
    return this.#stream.isTTY;
  }

  get columns(): number | undefined {
    return this.isTerminal ? this.#stream.columns : undefined;
  }

  get isOpen(): boolean {
    return this.failure === undefined && this.#stream.writable;
  }

  write(content: string | Uint8Array): void {
    if (!this.isOpen) return;
    this.#last = new Promise((resolve) => {
      this.#stream.write(content, (error) => {
        this.#note(error);
        resolve();
      });
    });
  }

  #note(error: NodeJS.ErrnoException | null | undefined): void {
    this.failure ??= error ?? undefined;
  }

  async ready(): Promise<void> {
    if (!this.isOpen || !this.#stream.writableNeedDrain) return;
    const stop = new AbortController();
    const ends = ['drain', 'close'].map((event) => once(this.#stream, event, { signal: stop.signal }));
    // `once` is refused by an error of the stream, which is the end of waiting as well.
    await Promise.race(ends).catch(() => undefined);
    stop.abort();
    await Promise.allSettled(ends);
  }

  /** Waits until all that was written has arrived or failed. */
  flushed(): Promise<void> {
    return this.#last;
  }
}

const [stdout, stderr] = [new StreamSink('stdout'), new StreamSink('stderr')];
const interruption = new AbortController();
let isAwaited = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (!isAwaited || interruption.signal.aborted) process.exit(interruptions[signal].exitCode);
    interruption.abort(signal);
  });
}

const io: Terminal = {
  cwd: process.cwd(),
  env: process.env,
  stdin: () => process.stdin,
  stdout,
  stderr,
  standardStats(side) {
    try {
      return fstatSync(side === 'input' ? 0 : 1, { bigint: true });
    } catch {
      // It is closed.
      return undefined;
    }
  },
  interrupts() {
    isAwaited = true;
    return interruption.signal;
  },
  today: () => new Date().toISOString().slice(0, 10),
  now: () => performance.now(),
  time: () => Date.now(),
};

async function exitCode(): Promise<number> {
  try {
    const code = await run(process.argv.slice(2), io);
    await stdout.flushed();
    const { failure } = stdout;
    // A reader that closes early, as `head` does, has seen enough: the exit code stands.
    if (!failure || failure.code === 'EPIPE') return code;
    stderr.write(`oz-status: standard output: cannot be written: ${fileReason(failure)}\n`);
    return wrongUse;
  } catch (error) {
    stderr.write(`oz-status: a defect of this program, please report it.\n${(error as Error).stack}\n`);
    return defect;
  }
}

async function main(): Promise<never> {
  const code = await exitCode();
  await stderr.flushed();
  // An input that is still open would keep the process waiting for it.
  process.exit(code);
}

// What is waited for and never comes would end the process as if all were well.
process.once('beforeExit', () => {
  process.exitCode = defect;
  process.stderr.write('oz-status: a defect of this program, please report it: it came to no end.\n');
});

void main();
