import { reachable } from './successors.ts';
import { Budget } from './budget.ts';
import {
  after,
  forgotten,
  initialBelief,
  maxStates,
  readmitted,
  united,
  unsearchedAfter,
  type Belief,
} from './belief.ts';
import { filterByAnalyses } from './filter-by-analyses.ts';
import { filterByFields } from './filter-by-fields.ts';
import { Effort } from './effort.ts';
import type { CheckOptions } from '../../observations/results.ts';
import { keyOfConstraint, type Ahead, type Rules, type Constraint } from './constraint.ts';
import { keyOf } from './equivalence.ts';
import { hasGroups, role, runs, type Facts, type State } from './state.ts';
import { classesOf, projectingReadings, readingClassOf, type ReadingClass } from './reading-classes.ts';

/**
 * Beliefs, computed once. Folders live alike: what follows from one belief at one constraint is remembered for every
 * folder, so that most observations of a long recording are looked up.
 */
export interface Engine {
  readonly start: Track;
  /** The classes of the admitted readings: each belief of a track is about the one in its place. */
  readonly classes: readonly ReadingClass[];
  /** What all searches of the check may cost. */
  readonly budget: Budget;
  /**
   * The beliefs after `constraint`, as far as a limited effort goes; `spend` is told it, whether or not it was remembered.
   * What is not remembered is not searched at all once the check has nothing left.
   */
  step(track: Track, constraint: Constraint, facts: Facts, spend?: (effort: number) => void): Track;
  /** What is believed after `constraint` without a search: which readings are left, under which a folder can be seen so. */
  unsearched(track: Track, constraint: Constraint, facts: Facts): Track;
  /** Whether a folder can be seen so under a reading that may explain what was seen before, as far as laws say. */
  mayBe(track: Track, constraint: Constraint, facts: Facts): boolean;
  /** Nothing is believed of the past but which readings may explain it. */
  anew(track: Track): Track;
  /** What is believed in one or another of some tracks. */
  unite(tracks: readonly Track[], facts: Facts): Track;
  /** Whether the folder may have settled when `constraint` was seen, which has led to `track`; undefined: a limit is met. */
  maySettle(track: Track, constraint: Constraint, facts: Facts): boolean | undefined;
}

/** One belief for each class of the admitted readings. */
export interface Track {
  readonly id: number;
  readonly beliefs: readonly Belief[];
  /** No admitted reading explains what was seen. */
  readonly empty: boolean;
  /** A limit has kept explanations out. */
  readonly truncated: boolean;
  /** Every explanation needs an operator's decision: certainly, as no limit has kept one out. */
  readonly decided: boolean;
  /** Every explanation posts apart what was first seen together: as certainly. */
  readonly apart: boolean;
}

/** Remembered steps beyond this many are forgotten, all at once, and so are beliefs with more entries in all. */
const maxRemembered = 50_000;
const maxRememberedEntries = 200_000;

/** The tracks that are remembered, one for equal beliefs. */
class Tracks {
  readonly #known = new Map<string, Track>();
  #ids = 0;
  /** How many entries the remembered beliefs have together. */
  entries = 0;

