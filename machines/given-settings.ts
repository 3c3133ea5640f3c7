import { inQuotes, isMembers } from './given-values.ts';
import { suggestion } from './nearest.ts';
import {
  answersTo,
  defaultReading,
  defaultSettings,
  operatorRequiredSettings,
  questionNames,
  type Question,
  type Reading,
  type Settings,
} from './readings.ts';

/**
 * Readings and settings as a caller gives them: in part, and from JavaScript perhaps misspelt. What is not answered
 * stands at its default; what is answered wrongly is refused, never taken for the default.
 */

/** Answers to some questions. */
export type GivenReading = Partial<Reading>;

/** Answers to some questions, or these with the setting of the installation. */
export type GivenSettings =
  | GivenReading
  | { readonly reading?: GivenReading; readonly operatorRequired?: Settings['operatorRequired'] };

const isQuestion = (name: string): name is Question => (questionNames as readonly string[]).includes(name);

const expectOne = (known: readonly string[], value: unknown, quote: (value: unknown) => string): string =>
  `expected ${known.join(' or ')}, received ${quote(value)}${typeof value === 'string' ? suggestion(value, known) : ''}`;

/** What is wrong with one answer to one question, in the form: expected, received, nearest. */
export function answerProblem(
  question: string,
  answer: unknown,
  quote: (value: unknown) => string = inQuotes,
): string | undefined {
  if (!isQuestion(question)) {
    return `expected a question (${questionNames.join(', ')}), received ${quote(question)}${suggestion(question, questionNames)}`;
  }
  const answers: readonly unknown[] = answersTo(question);
  return answers.includes(answer) ? undefined : expectOne(answersTo(question), answer, quote);
}

/** Readings that were looked at and answer every question; one that can be changed is looked at each time. */
const wholeReadings = /* @__PURE__ */ new WeakSet<GivenReading>([defaultReading]);
/** The same of settings. */
const wholeSettings = /* @__PURE__ */ new WeakSet<GivenSettings>([defaultSettings]);

function isWhole(reading: GivenReading): reading is Reading {
  if (wholeReadings.has(reading)) return true;
  for (const name of questionNames) {
    if (!(answersTo(name) as readonly unknown[]).includes(reading[name])) return false;
  }
  if (Object.keys(reading).length !== questionNames.length) return false;
  if (Object.isFrozen(reading)) wholeReadings.add(reading);
  return true;
}

/**
 * The reading with these answers, the same object where it answers every question; throws a TypeError for a wrong
 * one. What takes a `GivenReading` asks this first, and hands a `Reading` on.
 */
export function readingFrom(given: GivenReading): Reading {
  expectObject('a reading', given);
  if (isWhole(given)) return given;
  for (const [question, answer] of Object.entries(given)) {
    const problem = answerProblem(question, answer);
    if (problem !== undefined) throw new TypeError(`reading, ${question}: ${problem}`);
  }
  return { ...defaultReading, ...given };
}

/** The settings that are given in full, in part, or as answers alone; throws a TypeError for a wrong one. */
export function settingsFrom(given: GivenSettings): Settings {
  if (wholeSettings.has(given)) return given as Settings;
  expectObject('settings', given);
  const isReading = !Object.hasOwn(given, 'reading') && !Object.hasOwn(given, 'operatorRequired');
  if (isReading) return { ...defaultSettings, reading: readingFrom(given as GivenReading) };
  const { reading = {}, operatorRequired = defaultSettings.operatorRequired } = given as Partial<Settings>;
  const other = Object.keys(given).find((name) => !settingNames.includes(name));
  if (other !== undefined) throw new TypeError(`settings: ${expectOne(settingNames, other, inQuotes)}`);
  if (!operatorRequiredSettings.includes(operatorRequired)) {
    const problem = expectOne(operatorRequiredSettings, operatorRequired, inQuotes);
    throw new TypeError(`settings, operatorRequired: ${problem}`);
  }
  const settings = { reading: readingFrom(reading), operatorRequired };
  const leavesOpen =
    !wholeReadings.has(reading) || (given as Partial<Settings>).operatorRequired === undefined;
  if (!leavesOpen && Object.isFrozen(given)) wholeSettings.add(given);
  return settings;
}

const settingNames = /* @__PURE__ */ Object.keys(defaultSettings);

function expectObject(what: string, given: unknown): void {
  if (isMembers(given)) return;
  throw new TypeError(`expected ${what} as an object, received ${inQuotes(given)}`);
}
