#!/usr/bin/env node
import { run } from './run.ts';
import type { Sink, Terminal } from './terminal.ts';

/** A defect of this program; neither a verdict nor the user's mistake. */
const defect = 70;

function sink(stream: NodeJS.WriteStream): Sink {
  return { write: (content) => void stream.write(content), isTerminal: stream.isTTY };
}

// A reader that closes early, as `head` does, has seen enough: the exit code stands.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
for (const [signal, number] of [
  ['SIGINT', 2],
  ['SIGTERM', 15],
] as const) {
  process.once(signal, () => process.exit(128 + number));
}

const io: Terminal = {
  cwd: process.cwd(),
  env: process.env,
  stdin: () => process.stdin,
  stdout: sink(process.stdout),
  stderr: sink(process.stderr),
  now: () => performance.now(),
};

try {
  process.exitCode = await run(process.argv.slice(2), io);
} catch (error) {
  process.stderr.write(`oz-status: a defect of this program, please report it.\n${(error as Error).stack}\n`);
  process.exitCode = defect;
}
