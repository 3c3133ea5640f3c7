import { code, page, table } from '../text/markdown.ts';
import { configKey, defaultConfigFile } from '../cli/check/check-options.ts';
import type { Command } from '../cli/frame/command.ts';
import { commands } from '../cli/commands.ts';
import { aboutOption, commandUsage, optionUsage } from '../cli/help.ts';

/** docs/guide/commands.md: every command with its options and exit codes. */
export function commandsPage(): string {
  return page(
    '# Commands',
    'Every command has `--help`. To undo an option without a value, put `--no-` before its name. If an option is given twice, the last one counts, unless it may be repeated.',
    `\`check\` also takes its options from \`${defaultConfigFile}\` in the working directory, or from the file that \`--config\` names. ` +
      'The command line overrides the file; for the reading, question by question. Paths are relative to the working directory. ' +
      'The JSON Schema [config.schema.json](../schemas/config.schema.json) describes the keys.',
    ...Object.entries(commands).flatMap(([name, command]) => section(name, command)),
    'Exit code 70 means a defect of the program itself; 130 and 143 mean that it was interrupted or terminated.',
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
