import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { murphiModel, type Blueprint, type ModelSize } from '../../src/assurance/export/index.ts';
import type { Counted } from './counted.ts';
import { pairsOf } from './pairs.ts';
import { runProgram, runWell } from './programs.ts';

/** Cover properties, of which Rumur says how many states have each: one for every pair of statuses. */
const covers = (blueprint: Blueprint): string =>
  pairsOf(blueprint)
    .map(
      ([status, result]) =>
        `cover "${status} ${result}" resolution_status = ${status} & system_resolution = ${result};\n`,
    )
    .join('');

/** Has Rumur explore a folder; `scratch` is a directory for what is built on the way. */
export async function countByRumur(blueprint: Blueprint, size: ModelSize, scratch: string): Promise<Counted> {
  const cwd = mkdtempSync(join(scratch, 'rumur-'));
  writeFileSync(join(cwd, 'folder.m'), murphiModel(blueprint, size) + covers(blueprint));
  const translate = ['--deadlock-detection', 'off', '--threads', '1', '--output', 'folder.c', 'folder.m'];
  await runWell('rumur', translate, { cwd });
  const machine = process.arch === 'x64' ? ['-mcx16'] : [];
  const compile = ['-std=c11', '-O1', ...machine, '-o', 'folder', 'folder.c', '-lpthread', '-latomic'];
  await runWell('gcc', compile, { cwd });
  const { code, output } = await runProgram('./folder', [], { cwd });
  return readRumur(code, output);
}

/** Reads what a verifier made by Rumur printed. A cover property that no state has counts as an error there. */
export function readRumur(code: number | null, output: string): Counted {
  const explored = /^\s*(\d+) states, (\d+) rules fired in/m.exec(output);
  const errors = /^\s*(?:(\d+) error\(s\) found|(No) error found)/m.exec(output);
  if (!explored || !errors)
    throw new Error(`expected the report of Rumur, received code ${code}:\n${output}`);
  const hit = [...output.matchAll(/cover "([A-Z_]+ [A-Z_]+)" hit (\d+) times/g)];
  const missed = output.match(/cover "[^"]+" not hit/g) ?? [];
  const violated = /invariant "([^"\n]+)" failed/.exec(output)?.[1];
  const found = Number(errors[1] ?? 0) - missed.length;
  return {
    states: Number(explored[1]),
    transitions: Number(explored[2]),
    pairs: new Map(hit.map(([, pair = '', count]) => [pair, Number(count)])),
    ...(found === 0 && violated === undefined ? {} : { violated: violated ?? 'an invariant' }),
  };
}
