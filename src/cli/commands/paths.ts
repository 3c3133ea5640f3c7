import type { Settings } from '../../../machines/readings.ts';
import {
  pathMachines,
  type CoverageCriterion,
  type PathMachine,
} from '../../explore/paths/coverage-criteria.ts';
import { pathSet, walkMachine } from '../../explore/paths/machine-paths.ts';
import { printable } from '../../text/escape.ts';
import { widthFor } from '../../text/layout.ts';
import { pathsBlocks, pathsJson } from '../../reports/paths.ts';
import { documentText } from '../../reports/readings/document.ts';
import { refuse, type CommandAction } from '../frame/command.ts';
import { suggestion } from '../frame/nearest.ts';
import type { pathsFormats } from './paths-options.ts';
import { idleNotes, parseAnswers, readingWith } from '../frame/reading.ts';

/** Prints a small set of paths of a machine. */
export const paths: CommandAction = async ({ values, operands }, io) => {
  const [machine = pathMachines[0]] = operands;
  const answers = parseAnswers((values['reading'] ?? []) as readonly string[]);
  const unknown = isMachine(machine)
    ? []
    : [
        `paths: expected ${pathMachines.join(' or ')}, received ${printable(machine, 60)}${suggestion(machine, pathMachines)}`,
      ];
  if (answers.problems || !isMachine(machine)) {
    return refuse(io, [...unknown, ...(answers.problems ?? [])], 'paths');
  }
  io.stderr.write(idleNotes(answers.value));
  const { criterion = 'transitions', format = 'text' } = values as {
    readonly criterion?: CoverageCriterion;
    readonly format?: (typeof pathsFormats)[number];
  };
  const settings: Settings = {
    reading: readingWith(answers.value),
    operatorRequired: (values['operator-required'] ?? 'allowed') as Settings['operatorRequired'],
  };
  const set = pathSet(walkMachine(machine, settings), criterion);
  io.stdout.write(
    format === 'json'
      ? pathsJson(set, settings)
      : documentText(pathsBlocks(set), widthFor(io.stdout.columns)),
  );
  return 0;
};

const isMachine = (name: string): name is PathMachine => (pathMachines as readonly string[]).includes(name);
