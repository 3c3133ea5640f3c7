import { join } from 'node:path';
import * as fc from 'fast-check';
import { runIn } from './command.ts';
import { targets } from './targets.ts';

/** What a batch of inputs came to: how many there were, and the report of the first that is handled wrongly. */
export interface Batch {
  readonly inputs: number;
  readonly fault: string | undefined;
}

/** Where the program runs: nothing is there, and nothing can be left there. */
const nowhere = join(import.meta.dirname, 'no-such-directory');

/** The seed of one batch: another one for each kind and number. */
export function seedOf(seed: number, kind: string, number: number): number {
  let mixed = seed | 0;
  for (const part of [...Buffer.from(kind), number & 0xffff, number >>> 16]) {
    mixed = Math.imul(mixed ^ part, 0x01000193) ^ (mixed >>> 13);
  }
  return mixed;
}

/** Runs one batch; the same for the same seed. */
export async function runBatch(kind: string, seed: number, number: number, inputs?: number): Promise<Batch> {
  const target = targets[kind]!;
  const numRuns = inputs ?? target.inputs;
  const details = await fc.check(target.property(runIn(nowhere)), {
    seed: seedOf(seed, kind, number),
    numRuns,
  });
  const fault = details.failed
    ? `${String(details.errorInstance)}\n${fc.defaultReportMessage(details)}`
    : undefined;
  return { inputs: details.numRuns, fault };
}
