import {
  defaultReading,
  normalizeReading,
  questionNames,
  type Question,
  type Reading,
} from '../../../machines/readings.ts';

/** A question that makes no observable difference under some readings, and the proof. */
interface Idle {
  readonly question: Question;
  readonly because: string;
  readonly holds: (reading: Reading) => boolean;
}

const idleQuestions: readonly Idle[] = [
  {
    question: 'failed-beside-declined',
    because:
      'A group with a failure never decides: once nothing runs, its folder is FAILED whatever else it holds. So the ' +
      'two statuses never meet in a group whose worst is taken.',
    holds: (reading) =>
      reading['result-scope'] === 'last-finished-group' &&
      reading['failed-group-finishes'] === 'folder-fails',
  },
  {
    question: 'operator-decision',
    because:
      'Nobody can be seen not to decide: the same executions are possible whether the page is silent or forbids, ' +
      'and only the verdict on a recording with a decision differs.',
    holds: (reading) => reading['operator-decision'] === 'forbidden',
  },
];

/**
 * The reading that stands for all readings that no observation tells from `reading`, however large the
 * folder: each answer that makes no difference is replaced by the default.
 */
export function observableReading(reading: Reading): Reading {
  const normal = normalizeReading(reading);
  const idle = idleQuestions.filter(({ holds }) => holds(normal)).map(({ question }) => question);
  return Object.assign(
    {},
    normal,
    ...idle.map((question) => ({ [question]: defaultReading[question] })),
  ) as Reading;
}

/**
 * Why no folder, however large, tells two readings apart: one reason for each answer in which they differ.
 */
export function whyAlike(first: Reading, second: Reading): readonly string[] | undefined {
  const [one, other] = [observableReading(first), observableReading(second)];
  if (!questionNames.every((question) => one[question] === other[question])) return undefined;
  return questionNames
    .filter((question) => first[question] !== second[question])
    .map((question) => {
      const idle = idleQuestions.find(
        (each) => each.question === question && [first, second].map(normalizeReading).some(each.holds),
      );
      return `${question}: ${idle?.because ?? 'It is not asked under the other answers.'}`;
    });
}
