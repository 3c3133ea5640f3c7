import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { discharge, specifiedRules, type Solver } from '../../src/assurance/prove/index.ts';
import { faults } from '../prove/faults.ts';
import { unrefuted } from '../prove/refute.ts';
import { runProgram } from './programs.ts';

/** What is added to `z3` and `cvc5` on the command line before the file. */
export const smtArguments = { z3: ['-t:60000'], cvc5: ['--incremental', '--tlimit-per=60000'] } as const;

/** A solver that is a program; it gives up on an obligation after a minute. */
export function solverOf(command: keyof typeof smtArguments, scratch: string): Solver {
  return async (text) => {
    const cwd = mkdtempSync(join(scratch, `${command}-`));
    writeFileSync(join(cwd, 'folder.smt2'), text);
    // An error is printed beside the answers, and answers nothing.
    const { output } = await runProgram(command, [...smtArguments[command], 'folder.smt2'], { cwd });
    return output;
  };
}

/** What a solver leaves unproved of the specification. */
export async function unprovedBy(solve: Solver): Promise<readonly string[]> {
  const results = await discharge(specifiedRules, solve);
  return results
    .filter(({ proved }) => !proved)
    .map(({ obligation: { name, expected }, answer }) => `${name}: expected ${expected}, received ${answer}`);
}

/** What a solver does not refute of the wrong specifications. */
export async function missedBy(solve: Solver): Promise<readonly string[]> {
  const missed: string[] = [];
  for (const fault of faults) {
    const unrefutedOnes = await unrefuted(fault, solve);
    missed.push(...unrefutedOnes.map((text) => `${fault.name}: ${text}`));
  }
  return missed;
}
