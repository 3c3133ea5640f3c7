import {
  defaultReading,
  defaultSettings,
  type ClauseId,
  type FolderEvent,
  type Reading,
} from '../../../machines/index.ts';
import { pathSet, walkMachine, type CoverageCriterion } from '../../explore/index.ts';
import { countEvents, expectedOfFolder } from './executed.ts';
import { fieldReadings, nameReading, underReading } from './field-readings.ts';
import { movePaths } from './move-paths.ts';
import type { Vector, VectorSet } from './vector.ts';

const stages: readonly ClauseId[] = ['FOLDER-STAGE-OF-ANALYSES', 'FOLDER-RESULT-LAST-FINISHED'];

/** One life of a folder: the path of that number by a criterion. */
function execution(
  reading: Reading,
  criterion: string,
  at: number,
  clauses: readonly ClauseId[],
  events: readonly FolderEvent[],
): Vector {
  const expected = expectedOfFolder(events, reading);
  return {
    id: `executions/${nameReading(reading)}/${criterion}/${at + 1}`,
    description: countEvents(expected.projections!),
    clauses,
    ...underReading(reading),
    events,
    expected,
  };
}

/** Under the default reading: two transitions after each other, and what is refused. */
function byDefault(): readonly Vector[] {
  const walk = walkMachine('folder', defaultSettings);
  const criteria: readonly (readonly [CoverageCriterion, readonly ClauseId[]])[] = [
    ['transition-pairs', [...stages, 'FOLDER-NEVER-FINAL']],
    ['refused-pairs', ['ANALYSIS-FINAL', 'GROUP-CONSTANT', 'FOLDER-INITIAL-ONCE']],
  ];
  return criteria.flatMap(([criterion, clauses]) =>
    pathSet(walk, criterion).paths.map(({ steps }, at) =>
      execution(
        defaultReading,
        criterion,
        at,
        clauses,
        steps.map(({ event }) => event as FolderEvent),
      ),
    ),
  );
}

/** Lives of folders, event by event. */
export function executionVectors(): VectorSet {
  const pathsUnder = movePaths();
  const [, ...others] = fieldReadings();
  return {
    name: 'executions',
    about:
      'Folders of up to two groups of up to two analyses: by default traces that take every two successive transitions and every refused event in every pair of statuses. Of these folders and those of three groups of one analysis, under every other combination of the answers that a field depends on: traces that take every move of each field by every event.',
    vectors: [
      ...byDefault(),
      ...others.flatMap((reading) =>
        pathsUnder(reading).map((events, at) => execution(reading, 'moves', at, stages, events)),
      ),
    ],
  };
}
