import { corrected, type Corrected, type Correction, type Judge } from '../blame/correction.ts';
import {
  claimsOf,
  observationOf,
  constraintOf,
  withValue,
  type Claim,
  type Claimed,
} from '../blame/claims.ts';
import type { Severity } from '../../observations/findings.ts';
import { isCut, type AskedCorrection, type Judged } from './folder-step.ts';
import type { Constraint } from '../belief/constraint.ts';
import { keyOfJudged, type Standing } from './standing.ts';
import { step } from './step.ts';

/**
 * Judges others in the place of an observation for which a check stands so: nothing may be found but what is `spared`, and
 * hazards.
 */
export function judgeAt(at: Standing, { observation, context }: Judged, spared: Severity | undefined): Judge {
  // An observation that repeats the last one is judged as well.
  const standing = { ...at, last: undefined };
  return (each) => {
    const next = step(standing, observationOf(each, observation), context);
    if (isCut(next)) return undefined;
    return next.detected.every(({ finding: { severity } }) => severity === spared || severity === 'hazard');
  };
}

/**
 * Which statuses of an observation have to be others for nothing to be found but what is spared. Where a limit ends the
 * search, as far as laws say.
 */
export function correctionFor(
  at: Standing,
  judged: Judged,
  { spared, about, claims }: AskedCorrection,
): Correction | undefined {
  const { observation, claimed, context } = judged;
  const key = `${keyOfJudged(at, claimed, observation.wholeGroup, claims ?? '', about)};${spared}`;
  const found = context.engine.corrected(key, claimed, judgeAt(at, judged, spared), about);
  if (found !== 'limited') return found;
  // What has settled otherwise, or is of another group, breaks other laws.
  return about || claims !== undefined ? undefined : lawfulCorrection(at, judged);
}

/**
 * The correction of an observation that no folder shows, however its analyses were posted, under a reading that explains what
 * was seen before: what is allowed is what some folder shows. Undefined where only a search can exclude the observation.
 */
function lawfulCorrection(
  { track, members }: Standing,
  { claimed, context }: Judged,
): Correction | undefined {
  const { engine, options } = context;
  const facts = members.facts();
  // Mostly a field of the folder is to blame, and the analyses stay as they are.
  const constraints = new Map<Claimed['views'], Constraint>();
  const isLawful = (each: Claimed): boolean => {
    const like = constraints.get(each.views) ?? constraintOf(each, members, options);
    constraints.set(each.views, like);
    return engine.mayBe(track, { ...like, status: each.status, system: each.system } as Constraint, facts);
  };
  const { status, system, complete, views } = claimed;
  const shapes = views.map((view) => [
    view.state,
    view.resolutionStatus,
    view.kind ?? members.kindOf(view.id),
  ]);
  const said = JSON.stringify([status, system, complete, facts.analyses.length > 0, shapes]);
  const key = `laws;${track.id};${said}`;
  const known = engine.corrections.get(key);
  const lawful = (): Corrected => {
    const culprit = isLawful(claimed) ? undefined : lawfulCulprit(claimed, isLawful);
    return culprit && corrected(claimed, culprit, (make) => isLawful(make()));
  };
  const found = known ? known.correction : lawful();
  if (!known) engine.remember(key, { correction: found, effort: 0 });
  return found === undefined || found === 'limited' ? undefined : { ...found, isByLaws: true };
}

/**
 * The smallest set of claims without which some folder shows what the observation says, the first in their order: a single
 * one, or both fields of the folder, without which any list is shown. Analyses that are alike are tried once.
 */
function lawfulCulprit(claimed: Claimed, isLawful: (claimed: Claimed) => boolean): readonly Claim[] {
  const claims = claimsOf(claimed);
  const kinds = new Map<string, Claim>();
  for (const claim of claims) {
    const view = claim.at === undefined ? undefined : claimed.views[claim.at];
    const kind = [claim.field, view?.kind, view?.state, view?.resolutionStatus].join();
    if (!kinds.has(kind)) kinds.set(kind, claim);
  }
  const alone = [...kinds.values()].find((claim) => isLawful(withValue(claimed, claim, undefined)));
  return alone ? [alone] : claims.filter(({ at }) => at === undefined);
}
