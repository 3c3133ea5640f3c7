import {
  defaultSettings,
  emptyFolder,
  isLegal,
  project,
  reduceFolder,
  type FolderEvent,
  type Reading,
  type Settings,
} from '../../../machines/index.ts';
import { findingCodes } from '../../observations/findings.ts';
import type { Expected, Projection } from './vector.ts';

/** What is shown after each event under the settings. */
type Run = (settings: Settings) => readonly Projection[];

const areAccepted = (projections: readonly Projection[]): boolean =>
  projections.every(({ accepted }) => accepted);

/**
 * What is expected of events: refused ones change nothing. Where the page leaves the decisions of operators open,
 * events that would all be accepted if these were allowed are neither right nor wrong.
 */
export function expectedOf(run: Run, settings: Settings): Expected {
  const projections = run(settings);
  if (areAccepted(projections)) return { verdict: 'valid', projections };
  const { reading } = settings;
  const allowing = { ...settings, reading: { ...reading, 'operator-decision': 'allowed' as const } };
  return reading['operator-decision'] === 'unspecified' && areAccepted(run(allowing))
    ? {
        verdict: 'unspecified',
        findings: ['OPERATOR_DECIDED'],
        reason: findingCodes.OPERATOR_DECIDED.means,
        projections,
      }
    : { verdict: 'invalid', reason: 'An event is refused where it stands.', projections };
}

/** How many events there are, and how many of them are refused, in words. */
export function countEvents(projections: readonly Projection[]): string {
  const refused = projections.filter(({ accepted }) => !accepted).length;
  const count = `${projections.length} events`;
  return refused > 0 ? `${count}, ${refused} of them refused` : count;
}

/** What is expected of a folder to which `events` happen, under the reading. */
export function expectedOfFolder(events: readonly FolderEvent[], reading: Reading): Expected {
  const run: Run = (settings) => {
    let folder = emptyFolder;
    return events.map((event) => {
      const accepted = isLegal(folder, event, settings);
      folder = reduceFolder(folder, event, settings);
      return { accepted, ...project(folder, settings.reading) };
    });
  };
  return expectedOf(run, { ...defaultSettings, reading });
}
