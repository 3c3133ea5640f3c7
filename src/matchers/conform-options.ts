import {
  allReadings,
  defaultReading,
  normalizeReading,
  operatorRequiredSettings,
  questionNames,
  type Settings,
} from '../../machines/readings.ts';
import { answerProblem, readingFrom, type GivenReading } from '../../machines/given-settings.ts';
import { suggestion } from '../../machines/nearest.ts';
import { decidedGroups, fieldMoments, groupings, type CheckOptions } from '../observations/results.ts';
import { isObject } from '../recordings/values/fields.ts';
import { printable } from '../text/escape.ts';

/** How a recording is judged in code. */
export interface ConformOptions {
  /**
   * The readings that the installation may follow, each in part or whole, with one answer to `operator-decision`;
   * `any`: every one with the default answer to that. Default: the default reading alone.
   */
  readonly readings?: 'any' | readonly GivenReading[];
  /** Whether the biometry settings of the installation enable OPERATOR_REQUIRED. */
  readonly operatorRequired?: Settings['operatorRequired'];
  readonly groups?: NonNullable<CheckOptions['groups']>;
  readonly fields?: NonNullable<CheckOptions['fields']>;
  readonly decidedGroup?: NonNullable<CheckOptions['decidedGroup']>;
  /** Whether hazards and what is unspecified or inconclusive fail as well. Default: false. */
  readonly strict?: boolean;
  /** Of recorded requests, read only those whose address or path begins with this text. */
  readonly routePrefix?: string;
  /** What the recording is called in places and messages. */
  readonly file?: string;
}

const booleans = [true, false] as const;

/** What each option may be: one of some values, any text, or the answers to questions. */
const expectations: {
  readonly [Name in keyof Required<ConformOptions>]: readonly unknown[] | 'text' | 'readings';
} = {
  readings: 'readings',
  operatorRequired: operatorRequiredSettings,
  groups: groupings,
  fields: fieldMoments,
  decidedGroup: decidedGroups,
  strict: booleans,
  routePrefix: 'text',
  file: 'text',
};

/** What is wrong with the options, each with its place: expected, received; empty: nothing. */
export function optionProblems(options: unknown): string[] {
  if (options === undefined) return [];
  if (!isObject(options)) return [`options: expected an object, received ${shown(options)}`];
  return Object.entries(options).flatMap(([name, value]) => {
    if (!Object.hasOwn(expectations, name)) {
      const known = Object.keys(expectations);
      return [`options: expected ${known.join(', ')}, received ${shown(name)}${suggestion(name, known)}`];
    }
    const expected = expectations[name as keyof ConformOptions];
    if (value === undefined) return [];
    if (expected === 'readings') return readingsProblems(value);
    if (expected === 'text')
      return typeof value === 'string' ? [] : [wrong(`options.${name}`, 'text', value)];
    return expected.includes(value) ? [] : [wrong(`options.${name}`, expected.join(' or '), value)];
  });
}

function readingsProblems(readings: unknown): string[] {
  if (readings === 'any') return [];
  if (!Array.isArray(readings) || readings.length === 0) {
    const received = Array.isArray(readings) ? 'none' : shown(readings);
    return [`options.readings: expected 'any' or a list of one or more readings, received ${received}`];
  }
  const problems = readings.flatMap((each: unknown, at) => answerProblems(each, `options.readings[${at}]`));
  if (problems.length > 0) return problems;
  const decisions = new Set(readings.map((each: GivenReading) => readingFrom(each)['operator-decision']));
  return decisions.size === 1
    ? []
    : [`options.readings: expected one answer to operator-decision, received ${[...decisions].join(', ')}`];
}

function answerProblems(reading: unknown, at: string): string[] {
  if (!isObject(reading)) return [wrong(at, 'an object of questions and answers', reading)];
  return Object.entries(reading).flatMap(([question, answer]) => {
    const isQuestion = (questionNames as readonly string[]).includes(question);
    const problem = answerProblem(question, answer, shown);
    return problem === undefined ? [] : [`${at}${isQuestion ? `['${question}']` : ''}: ${problem}`];
  });
}

/** The options of the check that these options ask for. */
export function checkOptionsOf({
  readings = [defaultReading],
  operatorRequired = 'allowed',
  groups = 'known',
  fields = 'current',
  decidedGroup = 'in-place',
}: ConformOptions): CheckOptions {
  const given = readings === 'any' ? everyReading : readings.map(readingFrom).map(normalizeReading);
  const distinct = new Map(given.map((each) => [questionNames.map((name) => each[name]).join(), each]));
  const [reading = defaultReading, ...otherReadings] = distinct.values();
  const anyReading = distinct.size === everyReading.length;
  const settings = { reading, operatorRequired };
  return { settings, anyReading, ...(!anyReading && { otherReadings }), groups, fields, decidedGroup };
}

/** Every reading with the default answer to `operator-decision`. */
const everyReading = allReadings().filter(
  (each) => each['operator-decision'] === defaultReading['operator-decision'],
);

const wrong = (place: string, expected: string, received: unknown) =>
  `${place}: expected ${expected}, received ${shown(received)}`;

/** A value in a message: its JSON where it has one, else its type. */
export function shown(value: unknown): string {
  const isPlain = value === null || ['string', 'number', 'boolean'].includes(typeof value) || isObject(value);
  if (!isPlain) return Array.isArray(value) ? 'a list' : typeof value;
  try {
    return printable(JSON.stringify(value), 80);
  } catch {
    return 'an object';
  }
}
