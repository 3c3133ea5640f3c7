import { alphabetOf } from '../../../machines/statuses.ts';
import { claimsOf, withValue, without, type Claim, type Claimed } from './claims.ts';

/** Whether some execution explains an observation after all that was seen before; undefined ends the search. */
export type Judge = (claimed: Claimed) => boolean | undefined;

/** A claim of an observation, and the value that it would have to have instead of its own. */
export interface CorrectedClaim {
  readonly claim: Claim;
  readonly to: string;
}

/** The fewest values of an observation that have to be others for an execution to explain it. */
export interface Correction {
  /**
   * The smallest set of claims without which the observation is explained, of equally small ones the first in the order of
   * claims; each with a value that is explained beside the others, the first in the order of the alphabet.
   */
  readonly claims: readonly [CorrectedClaim, ...CorrectedClaim[]];
  /** All values of one claim, the first unless another is asked about, that are explained beside those that stay. */
  readonly allowed: readonly string[];
  /** Whether no search was made, so that some of what is allowed may not follow what was seen before. */
  readonly isByLaws?: boolean;
}

/** What became of the search for a correction. */
export type Corrected = Correction | 'limited' | undefined;

/** No more drafts than this are judged in one search. */
const maxJudged = 600;
/** The observations judged in one search make no more claims than this together. */
const maxClaims = 500_000;
/** No more choices than this are made to take a claim from every contradiction. */
const maxChoices = 100_000;

/** Whether an observation that is made if need be is explained: none is once the limit is met. */
export type Limited = (make: () => Claimed) => boolean;

/**
 * The correction of an observation, which says what is allowed in `about`, a claim that has to go; undefined where no other
 * statuses would be explained, `limited` where a limit leaves that open.
 */
export function correctionOf(claimed: Claimed, judge: Judge, about?: Claim): Corrected {
  const claims = claimsOf(claimed);
  let left = Math.min(maxJudged, Math.floor(maxClaims / (claims.length + 1)));
  // Beyond the limit nothing is explained any more, so that the search comes to its end without a result.
  const limited = (make: () => Claimed): boolean => {
    if (left-- <= 0) return false;
    const isExplained = judge(make());
    if (isExplained === undefined) left = 0;
    return isExplained === true;
  };
  const smallest = smallestCulprit(claimed, claims, limited);
  const correction = smallest && corrected(claimed, smallest, limited, about);
  return correction ?? (left <= 0 ? 'limited' : undefined);
}

/**
 * The smallest set of claims without which the observation is explained, the first in the order of claims.
 *
 * Of claims that contradict each other one has to go. A set that takes one from every contradiction known so far is
 * enough, and then no smaller one is; or what it leaves holds a contradiction that was not known.
 */
function smallestCulprit(
  claimed: Claimed,
  claims: readonly Claim[],
  judge: Limited,
): readonly Claim[] | undefined {
  const explains: Explains = (kept) => {
    return judge(() => {
      const stays = new Set(kept);
      const gone = claims.filter((_, at) => !stays.has(at));
      return without(claimed, gone);
    });
  };
  const all = claims.map((_, at) => at);
  // Mostly one field of the folder is to blame, and these come first: then no contradiction has to be looked for.
  const alone = claims.find(
    ({ at: ofAnalysis }, at) => ofAnalysis === undefined && explains(all.toSpliced(at, 1)),
  );
  if (alone) return [alone];
  if (!explains([])) return undefined;
  const contradictions: (readonly number[])[] = [];
  for (;;) {
    const taken = firstHitting(contradictions);
    if (!taken) return undefined;
    const kept = claims.flatMap((_, at) => (taken.includes(at) ? [] : [at]));
    if (explains(kept)) return taken.map((at) => claims[at]!);
    const contradiction = contradictionIn(kept, explains);
    // Nothing is explained once the limit is met, not even what was explained before.
    if (contradiction.length === 0 || !explains([])) return undefined;
    contradictions.push(contradiction);
  }
}

/** Whether the claims at some positions are explained without the others. */
type Explains = (kept: readonly number[]) => boolean;

/** A part of `candidates` that contradicts itself beside `base`, from which no claim can be spared, in their order. */
function contradictionIn(
  candidates: readonly number[],
  explains: Explains,
  base: readonly number[] = [],
  isBaseNew = false,
): readonly number[] {
  if (isBaseNew && !explains(base)) return [];
  if (candidates.length < 2) return candidates;
  const half = candidates.length >> 1;
  const first = candidates.slice(0, half);
  const later = contradictionIn(candidates.slice(half), explains, [...base, ...first], true);
  const earlier = contradictionIn(first, explains, [...base, ...later], later.length > 0);
  return [...earlier, ...later];
}

/** The smallest set with a member of each of `sets`, the first of equally small ones; undefined beyond the limit. */
function firstHitting(sets: readonly (readonly number[])[]): readonly number[] | undefined {
  const steps = { left: maxChoices };
  for (let size = 0; steps.left > 0; size++) {
    const found = hitting(sets, size, -1, steps);
    if (found) return found;
  }
  return undefined;
}

function hitting(
  sets: readonly (readonly number[])[],
  size: number,
  after: number,
  steps: { left: number },
): readonly number[] | undefined {
  if (sets.length === 0) return [];
  if (size === 0 || steps.left-- <= 0) return undefined;
  // The set that ends first has to be hit before its end.
  const end = Math.min(...sets.map((set) => set.at(-1)!));
  const members = new Set(sets.flat().filter((one) => one > after && one <= end));
  for (const one of [...members].toSorted((a, b) => a - b)) {
    const missed = sets.filter((set) => !set.includes(one));
    const rest = hitting(missed, size - 1, one, steps);
    if (rest) return [one, ...rest];
  }
  return undefined;
}

/** The correction of an observation from which `culprit` has to go, which says what is allowed in `about`. */
export function corrected(
  claimed: Claimed,
  culprit: readonly Claim[],
  judge: Limited,
  about?: Claim,
): Correction | undefined {
  let open = without(claimed, culprit);
  // Findings keep what is allowed: a copy has no room for more.
  const fitting = (claim: Claim): readonly string[] =>
    alphabetOf(claim.field)
      .filter((value) => judge(() => withValue(open, claim, value)))
      .slice();
  const [first] = culprit;
  if (!first) return undefined;
  const ofFirst = fitting(first);
  const allowed = about ? fitting(about) : ofFirst;
  const claims: CorrectedClaim[] = [];
  for (const claim of culprit) {
    const [to] = claim === first ? ofFirst : fitting(claim);
    if (to === undefined) return undefined;
    open = withValue(open, claim, to);
    claims.push({ claim, to });
  }
  return { claims: claims as [CorrectedClaim, ...CorrectedClaim[]], allowed };
}
