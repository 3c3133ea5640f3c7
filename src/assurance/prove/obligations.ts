import { createFolderMachine, defaultSettings, type ClauseId, type Status } from '../../../machines/index.ts';
import { answerLaws } from './answers.ts';
import { eventsOf, outcomes, type EventFormula } from './events.ts';
import { analysisLaws, analysisStepLaws, stateLaws, stepLaws, type Law } from './laws.ts';
import { eventInWords, names } from './formulas.ts';
import { otherChoices } from './no-choice.ts';
import type { LegalMove, Rules } from './rules.ts';
import { and, eq, not, or, type Term } from './term.ts';
import { answerLiteral, isAnswered, next } from './vocabulary.ts';

/** One thing to prove: that no state or step satisfies the formulas, or, where it has to be possible, that one does. */
export interface Obligation {
  readonly name: string;
  readonly clauses: readonly ClauseId[];
  /** `unsat`: a state that satisfies the formulas refutes it. `sat`: it is refuted if there is none. */
  readonly expected: 'unsat' | 'sat';
  readonly asserted: readonly Term[];
  /** Whether the formulas speak of a state only, or also of the state after an event. */
  readonly about: 'state' | 'step';
}

/** Everything that is proved of the rules: for every size, and for every reading and setting at once. */
export function obligationsOf(rules: Rules): readonly Obligation[] {
  const events = eventsOf(rules);
  const lawsOfStates = [...stateLaws(rules), ...analysisLaws, ...answerLaws(rules, false)];
  return [
    {
      name: 'the invariant holds of an empty folder',
      clauses: ['FOLDER-INITIAL-MEANS'],
      expected: 'unsat',
      asserted: [names.initial, not(names.invariant)],
      about: 'state',
    },
    ...events.map((event) => keeps(event)),
    ...lawsOfStates.map((law) => always(law)),
    ...otherChoices(lawsOfStates).map((one) => noOther(one)),
    ...[...stepLaws(), ...analysisStepLaws, ...answerLaws(rules, true)].map((law) => everyStep(law)),
    ...movingFields(rules).flatMap((one) => [
      onlyLegalMoves(one),
      ...one.moves.flatMap((move) => canMove(one, move, events)),
    ]),
    ...events.flatMap((event) => canHappen(event)),
  ];
}

const always = ({ name, clauses, term }: Law): Obligation => ({
  name,
  clauses,
  expected: 'unsat',
  asserted: [names.invariant, not(term)],
  about: 'state',
});

/** Seen from the group that decides, the laws leave nothing to a field but what the projection shows. */
const noOther = ({ field, clause, terms }: ReturnType<typeof otherChoices>[number]): Obligation => ({
  name: `the laws leave no other status to ${field}`,
  clauses: [clause],
  expected: 'unsat',
  asserted: [names.invariant, ...terms],
  about: 'state',
});

const everyStep = ({ name, clauses, term }: Law): Obligation => ({
  name,
  clauses,
  expected: 'unsat',
  asserted: [names.invariant, names.anyEvent, not(term)],
  about: 'step',
});

const keeps = (event: EventFormula): Obligation => ({
  name: `${eventInWords(event)} keeps the invariant`,
  clauses: clausesOf(event),
  expected: 'unsat',
  asserted: [names.invariant, names.event(event), not(next(names.invariant))],
  about: 'step',
});

/** The event is possible, and with it everything that it can make of an analysis. */
function canHappen(event: EventFormula): readonly Obligation[] {
  const possible = (what: string, ...more: readonly Term[]): Obligation => ({
    name: `${eventInWords(event)} can ${what}`,
    clauses: clausesOf(event),
    expected: 'sat',
    asserted: [names.invariant, names.event(event), next(names.invariant), ...more],
    about: 'step',
  });
  return event.type === 'group.posted'
    ? [possible('happen')]
    : outcomes[event.type].map((to) => possible(`end in ${to}`, eq('event.to', to)));
}

/** The clauses that the folder machine names for an event. */
const clausesOf = ({ type }: Pick<EventFormula, 'type'>): readonly ClauseId[] => handlers[type]!.meta.clauses;

const { on: handlers } = createFolderMachine({
  ...defaultSettings,
  reading: { ...defaultSettings.reading, 'operator-decision': 'allowed' },
}).config as {
  readonly on: Readonly<Record<string, { readonly meta: { readonly clauses: readonly ClauseId[] } }>>;
};

interface MovingField {
  readonly field: string;
  readonly shown: string;
  readonly moves: readonly LegalMove[];
}

function movingFields({ statusMoves, systemMoves, groupMoves }: Rules): readonly MovingField[] {
  return [
    { field: 'folder.resolution_status', shown: 'resolution_status', moves: statusMoves },
    { field: 'system_resolution', shown: 'system_resolution', moves: systemMoves },
    { field: 'the result of a group', shown: 'watched.worst', moves: groupMoves },
  ];
}

/** Some answers, by their questions. */
type Answers = readonly (readonly [question: string, answer: string])[];

/** Each choice of answers under which a move is listed as legal; one without answers for a move that always is. */
function choicesOf({ under = [{}] }: LegalMove): readonly Answers[] {
  return under.flatMap((alternative) =>
    Object.entries(alternative).reduce<readonly Answers[]>(
      (choices, [question, answers]) =>
        choices.flatMap((chosen) => answers.map((answer) => [...chosen, [question, answer] as const])),
      [[]],
    ),
  );
}

const areGiven = (answers: Answers): Term =>
  and(...answers.map(([question, answer]) => isAnswered(question, answer)));

const goes = (shown: string, from: Status, to: Status): Term => and(eq(shown, from), eq(next(shown), to));

/** Only the watched group once it is there has a result; the folder always shows something. */
const hasShown = (shown: string): Term => (shown === 'watched.worst' ? 'watched.posted' : true);

function onlyLegalMoves({ field, shown, moves }: MovingField): Obligation {
  const legal = moves.map((move) =>
    and(goes(shown, move.from, move.to), or(...choicesOf(move).map((answers) => areGiven(answers)))),
  );
  return {
    name: `every change of ${field} is a legal move`,
    clauses: [...new Set(moves.flatMap(({ clauses }) => clauses))],
    expected: 'unsat',
    asserted: [names.invariant, names.anyEvent, hasShown(shown), not(or(eq(shown, next(shown)), ...legal))],
    about: 'step',
  };
}

/** The move is possible under each choice of answers; by the event that its clauses speak of, where they do. */
function canMove(
  { field, shown }: MovingField,
  move: LegalMove,
  events: readonly EventFormula[],
): readonly Obligation[] {
  const { from, to, clauses } = move;
  const causes = events.filter((event) => clausesOf(event).some((clause) => clauses.includes(clause)));
  const cause = causes.length === 0 ? names.anyEvent : or(...causes.map((event) => names.event(event)));
  return choicesOf(move).map((answers) => {
    const under = answers.map(([question, answer]) => answerLiteral(question, answer)).join(', ');
    return {
      name: `${field} can go from ${from} to ${to} by ${clauses.join(', ')}${under && ` under ${under}`}`,
      clauses,
      expected: 'sat',
      asserted: [names.invariant, cause, hasShown(shown), goes(shown, from, to), areGiven(answers)],
      about: 'step',
    };
  });
}
