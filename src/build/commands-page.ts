import { code, page, table } from '../text/markdown.ts';
import { configKey, defaultConfigFile } from '../cli/check/check-options.ts';
import type { Command } from '../cli/frame/command.ts';
import { commands } from '../cli/commands.ts';
import { aboutOption, commandUsage, optionUsage } from '../cli/help.ts';

/** docs/guide/commands.md: every command with its options and exit codes. */
export function commandsPage(): string {
  return page(
    '# Commands',
    'Every command has `--help`. An option without a value is undone by `--no-` before its name; of an option given twice the last counts, unless it may be repeated.',
    `\`check\` also takes its options from \`${defaultConfigFile}\` in the working directory, or from the file that \`--config\` names. ` +
      'What the command line says overrides the file, question by question for the reading. Paths count from the working directory. ' +
      'The keys are described by the JSON Schema [config.schema.json](../schemas/config.schema.json).',
    ...Object.entries(commands).flatMap(([name, command]) => section(name, command)),
    'Exit code 70 is a defect of the program itself; 130 and 143 say that it was interrupted or terminated.',
  );
}

function section(name: string, command: Command): string[] {
  const { details, options, exits } = command;
  const configurable = Object.values(options).some((option) => option.commandLineOnly !== true);
  const key = (option: string) => (options[option]?.commandLineOnly === true ? '' : code(configKey(option)));
  return [
    `## ${name}`,
    code(commandUsage(name, command)),
    details,
    table(
      configurable ? ['Option', 'Key in the config file', 'Effect'] : ['Option', 'Effect'],
      Object.entries(options).map(([option, entry]) => [
        code(optionUsage(option, entry)),
        ...(configurable ? [key(option)] : []),
        [aboutOption(entry), ...(entry.listing ?? []).map(code)].join('<br>'),
      ]),
    ),
    table(
      ['Exit code', 'Means'],
      Object.entries({ ...exits, 2: exits[2] ?? 'The command was used wrongly.' }),
    ),
  ];
}
