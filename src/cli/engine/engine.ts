import { resolve } from 'node:path';
import { configKey, type CheckSettings } from '../check/check-options.ts';
import { judging } from '../check/judging.ts';
import { redactKeyVariable } from '../check/redact-key.ts';
import { namingFor, pseudonymsLast } from '../check/redact.ts';
import { whereToRead } from '../check/where-to-read.ts';
import { refuse, wrongUse, type CommandAction } from '../frame/command.ts';
import { suggestion } from '../frame/nearest.ts';
import type { CommandCall, Checked } from '../frame/options.ts';
import { overruledAnswers, parseAnswers } from '../frame/reading.ts';
import { packageRoot } from '../package.ts';
import type { Terminal } from '../io/terminal.ts';
import { printable } from '../../text/escape.ts';
import { engineTasks } from './options.ts';

/** Prints the path of an adapter, or is one of the filters that an adapter runs. */
export const engine: CommandAction = async (call, io) => {
  const [task = ''] = call.operands;
  const tasks = Object.keys(engineTasks);
  if (!tasks.includes(task)) {
    const received = `${printable(task, 60)}${suggestion(task, tasks)}`;
    return refuse(io, [`engine: expected ${tasks.join(' or ')}, received ${received}`], 'engine');
  }
  if (task === 'spark') {
    io.stdout.write(`${resolve(packageRoot, 'src/engines/spark/adapter.py')}\n`);
    return 0;
  }
  const chosen = settingsOf(call);
  if (chosen.problems) return refuse(io, chosen.problems, 'engine');
  const problem = await filter(task, chosen.value, io);
  if (problem === undefined) return 0;
  if (typeof problem !== 'string') return refuse(io, problem, 'engine');
  io.stderr.write(`oz-status: engine ${task}: ${printable(problem)}\n`);
  return wrongUse;
};

interface Chosen extends CheckSettings {
  readonly states?: boolean;
  readonly analyses?: boolean;
}

async function filter(
  task: string,
  chosen: Chosen,
  io: Terminal,
): Promise<string | readonly string[] | undefined> {
  if (task === 'read') {
    const which = whereToRead(chosen);
    if (which.problems) return which.problems;
    if (chosen.redact === true && !pseudonymsLast(io))
      return [`--redact: expected a key in ${redactKeyVariable}, which is the same for all, received none`];
    const naming = await namingFor(chosen.redact === true, io);
    if (naming.problems) return naming.problems;
    const { readLines } = await import('./read.ts');
    return readLines({ ...which.value, naming: naming.value, analyses: chosen.analyses === true }, io);
  }
  const options = judging(chosen);
  if (task === 'judge') {
    const { judgeRecords } = await import('./judge.ts');
    return judgeRecords({ options, all: chosen.all === true, states: chosen.states === true }, io);
  }
  const { stepStates } = await import('./step.ts');
  await stepStates(options, io);
  return undefined;
}

function settingsOf({ values }: CommandCall): Checked<Chosen> {
  const answers = parseAnswers((values['reading'] ?? []) as readonly string[]);
  if (answers.problems) return answers;
  const overruled = values['any-reading'] === true ? overruledAnswers(answers.value) : [];
  if (overruled.length > 0)
    return { problems: overruled.map((question) => `--reading ${question}: overruled by --any-reading`) };
  const given = Object.entries(values).map(([name, value]) => [configKey(name), value] as const);
  return { value: { ...(Object.fromEntries(given) as Chosen), reading: answers.value } };
}
