import { answersTo, operatorRequiredSettings, questionNames } from '../../../machines/readings.ts';
import { groupings } from '../../observations/results.ts';
import { formats } from './check-targets.ts';
import { defaultLimits } from '../../recordings/options.ts';
import { commonOptions, type Options } from '../frame/options.ts';
import { redactKeyVariable, shortestKey } from './redact-key.ts';

/** When text is coloured. */
export const colourChoices = ['auto', 'always', 'never'] as const;

/** The file that is read from the working directory if it is there. */
export const defaultConfigFile = 'oz-status.config.json';

/** The options of `check`; those that are not for the command line only are also the keys of a config file. */
export const checkOptions = {
  reading: {
    type: 'string',
    multiple: true,
    value: 'QUESTION=ANSWER',
    about: 'judge by this answer to an open question instead of its first; may be repeated',
    listing: questionNames.map((question) => `${question}=${answersTo(question).join('|')}`),
  },
  'any-reading': {
    type: 'boolean',
    about:
      'admit every answer to every question but operator-decision: only what no reading explains violates',
  },
  'operator-required': {
    type: 'string',
    choices: operatorRequiredSettings,
    about: 'whether the biometry settings of the installation enable OPERATOR_REQUIRED',
  },
  groups: {
    type: 'string',
    choices: groupings,
    about: 'first-seen: take analyses that are first seen together as one group',
  },
  'route-prefix': {
    type: 'string',
    value: 'PATH',
    about: 'of recorded requests, read only those whose address or path begins with this',
  },
  route: {
    type: 'string',
    multiple: true,
    value: "'METHOD /PATH=KIND'",
    about:
      'also read the answers of this route of your own, which gives on what the API has answered; {folder_id} and ' +
      '{analyse_id} in the path stand for ids, * for anything; may be repeated',
    listing: [
      'folders: folders as they are, or a list of them',
      'analyses: analyses as they are, or a list of them',
      'new-folder: a folder just created, whose analyses were posted together',
      'new-analyses: analyses just posted together',
    ],
  },
  at: {
    type: 'string',
    multiple: true,
    value: 'POINTER',
    about:
      'the recording stands at this JSON pointer of each value, as in a log: /log, /events/*/message; * stands for ' +
      'every element, and a text may spell JSON; of several pointers the first that leads to something counts',
  },
  'max-line-bytes': {
    type: 'string',
    value: 'BYTES',
    about: `the longest line that is read, which is held whole; 64M means mebibytes (default: ${defaultLimits.maxLineBytes})`,
  },
  'max-document-bytes': {
    type: 'string',
    value: 'BYTES',
    about: `the same for a document of several lines, and for one entry of a HAR, which is read entry by entry (default: ${defaultLimits.maxDocumentBytes})`,
  },
  baseline: {
    type: 'string',
    value: 'FILE',
    about: 'a file of deviations that are known: they are reported and do not fail the check',
  },
  'update-baseline': {
    type: 'boolean',
    about: 'write to the file of --baseline what was found, and leave out what was not found again',
    commandLineOnly: true,
  },
  today: {
    type: 'string',
    value: 'DAY',
    about: 'hold the baseline against this day, YYYY-MM-DD, instead of today in UTC',
    commandLineOnly: true,
  },
  redact: {
    type: 'boolean',
    about:
      `call ids by pseudonyms in every report: keyed hashes, the same in another run only with the same key of at ` +
      `least ${shortestKey} characters in the environment variable ${redactKeyVariable}`,
  },
  all: { type: 'boolean', about: 'report every folder, also those without a finding or a hazard' },
  format: {
    type: 'string',
    multiple: true,
    choices: formats,
    toFile: true,
    about:
      'the format of the report; =FILE writes it there, whole or not at all; may be repeated, but only one goes ' +
      'without =FILE',
  },
  output: {
    type: 'string',
    value: 'FILE',
    about: 'write what would go to standard output to this file, whole or not at all',
  },
  minimize: {
    type: 'string',
    value: 'DIR',
    about:
      'for each code and clause found, write the smallest recording that shows it to this directory, and tell the ' +
      'command that finds the same in it; reads the files a second time',
    commandLineOnly: true,
  },
  shard: {
    type: 'string',
    value: 'I/N',
    about:
      'judge one of N shards of the folders, and write what came of it for merge; reads the files twice, and keeps ' +
      'together what has to be judged together',
    commandLineOnly: true,
  },
  grouped: {
    type: 'boolean',
    about:
      'the lines come grouped by folder: each folder is told and forgotten when the next begins; with --format ndjson',
    commandLineOnly: true,
  },
  'docs-url': {
    type: 'string',
    value: 'URL',
    about: 'where the directory docs/ of this project is published: the rules of a sarif report link there',
  },
  strict: {
    type: 'boolean',
    about: 'let unspecified and inconclusive folders and hazards fail the check too',
  },
  quiet: { type: 'boolean', about: 'no progress, and of the text report the summary only' },
  color: { type: 'string', choices: colourChoices, about: 'when to colour text; auto respects NO_COLOR' },
  config: {
    type: 'string',
    value: 'FILE',
    about:
      `take options from this file instead of ${defaultConfigFile} in the working directory, which has nothing ` +
      'written elsewhere unless it is named here',
    commandLineOnly: true,
  },
  ...commonOptions,
} as const satisfies Options;

/** The settings of a check after config file and command line are joined; absent: the default. */
export interface CheckSettings {
  readonly reading?: Readonly<Record<string, string>>;
  readonly anyReading?: boolean;
  readonly operatorRequired?: (typeof operatorRequiredSettings)[number];
  readonly groups?: (typeof groupings)[number];
  readonly routePrefix?: string;
  readonly route?: string | readonly string[];
  readonly at?: string | readonly string[];
  readonly maxLineBytes?: string;
  readonly maxDocumentBytes?: string;
  readonly baseline?: string;
  readonly redact?: boolean;
  readonly all?: boolean;
  /** One format or several, each with the file it goes to: `sarif=out.sarif`. */
  readonly format?: string | readonly string[];
  readonly output?: string;
  readonly docsUrl?: string;
  readonly strict?: boolean;
  readonly quiet?: boolean;
  readonly color?: (typeof colourChoices)[number];
}

/** The key of a config file for an option: `any-reading` is `anyReading`. */
export function configKey(option: string): string {
  return option.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The options that a config file may set, by its keys. */
export const configOptions: Options = Object.fromEntries(
  Object.entries(checkOptions as Options)
    .filter(([, option]) => option.commandLineOnly !== true)
    .map(([name, option]) => [configKey(name), option]),
);
