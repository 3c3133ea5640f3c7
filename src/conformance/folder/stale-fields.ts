/**
 * Fields of a folder that may be older than the list beside them, as a replica or a cache answers. An answer then shows two
 * moments, that of its fields and that of its list, which is not earlier. The moment of the fields is not before the last
 * list that stood beside fields; what was seen between may be before or after it.
 */
import type { Engine, Track } from '../belief/engine.ts';
import { keyOfConstraint, type Constraint } from '../belief/constraint.ts';
import { factsOfFirst, type Facts } from '../belief/state.ts';
import type { CheckOptions } from '../../observations/results.ts';

/** What was seen since fields were shown last, what was believed before it, and how many analyses were known at it. */
export interface SinceFields {
  readonly track: Track;
  readonly constraint: Constraint;
  readonly known: number;
}

/** What is believed, and what later fields may be older than. */
export interface Advance {
  readonly track: Track;
  readonly sinceFields: readonly SinceFields[];
}

/** By what a folder is followed. */
export interface Following {
  readonly engine: Engine;
  readonly options: Pick<CheckOptions, 'fields'>;
}

/** Fields are not older than so many observations. */
export const maxSinceFields = 8;

/** What is seen at one moment, of what is known at it. */
interface Moment {
  readonly constraint: Constraint;
  readonly facts: Facts;
}

const showsField = ({ status, system }: Constraint): boolean => status !== undefined || system !== undefined;
const showsList = ({ seen, complete }: Constraint): boolean => seen.length > 0 || complete;

const fieldsOf = ({ status, system }: Constraint): Constraint => ({
  status,
  system,
  seen: [],
  complete: false,
});
const listOf = (shown: Constraint): Constraint => ({ ...shown, status: undefined, system: undefined });

/** The moments that an observation shows: at that of the fields nothing is known yet of what the list names first. */
function momentsOf(track: Track, shown: Constraint, facts: Facts): readonly Moment[] {
  const known = track.beliefs.find(({ entries }) => entries.length > 0)?.entries[0]!.state.known.length ?? 0;
  const fields = { constraint: fieldsOf(shown), facts: factsOfFirst(facts, known) };
  const list = { constraint: listOf(shown), facts };
  return [...(showsField(shown) ? [fields] : []), ...(showsList(shown) ? [list] : [])];
}

/** What is believed after the moments that an observation shows. */
export function throughMoments(
  engine: Engine,
  ...[track, shown, known, spend]: Parameters<Engine['step']>
): Track {
  return momentsOf(track, shown, known).reduce(
    (reached, { constraint, facts }) => engine.step(reached, constraint, facts, spend),
    track,
  );
}

/** The engine where the fields of a folder may be older than the list beside them. */
export function ofTwoMoments(engine: Engine): Engine {
  const before = (track: Track, moments: readonly Moment[]): Track =>
    moments.reduce((left, { constraint, facts }) => engine.unsearched(left, constraint, facts), track);
  return {
    ...engine,
    step: (...seen) => throughMoments(engine, ...seen),
    unsearched: (track, shown, facts) => before(track, momentsOf(track, shown, facts)),
    mayBe(track, shown, facts) {
      const moments = momentsOf(track, shown, facts);
      const last = moments.at(-1);
      return !last || engine.mayBe(before(track, moments.slice(0, -1)), last.constraint, last.facts);
    },
    maySettle: (track, shown, facts) => engine.maySettle(track, listOf(shown), facts),
  };
}

/** What is believed after one more constraint. */
export function advanced(
  { track, sinceFields }: Advance,
  constraint: Constraint,
  facts: Facts,
  { engine, options }: Following,
): Advance {
  const next = engine.step(track, constraint, facts);
  if (options.fields !== 'stale') return { track: next, sinceFields };
  if (!showsField(constraint)) {
    const known = facts.analyses.length;
    return {
      track: next,
      sinceFields: [...sinceFields, { track, constraint, known }].slice(-maxSinceFields),
    };
  }
  const fields = fieldsOf(constraint);
  const earlier = sinceFields.map((each, at) => {
    const then = sinceFields
      .slice(at)
      .reduce(
        (reached, one) => engine.step(reached, one.constraint, factsOfFirst(facts, one.known)),
        engine.step(each.track, fields, facts),
      );
    return engine.step(then, listOf(constraint), facts);
  });
  return { track: engine.unite([next, ...earlier], facts), sinceFields: [] };
}

/** Equal where later fields may be as old. */
export const keyOfSince = (sinceFields: readonly SinceFields[]): string =>
  sinceFields
    .map(({ track, constraint, known }) => `${track.id}:${keyOfConstraint(constraint)}:${known}`)
    .join('|');
