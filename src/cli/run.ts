import { printable } from '../text/escape.ts';
import { refuse } from './frame/command.ts';
import { commands } from './commands.ts';
import { suggestion } from './frame/nearest.ts';
import { commonOptions, parseCall } from './frame/options.ts';
import type { Terminal } from './io/terminal.ts';

/** Runs the command line `args` and returns the exit code. Throws only on a defect of this program. */
export async function run(args: readonly string[], io: Terminal): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name.startsWith('-')) return runWithoutCommand(args, io);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    const names = Object.keys(commands);
    return refuse(io, [`there is no command ${printable(name, 60)}${suggestion(name, names)}`]);
  }
  const call = parseCall(rest, command.options);
  if (call.problems) return refuse(io, call.problems, name);
  const { values, operands } = call.value;
  if (values['help'] === true) {
    const { commandHelp } = await import('./help.ts');
    io.stdout.write(commandHelp(name, command));
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

async function runWithoutCommand(args: readonly string[], io: Terminal): Promise<number> {
  const call = parseCall(args, commonOptions);
  if (call.problems) return refuse(io, call.problems);
  if (call.value.values['version'] === true) return showVersion(io);
  const { programHelp } = await import('./help.ts');
  if (call.value.values['help'] === true) {
    io.stdout.write(programHelp());
    return 0;
  }
  return refuse(io, ['expected a command, received nothing']);
}

async function showVersion(io: Terminal): Promise<number> {
  const { packageVersion } = await import('./package.ts');
  io.stdout.write(`${packageVersion()}\n`);
  return 0;
}
