/**
 * Analyses that a complete list leaves out may have been deleted: then nothing more is known of the folder. If one of
 * them is seen again it was not, so that the list is to blame, and all else is judged as if that had not come.
 */
import { finding, type Finding } from '../../observations/findings.ts';
import type { Observation } from '../../observations/observation.ts';
import type { Loss, Standing } from './standing.ts';
import { lateAnswer, placeText } from '../blame/static-rules.ts';
import { below } from '../../observations/where.ts';

/** So many observations are kept after the first such list, to be judged once that is known to be wrong. */
export const maxKeptOfLoss = 256;

let numbers = 0;

/** The loss with one more observation, before which the folder had shown the analyses `known`. */
export function withSeen(loss: Loss, observation: Observation, known: readonly string[]): Loss {
  const isFull = loss.kept.length >= maxKeptOfLoss;
  const kept = isFull ? loss.kept : [...loss.kept, observation];
  // A list that is not kept cannot be to blame later.
  if (!observation.complete || isFull) return { ...loss, kept, isFull };
  const listed = idsOf(observation);
  const gone = known.filter((id) => !listed.has(id) && !loss.missing.has(id));
  const missing = gone.length === 0 ? loss.missing : new Set([...loss.missing, ...gone]);
  return { ...loss, kept, isFull, missing };
}

/** The loss that begins with a list, before which the folder stood so. */
export function lossAt(before: Standing, list: Observation): Loss {
  const none = { number: numbers++, before, kept: [], isFull: false, missing: new Set<string>() };
  return withSeen(none, list, before.members.ids());
}

/** The ids of analyses that were left out and are shown again. */
export function backIn({ missing }: Loss, { analyses }: Observation): readonly string[] {
  return missing.size === 0 ? [] : analyses.flatMap(({ id }) => (missing.has(id) ? [id] : []));
}

/** What was seen since the loss without the lists that leave out what is `back`, and those lists. */
export function withoutStale(
  { before, kept }: Loss,
  back: readonly string[],
): { readonly rest: readonly Observation[]; readonly stale: readonly Observation[] } {
  const known = new Set(before.members.ids());
  const rest: Observation[] = [];
  const stale: Observation[] = [];
  for (const each of kept) {
    const shown = idsOf(each);
    if (each.complete && back.some((id) => known.has(id) && !shown.has(id))) stale.push(each);
    else {
      rest.push(each);
      for (const id of shown) known.add(id);
    }
  }
  return { rest, stale };
}

const idsOf = ({ analyses }: Observation): ReadonlySet<string> => new Set(analyses.map(({ id }) => id));

/** The finding on the first of the lists that leave out an analysis that is shown again. */
export function leftOutFinding(
  [first, ...others]: readonly Observation[],
  [analysis]: readonly string[],
  { where }: Observation,
): Finding {
  const more =
    others.length === 0 ? '' : `, as in ${others.length} later list${others.length > 1 ? 's' : ''}`;
  return finding('ANALYSIS_LEFT_OUT', {
    message: `the complete list leaves out analysis ${analysis}${more}, which is seen again at ${placeText(where)}: it was not deleted`,
    analysis: analysis ?? null,
    where: below(first!.where, '/analyses'),
    hint: `${lateAnswer}: compare its headers (Age, Date, ETag), and ask again before acting on it`,
  });
}

/** The finding that not all was kept that was seen since the loss. */
export function lossLimitFinding({ where }: Observation): Finding {
  return finding('SEARCH_LIMIT', {
    message: `more was seen of this folder between a list that left out an analysis and its return than is kept (${maxKeptOfLoss}): the rest of that is not judged`,
    where,
    hint: 'check the recording without the lists that left it out',
  });
}
