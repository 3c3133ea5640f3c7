import { evaluatorOf, formulasOf, specifiedRules } from '../../src/assurance/prove/index.ts';
import {
  countOf,
  counts,
  invariantOf,
  othersHave,
  othersNotLiveness,
  roleNames,
} from '../../src/assurance/prove/state.ts';
import { isPossibleSummary, resolutionSets } from '../../src/assurance/prove/summary.ts';
import type { Assignment, Evaluate, Term } from '../../src/assurance/prove/term.ts';
import { resolutions } from '../../src/assurance/prove/vocabulary.ts';
import { joined } from './watching.ts';

/** Every state that satisfies the invariant, found by trying all of them. */

const formulas = formulasOf(specifiedRules);
const definitions = new Map(formulas.map(({ name, term }) => [name, term]));
const evaluate = evaluatorOf(formulas);

/** Every name that a term depends on. */
function dependencies(term: Term, found = new Set<string>()): ReadonlySet<string> {
  for (const part of typeof term === 'object' ? term.slice(1) : [term]) {
    if (typeof part === 'object') dependencies(part, found);
    else if (typeof part === 'string' && !found.has(part)) {
      found.add(part);
      const definition = definitions.get(part);
      if (definition !== undefined) dependencies(definition, found);
    }
  }
  return found;
}

/** What a term says, one by one. */
const conjuncts = (term: Term): readonly Term[] =>
  typeof term === 'object' && term[0] === 'and' ? term.slice(1).flatMap(conjuncts) : [term];

interface Condition {
  readonly needs: ReadonlySet<string>;
  readonly holds: Evaluate;
}

const conditions: readonly Condition[] = invariantOf(specifiedRules)
  .flatMap(({ term }) => conjuncts(term))
  .map((term) => ({ needs: dependencies(term), holds: evaluate(term) }));

const keeps = (some: readonly Condition[], state: Assignment): boolean =>
  some.every(({ holds }) => holds(state) === true);

/** Values for some names at once. */
type Choices = readonly Assignment[];

/** One choice after another, a state given up as soon as a condition on what is known is broken. */
function search(start: Assignment, steps: readonly Choices[], later: readonly string[]): Choices {
  let states: Choices = [start];
  const open = new Set([...later, ...steps.flatMap(([first]) => Object.keys(first!))]);
  for (const choices of steps) {
    const chosen = Object.keys(choices[0]!);
    for (const name of chosen) open.delete(name);
    const ripe = conditions.filter(
      ({ needs }) => chosen.some((name) => needs.has(name)) && ![...needs].some((name) => open.has(name)),
    );
    states = states.flatMap((state) =>
      choices.map((choice) => joined(state, choice)).filter((whole) => keeps(ripe, whole)),
    );
  }
  return states;
}

const either = (name: string): Choices => [false, true].map((value) => ({ [name]: value }));

/** Nobody, the watched group, or another group with a summary that there can be. */
function playing(settings: Assignment, role: string): Choices {
  const isPossible = evaluate(isPossibleSummary(specifiedRules, role));
  const summary = (by: string, running: boolean, failed: boolean, worst: string): Assignment => ({
    [`${role}.by`]: by,
    [`${role}.running`]: running,
    [`${role}.failed`]: failed,
    [`${role}.worst`]: worst,
  });
  return [
    summary('nobody', false, false, 'INITIAL'),
    summary('watched', false, false, 'INITIAL'),
    ...[false, true].flatMap((running) =>
      [false, true].flatMap((failed) =>
        resolutions
          .map((worst) => summary('another', running, failed, worst))
          .filter((state) => isPossible({ ...settings, ...state }) === true),
      ),
    ),
  ];
}

/** No analysis, one of liveness, or at most `size` others of which no two are alike. */
function tallies(size: number): Choices {
  const tallied = [
    [],
    ...resolutions.map((resolution) => [countOf('liveness', resolution)]),
    ...resolutionSets
      .filter((set) => set.length <= size)
      .map((set) => set.map((resolution) => countOf('other', resolution))),
  ];
  return tallied.map((names) => ({
    'watched.posted': names.length > 0,
    ...Object.fromEntries(counts.map((name) => [name, names.includes(name) ? 1 : 0])),
  }));
}

/** The states of the invariant under these settings whose watched group is as small as `tallies` says. */
export function invariantStates(settings: Assignment, size: number): readonly Assignment[] {
  const own = ['watched.posted', ...counts];
  const others = search(
    settings,
    [
      ...[...resolutions.map(othersHave), othersNotLiveness].map(either),
      ...roleNames.map((role) => playing(settings, role)),
    ],
    own,
  );
  const joint = conditions.filter(({ needs }) => own.some((name) => needs.has(name)));
  return tallies(size).flatMap((state) =>
    others.map((rest) => joined(rest, state)).filter((whole) => keeps(joint, whole)),
  );
}
