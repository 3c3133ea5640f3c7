import { resolve } from 'node:path';
import { printable } from '../text/escape.ts';
import { widthFor } from '../text/layout.ts';
import { refuse } from './frame/command.ts';
import { commands } from './commands.ts';
import { suggestion } from './frame/nearest.ts';
import { commonOptions, parseCall, type Options } from './frame/options.ts';
import { statsOf } from './io/pipes.ts';
import type { Terminal } from './io/terminal.ts';

/** Runs the command line `args` and returns the exit code. Throws only on a defect of this program. */
export async function run(args: readonly string[], io: Terminal): Promise<number> {
  const [name, ...rest] = withCommand(args, io);
  if (name === undefined || (name.startsWith('-') && name !== '-')) return runWithoutCommand(args, io);
  if (name === 'help') return showHelp(rest, io);
  const command = commandOf(name);
  if (command === undefined) {
    const names = Object.keys(commands);
    return refuse(io, [`there is no command ${printable(name, 60)}${suggestion(name, names)}`]);
  }
  const call = parseCall(asTyped(rest, command.options), command.options);
  if (call.problems) return refuse(io, call.problems, name);
  const { values, operands } = call.value;
  if (values['help'] === true) {
    const { commandHelp, partOf } = await import('./help.ts');
    io.stdout.write(commandHelp(name, partOf(command, operands[0]), widthFor(io.stdout.columns)));
    return 0;
  }
  if (values['version'] === true) return showVersion(io);
  const { least, most } = command;
  if (operands.length < least)
    return refuse(io, [`${name}: expected ${command.operands}, received nothing`], name);
  if (operands.length > most) {
    const unexpected = printable(operands[most] ?? '', 60);
    return refuse(
      io,
      [`${name}: expected ${command.operands || 'nothing'}, received also ${unexpected}`],
      name,
    );
  }
  const action = await command.load();
  return action(call.value, io);
}

const commandOf = (name: string) => (Object.hasOwn(commands, name) ? commands[name] : undefined);

/**
 * The arguments as they were meant: whoever names a recording without a command wants it checked, and options may stand
 * before the command.
 */
function withCommand(args: readonly string[], { cwd }: Terminal): readonly string[] {
  const [first = ''] = args;
  if (first === '' || isCommand(first)) return args;
  const isFile = (arg: string): boolean =>
    arg === '-' || (!arg.startsWith('-') && statsOf(resolve(cwd, arg)) !== undefined);
  if (isFile(first)) return ['check', ...args];
  const at = first.startsWith('-') ? args.findIndex(isCommand) : -1;
  if (at > 0) return [args[at]!, ...args.slice(0, at), ...args.slice(at + 1)];
  return first.startsWith('-') && args.some(isFile) ? ['check', ...args] : args;
}

const isCommand = (arg: string): boolean => arg === 'help' || commandOf(arg) !== undefined;

/** Options of other programs by the names that they have here. */
function asTyped(args: readonly string[], options: Options): readonly string[] {
  const end = args.indexOf('--');
  return args.flatMap((arg, at) => {
    if ((end >= 0 && at > end) || !/^--no-colou?r$/.test(arg)) return [arg];
    // Where nothing is coloured there is nothing to switch off.
    return Object.hasOwn(options, 'color') ? ['--color=never'] : [];
  });
}

/** The help of the program or of one command. */
async function showHelp([name, part]: readonly string[], io: Terminal): Promise<number> {
  const { commandHelp, partOf, programHelp } = await import('./help.ts');
  const command = name === undefined ? undefined : commandOf(name);
  if (name !== undefined && command === undefined)
    return refuse(io, [
      `there is no command ${printable(name, 60)}${suggestion(name, Object.keys(commands))}`,
    ]);
  io.stdout.write(
    command && name !== undefined
      ? commandHelp(name, partOf(command, part), widthFor(io.stdout.columns))
      : programHelp(widthFor(io.stdout.columns)),
  );
  return 0;
}

async function runWithoutCommand(args: readonly string[], io: Terminal): Promise<number> {
  const call = parseCall(asTyped(args, commonOptions), commonOptions);
  if (call.problems) return refuse(io, call.problems);
  if (call.value.values['version'] === true) return showVersion(io);
  const { programHelp } = await import('./help.ts');
  if (call.value.values['help'] === true) {
    io.stdout.write(programHelp(widthFor(io.stdout.columns)));
    return 0;
  }
  return refuse(io, ['expected a command, received nothing']);
}

async function showVersion(io: Terminal): Promise<number> {
  const { packageVersion } = await import('./package.ts');
  io.stdout.write(`${packageVersion()}\n`);
  return 0;
}
