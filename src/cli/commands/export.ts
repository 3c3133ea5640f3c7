import type { Settings } from '../../../machines/readings.ts';
import { printable } from '../../text/escape.ts';
import { refuse, wrongUse, type CommandAction } from '../frame/command.ts';
import {
  exportDetails,
  exportFormats,
  formatsTaking,
  type ExportFormat,
  type ExportOrder,
} from './export-formats.ts';
import { defaultSize, mostAnalyses } from './export-options.ts';
import { writeOutput } from '../io/output.ts';
import { suggestion } from '../frame/nearest.ts';
import type { CommandCall, Checked } from '../frame/options.ts';
import { idleNotes, parseAnswers, readingWith } from '../frame/reading.ts';

/** Writes the specification in another language. */
export const exportModel: CommandAction = async (call, io) => {
  const format = chooseFormat(call.operands[0] ?? '');
  if (format.problems) return refuse(io, format.problems, 'export');
  const order = readOrder(call, format.value);
  if (order.problems) return refuse(io, order.problems, 'export');
  const { idle, ...wanted } = order.value;
  io.stderr.write(idle);
  const write = await format.value.load();
  const output = call.values['output'] as string | undefined;
  return (await writeOutput(write(wanted), output, io, 'the model')) ? 0 : wrongUse;
};

function chooseFormat(name: string): Checked<ExportFormat> {
  const names = Object.keys(exportFormats);
  const format = Object.hasOwn(exportFormats, name) ? exportFormats[name] : undefined;
  if (format) return { value: format };
  const received = `"${printable(name, 60)}"${suggestion(name, names)}`;
  return { problems: [`expected ${names.join(' or ')}, received ${received}`] };
}

function readOrder(
  { values, operands }: CommandCall,
  { takes }: ExportFormat,
): Checked<ExportOrder & { readonly idle: string }> {
  const given = parseAnswers((values['reading'] ?? []) as readonly string[]);
  const groups = readSize('groups', values['groups']);
  const analyses = readSize('analyses', values['analyses']);
  const problems = [given, groups, analyses].flatMap((one) => one.problems ?? []);
  for (const detail of exportDetails) {
    if (values[detail] !== undefined && !takes.includes(detail))
      problems.push(`--${detail}: expected with ${formatsTaking(detail)}, received with ${operands[0]}`);
  }
  if (values['output'] === '') problems.push('--output: expected a value, received nothing');
  if (given.problems || groups.problems || analyses.problems || problems.length > 0) return { problems };
  const total = groups.value * analyses.value;
  if (total > mostAnalyses) {
    const wanted = `at most ${mostAnalyses} analyses in all`;
    return { problems: [`--groups, --analyses: expected ${wanted}, received ${total}`] };
  }
  const operatorRequired = (values['operator-required'] ?? 'allowed') as Settings['operatorRequired'];
  return {
    value: {
      settings: { reading: readingWith(given.value), operatorRequired },
      machine: (values['machine'] ?? 'folder') as ExportOrder['machine'],
      groups: groups.value,
      analyses: analyses.value,
      idle: idleNotes(given.value),
    },
  };
}

function readSize(name: keyof typeof defaultSize, given: unknown): Checked<number> {
  if (typeof given !== 'string') return { value: defaultSize[name] };
  const size = Number(given);
  if (/^\d+$/.test(given) && size >= 1 && size <= mostAnalyses) return { value: size };
  const received = `"${printable(given, 60)}"`;
  return { problems: [`--${name}: expected a number from 1 to ${mostAnalyses}, received ${received}`] };
}
