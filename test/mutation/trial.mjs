/**
 * Tries the tests of the specification: makes one wrong change after another in a copy of it and runs the tests
 * there. A change that no test notices is a hole in the tests, unless it is listed below as changing nothing.
 *
 * Usage: npm run mutants [-- PART OF A LABEL OR KIND ...]
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCompiler } from './compiler.mjs';
import { findMutants } from './mutants.mjs';
import { writeRecord } from '../../dist/src/cli/generated-records.js';

/** Changes that leave every behaviour as it is, by a part of the label, each with the reason. */
const equivalent = [
  {
    part: 'order.indexOf(member) < order.indexOf(best) with <=',
    reason: 'of two equal statuses either is the worst',
  },
];

/** The tests that know most about a file, tried before all others: most mutants get no further. */
const nearest = {
  'machines/folder/moves.ts': ['test/model/legal-moves.test.ts'],
  'machines/folder/machine.ts': ['test/unit/machines.test.ts', 'test/model/coverage.test.ts'],
  'machines/folder/model.ts': ['test/unit/folder.test.ts', 'test/model/oracle.test.ts'],
  'machines/group/machine.ts': ['test/model/coverage.test.ts', '-t', 'of the group'],
  'machines/group/model.ts': ['test/unit/analysis-and-group.test.ts', 'test/unit/folder.test.ts'],
  'machines/analysis/machine.ts': ['test/model/analysis-paths.test.ts'],
  'machines/analysis/model.ts': ['test/unit/analysis-and-group.test.ts', 'test/model/analysis-paths.test.ts'],
  'machines/severity.ts': ['test/unit/severity.test.ts'],
  'machines/readings.ts': ['test/unit/readings.test.ts'],
  'machines/statuses.ts': ['test/unit/table.test.ts'],
};
const everything = ['test/unit', 'test/property', 'test/model'];

/** Longest run of one stage. A run that is ended by it proves nothing: the mutant counts as not tried. */
const stageLimitMs = 900_000;

const copied = [
  'machines',
  'test/unit',
  'test/model',
  'test/property',
  'test/oracle',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
];

/** Whether the tests at `paths` in the copy notice something. A slow machine is no defect: tests get all the time. */
function isNoticed(directory, paths) {
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--bail=1', '--reporter=dot', '--testTimeout=0'];
  const run = spawnSync(process.execPath, [...vitest, '--pool=threads', '--no-isolate', ...paths], {
    cwd: directory,
    stdio: 'ignore',
    timeout: stageLimitMs,
  });
  if (run.status === null) throw new Error(`the tests took longer than ${stageLimitMs} ms`);
  return run.status !== 0;
}

/** What becomes of one mutant. */
function outcomeOf({ file, label }, mutated, directory, compiles) {
  if (!compiles(file, mutated)) return 'not tried';
  const path = join(directory, file);
  const original = readFileSync(path, 'utf8');
  writeFileSync(path, mutated);
  try {
    if (isNoticed(directory, nearest[file]) || isNoticed(directory, everything)) return 'killed';
  } catch (error) {
    console.log(`${label}: ${error.message}`);
    return 'not tried';
  } finally {
    writeFileSync(path, original);
  }
  return equivalent.some(({ part }) => label.includes(part)) ? 'equivalent' : 'survived';
}

function main(wanted) {
  const started = Date.now();
  const mutants = findMutants().filter(
    ({ kind, label }) => wanted.length === 0 || wanted.some((part) => `${kind}: ${label}`.includes(part)),
  );
  const compiles = createCompiler();
  const directory = mkdtempSync(join(tmpdir(), 'mutants-'));
  const tally = new Map();
  const survivors = [];
  try {
    for (const path of copied) cpSync(path, join(directory, path), { recursive: true });
    symlinkSync(join(process.cwd(), 'node_modules'), join(directory, 'node_modules'));
    if (isNoticed(directory, everything))
      throw new Error('the tests fail without any change: nothing can be tried');
    for (const [at, mutant] of mutants.entries()) {
      const { kind, label, file, start, end, text } = mutant;
      const original = readFileSync(join(directory, file), 'utf8');
      const mutated = original.slice(0, start) + text + original.slice(end);
      const row = tally.get(kind) ?? { killed: 0, survived: 0, equivalent: 0, 'not tried': 0 };
      tally.set(kind, row);
      const outcome = outcomeOf(mutant, mutated, directory, compiles);
      if (outcome === 'survived') survivors.push(`${kind}: ${label}`);
      row[outcome] += 1;
      console.log(`${at + 1}/${mutants.length} ${outcome}: ${kind}: ${label}`);
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
  console.table(Object.fromEntries(tally));
  for (const survivor of survivors) console.log(`survived: ${survivor}`);
  console.log(
    `${survivors.length} survived of ${mutants.length} (at ${execFileSync('git', ['rev-parse', '--short', 'HEAD']).toString().trim()})`,
  );
  if (wanted.length === 0) record(tally, (Date.now() - started) / 1000);
  process.exitCode = survivors.length === 0 ? 0 : 1;
}

/** What the trial of all mutants found out, kind by kind. */
function record(tally, seconds) {
  writeRecord({
    run: 'model-mutants',
    title: 'Wrong specifications noticed',
    command: 'npm run mutants',
    what:
      'One wrong change of the specification after another is made in a copy, and the tests of the specification have to notice it. ' +
      'A change that does not compile is not tried.',
    seconds,
    rows: [...tally].map(([kind, { killed, survived, equivalent: same, 'not tried': untried }]) => ({
      name: kind,
      bound: `${killed + survived + same} changes that compile`,
      engine: 'the tests of the specification',
      result: survived === 0 ? 'passed' : 'failed',
      measured: `${killed} noticed, ${survived} survived, ${same} change nothing, ${untried} not tried`,
    })),
    remarks: equivalent.map(({ part, reason }) => `Changes nothing: \`${part}\`, since ${reason}.`),
  });
}

main(process.argv.slice(2));
