import { eventsOf, type EventFormula } from './events.ts';
import type { Rules } from './rules.ts';
import { definitionsOf, initially, invariantOf, stateVariables, type Definition } from './state.ts';
import { and, compiled, or, renamed, type Evaluate, type Term } from './term.ts';
import { literals, next } from './vocabulary.ts';

/** The names under which the invariant, its facts and the events are defined. */
export const names = {
  invariant: 'invariant',
  fact: (at: number): string => `fact.${at + 1}`,
  event: ({ type, where }: Pick<EventFormula, 'type' | 'where'>): string => `${type}.in.${where}`,
  anyEvent: 'event',
  initial: 'initial',
} as const;

/** An event in words: `analysis.failed in the watched group`. */
export const eventInWords = ({ type, where }: Pick<EventFormula, 'type' | 'where'>): string =>
  `${type} in ${where === 'watched' ? 'the watched group' : 'another group'}`;

/** A definition with the words that stand before it, where it has some. */
export interface Formula extends Definition {
  readonly about?: string;
}

/** Everything that is defined for the rules, each after what it is made of; for the state after an event as well. */
export function formulasOf(rules: Rules): readonly Formula[] {
  const facts = invariantOf(rules);
  const events = eventsOf(rules);
  const ofState: readonly Formula[] = [
    ...definitionsOf(rules),
    ...facts.map(({ name, term }, at) => ({ name: names.fact(at), sort: 'Bool', term, about: name })),
    {
      name: names.invariant,
      sort: 'Bool',
      term: and(...facts.map((_, at) => names.fact(at))),
      about: 'the invariant',
    },
  ];
  const known = new Set([...stateVariables, ...ofState].map(({ name }) => name));
  const after = (term: Term) => renamed(term, (name) => (known.has(name) ? next(name) : name));
  return [
    ...ofState.flatMap(({ name, term, about, sort }): readonly Formula[] => [
      { name, sort, term, ...(about === undefined ? {} : { about }) },
      { name: next(name), sort, term: after(term) },
    ]),
    { name: names.initial, sort: 'Bool', term: initially, about: 'the empty folder' },
    ...events.map((event) => ({
      name: names.event(event),
      sort: 'Bool',
      term: event.term,
      about: eventInWords(event),
    })),
    {
      name: names.anyEvent,
      sort: 'Bool',
      term: or(...events.map((event) => names.event(event))),
      about: 'any event',
    },
  ];
}

/** Gives the value of a term over the names of the formulas, given those of the variables. */
export function evaluatorOf(formulas: readonly Formula[]): (term: Term) => Evaluate {
  const definitions = new Map(formulas.map(({ name, term }) => [name, term]));
  return (term) => compiled(term, literals, definitions);
}
