import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { defaultReading, questionNames } from '../../../machines/readings.ts';
import type { Observation } from '../../observations/observation.ts';
import type { CheckOptions } from '../../observations/results.ts';
import { minimize, type FindingKind } from '../../conformance/minimize/minimize.ts';
import { printable } from '../../text/escape.ts';
import { interruptions, type CheckOutcome, type Interruption } from '../../reports/check/outcome.ts';
import { wrongUse } from '../frame/command.ts';
import { fileReason } from '../io/file-reasons.ts';
import { writeOutput } from '../io/output.ts';
import { statsOf } from '../io/pipes.ts';
import { readAll, type Input } from './read-all.ts';
import type { Terminal } from '../io/terminal.ts';

/**
 * Writes, for each code and clause found of some folder and not known to a baseline, a minimal recording into
 * `directory`, and tells the command that finds the same in it. A file that is there and holds something else is left
 * alone. Returns 0, or the exit code of wrong use where a file cannot be written, or of the signal that ended it.
 */
export async function writeMinimal(
  outcome: CheckOutcome,
  directory: string,
  reading: Input,
  io: Terminal,
): Promise<number> {
  const wanted = kindsOf(outcome);
  const say = (text: string) => io.stderr.write(`${text}\n`);
  if (wanted.length === 0) {
    const all = outcome.isCompared === true ? 'but what the baseline knows ' : '';
    say(`oz-status: nothing ${all}was found of any folder, so there is nothing to minimize`);
    return 0;
  }
  const stop = io.interrupts();
  const observations = await observationsOf(wanted, { ...reading, stop }, io);
  let code = 0;
  for (const { kind, folderId } of wanted) {
    // Lets a signal arrive that was sent while the recording before was made small.
    await new Promise((goOn) => setImmediate(goOn));
    if (stop.aborted) return interruptions[stop.reason as Interruption].exitCode;
    const name = [kind.code, kind.clause].filter((part) => part !== null).join('.');
    const path = join(directory, `${name}.ndjson`);
    const minimal = minimize(observations.filter(among(kind, folderId)), kind, outcome.options);
    if (!minimal) {
      say(`oz-status: ${name} cannot be shown by a recording of statuses alone: no file is written for it`);
    } else if (await put(path, minimal.text, io)) {
      const lines = minimal.text.split('\n').length - 1;
      const spared = minimal.isMinimal
        ? 'no observation, analysis or field of it can be spared'
        : 'a limit ended the search, so parts of it can perhaps be spared';
      say(`oz-status: ${name}, shown by ${lines} observation${lines === 1 ? '' : 's'}: ${spared}`);
      say(`  ${commandFor(path, outcome.options)}`);
    } else code = wrongUse;
  }
  return code;
}

interface Wanted {
  readonly kind: FindingKind;
  readonly folderId: string | null;
}

/** Each kind of finding that no baseline knows, with the first folder of which it was found. */
function kindsOf({ folders }: CheckOutcome): readonly Wanted[] {
  const kinds = new Map<string, Wanted>();
  for (const { folderId, findings, hazards } of folders) {
    for (const { code, clause, observed, allowed, severity, known } of [...findings, ...hazards]) {
      const key = `${code}.${clause}`;
      if (severity === 'note' || known || kinds.has(key)) continue;
      kinds.set(key, { kind: { code, clause, observed, allowed }, folderId });
    }
  }
  return [...kinds.values()];
}

/** Which observations a finding can rest on: those of its folder, or all where an analysis is in two of them. */
const among =
  ({ code }: FindingKind, folderId: string | null) =>
  (observation: Observation) =>
    code === 'ANALYSIS_IDENTITY_CHANGED' || (observation.folderId ?? null) === folderId;

async function observationsOf(
  wanted: readonly Wanted[],
  reading: Input,
  io: Terminal,
): Promise<readonly Observation[]> {
  const tests = wanted.map(({ kind, folderId }) => among(kind, folderId));
  const kept: Observation[] = [];
  const receiver = {
    observe(observation: Observation): void {
      if (tests.some((test) => test(observation))) kept.push(observation);
    },
  };
  await readAll(receiver, reading, io);
  return kept;
}

/** Writes the file, unless something else is there; whether it holds `text` now. */
async function put(path: string, text: string, io: Terminal): Promise<boolean> {
  const target = resolve(io.cwd, path);
  const present = statsOf(target);
  if (!present) return makeRoom(target, io) && (await writeOutput(text, path, io, 'the minimal recording'));
  if (present.isFile() && present.size === Buffer.byteLength(text) && holds(target, text)) return true;
  io.stderr.write(
    `oz-status: ${printable(path, 200)}: expected nothing or the same recording, found something else: ` +
      'remove it or name another directory\n',
  );
  return false;
}

function holds(path: string, text: string): boolean {
  try {
    return readFileSync(path, 'utf8') === text;
  } catch {
    return false;
  }
}

function makeRoom(target: string, io: Terminal): boolean {
  try {
    mkdirSync(resolve(target, '..'), { recursive: true });
    return true;
  } catch (error) {
    io.stderr.write(
      `oz-status: ${printable(resolve(target, '..'), 200)}: cannot be made: ${fileReason(error)}\n`,
    );
    return false;
  }
}

/** The command that finds the same in the file, with every option that decides how it judges. */
function commandFor(
  path: string,
  { settings, anyReading, groups, fields, decidedGroup }: CheckOptions,
): string {
  const answers = questionNames
    .filter((question) => settings.reading[question] !== defaultReading[question])
    .filter((question) => anyReading !== true || question === 'operator-decision')
    .map((question) => `--reading ${question}=${settings.reading[question]}`);
  return [
    'npx oz-status check',
    ...(anyReading === true ? ['--any-reading'] : []),
    ...answers,
    ...(settings.operatorRequired === 'never' ? ['--operator-required never'] : []),
    ...(groups === 'first-seen' ? ['--groups first-seen'] : []),
    ...(fields === 'stale' ? ['--fields stale'] : []),
    ...(decidedGroup === 'last' ? ['--decided-group last'] : []),
    quoted(printable(path, 4096)),
  ].join(' ');
}

/** `text` as one word of a shell. */
const quoted = (text: string) =>
  /^[\w./][\w./-]*$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
