/**
 * Tries what the test vectors alone notice: makes one wrong change of the specification after another in a built
 * copy and replays the vectors there. A change that they do not notice is no hole in the tests, which are more.
 *
 * Usage: npm run mutants:vectors [-- EVERY] where of the changes only each EVERYth is tried.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { writeRecord } from '../../dist/src/cli/generated-records.js';
import { createCompiler } from './compiler.mjs';
import { findMutants } from './mutants.mjs';

/** Longest replay. A change by which the replay never ends is noticed. */
const replayLimitMs = 300_000;

const options = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  rewriteRelativeImportExtensions: true,
  allowImportingTsExtensions: true,
  verbatimModuleSyntax: true,
};

/** Writes a module as JavaScript into the built copy. */
function emit(directory, file, text) {
  const path = join(directory, file.replace(/[.]ts$/, '.js'));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, ts.transpileModule(text, { compilerOptions: options, fileName: file }).outputText);
}

/** Whether a replay in the copy disagrees with a vector, or breaks. */
function isNoticed(directory) {
  const replay = pathToFileURL(join(directory, 'test/vector-runs/replay.js')).href;
  const script = `
    const { replays } = await import('${replay}');
    process.exit(Object.values(replays).some((each) => each().length > 0) ? 1 : 0);`;
  const { status } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: 'ignore',
    timeout: replayLimitMs,
  });
  return status !== 0;
}

function main(every) {
  const started = Date.now();
  const chosen = findMutants().filter((_, at) => at % every === 0);
  const compiles = createCompiler();
  const directory = mkdtempSync(join(tmpdir(), 'vector-mutants-'));
  const tally = new Map();
  const unnoticed = [];
  try {
    cpSync('dist', directory, { recursive: true });
    writeFileSync(join(directory, 'package.json'), '{ "type": "module" }');
    symlinkSync(join(process.cwd(), 'node_modules'), join(directory, 'node_modules'));
    for (const name of ['replay', 'vectors']) {
      const file = `test/vector-runs/${name}.ts`;
      emit(directory, file, readFileSync(file, 'utf8'));
    }
    if (isNoticed(directory))
      throw new Error('the vectors disagree without any change: nothing can be tried');
    for (const [at, { kind, label, file, start, end, text }] of chosen.entries()) {
      const original = readFileSync(file, 'utf8');
      const mutated = original.slice(0, start) + text + original.slice(end);
      const row = tally.get(kind) ?? { noticed: 0, unnoticed: 0, 'not tried': 0 };
      tally.set(kind, row);
      let outcome = 'not tried';
      if (compiles(file, mutated)) {
        emit(directory, file, mutated);
        outcome = isNoticed(directory) ? 'noticed' : 'unnoticed';
        emit(directory, file, original);
      }
      if (outcome === 'unnoticed') unnoticed.push(`${kind}: ${label}`);
      row[outcome] += 1;
      console.log(`${at + 1}/${chosen.length} ${outcome}: ${kind}: ${label}`);
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
  console.table(Object.fromEntries(tally));
  record(tally, unnoticed, every, (Date.now() - started) / 1000);
}

/** What the trial found out, kind by kind. Its rows measure: no share is demanded. */
function record(tally, unnoticed, every, seconds) {
  const each = every === 1 ? 'every change' : `one change in ${every}`;
  const total = (outcome) => [...tally.values()].reduce((sum, row) => sum + row[outcome], 0);
  const tried = total('noticed') + total('unnoticed');
  writeRecord({
    run: 'vector-mutants',
    title: 'Wrong specifications noticed by the vectors alone',
    command: every === 1 ? 'npm run mutants:vectors' : `npm run mutants:vectors -- ${every}`,
    what:
      'The same wrong changes, held against nothing but the test vectors: what an implementation can have wrong without any vector noticing. ' +
      `Tried was ${each}; ${total('noticed')} of ${tried} that compile are noticed (${Math.round((100 * total('noticed')) / tried)} %).`,
    seconds,
    rows: [...tally]
      .filter(([, row]) => row.noticed + row.unnoticed > 0)
      .map(([kind, row]) => ({
        name: kind,
        bound: `${each} of this kind`,
        engine: 'the test vectors',
        result: 'measured',
        measured: `${row.noticed} noticed, ${row.unnoticed} unnoticed, ${row['not tried']} do not compile`,
      })),
    remarks: unnoticed.map((label) => `Unnoticed by the vectors: \`${label}\`.`),
  });
}

main(Number(process.argv[2] ?? 1));
