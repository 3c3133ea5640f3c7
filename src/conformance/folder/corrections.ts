import type { Allowance } from './allowance.ts';
import { correctionOf, type Correction, type Judge } from '../blame/correction.ts';
import { observationOf, sightOf, type Claim, type Draft } from '../blame/draft.ts';
import type { Severity } from '../../observations/findings.ts';
import type { Found } from './found.ts';
import type { Observation } from '../../observations/observation.ts';
import type { CheckOptions } from '../../observations/results.ts';
import { keyOfJudged, type Standing } from './standing.ts';

/** A check that asks for a correction. */
interface Asking {
  readonly engine: Allowance;
  readonly is: Standing;
  readonly options: CheckOptions;
}

/** What is asked. */
export interface Asked {
  /** What may be found of a draft that is corrected. */
  readonly spared?: Severity;
  /** What is allowed in this claim is asked for. */
  readonly about?: Claim | undefined;
  /** Those of groups, unless the members have taken them in. */
  readonly claims?: string;
}

/**
 * Which statuses of the draft of an observation have to be others for nothing to be found but what is spared; `probe`
 * says what is found of another observation in its place. Where a limit ends the search, as far as laws say.
 */
export function correctionFor(
  { engine, is, options }: Asking,
  observation: Observation,
  draft: Draft,
  { spared, about, claims = '' }: Asked,
  probe: (observation: Observation) => Found,
): Correction | undefined {
  const key = `${keyOfJudged(is, draft, observation.wholeGroup, claims, about)};${spared}`;
  const judge: Judge = (each) => {
    const { isLimited, findings } = probe(observationOf(each, observation));
    return isLimited ? undefined : findings.every(({ severity }) => severity === spared);
  };
  const found = engine.corrected(key, draft, judge, about);
  return found ?? (about ? undefined : lawfulCorrection({ engine, is, options }, draft));
}

/**
 * The correction of a draft that no folder shows, however its analyses were posted, under a reading that explains what
 * was seen before: what is allowed is what some folder shows. Undefined where only a search can exclude the draft.
 */
function lawfulCorrection({ engine, is, options }: Asking, draft: Draft): Correction | undefined {
  const { track, members } = is;
  const facts = members.facts();
  const isLawful = (each: Draft): boolean => engine.mayBe(track, sightOf(each, members, options), facts);
  const { status, system, complete, views } = draft;
  const shapes = views.map((view) => [
    view.state,
    view.resolutionStatus,
    view.kind ?? members.kindOf(view.id),
  ]);
  const said = JSON.stringify([status, system, complete, facts.analyses.length > 0, shapes]);
  const key = `laws;${track.id};${said}`;
  const known = engine.corrections.get(key);
  if (known) return known.correction;
  const found = isLawful(draft) ? undefined : correctionOf(draft, isLawful);
  const correction = found && { ...found, isByLaws: true };
  engine.corrections.set(key, { correction, effort: 0 });
  return correction;
}
