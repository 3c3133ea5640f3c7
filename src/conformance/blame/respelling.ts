import { alphabetOf, isStatusOf, type Field } from '../../../machines/statuses.ts';
import type { CorrectedClaim } from './correction.ts';
import { claimsOf, valueOf, withValue, type Claims } from './claims.ts';
import { nearestWord } from '../../../machines/nearest.ts';

/** A draft in which values that are nearly statuses of their fields are those, and which. */
export interface Respelt {
  readonly draft: Claims;
  readonly claims: readonly CorrectedClaim[];
}

/** The status of a field that a value was probably meant to be; undefined where it is one, or none is near. */
export function meantStatus(field: Field, value: string): string | undefined {
  if (isStatusOf(field, value)) return undefined;
  const known = alphabetOf(field);
  return known.find((status) => status === value.trim().toUpperCase()) ?? nearestWord(value, known);
}

/** The draft as it was probably meant; undefined where nothing in it is misspelt. */
export function respelt(draft: Claims): Respelt | undefined {
  let meant = draft;
  const claims = claimsOf(draft).flatMap((claim) => {
    const to = meantStatus(claim.field, valueOf(draft, claim)!);
    if (to === undefined) return [];
    meant = withValue(meant, claim, to);
    return [{ claim, to }];
  });
  return claims.length === 0 ? undefined : { draft: meant, claims };
}
