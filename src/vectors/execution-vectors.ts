import {
  defaultReading,
  defaultSettings,
  emptyFolder,
  isLegal,
  neighbouringReadings,
  project,
  reduceFolder,
  type ClauseId,
  type FolderEvent,
  type Reading,
} from '../../machines/index.ts';
import { pathSet, walkMachine, type CoverageCriterion } from '../explore/index.ts';
import { underReading, type Projection, type Vector, type VectorSet } from './vector.ts';

const clausesOf: Partial<Record<CoverageCriterion, readonly ClauseId[]>> = {
  'transition-pairs': ['FOLDER-STAGE', 'FOLDER-RESULT-LAST-FINISHED', 'FOLDER-NEVER-FINAL'],
  transitions: ['FOLDER-STAGE', 'FOLDER-RESULT-LAST-FINISHED'],
  'refused-pairs': ['ANALYSIS-FINAL', 'GROUP-CONSTANT', 'FOLDER-INITIAL-ONCE'],
};

/** What a folder shows after each event, under the reading. */
export function projectionsOf(events: readonly FolderEvent[], reading: Reading): readonly Projection[] {
  const settings = { ...defaultSettings, reading };
  let folder = emptyFolder;
  return events.map((event) => {
    const accepted = isLegal(folder, event, settings);
    folder = reduceFolder(folder, event, settings);
    return { accepted, ...project(folder, reading) };
  });
}

/** Under which criteria folders are walked: two transitions after each other by default, each one elsewhere. */
const criteriaUnder = (reading: Reading): readonly CoverageCriterion[] =>
  reading === defaultReading ? ['transition-pairs', 'refused-pairs'] : ['transitions'];

/** Lives of folders, event by event. */
export function executionVectors(): VectorSet {
  const vectors = neighbouringReadings().flatMap(([name, reading]) => {
    const walk = walkMachine('folder', { ...defaultSettings, reading });
    return criteriaUnder(reading).flatMap((criterion) =>
      pathSet(walk, criterion).paths.map(({ steps }, at): Vector => {
        const events = steps.map(({ event }) => event as FolderEvent);
        const projections = projectionsOf(events, reading);
        const refused = projections.filter(({ accepted }) => !accepted).length;
        const count = `${events.length} events`;
        return {
          id: `executions/${name}/${criterion}/${at + 1}`,
          description: refused > 0 ? `${count}, ${refused} of them refused` : count,
          clauses: clausesOf[criterion]!,
          ...underReading(reading),
          events,
          expected:
            refused > 0
              ? {
                  verdict: 'invalid',
                  reason: 'Some events are refused where they stand.',
                  projections,
                }
              : { verdict: 'valid', projections },
        };
      }),
    );
  });
  return {
    name: 'executions',
    about:
      'Folders of up to two groups of up to two analyses: by default traces that take every two successive transitions and every refused event in every pair of statuses; under every other answer taken alone, traces that take every transition.',
    vectors,
  };
}
