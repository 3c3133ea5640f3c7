import type { ClauseId } from '../../machines/index.ts';
import { printable } from '../text/escape.ts';
import type { Comparison, Line } from './page/compare.ts';
import { emptyCell, isColumn, standingOf, type RegisteredPassage } from './page/register.ts';
import type { Reviewed } from './record.ts';

/** What a reviewer thinks of clauses and questions, kept in a file beside the specification. */

/** What a reviewer can say of a clause, each with what it means. */
export const judgements = {
  agree: 'it says what the page says, or follows from it',
  object: 'it does not: the note says why',
  note: 'a remark that neither agrees nor objects',
} as const;
/** One of them. */
export type Judgement = keyof typeof judgements;

/** What was looked at when something was judged: once it differs, the mark has to be made again. */
export interface Basis {
  /** What the clause or the question said. */
  readonly says: string;
  /** The passages of the page it was read in. */
  readonly passages: readonly string[];
}

/** What a reviewer says of one clause. */
export interface Mark {
  readonly judgement: Judgement;
  readonly note: string;
  readonly of: Basis;
}

/** The answer that a reviewer gives to an open question. */
export interface GivenAnswer {
  readonly answer: string;
  readonly reason: string;
  readonly of: Basis;
}

/** All marks of one review. */
export interface Marks {
  readonly format: 'oz-status-marks';
  readonly version: 1;
  readonly reviewer: string;
  readonly clauses: Readonly<Record<string, Mark>>;
  readonly answers: Readonly<Record<string, GivenAnswer>>;
}

/** A review in which nothing was said yet. */
export const noMarks: Marks = {
  format: 'oz-status-marks',
  version: 1,
  reviewer: '',
  clauses: {},
  answers: {},
};

/** What a review is about: the specification, and, if there is one, a copy of the page beside it. */
export interface Subject {
  readonly record: Reviewed;
  readonly comparison: Comparison | null;
}

/** The lines of the copy, or without one the passages of the captured page. */
export const passagesIn = ({ record, comparison }: Subject): readonly (RegisteredPassage | Line)[] =>
  comparison?.lines ?? record.passages;

/** What there is to look at for a clause. */
export function basisOf(id: string, subject: Subject): Basis {
  const { text = '', evidence = '' } = subject.record.clauses[id] ?? {};
  const isGone = (line: RegisteredPassage | Line): boolean => 'change' in line && line.change === 'removed';
  const standing = standingOf(id as ClauseId, passagesIn(subject));
  const passages = isColumn(id)
    ? // Of a column it matters which statuses are in it, not what is said of them.
      standing.filter((line) => line.hash !== emptyCell && !isGone(line)).map(({ row }) => row ?? '')
    : standing.map((line) => (isGone(line) ? 'gone' : line.hash));
  return { says: `${evidence}: ${text}`, passages };
}

/** What there is to look at for an open question. */
export function questionBasis(question: string, { record }: Subject): Basis {
  const { asks = '', answers = {} } = record.questions[question] ?? {};
  return { says: [asks, ...Object.entries(answers).map((each) => each.join(': '))].join(' '), passages: [] };
}

/** Where the review of something stands; `again`: it was judged, and has changed since. */
export type Standing = 'open' | 'judged' | 'again';

/** Where a mark stands, given what there is to look at now. */
export function standingOfMark(mark: { readonly of: Basis } | undefined, now: Basis): Standing {
  if (!mark) return 'open';
  return JSON.stringify(mark.of) === JSON.stringify(now) ? 'judged' : 'again';
}

/** How far a review has come. */
export interface Progress {
  readonly clauses: number;
  readonly judged: number;
  readonly agree: number;
  readonly object: number;
  readonly note: number;
  /** Judged before what they are about has changed. */
  readonly again: readonly string[];
  readonly questions: number;
  readonly answered: number;
}

/** How far a review has come; what has changed since counts as not judged. */
export function progressOf(marks: Marks, subject: Subject): Progress {
  const ids = Object.keys(subject.record.clauses);
  const standing = (id: string) => standingOfMark(marks.clauses[id], basisOf(id, subject));
  const judged = ids.filter((id) => standing(id) === 'judged');
  const count = (judgement: Judgement) =>
    judged.filter((id) => marks.clauses[id]!.judgement === judgement).length;
  const questions = Object.keys(subject.record.questions);
  const answered = (name: string) =>
    standingOfMark(marks.answers[name], questionBasis(name, subject)) === 'judged';
  return {
    clauses: ids.length,
    judged: judged.length,
    agree: count('agree'),
    object: count('object'),
    note: count('note'),
    again: ids.filter((id) => standing(id) === 'again'),
    questions: questions.length,
    answered: questions.filter(answered).length,
  };
}

/** The longest file of marks, and the longest text in one. */
const maxFile = 1_000_000;
/** The longest note, reason or name, in characters. */
export const maxNote = 2000;

/** The marks as a file. */
export const marksFile = (marks: Marks): string => `${JSON.stringify(marks, null, 2)}\n`;

/** The marks in a file, or what is wrong with it: where, what was expected, what was found. */
export function readMarks(text: string): Marks | { readonly problem: string } {
  if (text.length > maxFile)
    return { problem: `expected at most ${maxFile} characters, received ${text.length}` };
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return { problem: 'expected JSON, received something else' };
  }
  const { format, version } = noMarks;
  const problem =
    wrong('/format', value, 'format', `"${format}"`, (one) => one === format) ??
    wrong('/version', value, 'version', String(version), (one) => one === version) ??
    wrong('/reviewer', value, 'reviewer', noteForm, isNote) ??
    wrongEntries(
      value,
      'clauses',
      (at, mark) =>
        wrong(`${at}/judgement`, mark, 'judgement', judgementNames.join(' or '), isJudgement) ??
        wrong(`${at}/note`, mark, 'note', noteForm, isNote),
    ) ??
    wrongEntries(
      value,
      'answers',
      (at, given) =>
        wrong(`${at}/answer`, given, 'answer', noteForm, isNote) ??
        wrong(`${at}/reason`, given, 'reason', noteForm, isNote),
    );
  return problem === null ? (value as Marks) : { problem };
}

const judgementNames = Object.keys(judgements);
const noteForm = `a text of at most ${maxNote} characters`;
const isNote = (value: unknown): boolean => typeof value === 'string' && value.length <= maxNote;
const isJudgement = (value: unknown): boolean => judgementNames.includes(value as string);
const isBasis = (value: unknown): boolean =>
  isObject(value) && typeof value['says'] === 'string' && Array.isArray(value['passages']);
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function wrong(
  at: string,
  value: unknown,
  key: string,
  expected: string,
  isRight: (one: unknown) => boolean,
): string | null {
  const received = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  if (isRight(received)) return null;
  return `${printable(at, 100)}: expected ${expected}, received ${printable(JSON.stringify(received) ?? 'nothing', 60)}`;
}

function wrongEntries(
  value: unknown,
  key: 'clauses' | 'answers',
  wrongIn: (at: string, entry: unknown) => string | null,
): string | null {
  const problem = wrong(`/${key}`, value, key, 'an object', isObject);
  if (problem !== null) return problem;
  const entries = Object.entries((value as Marks)[key] as Readonly<Record<string, unknown>>);
  for (const [name, entry] of entries) {
    const at = `/${key}/${name}`;
    const found = wrongIn(at, entry) ?? wrong(`${at}/of`, entry, 'of', 'what was judged', isBasis);
    if (found !== null) return found;
  }
  return null;
}
