import {
  alphabetOf,
  answersTo,
  askedUnder,
  defaultReading,
  operatorRequiredSettings,
  type Question,
  questionNames,
  type Reading,
  type Resolution,
  type Settings,
  statuses,
} from '../../../machines/index.ts';
import { kindClasses, kindOf } from '../../explore/index.ts';
import type { Ask, Wording } from './tabulate.ts';
import { and, eq, or, type Term } from './term.ts';

/** The names and the literals of the formulas. */

/** One name of a formula with its sort: `Bool`, `Int`, or one of the enumerations. */
export interface Variable {
  readonly name: string;
  readonly sort: string;
}

/** The resolutions that an analysis may have. */
export const resolutions = alphabetOf('analyse.resolution_status');

/** Which group plays a part: the watched one, another one, or none yet. */
export const holders = ['nobody', 'watched', 'another'] as const;

/** The name of the biometry setting among the names of the questions. */
export const operatorSetting = 'operator-required';

/** How an answer to a question, or a value of the setting, is written. */
export const answerLiteral = (question: string, answer: string): string => `${question}=${answer}`;

/** The question is answered so. */
export const isAnswered = (question: string, answer: string): Term =>
  eq(question, answerLiteral(question, answer));

/** The values of every enumeration by its sort. Questions are sorts of their own. */
export const enumerations: Readonly<Record<string, readonly string[]>> = {
  Status: statuses,
  Kind: kindClasses,
  Holder: holders,
  ...Object.fromEntries(
    questionNames.map((question) => [
      `Answer.${question}`,
      answersTo(question).map((answer) => answerLiteral(question, answer)),
    ]),
  ),
  [`Answer.${operatorSetting}`]: operatorRequiredSettings.map((value) =>
    answerLiteral(operatorSetting, value),
  ),
};

/** Every literal of the enumerations. */
export const literals: ReadonlySet<string> = new Set(Object.values(enumerations).flat());

/** One constant for each question, and one for the biometry setting: a proof for all values of them is for all. */
export const settingVariables: readonly Variable[] = [...questionNames, operatorSetting].map((name) => ({
  name,
  sort: `Answer.${name}`,
}));

/** A question that is not asked stands at its default: there are no other readings. */
export const readingIsNormal: Term = and(
  ...questionNames.map((question) => {
    const others = askedUnder[question];
    if (!others) return true;
    const asked = Object.entries(others).map(([other, answer]) => isAnswered(other, answer));
    return or(and(...asked), isAnswered(question, defaultReading[question]));
  }),
);

/** The name that something has after an event. */
export const next = (name: string): string => `next.${name}`;

/** A reading that asks for each answer when it is looked at. */
export function askedReading(ask: Ask): Reading {
  return new Proxy(
    { ...defaultReading },
    {
      get: (_, question) => ask(question as Question, answersTo(question as Question)),
    },
  );
}

/** Settings that ask for each answer, and for the biometry setting, when they are looked at. */
export function askedSettings(ask: Ask): Settings {
  return {
    reading: askedReading(ask),
    get operatorRequired() {
      return ask(operatorSetting, operatorRequiredSettings);
    },
  };
}

/** How asked names are written: questions and settings by their constants, anything else as `prefix` and its name. */
export const wordingOf = (prefix = ''): Wording => ({
  nameOf: (asked) => (isSetting(asked) ? asked : `${prefix}${asked}`),
  valueOf: (asked, answer) =>
    typeof answer === 'string' && isSetting(asked) ? answerLiteral(asked, answer) : answer,
});

const isSetting = (name: string): boolean => settingVariables.some((variable) => variable.name === name);

/** Analyses of which each has one of the resolutions. */
export const oneOfEach = (present: readonly Resolution[]) =>
  present.map((resolution) => ({ id: resolution, kind: kindOf.other, resolution }));
