import { allAdmitted, both, isEmpty, type Admitted } from '../folder/admitted-readings.ts';
import type { FolderEvidence, InferContext, Moment } from './folder-evidence.ts';
import { InferRun } from './run.ts';
import type { Observation } from '../../observations/observation.ts';

/** Observations that no reading explains together. */
export interface Conflict {
  /** In order of arrival. */
  readonly observations: readonly Observation[];
  /** Whether some reading explains them as soon as any one of them is left out; else a limit ended the search. */
  readonly minimal: boolean;
  /** The readings that are left without each one of them, in their order; only of a minimal conflict. */
  readonly without: readonly Admitted[];
}

/** At most so many sets of observations are judged to make a conflict smaller. */
const maxJudged = 4000;

/** A conflict among folders that no reading admits together: by leaving out folders, then observations. */
export function conflictAmong(folders: readonly FolderEvidence[], context: InferContext): Conflict {
  const needed = neededFolders(folders);
  const all = needed
    .flatMap(({ moments = [] }) => moments)
    .toSorted((one, other) => one.number - other.number);
  const nothing: Conflict = { observations: observationsOf(all), minimal: false, without: [] };
  if (needed.some(({ moments }) => !moments)) return nothing;
  let judged = 0;
  let isLimited = false;
  const leftBy = (kept: readonly Observation[]): Admitted => {
    judged++;
    const run = new InferRun(context);
    for (const observation of kept) run.observe(observation);
    run.end();
    isLimited ||= run.folders.some(({ limited }) => limited);
    return run.folders.map(({ admitted }) => admitted).reduce(both, allAdmitted());
  };
  let kept = observationsOf(all);
  if (!isEmpty(leftBy(kept))) return nothing;
  for (let size = Math.ceil(kept.length / 2); ; size = Math.ceil(size / 2)) {
    let removed = false;
    for (let at = kept.length - size; at > -size; at -= size) {
      if (judged >= maxJudged) return { ...nothing, observations: kept };
      const fewer = kept.toSpliced(Math.max(at, 0), Math.min(size, size + at));
      if (fewer.length === 0 || !isEmpty(leftBy(fewer))) continue;
      kept = fewer;
      removed = true;
    }
    // Single observations are tried until none can be left out any more.
    if (size === 1 && !removed) break;
  }
  const without = kept.map((_, at) => leftBy(kept.toSpliced(at, 1)));
  return isLimited ? { ...nothing, observations: kept } : { observations: kept, minimal: true, without };
}

const observationsOf = (moments: readonly Moment[]): readonly Observation[] =>
  moments.flatMap(({ observations }) => observations);

/** Folders that no reading admits together, though it does without any one of them. */
function neededFolders(folders: readonly FolderEvidence[]): readonly FolderEvidence[] {
  let needed: FolderEvidence[] = [];
  let left = allAdmitted();
  for (const folder of folders) {
    const after = both(left, folder.admitted);
    if (after.taken !== left.taken || after.untaken !== left.untaken) needed.push(folder);
    left = after;
  }
  for (const folder of needed.toReversed()) {
    const others = needed.filter((other) => other !== folder);
    if (others.length > 0 && isEmpty(others.map(({ admitted }) => admitted).reduce(both, allAdmitted())))
      needed = others;
  }
  return needed;
}
