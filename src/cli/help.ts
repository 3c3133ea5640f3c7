import { labelled, wrap, reportWidth } from '../text/layout.ts';
import type { Command } from './frame/command.ts';
import { commands } from './commands.ts';
import type { Option } from './frame/options.ts';

/** An option as it is typed, with its short form and what stands for its value. */
export function optionUsage(name: string, { short, value, choices, toFile }: Option): string {
  const values = choices === undefined ? value : `${choices.join('|')}${toFile === true ? '[=FILE]' : ''}`;
  return [
    short === undefined ? '' : `-${short}, `,
    `--${name}`,
    values === undefined ? '' : ` ${values}`,
  ].join('');
}

/** How a command is typed. */
export function commandUsage(name: string, { operands, options }: Command): string {
  const more = Object.keys(options).length > 2 ? ' [OPTION...]' : '';
  return `oz-status ${name}${more}${operands === '' ? '' : ` ${operands}`}`;
}

/** The help of one command. */
export function commandHelp(name: string, command: Command, width = reportWidth): string {
  const exits = { ...command.exits, 2: command.exits[2] ?? 'The command was used wrongly.' };
  return text([
    `Usage: ${commandUsage(name, command)}`,
    '',
    ...wrap(command.details, width),
    '',
    'Options',
    ...Object.entries(command.options).flatMap(([option, entry]) => [
      `  ${optionUsage(option, entry)}`,
      ...labelled(6, '', aboutOption(entry), width),
      ...(entry.listing ?? []).flatMap((line) => labelled(8, '', line, width)),
    ]),
    '',
    'Examples',
    ...command.examples.flatMap(([typed, means]) => [`  ${typed}`, ...labelled(6, '', means, width)]),
    '',
    'Exit codes',
    ...Object.entries(exits).flatMap(([code, means]) => labelled(2, `${code}  `, means, width)),
  ]);
}

/** What an option does, with its default where it has one. */
export function aboutOption({ about, choices, part }: Option): string {
  const told = part === undefined ? about : `${part}: ${about}`;
  return choices === undefined ? told : `${told} (default: ${choices[0]})`;
}

/** The command as far as one of its parts goes; the command itself where it has no part of that name. */
export function partOf(command: Command, name: string | undefined): Command {
  const part = name === undefined ? undefined : command.parts?.[name];
  if (!part) return command;
  const ofPart = Object.entries(command.options).filter(([, option]) => (option.part ?? name) === name);
  return {
    ...command,
    ...part,
    operands: `${name} ${part.operands}`.trim(),
    options: Object.fromEntries(ofPart.map(([key, option]) => [key, withoutPart(option)])),
    examples: command.examples.filter(([typed]) => typed.split(' ').includes(name!)),
  };
}

/** The help of the program. */
export function programHelp(columns = reportWidth): string {
  const names = Object.keys(commands);
  const width = Math.max(...names.map((name) => name.length)) + 2;
  return text([
    'Usage: oz-status COMMAND ...',
    '',
    ...wrap('Checks recordings of the Oz API against an executable specification of its statuses.', columns),
    '',
    'Commands',
    ...Object.entries(commands).flatMap(([name, { about }]) =>
      labelled(2, name.padEnd(width), about, columns),
    ),
    '',
    'oz-status COMMAND --help explains a command. oz-status --version prints the version.',
  ]);
}

const text = (lines: readonly string[]) => `${lines.join('\n')}\n`;

function withoutPart(option: Option): Option {
  const { part: _, ...rest } = option;
  return rest;
}
