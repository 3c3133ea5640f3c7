import {
  allReadings,
  askedUnder,
  defaultReading,
  questionNames,
  type Question,
  type Reading,
} from '../../../machines/index.ts';

/** The answers of `reading` that are not the default. */
function changedAnswers(reading: Reading): Partial<Reading> {
  const changed = questionNames.filter((question) => reading[question] !== defaultReading[question]);
  return Object.fromEntries(changed.map((question) => [question, reading[question]]));
}

/** The answers of a reading that are not the default, as a member of a vector. */
export function underReading(reading: Reading): { readonly reading?: Partial<Reading> } {
  const changed = changedAnswers(reading);
  return Object.keys(changed).length === 0 ? {} : { reading: changed };
}

/** The name of a reading in ids: its answers that are not the default. */
export function nameReading(reading: Reading): string {
  const changed = Object.entries(changedAnswers(reading)).map((answer) => answer.join('='));
  return changed.join('+') || 'default';
}

/**
 * Every combination of answers to these questions, with the default answer to every other one, as far as a question
 * with another answer can be asked under it.
 */
export function combinations(asked: readonly Question[]): readonly Reading[] {
  return allReadings().filter((reading) => {
    const changed = Object.keys(changedAnswers(reading)) as Question[];
    const needed = changed.filter((question) => asked.includes(question));
    const admitted = [...needed, ...needed.flatMap((question) => Object.keys(askedUnder[question] ?? {}))];
    return changed.every((question) => admitted.includes(question));
  });
}

/** The questions that `folder.resolution_status` depends on; `system_resolution` depends on the others. */
const stageQuestions: readonly Question[] = ['status-precedence', 'status-scope'];

/**
 * Every combination of the answers that one field of a folder depends on, the default first. No field depends on
 * answers for the other, so that these stand for all readings but those under which operators may not decide:
 * there the same happens as where nothing is said of them.
 */
export function fieldReadings(): readonly Reading[] {
  const resultQuestions = questionNames.filter((question) => !stageQuestions.includes(question));
  const [, ...stages] = combinations(stageQuestions);
  const results = combinations(resultQuestions);
  return [...results, ...stages].filter((reading) => reading['operator-decision'] !== 'forbidden');
}
