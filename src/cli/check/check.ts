import { printable } from '../../text/escape.ts';
import { widthFor } from '../../text/layout.ts';
import { ndjsonEnd } from '../../reports/check/ndjson.ts';
import { interruptions, type CheckOutcome, type Interruption } from '../../reports/check/outcome.ts';
import {
  checkOptions,
  configKey,
  configOptions,
  defaultConfigFile,
  type CheckSettings,
} from './check-options.ts';
import { loadReport, reportTargets, type Target } from './check-targets.ts';
import { readBaseline } from './baseline-file.ts';
import { refuse, wrongUse, type CommandAction } from '../frame/command.ts';
import { readConfig } from './config.ts';
import { isReadableOnce, standardInput } from '../io/files.ts';
import { judging } from './judging.ts';
import { packageVersion } from '../package.ts';
import { FindingStream } from './finding-stream.ts';
import { filesOf, orderHint } from '../io/operands.ts';
import type { CommandCall, Checked } from '../frame/options.ts';
import { writeOutput } from '../io/output.ts';
import { overwriteProblems } from '../io/overwriting.ts';
import { ProgressLine } from './progress.ts';
import { namingFor } from './redact.ts';
import { idleNotes, overruledAnswers, parseAnswers } from '../frame/reading.ts';
import type { Terminal } from '../io/terminal.ts';
import { whereToRead } from './where-to-read.ts';

/** Judges recordings and reports. */
export const check: CommandAction = async (given, io) => {
  const files = filesOf(given.operands, io.cwd);
  if (files.problems) return refuse(io, files.problems, 'check');
  const call = { ...given, operands: files.value };
  const settled = await settings(call, io);
  if (settled.problems) return refuse(io, settled.problems, 'check');
  const chosen = settled.value;
  const targets = reportTargets([chosen.format ?? []].flat(), chosen.output, io.cwd);
  if (targets.problems) return refuse(io, targets.problems, 'check');
  const misused = fileProblems(call, chosen, targets.value, io);
  if (misused.length > 0) return refuse(io, misused, 'check');
  const which = whereToRead(chosen);
  if (which.problems) return refuse(io, which.problems, 'check');
  const naming = await namingFor(chosen.redact === true, io);
  if (naming.problems) return refuse(io, naming.problems, 'check');
  const recordings = { files: call.operands, naming: naming.value, ...which.value };
  if (call.values['shard'] !== undefined || call.values['grouped'] === true) {
    const { checkInParts } = await import('./in-parts.ts');
    return checkInParts(call, chosen, { ...recordings, options: judging(chosen) }, io);
  }
  const redacted = { is: chosen.redact === true, naming: naming.value };
  const known = await readBaseline(chosen.baseline, call, redacted, io);
  if (known.problems) return refuse(io, known.problems, 'check');
  const quiet = chosen.quiet === true;
  if (chosen.anyReading !== true && !quiet) io.stderr.write(idleNotes(chosen.reading ?? {}));
  const { judge } = await import('./judge.ts');
  const stream = new FindingStream(targets.value, io, known.value);
  const outcome = await judge(
    {
      ...recordings,
      options: judging(chosen),
      isSummary: quiet && targets.value.every(({ format }) => format === 'text'),
      progress: !quiet && io.stderr.isTerminal ? new ProgressLine(io) : undefined,
      ...stream.hooks,
    },
    io,
  );
  const order = orderHint(call.operands);
  if (order !== undefined && outcome.folders.some(({ verdict }) => verdict === 'violates'))
    io.stderr.write(`oz-status: ${order}\n`);
  const compared = known.value.finish(stream.completed(outcome));
  stream.tellLate(compared.outcome.input.slice(outcome.input.length));
  const code = await deliver(compared.outcome, targets.value, { ...chosen, quiet }, stream, io);
  const isDelivered = code !== wrongUse && compared.outcome.partial === undefined;
  if (!quiet && isDelivered && targets.value.every(({ file }) => file !== undefined))
    io.stderr.write(await summaryOf(compared.outcome, chosen));
  if (compared.problem !== undefined) io.stderr.write(`oz-status: ${compared.problem}\n`);
  if (outcome.partial) return code;
  if (compared.problem !== undefined) return wrongUse;
  const directory = call.values['minimize'] as string | undefined;
  if (directory === undefined) return code;
  const { writeMinimal } = await import('./minimize.ts');
  const ended = await writeMinimal(compared.outcome, directory, recordings, io);
  return ended === 0 ? code : ended;
};

