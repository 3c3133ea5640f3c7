import { describe, expect, test } from 'vitest';
import {
  allReadings,
  answersTo,
  defaultReading,
  defaultSettings,
  holdsUnder,
  isAsked,
  neighbouringReadings,
  normalizeReading,
  operatorRequiredSettings,
  questionNames,
  questions,
  resultFailsFirst,
  resultWaits,
  type Question,
  type Reading,
} from '../../../machines/index.ts';
import { printedQuestions, printedReadings } from '../oracle/page.ts';

const readingOf = (answers: Readonly<Record<string, string>>): Reading => ({ ...defaultReading, ...answers });

describe('the register of questions', () => {
  test('has the questions with their answers, default first', () => {
    expect(Object.fromEntries(questionNames.map((name) => [name, answersTo(name)]))).toEqual(
      printedQuestions,
    );
    expect(questionNames).toEqual(Object.keys(printedQuestions));
  });

  test('takes the first answers for the default reading, and OPERATOR_REQUIRED for enabled [OPERATOR-SETTING]', () => {
    expect(defaultReading).toEqual({
      'result-scope': 'last-finished-group',
      'result-while-running': 'processing',
      'result-while-earlier-runs': 'group-result',
      'status-precedence': 'processing-first',
      'status-scope': 'all-analyses',
      'failed-beside-declined': 'failed',
      'result-precedence': 'processing-first',
      'failed-group-finishes': 'yes',
      'operator-decision': 'unspecified',
    });
    expect(defaultSettings).toEqual({ reading: defaultReading, operatorRequired: 'allowed' });
    expect(operatorRequiredSettings).toEqual(['allowed', 'never']);
  });

  test('says of every question what it asks and why it is open', () => {
    for (const { asks, why, answers } of Object.values(questions)) {
      expect(asks).toMatch(/\?$/);
      expect(why).toMatch(/\.$/);
      expect(Object.values(answers).every((text) => text.length > 0)).toBe(true);
    }
  });
});

describe('the readings', () => {
  test('are 405: every combination of answers, but for questions that are not asked', () => {
    const ofResultScope = 2 * 3 + 2 + 1;
    const ofStatusPrecedenceAndDeclined = 2 * 2 + 1;
    const ofOthers = 3 * 3;
    expect(allReadings()).toHaveLength(ofResultScope * ofStatusPrecedenceAndDeclined * ofOthers);
    const texts = new Set(
      allReadings().map((reading) => JSON.stringify(Object.entries(reading).toSorted(byName))),
    );
    expect(texts.size).toBe(405);
    expect(allReadings()[0]).toEqual(defaultReading);
  });

  test('are what normalization leaves of all combinations', () => {
    const normal = printedReadings.map((reading) => normalizeReading(readingOf(reading)));
    const textOf = (reading: Reading) => JSON.stringify(questionNames.map((name) => reading[name]));
    expect(new Set(normal.map(textOf))).toEqual(new Set(allReadings().map(textOf)));
  });

  test.each([
    ['result-while-running', 'last-finished-group'],
    ['result-while-earlier-runs', 'last-applied-group'],
    ['failed-group-finishes', 'last-finished-group'],
  ] as const)('ask %s only where the result is that of the %s', (question, only) => {
    for (const scope of answersTo('result-scope')) {
      const asked = scope === only;
      const reading = readingOf({
        'result-scope': scope,
        [question]: printedQuestions[question]?.[1] ?? '',
      });
      expect(isAsked(question, reading)).toBe(asked);
      expect(normalizeReading(reading)[question]).toBe(asked ? reading[question] : defaultReading[question]);
    }
  });

  test('ask result-precedence only where FAILED comes before PROCESSING in the stage, and before DECLINED', () => {
    for (const reading of printedReadings.map(readingOf)) {
      const asked =
        reading['status-precedence'] === 'failed-first' && reading['failed-beside-declined'] === 'failed';
      const isFirst = asked && reading['result-precedence'] === 'failed-first';
      expect(isAsked('result-precedence', reading)).toBe(asked);
      expect(resultFailsFirst(reading)).toBe(isFirst);
      expect(normalizeReading(reading)['result-precedence']).toBe(
        isFirst ? 'failed-first' : 'processing-first',
      );
    }
  });

  test('let a group show its result while something runs where the answer under the scope says so', () => {
    for (const reading of printedReadings.map(readingOf)) {
      const shows = {
        'last-finished-group': reading['result-while-running'] === 'hold',
        'last-applied-group': reading['result-while-earlier-runs'] === 'group-result',
        'all-analyses': false,
      };
      expect(resultWaits(reading)).toBe(!shows[reading['result-scope']]);
    }
  });

  test('ask the other questions everywhere', () => {
    const dependent: readonly Question[] = [
      'result-while-running',
      'result-while-earlier-runs',
      'result-precedence',
      'failed-group-finishes',
    ];
    for (const question of questionNames.filter((name) => !dependent.includes(name))) {
      for (const reading of allReadings()) expect(isAsked(question, reading)).toBe(true);
    }
  });

  test('neighbour the default in one answer each, and in those under which its question is asked', () => {
    const needed: Readonly<Record<string, object>> = {
      'result-while-earlier-runs': { 'result-scope': 'last-applied-group' },
      'result-precedence': { 'status-precedence': 'failed-first' },
    };
    const alternatives = Object.entries(printedQuestions).flatMap(([question, [, ...others]]) =>
      others.map((answer) => [
        `${question}=${answer}`,
        readingOf({ ...needed[question], [question]: answer }),
      ]),
    );
    expect(neighbouringReadings()).toEqual([['default', defaultReading], ...alternatives]);
    expect(neighbouringReadings()).toHaveLength(14);
  });
});

describe('a condition on readings', () => {
  const hold = readingOf({ 'result-while-running': 'hold' });

  test('holds everywhere if it is absent, and nowhere if it has no alternative', () => {
    expect(holdsUnder(undefined, hold)).toBe(true);
    expect(holdsUnder([], hold)).toBe(false);
  });

  test('holds if one alternative holds in all its questions', () => {
    expect(holdsUnder([{ 'result-while-running': ['hold'] }], hold)).toBe(true);
    expect(holdsUnder([{ 'result-while-running': ['processing'] }], hold)).toBe(false);
    expect(holdsUnder([{ 'result-while-running': ['processing', 'hold'] }], hold)).toBe(true);
    expect(
      holdsUnder([{ 'result-while-running': ['hold'], 'status-scope': ['last-applied-group'] }], hold),
    ).toBe(false);
    expect(
      holdsUnder([{ 'status-scope': ['last-applied-group'] }, { 'result-while-running': ['hold'] }], hold),
    ).toBe(true);
  });

  test('reads the default where a question is not asked', () => {
    const applied = readingOf({ 'result-scope': 'last-applied-group', 'result-while-running': 'hold' });
    expect(holdsUnder([{ 'result-while-running': ['hold'] }], applied)).toBe(false);
    expect(holdsUnder([{ 'result-while-running': ['processing'] }], applied)).toBe(true);
  });
});

const byName = ([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number =>
  left < right ? -1 : 1;
