import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promelaModel, type Blueprint, type ModelSize } from '../../src/assurance/export/index.ts';
import type { Counted } from './counted.ts';
import { pairsOf } from './pairs.ts';
import { runProgram, runWell } from './programs.ts';

/**
 * A process that takes one step from every state to itself and counts it by the pair of statuses shown: Spin takes
 * every step once in every state.
 */
function tallies(blueprint: Blueprint): string {
  const pairs = pairsOf(blueprint);
  const steps = pairs.map(
    ([status, result], at) =>
      `  :: d_step { resolution_status == ${status} && system_resolution == ${result} -> c_code { count(${at}); } }\n`,
  );
  return `c_code {
  static unsigned long tally[${pairs.length}];
  static void tell(void) { int at; for (at = 0; at < ${pairs.length}; at++) printf("tally %d: %lu\\n", at, tally[at]); }
  static void count(int at) { static int begun; if (!begun) { begun = 1; atexit(tell); } tally[at]++; }
}
active proctype tallies() {
end: do
${steps.join('')}  od
}
`;
}

async function buildPan(model: string, scratch: string, defines: readonly string[]): Promise<string> {
  const cwd = mkdtempSync(join(scratch, 'spin-'));
  writeFileSync(join(cwd, 'folder.pml'), model);
  await runWell('spin', [...(defines.includes('-DLIVENESS') ? ['-DLIVENESS'] : []), '-a', 'folder.pml'], {
    cwd,
  });
  await runWell('gcc', ['-O1', '-w', '-DNOREDUCE', ...defines, '-o', 'pan', 'pan.c'], { cwd });
  return cwd;
}

const depth = '-m1000000';

/** Has Spin explore a folder; `scratch` is a directory for what is built on the way. */
export async function countBySpin(blueprint: Blueprint, size: ModelSize, scratch: string): Promise<Counted> {
  const model = promelaModel(blueprint, size) + tallies(blueprint);
  const cwd = await buildPan(model, scratch, ['-DSAFETY', '-DNOCLAIM']);
  const { output } = await runProgram('./pan', [depth], { cwd });
  return readPan(output, pairsOf(blueprint));
}

/**
 * Reads what `pan` printed: its exit code is 0 even where it found an error. Every step is a transition to a stored
 * or to a matched state, the first state counts as one step, and so does the tally of every state.
 */
export function readPan(output: string, pairs: readonly (readonly [string, string])[]): Counted {
  const number = (pattern: RegExp): number => {
    const found = pattern.exec(output)?.[1];
    if (found === undefined)
      throw new Error(`expected ${pattern.source} of pan, received:\n${output.slice(-2000)}`);
    return Number(found);
  };
  const errors = number(/errors: (\d+)/);
  if (/max search depth too small|reached -DMEMLIM|out of memory/.test(output))
    throw new Error(`pan did not see every state:\n${output.slice(-2000)}`);
  const states = number(/(\d+) states, stored/);
  const transitions = number(/(\d+) transitions \(= stored\+matched\)/);
  const tally = pairs.map(
    (pair, at) => [pair.join(' '), number(new RegExp(`^tally ${at}: (\\d+)$`, 'm'))] as const,
  );
  const counted = tally.reduce((sum, [, count]) => sum + count, 0);
  return {
    states,
    transitions: transitions - 1 - counted,
    pairs: new Map(tally.filter(([, count]) => count > 0)),
    ...(errors === 0
      ? {}
      : { violated: `an assertion on ${/assertion violated \(*(\w+)/.exec(output)?.[1] ?? '?'}` }),
  };
}

/** Whether an analysis settles some day, with weak fairness and without: with it it has to, without it not. */
export interface Settles {
  readonly fair: boolean;
  readonly unfair: boolean;
}

/** Asks Spin, of every analysis of a folder, whether PROCESSING ends some day. */
export async function settlesBySpin(
  blueprint: Blueprint,
  size: ModelSize,
  scratch: string,
): Promise<readonly Settles[]> {
  const cwd = await buildPan(promelaModel(blueprint, size), scratch, ['-DLIVENESS']);
  const holds = async (at: number, ...fairness: readonly string[]) => {
    const { output } = await runProgram('./pan', ['-a', ...fairness, '-N', `settles_${at}`, depth], { cwd });
    const errors = /errors: (\d+)/.exec(output)?.[1];
    if (errors === undefined) throw new Error(`expected a report of pan, received:\n${output.slice(-2000)}`);
    return errors === '0';
  };
  const answers: Settles[] = [];
  for (let at = 0; at < size.groups * size.analyses; at++)
    answers.push({ fair: await holds(at, '-f'), unfair: await holds(at) });
  return answers;
}
