import { expected, type PartProblem } from '../../reports/baseline/index.ts';
import { pointerTo } from '../../observations/where.ts';
import { isObject } from '../../recordings/values/fields.ts';
import { configOptions, defaultConfigFile, type CheckSettings } from './check-options.ts';
import { parseTarget } from './check-targets.ts';
import { readJsonFile } from '../io/json-file.ts';
import { suggestion } from '../frame/nearest.ts';
import {
  choicesOf,
  isChoice,
  outputsResolved,
  suggestedChoice,
  type Checked,
  type Option,
} from '../frame/options.ts';
import { isWithin } from '../io/same-file.ts';
import { answerProblems, overruledAnswers } from '../frame/reading.ts';

/**
 * The settings in the config file: the named one, or the usual one if it is there. That one may come with a directory
 * of somebody else, so that it may name no file outside to be written, the baseline included if that `isUpdated`.
 */
export async function readConfig(
  named: string | undefined,
  isUpdated: boolean,
  cwd: string,
): Promise<Checked<CheckSettings>> {
  const read = await readJsonFile<CheckSettings & { readonly $schema?: string }>(
    named ?? defaultConfigFile,
    cwd,
    (value) => [
      ...configProblems(value),
      ...(named === undefined ? outsideProblems(value, isUpdated, cwd) : []),
    ],
  );
  if (read.problems)
    return named === undefined && read.isAbsent ? { value: {} } : { problems: read.problems };
  const { $schema: _, ...settings } = read.content;
  return { value: outputsResolved(settings, configOptions) };
}

/** What is wrong with a parsed config file; docs/schemas/config.schema.json agrees. */
export function configProblems(value: unknown): PartProblem[] {
  if (!isObject(value)) return [expected('', 'an object', value)];
  const known = Object.keys(configOptions);
  const problems = Object.entries(value).flatMap(([key, setting]) => {
    const at = pointerTo('', key);
    if (key === '$schema') return typeof setting === 'string' ? [] : [expected(at, 'text', setting)];
    if (key === 'reading') return readingProblems(setting);
    const option = Object.hasOwn(configOptions, key) ? configOptions[key] : undefined;
    if (!option) {
      return [{ pointer: at, message: `there is no such setting${suggestion(key, known)}` }];
    }
    return settingProblems(at, option, setting);
  });
  const overruled =
    value['anyReading'] === true && isObject(value['reading'])
      ? overruledAnswers(stringsOf(value['reading']))
      : [];
  return [
    ...problems,
    ...overruled.map((question) => ({
      pointer: pointerTo(pointerTo('', 'reading'), question),
      message: 'overruled by anyReading',
    })),
  ];
}

function outsideProblems(value: unknown, isUpdated: boolean, cwd: string): PartProblem[] {
  const { output, format, baseline } = isObject(value) ? (value as CheckSettings) : {};
  const formats = [format].flat().map((one, at) => {
    const pointer = Array.isArray(format) ? `/format/${at}` : '/format';
    return { pointer, file: typeof one === 'string' ? parseTarget(one).file : undefined };
  });
  const written = [
    { pointer: '/output', file: output },
    ...formats,
    ...(isUpdated ? [{ pointer: '/baseline', file: baseline }] : []),
  ];
  return written
    .filter(({ file }) => typeof file === 'string' && file !== '' && !isWithin(cwd, file))
    .map(({ pointer }) => ({
      pointer,
      message:
        'expected a file within the working directory: only a config file that --config names may write elsewhere',
    }));
}

function settingProblems(at: string, option: Option, setting: unknown): PartProblem[] {
  if (option.type === 'boolean') {
    return typeof setting === 'boolean' ? [] : [expected(at, 'true or false', setting)];
  }
  if (option.multiple !== true || !Array.isArray(setting)) return textProblems(at, option, setting);
  if (setting.length === 0) return [expected(at, 'one or more', setting)];
  return setting.flatMap((one, index) => textProblems(`${at}/${index}`, option, one));
}

function textProblems(at: string, option: Option, setting: unknown): PartProblem[] {
  if (option.choices) {
    if (typeof setting === 'string' && isChoice(option, setting)) return [];
    const meant = typeof setting === 'string' ? suggestedChoice(option, setting) : '';
    const { pointer, message } = expected(at, choicesOf(option), setting);
    return [{ pointer, message: message + meant }];
  }
  return typeof setting === 'string' && setting !== '' ? [] : [expected(at, 'text', setting)];
}

function readingProblems(setting: unknown): PartProblem[] {
  const at = pointerTo('', 'reading');
  if (!isObject(setting)) return [expected(at, 'an object of questions and answers', setting)];
  return Object.entries(setting).flatMap(([question, answer]) =>
    answerProblems(question, answer).map((message) => ({ pointer: pointerTo(at, question), message })),
  );
}

const stringsOf = (value: Readonly<Record<string, unknown>>) => value as Record<string, string>;
