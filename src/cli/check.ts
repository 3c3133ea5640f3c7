import { reportFormats, type Report } from '../reports/index.ts';
import type { CheckOptions } from '../conformance/results.ts';
import { checkOptions, configKey, configOptions, type CheckSettings } from './check-options.ts';
import { refuse, wrongUse, type Action } from './command.ts';
import { readConfig } from './config.ts';
import { standardInput, writeOutput } from './files.ts';
import type { Call, Checked } from './options.ts';
import { Progress } from './progress.ts';
import { idleAnswers, overruledAnswers, parseAnswers, readingWith } from './reading.ts';
import type { Terminal } from './terminal.ts';

/** Judges recordings and reports. */
export const check: Action = async (call, io) => {
  const settled = await settings(call, io);
  if (settled.problems) return refuse(io, settled.problems, 'check');
  const chosen = settled.value;
  if (call.operands.filter((file) => file === standardInput).length > 1) {
    return refuse(io, ['standard input (-) can be read only once'], 'check');
  }
  const quiet = chosen.quiet === true;
  const idle = idleAnswers(chosen.reading ?? {});
  if (idle.length > 0 && chosen.anyReading !== true && !quiet) {
    io.stderr.write(
      `oz-status: under this reading nobody asks ${idle.join(', ')}: the answer changes nothing\n`,
    );
  }
  const { judge } = await import('./judge.ts');
  const outcome = await judge(
    {
      files: call.operands,
      options: judging(chosen),
      ...(chosen.routePrefix === undefined ? {} : { routePrefix: chosen.routePrefix }),
    },
    io,
    io.stderr.isTerminal && !quiet ? new Progress(io) : undefined,
  );
  const report = reportFormats[chosen.format ?? 'text'](outcome, {
    all: chosen.all === true,
    strict: chosen.strict === true,
    quiet,
    colour: inColour(chosen, io),
  });
  return deliver(report, chosen.output, io);
};

function judging({ reading = {}, operatorRequired = 'allowed', ...others }: CheckSettings): CheckOptions {
  return {
    settings: { reading: readingWith(reading), operatorRequired },
    anyReading: others.anyReading === true,
    groups: others.groups ?? 'known',
  };
}

/** Whether text gets colours: as asked, else on a terminal that has not been told otherwise by NO_COLOR. */
function inColour({ color, output }: CheckSettings, { env, stdout }: Terminal): boolean {
  if (color === 'always' || color === 'never') return color === 'always';
  const refused = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  return output === undefined && stdout.isTerminal && !refused;
}

/** The config file, overridden by the command line. */
async function settings({ values }: Call, io: Terminal): Promise<Checked<CheckSettings>> {
  const config = await readConfig(values['config'] as string | undefined, io.cwd);
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
  return { value: { ...config.value, ...(Object.fromEntries(given) as CheckSettings), reading } };
}

function deliver({ output, exitCode }: Report, file: string | undefined, io: Terminal): number {
  return writeOutput(output, file, io, 'the report') ? exitCode : wrongUse;
}
