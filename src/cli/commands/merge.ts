import { mergeParts, noPart, outcomeOfPart, PartReader, writePart, type Part } from '../../engines/index.ts';
import type { ReportFormat } from '../../reports/index.ts';
import { printable } from '../../text/escape.ts';
import { loadReport } from '../check/check-targets.ts';
import { refuse, wrongUse, type CommandAction } from '../frame/command.ts';
import { openInput, standardInput } from '../io/files.ts';
import { writeOutput } from '../io/output.ts';
import { overwriteProblems } from '../io/overwriting.ts';
import type { Terminal } from '../io/terminal.ts';
import { packageVersion } from '../package.ts';
import { partFormat } from './merge-options.ts';

/** The exit code where a part cannot be read or does not fit, as for any other input. */
const unreadableParts = 3;

/** Puts the parts of a check together, and reports. */
export const merge: CommandAction = async ({ operands, values }, io) => {
  const { format = 'text', output } = values as { readonly format?: string; readonly output?: string };
  const inputs = operands.map((name) => ({ name, as: 'a part' }));
  const isTwice = operands.filter((file) => file === standardInput).length > 1;
  const problems = [
    ...overwriteProblems([{ name: output, as: 'the report' }], inputs, io),
    ...(isTwice ? ['standard input (-) can be read only once'] : []),
  ];
  if (problems.length > 0) return refuse(io, problems, 'merge');
  let merged: Part = noPart;
  for (const file of operands) {
    // oxlint-disable-next-line no-await-in-loop -- one part is read at a time
    const part = await readPart(file, io);
    const next = 'problem' in part ? part : mergeParts(merged, part);
    if ('problem' in next) return fail(`${printable(file, 200)}: ${next.problem}`, io);
    merged = next;
  }
  if (format === partFormat) {
    return (await writeOutput(writePart(merged), output, io, 'the part')) ? 0 : wrongUse;
  }
  const outcome = outcomeOfPart(merged);
  if ('problem' in outcome) return fail(outcome.problem, io);
  const report = (await loadReport[format as ReportFormat]())(outcome, {
    all: values['all'] === true,
    strict: values['strict'] === true,
    quiet: values['quiet'] === true,
    version: packageVersion(),
  });
  const isWritten = await writeOutput(report.output(), output, io, 'the report');
  return isWritten ? report.exitCode : wrongUse;
};

function fail(problem: string, io: Terminal): number {
  io.stderr.write(`oz-status: ${problem}\n`);
  return unreadableParts;
}

async function readPart(file: string, io: Terminal): Promise<Part | { readonly problem: string }> {
  const opened = await openInput(file, io);
  if ('code' in opened) return { problem: opened.message };
  const reader = new PartReader();
  const decoder = new TextDecoder();
  let rest = '';
  const take = (lines: readonly string[]) =>
    lines.map((line) => reader.take(line)).find((problem) => problem !== undefined);
  for await (const bytes of opened) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    const problem = take(lines);
    if (problem !== undefined) return { problem };
  }
  const problem = rest === '' ? undefined : take([rest]);
  return problem === undefined ? reader.end() : { problem };
}
