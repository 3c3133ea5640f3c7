import { resolve } from 'node:path';
import {
  answering,
  askedUnder,
  defaultReading,
  defaultSettings,
  type Answer,
  type Question,
  type Reading,
  type Settings,
} from '../../../machines/readings.ts';
import { behaviourUnder } from '../../review/record.ts';
import type { Behaviour, SpecificationRecord } from '../../review/record.ts';
import { differencesBetween, isComparable, type Compared } from '../../review/differences.ts';
import { noMarks, readMarks, type Marks } from '../../review/marks.ts';
import type { Comparison } from '../../review/page/compare.ts';
import { signOffReport } from '../../review/sign-off.ts';
import { printable } from '../../text/escape.ts';
import { block, labelled, widthFor, wrap } from '../../text/layout.ts';
import { judge } from '../check/judge.ts';
import { refuse, wrongUse, type CommandAction } from '../frame/command.ts';
import type { Checked } from '../frame/options.ts';
import { parseAnswers } from '../frame/reading.ts';
import { portionsOf } from '../io/files.ts';
import { fileReason } from '../io/file-reasons.ts';
import { writeOutput } from '../io/output.ts';
import { overwriteProblems } from '../io/overwriting.ts';
import type { Terminal } from '../io/terminal.ts';
import { packageRoot } from '../package.ts';
import { given, readManifest, recordingsDirectory } from '../commands/bundled.ts';
import { compareFile } from './copy-file.ts';
import { readSpecification } from './specification-file.ts';

/** What each option reads. */
const reads = { marks: 'marks', source: 'a copy of the page', since: 'another version' } as const;

/** Writes the report for a sign-off, or what differs between two readings or versions. */
export const review: CommandAction = async ({ values }, io) => {
  const record = readSpecification();
  const option = (name: string) => values[name] as string | undefined;
  const empty = Object.entries(values).filter(([, value]) => value === '');
  if (empty.length > 0) {
    return refuse(
      io,
      empty.map(([name]) => `--${name}: expected a value, received nothing`),
      'review',
    );
  }
  const [diff, since] = [option('diff'), option('since')];
  if (diff !== undefined && since !== undefined) {
    return refuse(io, ['expected --diff or --since, received both'], 'review');
  }
  const idle = diff === undefined && since === undefined ? [] : (['marks', 'source'] as const);
  const meaningless = idle.filter((name) => option(name) !== undefined);
  if (meaningless.length > 0) {
    return refuse(
      io,
      meaningless.map(
        (name) => `--${name}: expected without --diff and --since, which print differences alone`,
      ),
      'review',
    );
  }
  const overwritten = overwriteProblems(
    [{ name: option('output'), as: 'the review' }],
    (['marks', 'source', 'since'] as const).flatMap((name) => {
      const file = option(name);
      return file === undefined ? [] : [{ name: file, as: reads[name] }];
    }),
    io,
  );
  if (overwritten.length > 0) return refuse(io, overwritten, 'review');
  const width = widthFor(option('output') === undefined ? io.stdout.columns : undefined);
  const made =
    diff !== undefined
      ? await readingDifference(diff, record, width, io)
      : since !== undefined
        ? await versionDifference(since, record, width, io)
        : await report(option('marks'), option('source'), record, io);
  if (made.problems) return refuse(io, made.problems, 'review');
  return (await writeOutput(made.value, option('output'), io, 'the review')) ? 0 : wrongUse;
};

async function report(
  marksFile: string | undefined,
  copyFile: string | undefined,
  record: SpecificationRecord,
  io: Terminal,
): Promise<Checked<string>> {
  let marks: Marks = noMarks;
  if (marksFile !== undefined) {
    const text = await textOf(marksFile, io);
    if (text.problems) return text;
    const read = readMarks(text.value);
    if ('problem' in read) return { problems: [`${printable(marksFile, 200)}: ${read.problem}`] };
    marks = read;
  }
  let comparison: Comparison | null = null;
  if (copyFile !== undefined) {
    const compared = await compareFile(copyFile, record, io);
    if ('code' in compared) return { problems: [printable(compared.message)] };
    if ('problem' in compared) return { problems: [`${printable(copyFile, 200)}: ${compared.problem}`] };
    comparison = compared;
  }
  return { value: signOffReport(marks, { record, comparison }) };
}

async function readingDifference(
  answer: string,
  record: SpecificationRecord,
  width: number,
  io: Terminal,
): Promise<Checked<string>> {
  const answers = parseAnswers([answer], 'diff');
  if (answers.problems) return answers;
  const [[question, other]] = Object.entries(answers.value) as [[Question, Answer]];
  const under = async (reading: Reading): Promise<Compared> => {
    const settings = { ...defaultSettings, reading };
    return { ...record, ...behaviourUnder(settings, await judged(settings, io)) };
  };
  const needed = Object.entries(askedUnder[question] ?? {}).filter(
    ([name, needs]) => defaultReading[name as Question] !== needs,
  );
  const before = answering(defaultReading, question, defaultReading[question]);
  const after = answering(defaultReading, question, other);
  const where = needed.length === 0 ? '' : ` under ${needed.map((one) => one.join('=')).join(', ')}`;
  const first = needed.length === 0 ? record : await under(before);
  return { value: differenceText(`What ${answer} changes${where}`, first, await under(after), width) };
}

/** The bundled recordings, judged. */
async function judged(settings: Settings, io: Terminal): Promise<Behaviour['recordings']> {
  const all: [string, Behaviour['recordings'][string]][] = [];
  for (const { file } of readManifest()) {
    const request = {
      files: [`${recordingsDirectory}/${file}`],
      options: { settings, proposesReadings: false },
    };
    const { verdicts, codes } = given(await judge(request, { ...io, cwd: packageRoot }));
    all.push([file, { verdicts, codes }]);
  }
  return Object.fromEntries(all);
}

async function versionDifference(
  file: string,
  record: SpecificationRecord,
  width: number,
  io: Terminal,
): Promise<Checked<string>> {
  const text = await textOf(file, io);
  if (text.problems) return text;
  const { format, version } = record;
  const expected = `expected the docs/specification.json of a version (${format} ${version})`;
  let other: unknown;
  try {
    other = JSON.parse(text.value);
  } catch {
    return { problems: [`${printable(file, 200)}: ${expected}, received no JSON`] };
  }
  const { format: form, version: number } = (other ?? {}) as Partial<SpecificationRecord>;
  if (form !== format || number !== version || !isComparable(other)) {
    return { problems: [`${printable(file, 200)}: ${expected}, received something else`] };
  }
  return { value: differenceText('What differs from the other version', other, record, width) };
}

function differenceText(title: string, before: Compared, after: Compared, width: number): string {
  const differences = differencesBetween(before, after);
  return block([
    ...wrap(title, width),
    '',
    ...(differences.length === 0 ? ['Nothing.'] : []),
    ...differences.flatMap(({ about, lines }) => [
      about,
      ...lines.flatMap((line) => labelled(2, line.slice(0, 2), printable(line.slice(2), 2000), width)),
      '',
    ]),
  ]);
}

/** The longest file that is read. */
const maxText = 16_000_000;

async function textOf(file: string, io: Terminal): Promise<Checked<string>> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const portion of portionsOf(resolve(io.cwd, file))) {
      text += decoder.decode(portion, { stream: true });
      if (text.length > maxText) return { problems: [`${printable(file, 200)}: longer than ${maxText}`] };
    }
  } catch (error) {
    return { problems: [`${printable(file, 200)}: cannot be read: ${fileReason(error)}`] };
  }
  return { value: text + decoder.decode() };
}