  intern(beliefs: readonly Belief[]): Track {
    const key = beliefs.map(keyOfBelief).join('#');
    const known = this.#known.get(key);
    if (known) return known;
    const track = trackOf(this.#ids++, beliefs);
    this.#known.set(key, track);
    this.entries += beliefs.reduce((sum, { entries }) => sum + entries.length, 0);
    return track;
  }

  clear(): void {
    this.#known.clear();
    this.entries = 0;
  }
}

/** Each class of readings may take this part of what a step may cost, or more where there are fewer of them. */
const maxShares = 4;

function classesFor({ settings, anyReading, otherReadings = [] }: CheckOptions, changing: boolean) {
  const { reading } = settings;
  const admitted = anyReading === true ? projectingReadings(reading) : [reading, ...otherReadings];
  return changing ? [readingClassOf(admitted)] : classesOf(admitted);
}

/**
 * The engine for a check with `options`, whose searches `budget` pays for. With `changing` every observation may
 * follow another of the admitted readings: what is not explained even so breaks what all of them have in common.
 */
export function createEngine(options: CheckOptions, budget = new Budget(), changing = false): Engine {
  const classes = classesFor(options, changing);
  const rules = classes.map((readingClass) => rulesFor(readingClass, options));
  const tracks = new Tracks();
  const steps = new Map<string, { readonly track: Track; readonly effort: number }>();
  const endings = new Map<string, boolean | undefined>();
  const ofClass = (): number => budget.ofStep / Math.min(classes.length, maxShares);
  const stepFrom = (key: string, track: Track, constraint: Constraint, facts: Facts) => {
    if (steps.size >= maxRemembered || tracks.entries >= maxRememberedEntries) {
      steps.clear();
      tracks.clear();
    }
    const efforts = classes.map(() => new Effort(ofClass()));
    const beliefs = track.beliefs.map((belief, at) => {
      const moment = { constraint, facts, rules: rules[at]!, effort: efforts[at]! };
      const next = after(belief, moment, classes[at]!);
      return changing ? readmitted(next, facts, classes[at]!) : next;
    });
    const effort = efforts.reduce((sum, { spent }) => sum + spent, 0);
    budget.spend(effort);
    const step = { track: tracks.intern(beliefs), effort };
    steps.set(key, step);
    return step;
  };
  const leftIn = ({ beliefs }: Track, constraint: Constraint, facts: Facts): readonly Belief[] =>
    beliefs.map((one, at) => unsearchedAfter(one, { constraint, facts, rules: rules[at]! }, classes[at]!));

  return {
    start: tracks.intern(classes.map(initialBelief)),
    classes,
    budget,
    step(track, constraint, facts, spend) {
      const key = keyOfStep(track, constraint, facts);
      const known = steps.get(key);
      const step = known ?? (budget.ofStep > 0 ? stepFrom(key, track, constraint, facts) : undefined);
      if (!step) return this.unsearched(track, constraint, facts);
      spend?.(step.effort);
      return step.track;
    },
    mayBe: (track, ...seen) => leftIn(track, ...seen).some(({ open }) => open !== 0n),
    anew: ({ beliefs }) => tracks.intern(beliefs.map(forgotten)),
    unsearched(track, constraint, facts) {
      const left = leftIn(track, constraint, facts);
      return tracks.intern(changing ? left.map((each, at) => readmitted(each, facts, classes[at]!)) : left);
    },
    unite(several, facts) {
      const [first] = several;
      if (several.every(({ id }) => id === first!.id)) return first!;
      const beliefs = classes.map((_, at) => several.map((track) => track.beliefs[at]!));
      budget.spend(beliefs.flat().reduce((sum, { entries }) => sum + entries.length, 0));
      return tracks.intern(beliefs.map((each) => united(each, facts)));
    },
    maySettle(track, constraint, facts) {
      if (track.truncated) return undefined;
      const key = keyOfStep(track, constraint, facts);
      if (endings.has(key)) return endings.get(key);
      if (budget.ofStep === 0) return undefined;
      if (endings.size >= maxRemembered) endings.clear();
      const admits = new Map(constraint.seen.map((seen) => [seen.id, seen.admits]));
      const may = inAny(track.beliefs, (belief, at) => {
        const ahead = { constraint, facts, rules: rules[at]!, admits, effort: new Effort(ofClass()) };
        const settles = maySettleAt(belief, ahead, classes[at]!);
        budget.spend(ahead.effort.spent);
        return settles;
      });
      endings.set(key, may);
      return may;
    },
  };
}

/** Whether something holds in one of some beliefs; undefined where it does in none for certain, but may. */
function inAny(
  beliefs: readonly Belief[],
  holds: (belief: Belief, at: number) => boolean | undefined,
): boolean | undefined {
  let any: boolean | undefined = false;
  for (const [at, belief] of beliefs.entries()) {
    const one = holds(belief, at);
    if (one === true) return true;
    if (one === undefined) any = undefined;
  }
  return any;
}

function maySettleAt({ entries }: Belief, ahead: Ahead, readingClass: ReadingClass): boolean | undefined {
  let found = false;
  const look = (state: State, readings: bigint): bigint => {
    if (found) return readings;
    for (const seen of filterByAnalyses(state, ahead.constraint, ahead.facts, ahead.effort)) {
      filterByFields(seen, readings, ahead, readingClass, (remains) => {
        found ||= hasGroups(remains) && !runs(remains);
      });
    }
    return 0n;
  };
  const truncated = reachable(entries, ahead, look, maxStates);
  if (found) return true;
  return truncated || ahead.effort.isPartial ? undefined : false;
}

const keyOfStep = (track: Track, constraint: Constraint, facts: Facts): string =>
  `${track.id}|${keyOfFacts(facts)}|${keyOfConstraint(constraint)}`;

function trackOf(id: number, beliefs: readonly Belief[]): Track {
  const entries = beliefs.flatMap((belief) => belief.entries);
  const truncated = beliefs.some(({ open }) => open !== 0n);
  const isCertain = entries.length > 0 && !truncated;
  return {
    id,
    beliefs,
    empty: entries.length === 0,
    truncated,
    decided: isCertain && entries.every(({ state }) => state.decided),
    apart: isCertain && entries.every(({ state }) => state.apart),
  };
}

function rulesFor({ roles, hold }: ReadingClass, { settings, groups, decidedGroup }: CheckOptions): Rules {
  const decision = settings.reading['operator-decision'];
  const operatorRequired = settings.operatorRequired === 'allowed';
  const looksBack = (roles & (role.settled | role.finished)) !== 0;
  const reorders = decidedGroup === 'last' && operatorRequired && decision !== 'forbidden' && looksBack;
  return {
    operatorRequired,
    decisions: decision === 'allowed' ? 'taken' : decision === 'forbidden' ? 'refused' : 'remembered',
    reorders,
    jointly: groups === 'first-seen',
    roles,
    undivided: (roles & role.finished) === 0 && !hold && !reorders && groups !== 'first-seen',
  };
}

function keyOfBelief({ entries, open }: Belief): string {
  const keys = entries.map(({ state, readings }) => `${keyOf(state)}=${readings.toString(36)}`);
  return `${keys.toSorted().join('&')}${open === 0n ? '' : `~${open.toString(36)}`}`;
}

/** A string equal for equal facts. */
function keyOfFacts({ analyses, whole }: Facts): string {
  const each = analyses.map(({ liveness, label, batch }) => `${liveness ? 'l' : 'o'}${label}.${batch}`);
  return `${each.join(',')}/${whole.map((is) => (is ? 1 : 0)).join('')}`;
}
