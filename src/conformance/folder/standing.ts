import type { Followed } from '../blame/previous.ts';
import type { Claim, Claimed } from '../blame/claims.ts';
import type { Engine, Track } from '../belief/engine.ts';
import type { Finding } from '../../observations/findings.ts';
import { History } from './history.ts';
import type { Observation } from '../../observations/observation.ts';
import { Identities, type Identity } from './identities.ts';
import { keyOfConstraint } from '../belief/constraint.ts';
import { keyOfSince, type SinceFields } from './stale-fields.ts';

/** Where the check of one folder stands: all that decides what is found in what follows. It is a value. */
export interface Standing {
  readonly members: Identities;
  readonly track: Track;
  /** What fields that are shown next may be older than, where they may be. */
  readonly sinceFields: readonly SinceFields[];
  readonly history: History;
  /** The history is one of several, in which requests that overlapped have other orders. */
  readonly isMixed: boolean;
  /** Something was shown late, and nobody knows what was seen before in each of those orders. */
  readonly lacksLate: boolean;
  /** Whether observations still move the track. */
  readonly followed: boolean;
  /** Whether analyses have gone from a complete list. */
  readonly hasLost: boolean;
  /** Whether an operator must have decided what single analyses have shown since only their laws are checked. */
  readonly showsDecision: boolean;
  /** The loss of analyses, while nothing is followed because of it. */
  readonly loss: Loss | undefined;
  readonly last: Followed | undefined;
  /** As `last`, but kept when an observation is not followed. */
  readonly before: Followed | undefined;
  readonly folderId: string | undefined;
  readonly observations: number;
  readonly sawStatus: boolean;
}

/** What was known before the first list that leaves out analyses, and what was seen from that list on. */
export interface Loss {
  /** Its own: no other loss has it. */
  readonly number: number;
  readonly before: Standing;
  readonly kept: readonly Observation[];
  /** Whether more was seen than is kept. */
  readonly isFull: boolean;
  /** The ids that some of these lists leave out. */
  readonly missing: ReadonlySet<string>;
}

/** Where a check stands that has seen nothing. */
export function standingAt(start: Track): Standing {
  return {
    members: new Identities(),
    track: start,
    sinceFields: [],
    history: new History(),
    isMixed: false,
    lacksLate: false,
    followed: true,
    hasLost: false,
    showsDecision: false,
    loss: undefined,
    last: undefined,
    before: undefined,
    folderId: undefined,
    observations: 0,
    sawStatus: false,
  };
}

/** The standing with one more observation counted, which is seen once or is refused. */
export function counted(standing: Standing, { folderId, repeats = 0 }: Observation): Standing {
  const observations = standing.observations + 1 + repeats;
  return { ...standing, observations, folderId: standing.folderId ?? folderId };
}

/** The standing of a check that believes so much of the past, and remembers nothing of it. */
export function beginning(standing: Standing, track: Track): Standing {
  return { ...standing, track, sinceFields: [], history: new History(), isMixed: false };
}

/** The standing of a check of which only the laws of single analyses are checked from now on, as some may have gone. */
export function unfollowed(standing: Standing): Standing {
  return { ...standing, history: new History(), followed: false, hasLost: true, last: undefined };
}

/** What tells checks apart of which nothing but hazards was found, but for names. */
export interface Signature {
  /** Checks in which it is equal go on alike, until one of them looks back at what it has seen. */
  readonly prospect: string;
  /** What they have seen: where it `isTold`, all of it that matters, else only how much. */
  readonly seen: string;
  readonly isTold: boolean;
}

/** The signature of a check that stands so and has found these hazards. */
export function signatureOf(
  { track, sinceFields, followed, sawStatus, last, history, members }: Standing,
  hazards: readonly Finding[],
): Signature {
  const found = hazards.map(({ code }) => code).join();
  const constraint = last && keyOfConstraint(last.constraint);
  const { signature, isTold, isFull } = history;
  const prospect = [
    track.id,
    keyOfSince(sinceFields),
    followed,
    sawStatus,
    constraint,
    isFull,
    found,
    members.signature,
  ].join(';');
  return { prospect, seen: signature, isTold };
}

/** The standing of a check that has gone on alike, under its own names. */
export function underNames(
  standing: Standing,
  { nameOf, groupOf, folderId, observations, where }: Identity,
): Standing {
  const last = standing.last && { constraint: standing.last.constraint, where };
  const members = standing.members.renamed(nameOf, groupOf);
  return { ...standing, members, folderId, observations, ...(last && { last, before: last }) };
}

/** Equal for standings of one folder that differ at most in what is believed and in how they came there. */
export function keyOfStanding({
  sinceFields,
  followed,
  showsDecision,
  last,
  loss,
  members,
}: Standing): string {
  const seen = last && keyOfConstraint(last.constraint);
  return [
    keyOfSince(sinceFields),
    followed,
    showsDecision,
    seen,
    loss?.number,
    loss?.kept.length,
    [...(loss?.missing ?? [])].toSorted().join(),
    ...members.ids(),
    members.signature,
  ].join(';');
}

/** One standing for several with an equal key: what any of them believes. */
export function united(standings: readonly Standing[], engine: Engine): Standing {
  const first = standings[0]!;
  const tracks = standings.map(({ track }) => track);
  return {
    ...first,
    track: engine.unite(tracks, first.members.facts()),
    lacksLate: standings.some(({ lacksLate }) => lacksLate),
    isMixed: standings.some(({ isMixed, history }) => isMixed || history !== first.history),
  };
}

/**
 * Equal for drafts that a check judges alike, asked what is allowed in `about`; `claims` are those of groups, as far as
 * it has not taken them in.
 */
export function keyOfJudged(
  { track, sinceFields, followed, history, members }: Standing,
  { status, system, complete, views }: Claimed,
  wholeGroup: boolean,
  claims: string,
  about: Claim | undefined,
): string {
  const shapes = views.map((view) => [
    members.indexOf(view.id),
    view.kind,
    view.state,
    view.resolutionStatus,
  ]);
  const said = JSON.stringify([status, system, complete, wholeGroup, shapes, about?.field, about?.at]);
  const since = keyOfSince(sinceFields);
  return [track.id, since, followed, history.number, members.signature, claims, said].join(';');
}
