import { defaultReading, questions, type Reading } from '../../machines/index.ts';
import { compareAnswers, type AnswerComparison } from '../explore/index.ts';
import { projectionsOf } from './execution-vectors.ts';
import { underReading, type Vector, type VectorSet } from './vector.ts';

/** The same folder under each of two answers that it tells apart. */
function vectorsOf({ question, answers, under, comparison }: AnswerComparison): readonly Vector[] {
  const { difference } = comparison;
  if (!difference) return [];
  return answers.map((answer) => {
    const reading: Reading = { ...defaultReading, ...under, [question]: answer };
    return {
      id: `distinguishing/${question}/${answers.join('-or-')}/${answer}`,
      description: `Tells ${answers.join(' from ')}: ${question} is ${answer}`,
      clauses: questions[question].clauses,
      ...underReading(reading),
      events: difference.events,
      expected: { verdict: 'valid', projections: projectionsOf(difference.events, reading) },
    };
  });
}

/** The shortest folders by which answers differ. */
export const distinguishingVectors = (): VectorSet => ({
  name: 'distinguishing',
  about:
    'For every two answers to a question the shortest folder that shows which of them holds, under each of the two; but for operator-decision, whose answers are told apart by what an analysis refuses: see analysis-events.',
  vectors: compareAnswers()
    .filter(({ question }) => question !== 'operator-decision')
    .flatMap(vectorsOf),
});
