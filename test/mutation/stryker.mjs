/**
 * Has Stryker change the code in every way it knows and records which changes the tests notice. A change that does
 * not compile is not tried, and neither is a changed string: those that are not prose are names the compiler knows.
 *
 * Usage: npm run mutants:stryker -- PART [FILE ...] [--concurrency N]
 * PART is a directory named below; with files only those of it are tried, and the record says so.
 *
 * Where what was tried before is kept: a run that was interrupted goes on, and one after a change of the code tries
 * what the change concerns, and again what was not noticed.
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { writeRecord } from '../../dist/src/build/generated-records.js';
import { Tally } from './campaign.mjs';
import { equivalentOf } from './equivalent.mjs';
import { notOfTheSample } from './sample.mjs';
import { cacheDirectory, temporaryDirectory } from '../tidy/temporary.mjs';

/**
 * What can be tried: the share of noticed changes in per cent below which the run fails, and how many changes there
 * are for one that is tried; `with`: what belongs to it elsewhere. Where that is not each, all of them would take most of a day.
 */
const parts = {
  machines: { threshold: 99, sampleOf: 1 },
  'src/explore': { threshold: 99, sampleOf: 10 },
  'src/conformance': { threshold: 60, sampleOf: 60, with: ['src/observations'] },
};

const filesOf = (part) =>
  [part, ...(parts[part].with ?? [])]
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .map((name) => join(folder, name)),
    )
    .toSorted();

const options = (part, files, concurrency) => ({
  mutate: files,
  plugins: ['@stryker-mutator/*', join(import.meta.dirname, 'sample.mjs')],
  sampleOf: parts[part].sampleOf,
  mutator: { excludedMutations: ['StringLiteral'] },
  testRunner: 'vitest',
  vitest: { configFile: 'test/mutation/vitest.config.ts', related: false },
  checkers: ['sample', 'typescript'],
  tsconfigFile: 'test/mutation/tsconfig.json',
  coverageAnalysis: 'perTest',
  concurrency,
  // A slow machine is no endless loop: those are found by counting.
  timeoutMS: 240_000,
  dryRunTimeoutMinutes: 60,
  incremental: true,
  incrementalFile: triedBefore(part),
  tempDirName: temporaryDirectory(`stryker-${nameOf(part)}-`),
  ignorePatterns: ['dist', '*.tgz'],
  reporters: ['progress-append-only'],
  allowConsoleColors: false,
});

/** Where is kept what was tried of a part. */
const triedBefore = (part) => join(cacheDirectory(), `stryker-${nameOf(part)}-${parts[part].sampleOf}.json`);

/** Forgets what was not noticed: Stryker knows tests by their names, and one may ask for more under the same name. */
function forgetUnnoticed(part) {
  if (!existsSync(triedBefore(part))) return;
  const tried = JSON.parse(readFileSync(triedBefore(part), 'utf8'));
  for (const file of Object.values(tried.files)) {
    file.mutants = file.mutants.filter(({ status }) => outcomes[status] !== 'unnoticed');
  }
  writeFileSync(triedBefore(part), JSON.stringify(tried));
}

/** `src/explore`: explore. */
const nameOf = (part) => part.split('/').at(-1);

/** A change in words: `machines/severity.ts:37 a < b → a <= b`. */
function labelOf(fileName, { location: { start, end }, replacement }) {
  const lines = readFileSync(fileName, 'utf8').split('\n');
  const changed = lines
    .slice(start.line - 1, end.line)
    .map((line, at, all) => (at === all.length - 1 ? line.slice(0, end.column - 1) : line))
    .map((line, at) => (at === 0 ? line.slice(start.column - 1) : line))
    .join(' ');
  const short = (text) => text.replace(/\s+/g, ' ').slice(0, 80);
  return `${fileName}:${start.line}:${start.column} ${short(changed)} → ${short(replacement)}`;
}

const outcomes = {
  Killed: 'noticed',
  Timeout: 'noticed',
  Survived: 'unnoticed',
  NoCoverage: 'unnoticed',
  CompileError: 'not tried',
  RuntimeError: 'not tried',
};

/**
 * Whether a change keeps files of tests from being loaded, which Stryker takes for a change that is not noticed. A
 * change of what runs while a module is loaded is tried by all `tests`.
 */
const isUnloadable = ({ status, static: whileLoading, coveredBy = [], testsCompleted = 0 }, tests) =>
  status === 'Survived' && testsCompleted < (whileLoading ? tests : coveredBy.length);

async function main(part, files, concurrency) {
  const started = Date.now();
  const { threshold, sampleOf } = parts[part];
  forgetUnnoticed(part);
  // The tests read it.
  process.env['MUTATED_PART'] = part;
  const results = await new Stryker(options(part, files, concurrency)).runMutationTest();
  // Without changed strings: see above.
  const changes = results.filter(({ status }) => status in outcomes);
  const tests = Math.max(...results.map(({ testsCompleted = 0 }) => testsCompleted));
  const tally = new Tally(changes.length, `one of ${sampleOf}, regardless of where they are`);
  for (const result of changes.filter(({ statusReason }) => statusReason !== notOfTheSample)) {
    const outcome = isUnloadable(result, tests) ? 'noticed' : outcomes[result.status];
    const file = relative(process.cwd(), result.fileName).split(sep).join('/');
    const label = labelOf(file, result);
    const reason = outcome === 'unnoticed' ? equivalentOf(label) : undefined;
    tally.count(file, label, reason ? 'equivalent' : outcome, reason);
  }
  tally.print();
  record(part, files, tally, (Date.now() - started) / 1000);
  process.exitCode = tally.share() < threshold ? 1 : 0;
}

/** Records what was tried of a part. */
function record(part, files, tally, seconds) {
  const every = filesOf(part);
  const all = files.length === every.length;
  writeRecord({
    run: `stryker-${nameOf(part)}`,
    title: `Changes by Stryker in ${part}`,
    command: ['npm run mutants:stryker --', part, ...(all ? [] : files)].join(' '),
    what:
      'Stryker changes the code in every way it knows except in strings, and quick tests have to notice; what does not compile is not tried. ' +
      `Of ${every.length} files ${all ? 'all' : files.length} were changed. ${tally.inWords()} ${parts[part].threshold} % are demanded.`,
    seconds,
    rows: tally.records('Stryker with quick tests', false),
    remarks: tally.remarks(),
  });
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { concurrency: { type: 'string', default: '2' } },
});
const [part = '', ...chosen] = positionals;
if (!Object.hasOwn(parts, part)) {
  throw new Error(`expected one of ${Object.keys(parts).join(', ')}, received ${part || 'nothing'}`);
}
const unknown = chosen.filter((file) => !filesOf(part).includes(file));
if (unknown.length > 0) throw new Error(`expected files of ${part}, received ${unknown.join(', ')}`);
await main(part, chosen.length > 0 ? chosen : filesOf(part), Number(values.concurrency));
