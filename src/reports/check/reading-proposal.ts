import type { Reading } from '../../../machines/index.ts';
import { changesTo, nearestFirst } from '../../conformance/blame/nearest-readings.ts';
import type { CheckOptions, FolderResult } from '../../observations/results.ts';
import { labelled } from '../../text/layout.ts';

/**
 * What to answer otherwise so that the folders that violate are explained, as far as any reading explains them:
 * the fewest changes that do it for all of these at once.
 */
export function proposalLines(folders: readonly FolderResult[], options: CheckOptions): string[] {
  const explainable = folders.filter(({ explainedUnder = [] }) => explainedUnder.length > 0);
  const [first] = explainable;
  if (!first) return [];
  const violating = folders.filter(({ verdict }) => verdict === 'violates').length;
  const textOf = (reading: Reading): string => JSON.stringify(reading);
  const shared = explainable
    .slice(1)
    .map(({ explainedUnder = [] }) => new Set(explainedUnder.map(textOf)))
    .reduce((left, set) => left.filter((reading) => set.has(textOf(reading))), first.explainedUnder ?? []);
  const [nearest] = nearestFirst(options, shared);
  const which =
    explainable.length < violating
      ? `${explainable.length} of the ${violating} folders that violate`
      : violating === 1
        ? 'the folder that violates'
        : `all ${violating} folders that violate`;
  if (!nearest) {
    return labelled(
      0,
      'try       ',
      `oz-status readings infer: other readings explain ${which}, but none all of these`,
    );
  }
  const answers = changesTo(nearest, options).map((change) => `--reading ${change}`);
  return labelled(0, 'try       ', `${answers.join(' ')}, which explains ${which}`);
}
