import { defaultReading, normalizeReading, type Reading } from '../../machines/readings.ts';
import { alphabetOf, isStatusOf, type FolderStatus, type SystemResolution } from '../../machines/statuses.ts';
import type { ClauseId } from '../../machines/clauses.ts';
import { claimsOf, valueOf, withValue, type Claim, type Draft } from './draft.ts';
import { finding, type Finding, type FindingCode } from './findings.ts';
import type { Where } from './observation.ts';
import type { CheckOptions } from './results.ts';

/** Whether some execution explains a draft after all that was seen before. */
export type Judge = (draft: Draft) => boolean;

/** Of drafts with more claims than this, only single claims are tried. */
const maxPaired = 24;
/** Of drafts with more claims than this, none is tried. */
const maxSingle = 256;

/**
 * The finding on a draft that nothing explains: its culprit is the smallest set of claims whose removal leaves an
 * explanation; of sets of one size the first in the order of the claims.
 */
export function blame(draft: Draft, judge: Judge, where: Where, options: CheckOptions): Finding {
  const culprit = culpritOf(draft, judge);
  const [claim, other] = culprit;
  if (!claim) {
    const message = 'no execution explains what is seen here after what was seen before';
    return finding('OBSERVATION_IMPOSSIBLE', { message, where });
  }
  const kept = other ? withValue(draft, other, undefined) : draft;
  const observed = valueOf(draft, claim)!;
  const allowed = alphabetOf(claim.field).filter((value) => judge(withValue(kept, claim, value)));
  const beside = other ? ` (nor ${nameOf(draft, other)} ${valueOf(draft, other)})` : '';
  const [nearest] = allowed;
  return finding(codeOf(claim), {
    clause: clauseOf(claim, observed, options.settings.reading),
    message: `${nameOf(draft, claim)} is ${observed}${beside}, which no execution gives beside the rest of the observation`,
    where: { ...where, pointer: pointerOf(draft, claim, where) },
    observed,
    allowed,
    ...(nearest ? { hint: `with the rest as observed, the nearest legal value is ${nearest}` } : {}),
  });
}

function culpritOf(draft: Draft, judge: Judge): readonly Claim[] {
  const claims = claimsOf(draft);
  if (claims.length > maxSingle) return [];
  const without = (from: Draft, claim: Claim): Draft => withValue(from, claim, undefined);
  for (const claim of claims) if (judge(without(draft, claim))) return [claim];
  if (claims.length > maxPaired) return [];
  for (const [at, claim] of claims.entries()) {
    for (const other of claims.slice(at + 1)) {
      if (judge(without(without(draft, claim), other))) return [claim, other];
    }
  }
  return [];
}

function nameOf(draft: Draft, { field, at }: Claim): string {
  return at === undefined ? field : `${field} of analysis ${draft.views[at]!.id}`;
}

function pointerOf(draft: Draft, { field, at }: Claim, where: Where): string {
  const base = at === undefined ? (where.pointer ?? '') : draft.views[at]!.pointer;
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
function clauseOf(claim: Claim, observed: string, reading: Reading): ClauseId {
  if (claim.field === 'folder.resolution_status' && isStatusOf(claim.field, observed))
    return statusClauses[observed];
  if (claim.field === 'system_resolution' && isStatusOf(claim.field, observed)) {
    const scope = normalizeReading(reading)['result-scope'];
    const asPrinted = scope === defaultReading['result-scope'];
    return observed === 'FAILED' && asPrinted ? 'FOLDER-RESULT-LAST-FINISHED' : systemClauses[observed];
  }
  return claim.field === 'analyse.state' ? 'STATE-FINISHED-MEANS' : 'RESULT-AFTER-FINISH';
}
