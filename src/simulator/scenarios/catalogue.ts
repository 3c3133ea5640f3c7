import { defaultSettings, type Settings } from '../../../machines/index.ts';
import { coverageCriteria, type CoverageCriterion } from '../../explore/paths/coverage-criteria.ts';
import { pathSet, walkMachine, type MachineWalk } from '../../explore/paths/machine-paths.ts';
import type { FolderEvent } from '../../../machines/index.ts';
import { illegalHistories } from './illegal-histories.ts';
import { pathName } from './named-paths.ts';
import { bundledScripts } from './script.ts';

/** One scenario as a list shows it. */
export interface ListedScenario {
  /** As a part of the base URL. */
  readonly name: string;
  readonly is: 'bundled' | 'illegal' | 'generated';
  readonly title: string;
  readonly lesson: string;
}

function namesOfPaths(walk: MachineWalk, criterion: CoverageCriterion): readonly string[] {
  const names = pathSet(walk, criterion).paths.map(({ steps }) =>
    // A refused event changes nothing, and no service can be made to refuse one that never comes.
    pathName(steps.filter(({ accepted }) => accepted).map(({ event }) => event as FolderEvent)),
  );
  return [...new Set(names.filter((name) => name !== undefined && name !== ''))] as string[];
}

/** The executions of the paths that meet every target of a criterion, each by its name. */
export function generatedPaths(
  criterion: CoverageCriterion = 'transitions',
  settings: Settings = defaultSettings,
): readonly string[] {
  return namesOfPaths(walkMachine('folder', settings), criterion);
}

const generated: ListedScenario[] = [];

function generatedScenarios(): readonly ListedScenario[] {
  if (generated.length > 0) return generated;
  const criteria = Object.keys(coverageCriteria) as CoverageCriterion[];
  const settings: Settings = {
    ...defaultSettings,
    reading: { ...defaultSettings.reading, 'operator-decision': 'allowed' },
  };
  const walk = walkMachine('folder', settings);
  const first = new Map<string, string>();
  for (const criterion of criteria)
    for (const name of namesOfPaths(walk, criterion)) if (!first.has(name)) first.set(name, criterion);
  for (const [name, criterion] of first) {
    generated.push({
      name,
      is: 'generated',
      title: `A path of the folder, of those that meet all ${criterion}`,
      lesson: 'What happens stands in the name, in this order.',
    });
  }
  return generated;
}

/** All scenarios: the bundled ones, the illegal histories, and the generated paths where these are wanted as well. */
export function catalogue(withGenerated = false): readonly ListedScenario[] {
  return [
    ...bundledScripts.map(({ name, title, lesson }) => ({ name, is: 'bundled' as const, title, lesson })),
    ...Object.entries(illegalHistories).map(([code, { lesson }]) => ({
      name: `illegal=${code}`,
      is: 'illegal' as const,
      title: `Breaks the specification on purpose: ${code}`,
      lesson,
    })),
    ...(withGenerated ? generatedScenarios() : []),
  ];
}
