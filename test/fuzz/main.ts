/* oxlint-disable no-console -- printing is what a run of the fuzzer is for */
import { fork, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Batch } from './run.ts';
import { targets } from './targets.ts';

/**
 * Makes hostile input for as long as it is told to: `npm run fuzz -- --seed 1 --inputs 100000 --resume state.json`.
 * Batches of each kind take turns; the number of a batch and the seed make the same inputs again, so that a run goes
 * on where `--resume` says that it stopped. Ends with 1 if an input was handled wrongly.
 */

interface State {
  readonly seed: number;
  number: number;
  readonly inputs: Record<string, number>;
  readonly faults: string[];
}

const megabyte = 2 ** 20;
const memoryLimit = 1024 * megabyte;

function start(): ChildProcess {
  const path = fileURLToPath(new URL('worker.js', import.meta.url));
  return fork(path, { execArgv: [`--max-old-space-size=${memoryLimit / megabyte / 2}`] });
}

type Answer = Batch & { readonly rss: number };

/** What the worker says of one batch; a fault where it says nothing. */
function ask(
  worker: ChildProcess,
  kind: string,
  { seed, number }: State,
  batchLimitMs: number,
): Promise<Answer> {
  return new Promise((resolve) => {
    const fail = (what: string) => resolve({ inputs: 0, rss: 0, fault: `the process ${what}` });
    const timer = setTimeout(() => fail(`took longer than ${batchLimitMs} ms`), batchLimitMs);
    const onExit = (code: number | null, signal: string | null) => {
      clearTimeout(timer);
      fail(`ended by itself (${code ?? signal})`);
    };
    worker.once('exit', onExit);
    worker.once('message', (answer: Answer) => {
      clearTimeout(timer);
      worker.off('exit', onExit);
      resolve(answer);
    });
    worker.send({ kind, seed, number });
  });
}

const total = ({ inputs }: State): number => Object.values(inputs).reduce((sum, count) => sum + count, 0);

function openState(path: string | undefined, seed: number): State {
  if (path !== undefined && existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as State;
  return { seed, number: 0, inputs: {}, faults: [] };
}

/** The kinds and how many batches of each take a turn, as `--kinds bytes,check` names them. */
function kindsOf(named: string | undefined): readonly string[] {
  const kinds = named?.split(',') ?? Object.keys(targets);
  const unknown = kinds.filter((kind) => !Object.hasOwn(targets, kind));
  if (unknown.length > 0) {
    throw new Error(`--kinds: expected ${Object.keys(targets).join(', ')}, received ${unknown.join(', ')}`);
  }
  return kinds;
}

async function main(): Promise<void> {
  const options = {
    seed: { type: 'string', default: '1' },
    inputs: { type: 'string', default: '100000' },
    minutes: { type: 'string', default: '60' },
    // The most that a batch may take: what takes minutes hangs, unless the machine is busy with something else.
    'batch-minutes': { type: 'string', default: '4' },
    kinds: { type: 'string' },
    resume: { type: 'string' },
  } as const;
  const { values } = parseArgs({ options });
  const state = openState(values.resume, Number(values.seed));
  const kinds = kindsOf(values.kinds);
  const end = Date.now() + Number(values.minutes) * 60_000;
  let worker = start();
  let [rss, shown] = [0, 0];
  console.log(`seed ${state.seed}, from batch ${state.number}`);
  while (total(state) < Number(values.inputs) && Date.now() < end) {
    const kind = kinds[state.number % kinds.length]!;
    const answer = await ask(worker, kind, state, Number(values['batch-minutes']) * 60_000);
    state.inputs[kind] = (state.inputs[kind] ?? 0) + answer.inputs;
    rss = Math.max(rss, answer.rss);
    const fault = answer.rss > memoryLimit ? `${answer.rss} bytes of memory` : answer.fault;
    if (fault !== undefined) {
      state.faults.push(`${kind}, batch ${state.number}`);
      console.log(`FAULT in ${kind}, batch ${state.number} of seed ${state.seed}: ${fault}`);
      worker.kill('SIGKILL');
      worker = start();
    }
    state.number += 1;
    if (values.resume !== undefined) writeFileSync(values.resume, JSON.stringify(state));
    if (total(state) - shown >= 10_000) {
      shown = total(state);
      console.log(
        `${shown} inputs, ${state.number} batches, ${state.faults.length} faults, ${(rss / megabyte) | 0} MiB`,
      );
    }
  }
  worker.kill();
  console.table(state.inputs);
  console.log(
    `${total(state)} inputs of seed ${state.seed}, ${state.faults.length} faults, ${(rss / megabyte) | 0} MiB`,
  );
  process.exitCode = state.faults.length === 0 ? 0 : 1;
}

try {
  await main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
}
