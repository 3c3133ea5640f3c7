import { advance } from './advance.ts';
import { after, initialBelief, maxStates, readmitted, type Belief } from './belief.ts';
import { cutByAnalyses, cutByFields } from './cut.ts';
import type { CheckOptions } from './results.ts';
import { keyOfSight, type Rules, type Sight } from './sight.ts';
import { hasGroups, keyOf, runs, type Facts } from './state.ts';
import { classesOf, projectingReadings, variantsOf, type Variants } from './variants.ts';

/**
 * Beliefs, computed once. Folders live alike: what follows from one belief at one sight is remembered for every
 * folder, so that most observations of a long recording are looked up.
 */
export interface Engine {
  readonly start: Track;
  /** The classes of the admitted readings: each belief of a track is about the one in its place. */
  readonly classes: readonly Variants[];
  /** The beliefs after `sight`. */
  step(track: Track, sight: Sight, facts: Facts): Track;
  /** Whether the folder may have settled when `sight` was seen, which has led to `track`. */
  maySettle(track: Track, sight: Sight, facts: Facts): boolean;
}

/** One belief for each class of the admitted readings. */
export interface Track {
  readonly id: number;
  readonly beliefs: readonly Belief[];
  /** No admitted reading explains what was seen. */
  readonly empty: boolean;
  /** A limit has kept explanations out. */
  readonly truncated: boolean;
  /** Every explanation needs an operator's decision. */
  readonly decided: boolean;
  /** Every explanation posts apart what was first seen together. */
  readonly apart: boolean;
}

/** Remembered steps beyond this many are forgotten, all at once. */
const maxRemembered = 50_000;

/**
 * The engine for a check with `options`. With `changing` every observation may follow another of the admitted
 * readings: what is not explained even so breaks what all of them have in common.
 */
export function createEngine(options: CheckOptions, changing = false): Engine {
  const { reading } = options.settings;
  const admitted = options.anyReading === true ? projectingReadings(reading) : [reading];
  const classes = changing ? [variantsOf(admitted)] : classesOf(admitted);
  const rules = classes.map((variants) => rulesFor(variants, options));
  const tracks = new Map<string, Track>();
  const steps = new Map<string, Track>();
  let ids = 0;

  const intern = (beliefs: readonly Belief[]): Track => {
    const key = beliefs.map(keyOfBelief).join('#');
    const known = tracks.get(key);
    if (known) return known;
    const entries = beliefs.flatMap((belief) => belief.entries);
    const track = {
      id: ids++,
      beliefs,
      empty: entries.length === 0,
      truncated: beliefs.some((belief) => belief.truncated),
      decided: entries.length > 0 && entries.every(({ state }) => state.decided),
      apart: entries.length > 0 && entries.every(({ state }) => state.apart),
    };
    tracks.set(key, track);
    return track;
  };

  return {
    start: intern(classes.map(initialBelief)),
    classes,
    step(track, sight, facts) {
      const key = `${track.id}|${keyOfFacts(facts)}|${keyOfSight(sight)}`;
      const known = steps.get(key);
      if (known) return known;
      if (steps.size >= maxRemembered) {
        steps.clear();
        tracks.clear();
      }
      const beliefs = track.beliefs.map((belief, at) =>
        after(belief, sight, facts, rules[at]!, classes[at]!),
      );
      const result = intern(
        changing ? beliefs.map((belief, at) => readmitted(belief, classes[at]!)) : beliefs,
      );
      steps.set(key, result);
      return result;
    },
    maySettle(track, sight, facts) {
      const admits = new Map(sight.seen.map((seen) => [seen.id, seen.admits]));
      return track.beliefs.some((belief, at) => {
        let found = false;
        const ahead = { sight, facts, rules: rules[at]!, admits };
        const look = (state: Parameters<typeof runs>[0], readings: bigint): bigint => {
          if (found) return readings;
          for (const seen of cutByAnalyses(state, sight, facts)) {
            cutByFields(seen, readings, ahead, classes[at]!, (remains) => {
              found ||= hasGroups(remains) && !runs(remains);
            });
          }
          return 0n;
        };
        const truncated = advance(belief.entries, ahead, look, maxStates);
        return found || truncated;
      });
    },
  };
}

function rulesFor({ roles }: Variants, { settings }: CheckOptions): Rules {
  const decision = settings.reading['operator-decision'];
  return {
    operatorRequired: settings.operatorRequired === 'allowed',
    decisions: decision === 'allowed' ? 'taken' : decision === 'forbidden' ? 'refused' : 'remembered',
    roles,
  };
}

function keyOfBelief({ entries, truncated }: Belief): string {
  const keys = entries.map(({ state, readings }) => `${keyOf(state)}=${readings.toString(36)}`);
  return `${keys.toSorted().join('&')}${truncated ? '~' : ''}`;
}

/** A string equal for equal facts. */
function keyOfFacts({ analyses, whole }: Facts): string {
  const each = analyses.map(({ liveness, label, batch }) => `${liveness ? 'l' : 'o'}${label}.${batch}`);
  return `${each.join(',')}/${whole.map((is) => (is ? 1 : 0)).join('')}`;
}
