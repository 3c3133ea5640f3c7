import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Baseline, baselineProblems, baselineVersion, isDay, type BaselineFile } from '../baseline/index.ts';
import type { Found } from '../conformance/results.ts';
import { parseJsonText } from '../recordings/json-text.ts';
import type { Naming } from '../recordings/index.ts';
import { printable } from '../reports/escape.ts';
import type { CheckOutcome } from '../reports/index.ts';
import { writeWhole } from './files.ts';
import type { Call, Checked } from './options.ts';
import { pseudonymsLast } from './redact.ts';
import type { Terminal } from './terminal.ts';

/** A baseline is written by people; a file beyond this many characters is something else. */
const maxBaselineLength = 16_000_000;
const maxDepth = 8;
/** At most so many problems of a file are told. */
const maxProblems = 20;

const newSchema = 'node_modules/oz-status-spec/docs/schemas/baseline.schema.json';

/** A check held against its baseline. */
export interface Compared {
  readonly outcome: CheckOutcome;
  /** Why the baseline was not updated although that was asked for. */
  readonly problem?: string;
}

/** The baseline of a check, and what is to be done with it. */
export interface BaselineTask {
  /** Absent: the check has none. */
  readonly baseline?: Baseline;
  /** Marks what is known and adds what is wrong with the baseline, which is updated before if that is asked for. */
  finish(outcome: CheckOutcome): Compared;
  readonly isUpdated: boolean;
}

/** Reads the baseline that a check is to be held against. */
export function readBaseline(
  file: string | undefined,
  { values }: Call,
  redacted: { readonly is: boolean; readonly naming: Naming },
  io: Terminal,
): Checked<BaselineTask> {
  const isUpdated = values['update-baseline'] === true;
  const today = (values['today'] as string | undefined) ?? io.today();
  if (!isDay(today)) {
    return {
      problems: [`--today: expected a day as YYYY-MM-DD, received ${JSON.stringify(printable(today, 60))}`],
    };
  }
  if (file === undefined) {
    if (isUpdated)
      return { problems: ['--update-baseline: expected --baseline FILE with it, received none'] };
    return { value: { isUpdated, finish: (outcome) => ({ outcome }) } };
  }
  const read = contentOf(file, isUpdated, io);
  if (read.problems) return read;
  const context = { file, today, nameOf: (id: string) => redacted.naming.id(id) };
  const given = new Baseline(read.value.entries, context);
  const byFolder = !redacted.is || pseudonymsLast(io);
  const finish = (outcome: CheckOutcome): Compared => {
    if (!isUpdated) return { outcome: judged(given, outcome) };
    const failed = (because: string): Compared => ({
      outcome: judged(given, outcome),
      problem: `${printable(file, 200)}: the baseline ${because}`,
    });
    if (outcome.partial) return failed('is not updated: the check did not come to its end');
    const updated = { ...read.value, entries: given.updated(foundIn(outcome), byFolder) };
    try {
      writeWhole(resolve(io.cwd, file), `${JSON.stringify(updated, null, 2)}\n`);
    } catch (error) {
      const { code = 'unknown error' } = error as NodeJS.ErrnoException;
      return failed(`cannot be written (${code})`);
    }
    return { outcome: judged(new Baseline(updated.entries, context), outcome) };
  };
  return { value: { baseline: given, isUpdated, finish } };
}

function judged(baseline: Baseline, outcome: CheckOutcome): CheckOutcome {
  const marked = baseline.applied(outcome);
  const remarks = baseline.remarks(outcome.partial === undefined);
  return {
    ...marked,
    isCompared: true,
    input: [...marked.input, ...remarks],
    ...(marked.found && {
      found: [...marked.found, ...remarks.map((finding) => ({ finding, folderId: null }))],
    }),
  };
}

const foundIn = ({ folders, input }: CheckOutcome): Found[] => [
  ...folders.flatMap(({ folderId, findings, hazards }) =>
    [...findings, ...hazards].map((finding) => ({ finding, folderId })),
  ),
  ...input.map((finding) => ({ finding, folderId: null })),
];

function contentOf(file: string, mayBeNew: boolean, io: Terminal): Checked<BaselineFile> {
  const problem = (...texts: readonly string[]) => {
    const shown = texts
      .slice(0, maxProblems)
      .map((text) => `${printable(file, 200)}: ${printable(text, 200)}`);
    const more = texts.length - shown.length;
    return { problems: more > 0 ? [...shown, `${printable(file, 200)}: and ${more} more`] : shown };
  };
  let text: string;
  try {
    text = readFileSync(resolve(io.cwd, file), 'utf8');
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    if (mayBeNew && code === 'ENOENT') {
      return { value: { $schema: newSchema, formatVersion: baselineVersion, entries: [] } };
    }
    return problem(`cannot be read (${code})`);
  }
  if (text.length > maxBaselineLength) return problem(`longer than ${maxBaselineLength} characters`);
  const parsed = parseJsonText(text.replace(/^\ufeff/, ''), maxDepth);
  if ('problem' in parsed) {
    const { message, line, column } = parsed.problem;
    return problem(`not valid JSON at line ${line}, column ${column ?? 1}: ${message}`);
  }
  const problems = baselineProblems(parsed.value);
  return problems.length > 0 ? problem(...problems) : { value: parsed.value as BaselineFile };
}
