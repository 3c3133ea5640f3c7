import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isThere, runWell } from './programs.ts';
import type { Trace } from './traces.ts';

/** Debian’s Python, not one that was put before it. */
const python = '/usr/bin/python3';

/** Whether Qt’s SCXML engine is there, with its binding for Python. */
export const hasQtScxml = (): boolean => isThere(python, '-c', 'import PySide2.QtScxml');

const driver = fileURLToPath(new URL('qt-replay.py', import.meta.url));

/** The first event after which the engines are in different states. */
export interface Parting {
  readonly trace: Trace;
  /** How many events were sent by then. */
  readonly after: number;
  readonly received: readonly string[];
}

/** Replays traces of XState in Qt’s SCXML engine and says where the two part, one entry for every trace that does. */
export async function replayInQt(
  document: string,
  traces: readonly Trace[],
  scratch: string,
): Promise<readonly Parting[]> {
  const cwd = mkdtempSync(join(scratch, 'scxml-'));
  writeFileSync(join(cwd, 'machine.scxml'), document);
  const sent = traces.map(({ events }) => events.map(({ type, ...data }) => ({ name: type, data })));
  const order = JSON.stringify({ document: 'machine.scxml', traces: sent });
  const output = await runWell(python, [driver], { cwd, input: order });
  const replayed = output
    .split('\n')
    .filter((line) => line.startsWith('trace '))
    .map((line) => JSON.parse(line.slice('trace '.length)) as readonly (readonly string[])[]);
  if (replayed.length !== traces.length)
    throw new Error(
      `expected ${traces.length} traces of Qt, received ${replayed.length}:\n${output.slice(-2000)}`,
    );
  return traces.flatMap((trace, at) => partingOf(trace, replayed[at]!) ?? []);
}

/** Where a replay parts from its trace, if it does. */
export function partingOf(trace: Trace, replayed: readonly (readonly string[])[]): Parting | undefined {
  const after = trace.states.findIndex((states, at) => states.join() !== replayed[at]?.join());
  return after < 0 ? undefined : { trace, after, received: replayed[after] ?? [] };
}

/** A parting in words: after which events, expected, received. */
export function partingText({ trace, after, received }: Parting): string {
  const events = trace.events.slice(0, after).map((event) => JSON.stringify(event));
  return `after ${events.join(', ') || 'the start'}: expected ${trace.states[after]?.join()}, received ${received.join()}`;
}
