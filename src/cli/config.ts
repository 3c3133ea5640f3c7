import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { printable } from '../reports/escape.ts';
import { configOptions, defaultConfigFile, type CheckSettings } from './check-options.ts';
import { suggestion } from './nearest.ts';
import { choicesOf, isChoice, suggestedChoice, type Checked, type Option } from './options.ts';
import { answerProblems, overruledAnswers } from './reading.ts';

/** A config file is small; a file beyond this many characters is something else. */
const maxConfigLength = 1_000_000;

/** The settings in the config file: the named one, or the usual one if it is there. */
export function readConfig(named: string | undefined, cwd: string): Checked<CheckSettings> {
  const file = named ?? defaultConfigFile;
  const problem = (text: string) => ({ problems: [`${printable(file, 200)}: ${text}`] });
  let text: string;
  try {
    text = readFileSync(resolve(cwd, file), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (named === undefined && code === 'ENOENT') return { value: {} };
    return problem(`cannot be read (${code ?? 'unknown error'})`);
  }
  if (text.length > maxConfigLength) return problem(`longer than ${maxConfigLength} characters`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return problem(`not valid JSON: ${printable((error as Error).message, 200)}`);
  }
  const problems = configProblems(value);
  if (problems.length > 0) return { problems: problems.map((one) => `${printable(file, 200)}: ${one}`) };
  const { $schema: _, ...settings } = value as CheckSettings & { readonly $schema?: string };
  return { value: settings };
}

/** What is wrong with a parsed config file, each with its JSON pointer; docs/schemas/config.schema.json agrees. */
export function configProblems(value: unknown): string[] {
  if (!isObject(value)) return [`the whole: expected an object, received ${shown(value)}`];
  const known = Object.keys(configOptions);
  const problems = Object.entries(value).flatMap(([key, setting]) => {
    const at = pointer(key);
    if (key === '$schema') return typeof setting === 'string' ? [] : [expected(at, 'text', setting)];
    if (key === 'reading') return readingProblems(setting);
    const option = Object.hasOwn(configOptions, key) ? configOptions[key] : undefined;
    if (!option) return [`${at}: there is no such setting${suggestion(key, known)}`];
    return settingProblems(at, option, setting);
  });
  const overruled =
    value['anyReading'] === true && isObject(value['reading'])
      ? overruledAnswers(stringsOf(value['reading']))
      : [];
  return [
    ...problems,
    ...overruled.map((question) => `${pointer('reading')}${pointer(question)}: overruled by anyReading`),
  ];
}

function settingProblems(at: string, option: Option, setting: unknown): string[] {
  if (option.type === 'boolean') {
    return typeof setting === 'boolean' ? [] : [expected(at, 'true or false', setting)];
  }
  if (option.multiple !== true || !Array.isArray(setting)) return textProblems(at, option, setting);
  if (setting.length === 0) return [expected(at, 'one or more', setting)];
  return setting.flatMap((one, index) => textProblems(`${at}/${index}`, option, one));
}

function textProblems(at: string, option: Option, setting: unknown): string[] {
  if (option.choices) {
    if (typeof setting === 'string' && isChoice(option, setting)) return [];
    const meant = typeof setting === 'string' ? suggestedChoice(option, setting) : '';
    return [`${expected(at, choicesOf(option), setting)}${meant}`];
  }
  return typeof setting === 'string' && setting !== '' ? [] : [expected(at, 'text', setting)];
}

function readingProblems(setting: unknown): string[] {
  if (!isObject(setting)) return [expected('/reading', 'an object of questions and answers', setting)];
  return Object.entries(setting).flatMap(([question, answer]) =>
    answerProblems(question, answer).map((problem) => `/reading${pointer(question)}: ${problem}`),
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const stringsOf = (value: Record<string, unknown>) => value as Record<string, string>;

const pointer = (key: string) => printable(`/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, 80);

const shown = (value: unknown) => printable(JSON.stringify(value), 80);

const expected = (at: string, what: string, value: unknown) =>
  `${at}: expected ${what}, received ${shown(value)}`;
