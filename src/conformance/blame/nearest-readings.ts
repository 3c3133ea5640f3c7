import {
  isAsked,
  normalizeReading,
  questionNames,
  type Question,
  type Reading,
} from '../../../machines/readings.ts';
import type { Finding } from '../../observations/findings.ts';
import type { CheckOptions } from '../../observations/results.ts';

/**
 * The answers that have to be given beside those of a check for it to judge by `reading`, as QUESTION=ANSWER in the
 * order of the register: the fewest, where it admits several readings. A question that is not asked under `reading`
 * needs none, and none but `operator-decision` where the check admits any reading.
 */
export function changesTo(
  reading: Reading,
  { settings, anyReading, otherReadings = [] }: CheckOptions,
): readonly string[] {
  const free = (question: Question): boolean => anyReading === true && question !== 'operator-decision';
  const asked = questionNames.filter((question) => isAsked(question, reading) && !free(question));
  const changes = [settings.reading, ...otherReadings].map((admitted) => {
    const given = normalizeReading(admitted);
    return asked.filter((question) => given[question] !== reading[question]);
  });
  const fewest = changes.reduce((least, each) => (each.length < least.length ? each : least));
  return fewest.map((question) => `${question}=${reading[question]}`);
}

/** `readings` by the number of answers to change for them; of equally near ones in the order given. */
export function nearestFirst(options: CheckOptions, readings: readonly Reading[]): readonly Reading[] {
  const away = new Map(readings.map((reading) => [reading, changesTo(reading, options).length]));
  // Sorting is stable.
  return readings.toSorted((one, other) => away.get(one)! - away.get(other)!);
}

/** At most so many equally near readings are named. */
const maxNamed = 3;

/** What has to be so, beside a reading, for that to explain a folder in which an operator has decided. */
export const ifDecidedLast =
  ', if a group in which an operator decides counts as the one that finished last: check --decided-group last';

/**
 * The findings on a folder that violates, each violation with the nearest readings that explain the folder; `provided`: what
 * has to be so beside them.
 */
export function withHints(
  findings: readonly Finding[],
  nearest: readonly Reading[],
  options: CheckOptions,
  provided = '',
): readonly Finding[] {
  const [first] = nearest;
  if (!first) return findings;
  const least = changesTo(first, options).length;
  const ways = nearest
    .map((reading) => changesTo(reading, options))
    .filter((changes) => changes.length === least)
    .map((changes) => changes.join(' and '));
  const named = [...new Set(ways)].slice(0, maxNamed).join(', or under ');
  const under = least > 0 ? ` under ${named}` : '';
  const explained = `all that was seen of the folder is explained${under}${provided}`;
  return findings.map((each) =>
    each.severity === 'violation'
      ? { ...each, hint: each.hint === null ? explained : `${each.hint}; ${explained}` }
      : each,
  );
}
