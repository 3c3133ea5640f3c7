import { alphabetOf, isStatusOf, type Field } from '../../../machines/statuses.ts';
import type { CorrectedClaim } from './correction.ts';
import { claimsOf, valueOf, withValue, type Claimed } from './claims.ts';
import { nearestWord } from '../../../machines/nearest.ts';

/** An observation in which values that are nearly statuses of their fields are those, and which. */
export interface Respelt {
  readonly claimed: Claimed;
  readonly claims: readonly CorrectedClaim[];
}

/** The status of a field that a value was probably meant to be; undefined where it is one, or none is near. */
export function meantStatus(field: Field, value: string): string | undefined {
  if (isStatusOf(field, value)) return undefined;
  const known = alphabetOf(field);
  return known.find((status) => status === value.trim().toUpperCase()) ?? nearestWord(value, known);
}

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
