import { kindClasses } from '../../explore/index.ts';
import { defaultReading, type Question } from '../../../machines/index.ts';
import { eventsOf, type EventFormula } from './events.ts';
import { eventInWords, evaluatorOf, formulasOf, names } from './formulas.ts';
import { insteadVariables } from './no-choice.ts';
import type { Obligation } from './obligations.ts';
import type { Rules } from './rules.ts';
import { allVariables } from './smtlib.ts';
import { countOf, invariantOf, othersHave, othersNotLiveness, roleNames } from './state.ts';
import { and, printed, type Assignment, type Term, type Value } from './term.ts';
import { answerLiteral, next, operatorSetting, resolutions, settingVariables } from './vocabulary.ts';

/** A state or step that refutes an obligation. */
export interface Counterexample {
  /** In the words of the domain, line by line. */
  readonly lines: readonly string[];
  /** Whether the formulas hold of it when they are evaluated without the solver. */
  readonly confirmed: boolean;
}

/** The counterexample that a solver printed as pairs of names and values. */
export function counterexample(rules: Rules, obligation: Obligation, output: string): Counterexample {
  const values = readValues(output);
  const evaluate = evaluatorOf(formulasOf(rules));
  const valueOf = (term: Term): Value => evaluate(term)(values);
  const holds = (term: Term) => valueOf(term) === true;
  const event = eventsOf(rules).find((one) => obligation.about === 'step' && holds(names.event(one)));
  const broken = invariantOf(rules).filter((_, at) => !holds(event ? next(names.fact(at)) : names.fact(at)));
  return {
    confirmed: holds(and(...obligation.asserted)),
    lines: [
      settingsInWords(values),
      ...(event
        ? [
            ...stateInWords('before', (name) => valueOf(name)),
            happening(event, values),
            ...stateInWords('after', (name) => valueOf(next(name))),
          ]
        : stateInWords('state', (name) => valueOf(name))),
      ...broken.map(({ name }) => `no longer true: ${name}`),
      ...insteadVariables
        .filter(({ name }) => printed(and(...obligation.asserted)).includes(name))
        .map(({ name, field }) => `no law forbids ${field} to be ${values[name]}`),
    ],
  };
}

/** Every variable with the printed value. What a solver leaves out may be anything: it is false, 0 or empty here. */
function readValues(output: string): Assignment {
  const found = new Map(
    [...output.matchAll(/\(([^\s()]+) ([^\s()]+|\(- \d+\))\)/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  );
  return Object.fromEntries(
    allVariables.map(({ name, sort }) => [name, readValue(found.get(name) ?? '', sort)]),
  );
}

function readValue(text: string, sort: string): Value {
  if (sort === 'Bool') return text === 'true';
  if (sort === 'Int') return Number(text.replaceAll(/[()\s]/g, ''));
  return text;
}

/** The answers that differ from the default. */
function settingsInWords(values: Assignment): string {
  const usual = (name: string) => (name === operatorSetting ? 'allowed' : defaultReading[name as Question]);
  const others = settingVariables
    .map(({ name }) => name)
    .filter((name) => values[name] !== answerLiteral(name, usual(name)));
  return `reading: ${others.length === 0 ? 'default' : others.map((name) => String(values[name])).join(', ')}`;
}

function stateInWords(when: string, valueOf: (name: string) => Value): readonly string[] {
  const counted = kindClasses.flatMap((kind) =>
    resolutions
      .map((resolution) => ({ resolution, count: Number(valueOf(countOf(kind, resolution))) }))
      .filter(({ count }) => count !== 0)
      .map(
        ({ resolution, count }) => `${count} ${kind === 'liveness' ? 'liveness' : 'other'} in ${resolution}`,
      ),
  );
  const held = resolutions.filter((resolution) => valueOf(othersHave(resolution)) === true);
  const kinds = valueOf(othersNotLiveness) === true ? 'not all of them liveness' : 'all of them liveness';
  const roles = roleNames
    .filter((role) => valueOf(`${role}.by`) !== 'nobody')
    .map((role) => {
      const other = valueOf(`${role}.by`) === 'another';
      const worst = String(valueOf(`${role}.worst`));
      const failed = valueOf(`${role}.failed`) === true && worst !== 'FAILED' ? ', with a failure' : '';
      return `${role} last: ${other ? `another group, ${worst}${failed}` : 'the watched group'}`;
    });
  const parts = [
    `watched group: ${valueOf('watched.posted') === true ? counted.join(', ') : 'not posted'}`,
    `other groups: ${held.length === 0 ? 'none' : `analyses in ${held.join(', ')}, ${kinds}`}`,
    ...roles,
    `shows ${valueOf('resolution_status')} and ${valueOf('system_resolution')}`,
  ];
  return parts.map((part) => `${when}: ${part}`);
}

function happening(event: EventFormula, values: Assignment): string {
  const what =
    event.type === 'group.posted'
      ? `${values['posted.liveness']} liveness and ${values['posted.other']} other analyses`
      : `an analysis (${values['event.kind']}) goes from ${values['event.from']} to ${values['event.to']}`;
  return `event: ${eventInWords(event)}: ${what}`;
}
