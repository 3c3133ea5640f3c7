import { eventVariables } from './events.ts';
import { formulasOf } from './formulas.ts';
import { insteadVariables } from './no-choice.ts';
import { obligationsOf, type Obligation } from './obligations.ts';
import { specifiedRules, type Rules } from './rules.ts';
import { stateVariables } from './state.ts';
import { printed } from './term.ts';
import { enumerations, next, readingIsNormal, settingVariables, type Variable } from './vocabulary.ts';

/** Everything that a solver may choose: the settings, a state, the one after it, an event, and other statuses. */
export const allVariables: readonly Variable[] = [
  ...settingVariables,
  ...stateVariables,
  ...stateVariables.map(({ name, sort }) => ({ name: next(name), sort })),
  ...eventVariables,
  ...insteadVariables,
];

/** What all obligations share: enumerations, constants, and everything that is defined by them. */
export function preludeOf(rules: Rules): string {
  return lines(
    '(set-option :produce-models true)',
    '(set-logic ALL)',
    ...Object.entries(enumerations).map(
      ([sort, values]) =>
        `(declare-datatypes ((${sort} 0)) ((${values.map((value) => `(${value})`).join(' ')})))`,
    ),
    ...allVariables.map(({ name, sort }) => `(declare-const ${name} ${sort})`),
    '; a question that is not asked stands at its default',
    `(assert ${printed(readingIsNormal)})`,
    ...formulasOf(rules).flatMap(({ name, sort, term, about }) => [
      ...(about === undefined ? [] : [`; ${about}`]),
      `(define-fun ${name} () ${sort} ${printed(term)})`,
    ]),
  );
}

const lines = (...parts: readonly string[]): string => `${parts.join('\n')}\n`;

/** The line that a solver prints before its answer to an obligation, in the letters that SMT-LIB knows. */
export const announced = ({ name, expected }: Obligation): string =>
  `${name.replaceAll('’', "'")}: ${expected}`;

/** One obligation, forgotten again after it is answered; with `then` before that. */
export const asked = (obligation: Obligation, ...then: readonly string[]): string =>
  lines(
    `; ${obligation.clauses.join(', ')}`,
    '(push 1)',
    `(echo "${announced(obligation)}")`,
    ...obligation.asserted.map((term) => `(assert ${printed(term)})`),
    '(check-sat)',
    ...then,
    '(pop 1)',
  );

/**
 * All obligations as one SMT-LIB 2.6 text. A solver prints for each its name with the answer that proves it, and then
 * its own answer.
 */
export function smtlibText(
  rules: Rules = specifiedRules,
  obligations: readonly Obligation[] = obligationsOf(rules),
): string {
  return lines(
    '; What is proved of the statuses of a folder in the Oz API: for any number of groups and analyses, under every',
    '; reading and setting. Before the answer to each obligation its name is printed with the answer that proves it:',
    '; unsat where nothing may contradict the claim, sat where something has to be possible.',
    preludeOf(rules),
    ...obligations.map((obligation) => asked(obligation)),
  );
}
