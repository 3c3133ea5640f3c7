import { resolve } from 'node:path';
import {
  Baseline,
  baselineProblems,
  baselineVersion,
  isDay,
  type BaselineFile,
} from '../../reports/baseline/index.ts';
import type { Finding } from '../../observations/findings.ts';
import type { Where } from '../../observations/observation.ts';
import type { Found } from '../../observations/results.ts';
import { isPointed, placedIn, type Naming } from '../../recordings/index.ts';
import { fileReason } from '../io/file-reasons.ts';
import { printable } from '../../text/escape.ts';
import type { CheckOutcome } from '../../reports/check/outcome.ts';
import { maxLength, readJsonFile, type JsonFile } from '../io/json-file.ts';
import { writeWhole } from '../io/output.ts';
import type { CommandCall, Checked } from '../frame/options.ts';
import { statsOf } from '../io/pipes.ts';
import { pseudonymsLast } from './redact.ts';
import type { Terminal } from '../io/terminal.ts';

const newSchema = 'node_modules/oz-status-spec/docs/schemas/baseline.schema.json';

/** A check held against its baseline. */
export interface ComparedBaseline {
  readonly outcome: CheckOutcome;
  /** Why the baseline was not updated although that was asked for. */
  readonly problem?: string;
}

/** The baseline of a check, and what is to be done with it. */
export interface BaselineTask {
  /** Absent: the check has none. */
  readonly baseline?: Baseline;
  /** Marks what is known and adds what is wrong with the baseline, which is updated before if that is asked for. */
  finish(outcome: CheckOutcome): ComparedBaseline;
  readonly isUpdated: boolean;
}

/** Reads the baseline that a check is to be held against. */
export async function readBaseline(
  file: string | undefined,
  { values }: CommandCall,
  redacted: { readonly is: boolean; readonly naming: Naming },
  io: Terminal,
): Promise<Checked<BaselineTask>> {
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
  const present = isUpdated ? statsOf(resolve(io.cwd, file)) : undefined;
  if (present?.isFile() === false) {
    const received = `${printable(file, 200)}, which cannot be read and then written`;
    return { problems: [`--update-baseline: expected a file, received ${received}`] };
  }
  const read = await heldIn(file, isUpdated, io);
  if (read.problems) return read;
  const context = { file, today, nameOf: (id: string) => redacted.naming.id(id) };
  const { content, text } = read.value;
  const given = new Baseline(content.entries, context);
  const byIds = !redacted.is || pseudonymsLast(io);
  const finish = (outcome: CheckOutcome): ComparedBaseline => {
    if (!isUpdated) return { outcome: judged(given, text, outcome) };
    const failed = (because: string): ComparedBaseline => ({
      outcome: judged(given, text, outcome),
      problem: `${printable(file, 200)}: the baseline ${because}`,
    });
    if (outcome.partial) return failed('is not updated: the check did not come to its end');
    const updated = { ...content, entries: given.updated(foundIn(outcome), byIds) };
    const written = `${JSON.stringify(updated, null, 2)}\n`;
    if (written.length > maxLength) {
      return failed(`is not updated: it would be longer than ${maxLength} characters, which is not read`);
    }
    try {
      writeWhole(resolve(io.cwd, file), written);
    } catch (error) {
      return failed(`cannot be written: ${fileReason(error)}`);
    }
    return { outcome: judged(new Baseline(updated.entries, context), written, outcome) };
  };
  return { value: { baseline: given, isUpdated, finish } };
}

/** The outcome as the baseline, which stands in a file as `text`, sees it. */
function judged(baseline: Baseline, text: string, outcome: CheckOutcome): CheckOutcome {
  const marked = baseline.applied(outcome);
  const remarks = pinpointed(baseline.remarks(outcome.partial === undefined), text);
  return {
    ...marked,
    isCompared: true,
    input: [...marked.input, ...remarks],
    ...(marked.found && {
      found: [...marked.found, ...remarks.map((finding) => ({ finding, folderId: null }))],
    }),
  };
}

/** The same findings with line and column in `text`. */
function pinpointed(findings: readonly Finding[], text: string): readonly Finding[] {
  const wheres = findings.map(({ where }) => where);
  const placed: ReadonlyMap<Where, Where> = placedIn(text, wheres.filter(isPointed));
  return findings.map((one) => ({ ...one, where: placed.get(one.where) ?? one.where }));
}

const foundIn = ({ folders, input }: CheckOutcome): Found[] => [
  ...folders.flatMap(({ folderId, findings, hazards }) =>
    [...findings, ...hazards].map((finding) => ({ finding, folderId })),
  ),
  ...input.map((finding) => ({ finding, folderId: null })),
];

/** The baseline in its file, or, where it `mayBeNew` and there is no such file, an empty one. */
async function heldIn(
  file: string,
  mayBeNew: boolean,
  { cwd }: Terminal,
): Promise<Checked<JsonFile<BaselineFile>>> {
  const read = await readJsonFile<BaselineFile>(file, cwd, baselineProblems);
  if (!read.problems) return { value: read };
  const { problems, isAbsent } = read;
  if (!isAbsent) return { problems };
  if (!mayBeNew) {
    return { problems: problems.map((one) => `${one}; --update-baseline makes a new one`) };
  }
  return {
    value: { content: { $schema: newSchema, formatVersion: baselineVersion, entries: [] }, text: '' },
  };
}
