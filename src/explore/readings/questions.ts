import {
  answersTo,
  defaultReading,
  questionNames,
  type Answer,
  type Question,
  type Reading,
} from '../../../machines/index.ts';
import { distinguish, readingBounds, type Comparison, type ReadingBounds } from './distinguish.ts';
import { whyAlike } from './alike.ts';

/** Two answers to one question, and what tells them apart. */
export interface AnswerComparison {
  readonly question: Question;
  readonly answers: readonly [Answer, Answer];
  /** The answers to other questions that had to leave their defaults for the two to differ; mostly none. */
  readonly under: Partial<Reading>;
  readonly comparison: Comparison;
}

/**
 * For every question and every two answers to it, in the order of the register, the shortest scenario that
 * tells them apart: with the default answer to every other question, or else with as few other answers
 * changed as possible.
 */
export function compareAnswers(bounds: ReadingBounds = readingBounds): readonly AnswerComparison[] {
  return questionNames.flatMap((question) => {
    const answers: readonly Answer[] = answersTo(question);
    return answers.flatMap((first, at) =>
      answers.slice(at + 1).map((second) => compareTwo(question, [first, second], bounds)),
    );
  });
}

function compareTwo(
  question: Question,
  answers: readonly [Answer, Answer],
  bounds: ReadingBounds,
): AnswerComparison {
  const readings = (under: Partial<Reading>) =>
    [
      { ...defaultReading, ...under, [question]: answers[0] },
      { ...defaultReading, ...under, [question]: answers[1] },
    ] as const;
  for (const under of surroundingsOf(question)) {
    if (whyAlike(...readings(under))) continue;
    const comparison = distinguish(...readings(under), bounds);
    if (comparison.difference) return { question, answers, under, comparison };
  }
  return { question, answers, under: {}, comparison: distinguish(...readings({}), bounds) };
}

/**
 * Answers to the other questions, as far as they are not defaults: fewest first, then in the order of the
 * register.
 */
function surroundingsOf(question: Question): readonly Partial<Reading>[] {
  let all: Partial<Reading>[] = [{}];
  for (const other of questionNames) {
    if (other === question) continue;
    const [, ...others] = answersTo(other);
    all = all.flatMap((under) => [under, ...others.map((answer) => ({ ...under, [other]: answer }))]);
  }
  // Sorting is stable, so the order of the register decides between equally many changes.
  return all.toSorted((left, right) => Object.keys(left).length - Object.keys(right).length);
}
