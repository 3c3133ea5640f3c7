import {
  answersTo,
  clauseIds,
  clauses,
  questionNames,
  questions,
  type ClauseId,
  type Evidence,
  type QuestionText,
  type Settings,
} from '../../machines/index.ts';
import { chartOf, machineNames } from '../diagrams/facts/machine-document.ts';
import { expectDrawn } from '../diagrams/facts/problem.ts';
import { pairsUnder } from '../diagrams/facts/pairs.ts';
import { clauseUses, type ClauseUses } from './clause-uses.ts';
import { capturedPage, registeredPassages, type RegisteredPassage } from './page/register.ts';

/** The specification as reviewers read it, as data: what a version or a reading is compared by. */

/** What rests on a clause: states, transitions, invariants and finding codes, and the files of its tests. */
export interface Support extends ClauseUses {
  readonly tests: readonly string[];
}

/** One clause with all that belongs to it. */
export interface ClauseRecord extends Support {
  readonly text: string;
  readonly where: string;
  readonly evidence: Evidence;
}

/** One open question; the first answer is the default. */
export interface QuestionRecord {
  readonly asks: string;
  readonly answers: Readonly<Record<string, string>>;
}

/** What folders of a bundled recording are judged to be, and the codes of what was found. */
export interface JudgedRecording {
  readonly verdicts: Readonly<Record<string, string>>;
  readonly codes: readonly string[];
}

/** What the specification says under one reading. */
export interface Behaviour {
  /** By machine, the ids of its transitions. */
  readonly moves: Readonly<Record<string, readonly string[]>>;
  /** The pairs of statuses that a folder can show, and the moves between them. */
  readonly pairs: readonly string[];
  readonly pairMoves: readonly string[];
  /** By the file of a bundled recording. */
  readonly recordings: Readonly<Record<string, JudgedRecording>>;
}

/** What a reviewer looks at: clauses with what rests on them, where they stand, and the open questions. */
export interface Reviewed {
  readonly page: typeof capturedPage;
  /** The passages of the page by place and hash, with the clauses that stand there. */
  readonly passages: readonly RegisteredPassage[];
  readonly clauses: Readonly<Record<string, ClauseRecord>>;
  readonly questions: Readonly<Record<string, QuestionRecord>>;
}

/** The whole, with the behaviour under the default reading. */
export interface SpecificationRecord extends Reviewed, Behaviour {
  readonly format: 'oz-status-specification';
  readonly version: 1;
}

/** What rests on each clause, given the files of the tests that name it. */
export function supportOf(
  tested: ReadonlyMap<ClauseId, readonly string[]>,
): Readonly<Record<ClauseId, Support>> {
  const uses = clauseUses();
  const entries = clauseIds.map((id) => [id, { ...uses.get(id)!, tests: tested.get(id) ?? [] }]);
  return Object.fromEntries(entries) as Record<ClauseId, Support>;
}

/** What the specification says under `settings`, the bundled recordings being judged by the caller. */
export function behaviourUnder(settings: Settings, recordings: Behaviour['recordings']): Behaviour {
  const graph = expectDrawn(pairsUnder(settings));
  return {
    moves: Object.fromEntries(
      machineNames.map((name) => [name, chartOf(name, settings).transitions.map(({ id }) => id)]),
    ),
    pairs: graph.pairs.map(({ id }) => id),
    pairMoves: graph.moves.map(({ id }) => id),
    recordings,
  };
}

/** What a reviewer looks at, given what rests on each clause. */
export function reviewed(support: Readonly<Record<ClauseId, Support>>): Reviewed {
  return {
    page: capturedPage,
    passages: registeredPassages,
    clauses: Object.fromEntries(clauseIds.map((id) => [id, { ...clauses[id], ...support[id] }])),
    questions: Object.fromEntries(
      questionNames.map((question) => {
        const { asks, answers }: QuestionText = questions[question];
        const ordered = answersTo(question).map((answer) => [answer, answers[answer]!] as const);
        return [question, { asks, answers: Object.fromEntries(ordered) }];
      }),
    ),
  };
}

/** The record of the specification as it is. */
export function specificationRecord(
  support: Readonly<Record<ClauseId, Support>>,
  behaviour: Behaviour,
): SpecificationRecord {
  return { format: 'oz-status-specification', version: 1, ...reviewed(support), ...behaviour };
}
