/**
 * Tries what the test vectors alone notice: makes one wrong change of the specification after another in a built
 * copy and replays the vectors there. A change that they do not notice is no hole in the tests, which are more.
 *
 * Usage: npm run mutants:vectors [-- [--minutes N] [PART OF A LABEL OR KIND ...]]; a run that was ended goes on
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { writeRecord } from '../../dist/src/build/generated-records.js';
import { readArguments, tryMutants } from './campaign.mjs';
import { openMemory } from './memory.mjs';
import { temporaryDirectory } from '../tidy/temporary.mjs';

/** What the outcomes rest on. */
const read = [
  'machines',
  'src/observations',
  'src/conformance',
  'src/recordings',
  'test/vectors',
  'test/vector-runs',
  'test/mutation/behaviour.mjs',
  'test/mutation/judge.mjs',
];

/**
 * How many times longer a replay may take than one without any change, which bears the load of the machine as well.
 * A change by which the replay never ends is noticed.
 */
const patience = 10;

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

/** What becomes of the specification in the copy within that time; of whose parts only some can behave otherwise. */
function judge(directory, timeout, ...parts) {
  const { stdout } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'judge.mjs'), directory, ...parts],
    {
      encoding: 'utf8',
      timeout,
    },
  );
  return stdout || 'noticed';
}

/** What a file is all of: the models know nothing of machines and legal moves, nor one machine of another. */
const partsOf = (file) => {
  const [, of] = /^machines\/(\w+)\/(machine|moves)[.]ts$/.exec(file) ?? [];
  return of ? [of] : [];
};

async function main(chosen) {
  const directory = temporaryDirectory('vector-mutants-');
  cpSync('dist', directory, { recursive: true });
  writeFileSync(join(directory, 'package.json'), '{ "type": "module" }');
  symlinkSync(join(process.cwd(), 'node_modules'), join(directory, 'node_modules'));
  for (const name of ['replay', 'vectors']) {
    const file = `test/vector-runs/${name}.ts`;
    emit(directory, file, readFileSync(file, 'utf8'));
  }
  const began = Date.now();
  const unchanged = judge(directory, undefined, '--right');
  const limit = patience * (Date.now() - began);
  if (unchanged !== 'equivalent')
    throw new Error(`without any change: expected equivalent, received ${unchanged}`);
  const tally = await tryMutants(
    chosen,
    openMemory('vector-mutants', read),
    ({ file }, mutated, original) => {
      emit(directory, file, mutated);
      const outcome = judge(directory, limit, ...partsOf(file));
      emit(directory, file, original);
      return { outcome, reason: 'every folder of the bounds behaves as before, under every reading' };
    },
  );
  if (chosen.isRecorded) record(tally);
}

/** What the trial found out, kind by kind. Its rows measure: no share is demanded. */
function record(tally) {
  writeRecord({
    run: 'vector-mutants',
    title: 'Wrong specifications noticed by the vectors alone',
    command: 'npm run mutants:vectors',
    what:
      'The same wrong changes, held against nothing but the test vectors: what an implementation can have wrong without any vector noticing. ' +
      tally.inWords(),
    seconds: tally.seconds,
    rows: tally.records('the test vectors', false),
    remarks: tally.remarks(),
  });
}

await main(readArguments());
