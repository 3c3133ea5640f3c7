import { alphabetOf, isStatusOf, type Field, type Status } from '../../../machines/statuses.ts';
import type { CorrectedClaim } from './correction.ts';
import { claimsOf, valueOf, withValue, type Claimed } from './claims.ts';
import { nearestWord } from '../../../machines/nearest.ts';

/** An observation in which values that are nearly statuses of their fields are those, and which. */
export interface Respelt {
  readonly claimed: Claimed;
  readonly claims: readonly CorrectedClaim[];
}

/** What other services call the statuses, in letters only. Words that may mean a stage as well as a result are left out. */
const synonyms: Partial<Record<Status, readonly string[]>> = {
  INITIAL: ['NEW', 'CREATED', 'EMPTY', 'NOTSTARTED'],
  PROCESSING: ['INPROGRESS', 'PENDING', 'RUNNING', 'STARTED', 'QUEUED', 'WAITING', 'WORKING', 'ACTIVE'],
  FAILED: ['ERROR', 'FAILURE', 'EXCEPTION', 'CRASHED', 'ABORTED'],
  FINISHED: ['DONE', 'COMPLETED', 'COMPLETE', 'ENDED', 'FINALIZED', 'CLOSED', 'READY'],
  DECLINED: ['REJECTED', 'REJECT', 'DENIED', 'REFUSED', 'NOTPASSED', 'SPOOF', 'ATTACK'],
  OPERATOR_REQUIRED: ['OPERATOR', 'MANUALREVIEW', 'REVIEW', 'NEEDSREVIEW', 'ONREVIEW', 'MANUAL'],
  SUCCESS: ['SUCCEEDED', 'PASSED', 'PASS', 'APPROVED', 'ACCEPTED', 'VERIFIED', 'CONFIRMED', 'OK'],
};

/**
 * The status of a field that a value was probably meant to be, by its spelling, else by its meaning; undefined where it is
 * one, or none is near.
 */
export function meantStatus(field: Field, value: string): string | undefined {
  if (isStatusOf(field, value)) return undefined;
  const known = alphabetOf(field);
  const spelled = known.find((status) => status === value.trim().toUpperCase()) ?? nearestWord(value, known);
  if (spelled !== undefined || value.length > longest) return spelled;
  const letters = value.toUpperCase().replaceAll(/[^A-Z]/g, '');
  return known.find((status) => synonyms[status]?.includes(letters));
}

/** No word for a status is longer. */
const longest = 40;

/** The observation as it was probably meant; undefined where nothing in it is misspelt. */
export function respelt(claimed: Claimed): Respelt | undefined {
  let meant = claimed;
  const claims = claimsOf(claimed).flatMap((claim) => {
    const to = meantStatus(claim.field, valueOf(claimed, claim)!);
    if (to === undefined) return [];
    meant = withValue(meant, claim, to);
    return [{ claim, to }];
  });
  return claims.length === 0 ? undefined : { claimed: meant, claims };
}
