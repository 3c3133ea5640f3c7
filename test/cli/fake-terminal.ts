import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { run } from '../../src/cli/run.ts';
import type { OutputSink, Terminal } from '../../src/cli/io/terminal.ts';

/** A temporary directory with these files, gone after the test. */
export function directoryWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'oz-status-test-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), content);
  return directory;
}

/** What a command line did. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Surroundings {
  readonly cwd?: string;
  /** What standard input holds, in one piece or in these. */
  readonly stdin?: string | Iterable<Uint8Array>;
  readonly isTerminal?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** A signal that arrives before anything is read, or with the first that is written to standard output. */
  readonly interruption?: { readonly signal: 'SIGINT' | 'SIGTERM'; readonly at: 'start' | 'output' };
}

/** The day of every test. */
export const today = '2030-06-15';

/** Runs a command line in this process. Each look at the clock is a second after the one before. */
export async function runHere(args: readonly string[], around: Surroundings = {}): Promise<Outcome> {
  const { cwd = tmpdir(), stdin = '', isTerminal = false, env = {}, interruption } = around;
  const interrupted = new AbortController();
  const reach = (place: 'start' | 'output'): void => {
    if (interruption?.at === place) interrupted.abort(interruption.signal);
  };
  reach('start');
  const written = { stdout: '', stderr: '' };
  let clock = 0;
  const sink = (name: keyof typeof written) => ({
    // Bytes as one character each, so that a test can look at them.
    write: (content: string | Uint8Array) => {
      written[name] += typeof content === 'string' ? content : Buffer.from(content).toString('latin1');
      if (name === 'stdout') reach('output');
    },
    ready: () => Promise.resolve(),
    isOpen: true,
    isTerminal,
  });
  const io: Terminal = {
    cwd,
    env,
    async *stdin() {
      if (typeof stdin !== 'string') yield* stdin;
      else if (stdin !== '') yield new TextEncoder().encode(stdin);
    },
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    interrupts: () => interrupted.signal,
    today: () => today,
    now: () => (clock += 1000),
    time: () => Date.parse(today) + clock,
  };
  return { code: await run(args, io), ...written };
}

/** A terminal that keeps what it complains of. */
export function terminal(
  cwd: string,
  stdout: Partial<OutputSink> = {},
): Terminal & { readonly complaints: string[] } {
  const complaints: string[] = [];
  const sink = { isTerminal: false, isOpen: true, ready: () => Promise.resolve() };
  return {
    complaints,
    cwd,
    env: {},
    stdin: () => ({
      [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: true, value: null }) }),
    }),
    stdout: { ...sink, write: () => undefined, ...stdout },
    stderr: { ...sink, write: (content) => void complaints.push(String(content)) },
    interrupts: () => new AbortController().signal,
    today: () => today,
    now: () => 0,
    time: () => Date.parse(today),
  };
}
