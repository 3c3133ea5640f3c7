/**
 * Tries the tests of the specification: makes one wrong change after another in a copy of it and runs the tests
 * there. A change that no test notices is a hole in the tests, unless it changes nothing.
 *
 * Usage: npm run mutants [-- [--minutes N] [PART OF A LABEL OR KIND ...]]; a run that was ended goes on
 */
import { cpSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createVitest } from 'vitest/node';
import { writeRecord } from '../../dist/src/build/generated-records.js';
import { readArguments, tryMutants } from './campaign.mjs';
import { equivalentOf } from './equivalent.mjs';
import { openMemory } from './memory.mjs';
import { temporaryDirectory } from '../tidy/temporary.mjs';

/** The tests that know most about a file, tried before all others: most changes get no further. */
const nearest = {
  'machines/folder/moves.ts': ['test/machines/paths/legal-moves'],
  'machines/folder/machine.ts': ['test/machines/paths/legal-moves', 'test/machines/unit/machines'],
  'machines/folder/model.ts': ['test/machines/unit/folder', 'test/machines/paths/oracle'],
  'machines/group/machine.ts': ['test/machines/paths/coverage'],
  'machines/group/model.ts': ['test/machines/unit/analysis-and-group', 'test/machines/unit/folder'],
  'machines/analysis/machine.ts': ['test/machines/paths/analysis-paths'],
  'machines/analysis/model.ts': [
    'test/machines/unit/analysis-and-group',
    'test/machines/paths/analysis-paths',
  ],
  'machines/severity.ts': ['test/machines/unit/severity'],
  'machines/readings.ts': ['test/machines/unit/readings'],
  'machines/statuses.ts': ['test/machines/unit/table'],
};

/** Longest run of the tests. One that takes longer proves nothing, and ends the trial. */
const runLimitMs = 900_000;

/** The label of a run without any change. */
const unchanged = 'nothing changed';

const copied = [
  'machines',
  'src/explore',
  'test/machines/unit',
  'test/machines/paths',
  'test/machines/properties',
  'test/machines/oracle',
  'test/deep.ts',
  'test/property.ts',
  'test/fast-check.ts',
  'test/mutation/vitest.config.ts',
  'package.json',
  'tsconfig.json',
];

/** Runs tests in the copy at `directory`, loading the changed file anew. */
class Tests {
  static async in(directory) {
    const options = {
      root: directory,
      config: join(directory, 'test/mutation/vitest.config.ts'),
      watch: false,
    };
    const quiet = { bail: 1, pool: 'threads', maxWorkers: 1, reporters: [{}], onConsoleLog: () => false };
    return new Tests(await createVitest('test', { ...options, ...quiet }));
  }

  constructor(vitest) {
    this.vitest = vitest;
  }

  /** Whether the tests at `paths`, all of them without, notice something. */
  async notice(changed, paths = []) {
    const limit = setTimeout(() => {
      console.error(`the tests took longer than ${runLimitMs} ms`);
      process.exit(1);
    }, runLimitMs);
    this.vitest.state.filesMap.clear();
    this.vitest.invalidateFile(changed);
    const { testModules, unhandledErrors } = await this.vitest.start(paths);
    clearTimeout(limit);
    if (testModules.length === 0) throw new Error(`no tests at ${paths.join(', ') || 'all'}`);
    return unhandledErrors.length > 0 || testModules.some((module) => !module.ok());
  }
}

async function main(chosen) {
  const directory = temporaryDirectory('mutants-');
  let tests;
  try {
    for (const path of copied) cpSync(path, join(directory, path), { recursive: true });
    symlinkSync(join(process.cwd(), 'node_modules'), join(directory, 'node_modules'));
    tests = await Tests.in(directory);
    const memory = openMemory('mutants', copied);
    if (!memory.get(unchanged)) {
      if (await tests.notice(directory))
        throw new Error('the tests fail without any change: nothing can be tried');
      memory.set(unchanged, { outcome: 'unnoticed' });
    }
    const tally = await tryMutants(chosen, memory, async ({ file, label }, mutated, original) => {
      const path = join(directory, file);
      writeFileSync(path, mutated);
      const noticed = (await tests.notice(path, nearest[file])) || (await tests.notice(path));
      writeFileSync(path, original);
      if (noticed) return { outcome: 'noticed' };
      const reason = equivalentOf(label);
      return reason ? { outcome: 'equivalent', reason } : { outcome: 'unnoticed' };
    });
    if (chosen.isRecorded) record(tally);
    process.exitCode = tally.unnoticed.length === 0 ? 0 : 1;
  } finally {
    await tests?.vitest.close();
  }
}

/** What the trial of all mutants found out, kind by kind. */
function record(tally) {
  writeRecord({
    run: 'model-mutants',
    title: 'Wrong specifications noticed',
    command: 'npm run mutants',
    what:
      'One wrong change of the specification after another is made in a copy, and the tests of the specification have to notice it. ' +
      `A change that does not compile is not tried. ${tally.inWords()}`,
    seconds: tally.seconds,
    rows: tally.records('the tests of the specification', true),
    remarks: tally.remarks(),
  });
}

await main(readArguments());