/** What is wrong with the files of a check: one cannot be read as often as it has to be, or would be written over. */
function fileProblems(
  { operands, values }: CommandCall,
  { baseline }: CheckSettings,
  targets: readonly Target[],
  io: Terminal,
): readonly string[] {
  const twice = operands.filter((file) => file === standardInput).length > 1;
  const once = values['minimize'] === undefined ? [] : operands.filter((file) => isReadableOnce(file, io));
  const known = baseline === undefined ? [] : [{ name: baseline, as: 'the baseline' }];
  const config = {
    name: (values['config'] as string | undefined) ?? defaultConfigFile,
    as: 'the config file',
  };
  const recordings = operands.map((name) => ({ name, as: 'a recording' }));
  const reports = targets.map(({ file }) => ({ name: file, as: 'a report' }));
  return [
    ...(twice ? ['standard input (-) can be read only once'] : []),
    ...once.map(
      (file) =>
        `--minimize: expected files, received ${file === standardInput ? 'standard input (-)' : printable(file, 200)}, ` +
        'which cannot be read a second time',
    ),
    ...overwriteProblems(reports, [...recordings, ...known, config], io),
    ...(values['update-baseline'] === true ? overwriteProblems(known, [...recordings, config], io) : []),
  ];
}

/**
 * Writes every report, those to files first, for standard output is as slow as its reader. Where one cannot be written
 * the others still are, and the exit code says so. A signal that did not end the check before ends the writing.
 */
async function deliver(
  outcome: CheckOutcome,
  targets: readonly Target[],
  chosen: CheckSettings,
  stream: FindingStream,
  io: Terminal,
): Promise<number> {
  const { all = false, strict = false, quiet = false, docsUrl } = chosen;
  const shared = { all, strict, quiet, version: packageVersion() };
  const linked = docsUrl === undefined ? shared : { ...shared, docsUrl: docsUrl.replace(/\/*$/, '/') };
  const codes: number[] = [];
  // After the first signal nobody is waited for; a second one ends the process.
  const patience =
    outcome.partial === undefined ? { stop: io.interrupts() } : { stop: undefined, waitsForReader: false };
  const toOutput = ({ file }: Target) => file === undefined;
  for (const target of [...targets.filter((one) => !toOutput(one)), ...targets.filter(toOutput)]) {
    const { format, file } = target;
    const width = file === undefined ? widthFor(io.stdout.columns) : undefined;
    const shown = {
      ...linked,
      colour: inColour(chosen, file, io),
      ...(width === undefined ? {} : { width }),
    };
    const report = stream.holds(target)
      ? ndjsonEnd(outcome, shown)
      : (await loadReport[format]())(outcome, shown);
    const isWritten = await writeOutput(report.output(), file, io, 'the report', patience);
    const { stop } = patience;
    if (stop?.aborted === true) return interruptions[stop.reason as Interruption].exitCode;
    codes.push(isWritten ? report.exitCode : wrongUse);
  }
  return codes.includes(wrongUse) ? wrongUse : (codes[0] ?? wrongUse);
}

/** What a check found, in short, for whoever runs it while its reports go to files. */
async function summaryOf(outcome: CheckOutcome, { strict = false }: CheckSettings): Promise<string> {
  const { textReport } = await import('../../reports/check/text.ts');
  return [...textReport(outcome, { strict, quiet: true }).output()].join('');
}

/** Whether text gets colours: as asked, else on a terminal that has not been told otherwise by NO_COLOR. */
function inColour({ color }: CheckSettings, file: string | undefined, { env, stdout }: Terminal): boolean {
  if (color === 'always' || color === 'never') return color === 'always';
  const refused = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  return file === undefined && stdout.isTerminal && !refused;
}

/** The config file, overridden by the command line. */
async function settings({ values }: CommandCall, io: Terminal): Promise<Checked<CheckSettings>> {
  const isUpdated = values['update-baseline'] === true && values['baseline'] === undefined;
  const config = await readConfig(values['config'] as string | undefined, isUpdated, io.cwd);
  const answers = parseAnswers((values['reading'] ?? []) as readonly string[]);
  const problems = [...(config.problems ?? []), ...(answers.problems ?? [])];
  if (config.problems || answers.problems) return { problems };
  const overruled = values['any-reading'] === true ? overruledAnswers(answers.value) : [];
  if (overruled.length > 0) {
    return { problems: overruled.map((question) => `--reading ${question}: overruled by --any-reading`) };
  }
  const empty = Object.entries(values).filter(([, value]) => value === '');
  if (empty.length > 0)
    return { problems: empty.map(([name]) => `--${name}: expected a value, received nothing`) };
  const given = Object.keys(checkOptions)
    .map((name) => [configKey(name), values[name]] as const)
    .filter(([key, value]) => Object.hasOwn(configOptions, key) && value !== undefined);
  const reading = { ...config.value.reading, ...answers.value };
  const value = { ...config.value, ...(Object.fromEntries(given) as CheckSettings), reading };
  if (value.docsUrl === undefined || isAddress(value.docsUrl)) return { value };
  const received = JSON.stringify(printable(value.docsUrl, 60));
  return { problems: [`--docs-url: expected an address with http:// or https://, received ${received}`] };
}

const isAddress = (text: string) => /^https?:$/.test(URL.canParse(text) ? new URL(text).protocol : '');
