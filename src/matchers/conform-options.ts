import {
  defaultReading,
  normalizeReading,
  operatorRequiredSettings,
  questionNames,
  type Reading,
  type Settings,
} from '../../machines/readings.ts';
import { answerProblem } from '../../machines/given-settings.ts';
import { suggestion } from '../../machines/nearest.ts';
import { groupings, type CheckOptions } from '../observations/results.ts';
import { isObject } from '../recordings/values/fields.ts';
import { printable } from '../text/escape.ts';

/** How a recording is judged in code; all that `check` can be told, under the same names as in its config file. */
export interface ConformOptions {
  /** Answers to open questions that differ from the default ones. */
  readonly reading?: Partial<Reading>;
  /** Admit every answer to every question but `operator-decision`. */
  readonly anyReading?: boolean;
  /** Whether the biometry settings of the installation enable OPERATOR_REQUIRED. */
  readonly operatorRequired?: Settings['operatorRequired'];
  readonly groups?: NonNullable<CheckOptions['groups']>;
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
  readonly [Name in keyof Required<ConformOptions>]: readonly unknown[] | 'text' | 'answers';
} = {
  reading: 'answers',
  anyReading: booleans,
  operatorRequired: operatorRequiredSettings,
  groups: groupings,
  strict: booleans,
  routePrefix: 'text',
  file: 'text',
};

/** What is wrong with the options, each with its place: expected, received; empty: nothing. */
export function optionProblems(options: unknown): string[] {
  if (options === undefined) return [];
  if (!isObject(options)) return [`options: expected an object, received ${shown(options)}`];
  const problems = Object.entries(options).flatMap(([name, value]) => {
    if (!Object.hasOwn(expectations, name)) {
      const known = Object.keys(expectations);
      return [`options: expected ${known.join(', ')}, received ${shown(name)}${suggestion(name, known)}`];
    }
    const expected = expectations[name as keyof ConformOptions];
    if (value === undefined) return [];
    if (expected === 'answers') return answerProblems(value);
    if (expected === 'text')
      return typeof value === 'string' ? [] : [wrong(`options.${name}`, 'text', value)];
    return expected.includes(value) ? [] : [wrong(`options.${name}`, expected.join(' or '), value)];
  });
  const answered = isObject(options['reading']) ? Object.keys(options['reading']) : [];
  const overruled =
    options['anyReading'] === true ? answered.filter((one) => one !== 'operator-decision') : [];
  return [
    ...problems,
    ...overruled.map((one) => `options.reading: ${shown(one)} is overruled by anyReading`),
  ];
}

function answerProblems(reading: unknown): string[] {
  if (!isObject(reading)) return [wrong('options.reading', 'an object of questions and answers', reading)];
  return Object.entries(reading).flatMap(([question, answer]) => {
    const isQuestion = (questionNames as readonly string[]).includes(question);
    const place = isQuestion ? `options.reading['${question}']` : 'options.reading';
    const problem = answerProblem(question, answer, shown);
    return problem === undefined ? [] : [`${place}: ${problem}`];
  });
}

/** The options of the check that these options ask for. */
export function checkOptionsOf({
  reading = {},
  operatorRequired = 'allowed',
  anyReading = false,
  groups = 'known',
}: ConformOptions): CheckOptions {
  const full = normalizeReading({ ...defaultReading, ...reading });
  return { settings: { reading: full, operatorRequired }, anyReading, groups };
}

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
