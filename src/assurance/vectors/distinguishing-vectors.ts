import { defaultReading, questions, type FolderEvent, type Reading } from '../../../machines/index.ts';
import { compareAnswers, type AnswerComparison } from '../../explore/index.ts';
import { expectedOfFolder } from './executed.ts';
import { underReading } from './field-readings.ts';
import type { Vector, VectorSet } from './vector.ts';

/** The same folder under each of two answers that it tells apart. */
function vectorsOf(
  { question, answers, under }: AnswerComparison,
  events: readonly FolderEvent[],
): readonly Vector[] {
  return answers.map((answer) => {
    const reading: Reading = { ...defaultReading, ...under, [question]: answer };
    return {
      id: `distinguishing/${question}/${answers.join('-or-')}/${answer}`,
      description: `Tells ${answers.join(' from ')}: ${question} is ${answer}`,
      clauses: questions[question].clauses,
      ...underReading(reading),
      events,
      expected: expectedOfFolder(events, reading),
    };
  });
}

/** The shortest folders by which answers differ. */
export function distinguishingVectors(): VectorSet {
  const compared = compareAnswers();
  /** Where nothing that is shown differs, the verdict does: on a folder that shows another answer. */
  const eventsOf = (one: AnswerComparison): readonly FolderEvent[] => {
    const others = compared.filter(({ question }) => question === one.question);
    const telling = [one, ...others].flatMap(({ comparison }) => comparison.difference ?? []);
    return telling[0]!.events;
  };
  return {
    name: 'distinguishing',
    about:
      'For every two answers to a question the shortest folder that shows which of them holds, under each of the two. Whether an operator may not decide or nothing is said of it no folder shows: there the verdict on a decision tells.',
    vectors: compared.flatMap((each) => vectorsOf(each, eventsOf(each))),
  };
}
