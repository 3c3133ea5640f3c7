import { printable } from '../reports/escape.ts';
import { ndjsonEnd } from '../reports/ndjson.ts';
import { interruptions, type CheckOutcome, type Interruption } from '../reports/outcome.ts';
import type { CheckOptions } from '../conformance/results.ts';
import { checkOptions, configKey, configOptions, type CheckSettings } from './check-options.ts';
import { loadReport, reportTargets, type Target } from './check-targets.ts';
import { readBaseline } from './baseline-file.ts';
import { refuse, wrongUse, type Action } from './command.ts';
import { readConfig } from './config.ts';
import { packageVersion, standardInput } from './files.ts';
import { FindingStream } from './finding-stream.ts';
import type { Call, Checked } from './options.ts';
import { writeOutput } from './output.ts';
import { Progress } from './progress.ts';
import { namingFor } from './redact.ts';
import { idleAnswers, overruledAnswers, parseAnswers, readingWith } from './reading.ts';
import type { Terminal } from './terminal.ts';
import { threadsFor } from './threads.ts';

/** Judges recordings and reports. */
export const check: Action = async (call, io) => {
  const settled = settings(call, io);
  if (settled.problems) return refuse(io, settled.problems, 'check');
  const chosen = settled.value;
  if (call.operands.filter((file) => file === standardInput).length > 1) {
    return refuse(io, ['standard input (-) can be read only once'], 'check');
  }
  const targets = reportTargets([chosen.format ?? []].flat(), chosen.output, io.cwd);
  if (targets.problems) return refuse(io, targets.problems, 'check');
  const directory = call.values['minimize'] as string | undefined;
  if (directory !== undefined && call.operands.includes(standardInput)) {
    return refuse(
      io,
      ['--minimize: expected files, received standard input (-), which cannot be read a second time'],
      'check',
    );
  }
  const naming = await namingFor(chosen.redact === true, io);
  if (naming.problems) return refuse(io, naming.problems, 'check');
  const redacted = { is: chosen.redact === true, naming: naming.value };
  const known = readBaseline(chosen.baseline, call, redacted, io);
  if (known.problems) return refuse(io, known.problems, 'check');
  const quiet = chosen.quiet === true;
  const idle = idleAnswers(chosen.reading ?? {});
  if (idle.length > 0 && chosen.anyReading !== true && !quiet) {
    io.stderr.write(
      `oz-status: under this reading nobody asks ${idle.join(', ')}: the answer changes nothing\n`,
    );
  }
  const { judge } = await import('./judge.ts');
  const stream = new FindingStream(targets.value, io, known.value);
  const reading = {
    files: call.operands,
    naming: naming.value,
    ...(chosen.routePrefix === undefined ? {} : { routePrefix: chosen.routePrefix }),
  };
  const outcome = await judge(
    {
      ...reading,
      options: judging(chosen),
      isSummary: quiet && targets.value.every(({ format }) => format === 'text'),
      scanning: {
        threads: threadsFor(call.values['threads'] as string | undefined),
        warn: (reason) =>
          io.stderr.write(`oz-status: a thread has failed, the others read on: ${printable(reason, 500)}\n`),
      },
      progress: !quiet && io.stderr.isTerminal ? new Progress(io) : undefined,
      ...stream.hooks,
    },
    io,
  );
  const compared = known.value.finish(stream.completed(outcome));
  stream.tellLate(compared.outcome.input.slice(outcome.input.length));
  const code = await deliver(compared.outcome, targets.value, { ...chosen, quiet }, stream, io);
  if (compared.problem !== undefined) io.stderr.write(`oz-status: ${compared.problem}\n`);
  if (outcome.partial) return code;
  if (compared.problem !== undefined) return wrongUse;
  if (directory === undefined) return code;
  const { writeMinimal } = await import('./minimize.ts');
  const ended = await writeMinimal(compared.outcome, directory, reading, io);
  return ended === 0 ? code : ended;
};

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
  const stop = outcome.partial === undefined ? io.interrupts() : undefined;
  const toOutput = ({ file }: Target) => file === undefined;
  for (const target of [...targets.filter((one) => !toOutput(one)), ...targets.filter(toOutput)]) {
    const { format, file } = target;
    const shown = { ...linked, colour: inColour(chosen, file, io) };
    const report = stream.holds(target)
      ? ndjsonEnd(outcome, shown)
      : (await loadReport[format]())(outcome, shown);
    const isWritten = await writeOutput(report.output(), file, io, 'the report', stop);
    if (stop?.aborted === true) return interruptions[stop.reason as Interruption].exitCode;
    codes.push(isWritten ? report.exitCode : wrongUse);
  }
  return codes.includes(wrongUse) ? wrongUse : (codes[0] ?? wrongUse);
}

function judging({ reading = {}, operatorRequired = 'allowed', ...others }: CheckSettings): CheckOptions {
  return {
    settings: { reading: readingWith(reading), operatorRequired },
    anyReading: others.anyReading === true,
    groups: others.groups ?? 'known',
  };
}

/** Whether text gets colours: as asked, else on a terminal that has not been told otherwise by NO_COLOR. */
function inColour({ color }: CheckSettings, file: string | undefined, { env, stdout }: Terminal): boolean {
  if (color === 'always' || color === 'never') return color === 'always';
  const refused = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  return file === undefined && stdout.isTerminal && !refused;
}

/** The config file, overridden by the command line. */
function settings({ values }: Call, io: Terminal): Checked<CheckSettings> {
  const config = readConfig(values['config'] as string | undefined, io.cwd);
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
