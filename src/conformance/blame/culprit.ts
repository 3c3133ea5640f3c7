import { resultWaits, type Reading } from '../../../machines/readings.ts';
import { stateOf } from '../../../machines/analysis/model.ts';
import { isStatusOf, type FolderStatus, type SystemResolution } from '../../../machines/statuses.ts';
import type { ClauseId } from '../../../machines/clauses.ts';
import { namesOf, type ResolutionSet } from '../belief/resolution-set.ts';
import type { CorrectedClaim, Correction } from './correction.ts';
import { valueOf, type Claim, type Claimed } from './claims.ts';
import { shownText } from '../../observations/quoting.ts';
import { finding, type Change, type Finding, type FindingCode } from '../../observations/findings.ts';
import type { Where } from '../../observations/observation.ts';
import type { CheckOptions } from '../../observations/results.ts';

/** The finding on an observation that nothing explains: its culprit is what has `changed`, or the first claim to correct. */
export function culpritOf(
  claimed: Claimed,
  correction: Correction | undefined,
  where: Where,
  options: CheckOptions,
  changed?: Changed,
): Finding {
  if (changed) return changedFinding(claimed, changed, correction, where);
  if (!correction) {
    const message = 'no execution explains what is seen here after what was seen before';
    return finding('OBSERVATION_IMPOSSIBLE', { message, where });
  }
  const [{ claim }, ...others] = correction.claims;
  const observed = valueOf(claimed, claim)!;
  return finding(codeOf(claim), {
    clause: clauseOf(claimed, claim, observed, options.settings.reading),
    message: `${nameOf(claimed, claim)} is ${observed}${beside(claimed, others)}, which no execution gives beside the rest of the observation`,
    analysis: analysisOf(claimed, claim),
    where: { ...where, pointer: pointerOf(claimed, claim, where) },
    observed,
    allowed: correction.allowed,
    ...(correction.isByLaws === true && { hint: lawfulHint }),
  });
}

const lawfulHint =
  'a search has met a limit: allowed is what some folder can show beside the rest, whatever came before';

/** A claim that an analysis has another status than it had settled with, which is `from`. */
export interface Changed {
  readonly claim: Claim;
  readonly from: ResolutionSet;
}

function changedFinding(
  claimed: Claimed,
  { claim, from }: Changed,
  correction: Correction | undefined,
  where: Where,
): Finding {
  const analysis = analysisOf(claimed, claim);
  const observed = valueOf(claimed, claim)!;
  return finding('SETTLED_ANALYSIS_CHANGED', {
    message: `analysis ${analysis} had settled as ${settledAs(from)} and now shows ${observed}`,
    analysis,
    where: { ...where, pointer: pointerOf(claimed, claim, where) },
    observed,
    allowed: correction?.allowed ?? [],
    hint: 'a new result needs a new analysis, posted in a new group',
  });
}

/** Of several resolutions only their state was seen. */
const settledAs = (from: ResolutionSet): string => {
  const names = namesOf(from);
  return names.length === 1 ? names[0]! : stateOf(names[0]!);
};

function beside(claimed: Claimed, others: readonly CorrectedClaim[]): string {
  const [second] = others;
  if (!second) return '';
  const more = others.length > 1 ? ` and ${others.length - 1} more` : '';
  return ` (nor ${nameOf(claimed, second.claim)} ${valueOf(claimed, second.claim)}${more})`;
}

/** The changes that a correction makes of the observation; none without one. */
export function changesOf(
  claimed: Claimed,
  correction: { readonly claims: readonly CorrectedClaim[] } | undefined,
): readonly Change[] {
  return (correction?.claims ?? []).map(({ claim, to }) => ({
    field: claim.field,
    analysis: analysisOf(claimed, claim),
    observed: shownText(valueOf(claimed, claim)!),
    value: to,
  }));
}

const analysisOf = ({ views }: Claimed, { at }: Claim) => (at === undefined ? null : views[at]!.id);

function nameOf(claimed: Claimed, claim: Claim): string {
  const analysis = analysisOf(claimed, claim);
  return analysis === null ? claim.field : `${claim.field} of analysis ${analysis}`;
}

function pointerOf(claimed: Claimed, { field, at }: Claim, where: Where): string {
  const base = at === undefined ? (where.pointer ?? '') : claimed.views[at]!.pointer;
  return `${base}/${field.split('.').at(-1)}`;
}

function codeOf({ field }: Claim): FindingCode {
  switch (field) {
    case 'system_resolution':
      return 'SYSTEM_RESOLUTION_IMPOSSIBLE';
    case 'folder.resolution_status':
      return 'FOLDER_STATUS_IMPOSSIBLE';
    default:
      return 'ANALYSIS_STATUS_IMPOSSIBLE';
  }
}

const statusClauses = {
  INITIAL: 'FOLDER-INITIAL-ONCE',
  PROCESSING: 'FOLDER-PROCESSING-MEANS',
  FAILED: 'FOLDER-FAILED-MEANS',
  FINISHED: 'FOLDER-FINISHED-MEANS',
} as const satisfies Record<FolderStatus, ClauseId>;

const systemClauses = {
  INITIAL: 'FOLDER-INITIAL-ONCE',
  PROCESSING: 'FOLDER-RESULT-WHEN-FINISHED',
  FAILED: 'WORST-ORDER',
  DECLINED: 'SYSTEM-DECLINED-MEANS',
  OPERATOR_REQUIRED: 'SYSTEM-OPERATOR_REQUIRED-MEANS',
  SUCCESS: 'SYSTEM-SUCCESS-MEANS',
} as const satisfies Record<SystemResolution, ClauseId>;

/** The clause that the observed value breaks: what the value would mean, or whose result it should be. */
function clauseOf(claimed: Claimed, claim: Claim, observed: string, reading: Reading): ClauseId {
  if (claim.field === 'folder.resolution_status' && isStatusOf(claim.field, observed))
    return statusClauses[observed];
  if (claim.field === 'system_resolution' && isStatusOf(claim.field, observed))
    return isMeant(claimed, observed) ? scopeClause(claimed, observed, reading) : systemClauses[observed];
  return claim.field === 'analyse.state' ? 'STATE-FINISHED-MEANS' : 'RESULT-AFTER-FINISH';
}

/** Whether the analyses that are seen are what the page says of the result, taken by itself. */
function isMeant({ views }: Claimed, observed: SystemResolution): boolean {
  const seen = views.map(({ state, resolutionStatus }) => resolutionStatus ?? state);
  if (observed === 'OPERATOR_REQUIRED') return seen.includes(observed) && !seen.includes('DECLINED');
  return observed === 'FAILED' || (observed === 'DECLINED' && seen.includes(observed));
}

/** The clause by which a result that the folder could have by its analyses is not the one that it has. */
function scopeClause({ views }: Claimed, observed: SystemResolution, reading: Reading): ClauseId {
  const runs = views.some(({ state, resolutionStatus }) => (resolutionStatus ?? state) === 'PROCESSING');
  const scope = reading['result-scope'];
  if (runs && scope !== 'all-analyses' && resultWaits(reading)) return 'SYSTEM-PROCESSING';
  return scope === 'last-finished-group' ? 'FOLDER-RESULT-LAST-FINISHED' : systemClauses[observed];
}
