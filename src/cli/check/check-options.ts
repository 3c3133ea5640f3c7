import { answersTo, operatorRequiredSettings, questionNames } from '../../../machines/readings.ts';
import { decidedGroups, fieldMoments, groupings } from '../../observations/results.ts';
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
    about: 'answer an open question this way, instead of by its first answer; may be repeated',
    listing: questionNames.map((question) => `${question}=${answersTo(question).join('|')}`),
  },
  'any-reading': {
    type: 'boolean',
    about:
      'admit every answer to every question except operator-decision: only what no reading explains violates',
  },
  'operator-required': {
    type: 'string',
    choices: operatorRequiredSettings,
    about: 'whether the biometry settings of the installation enable OPERATOR_REQUIRED',
  },
  groups: {
    type: 'string',
    choices: groupings,
    about: 'first-seen: treat analyses that first appear together as one group',
  },
  fields: {
    type: 'string',
    choices: fieldMoments,
    about:
      'stale: allow the fields of a folder to be older than its list and answers to POSTs, as from a replica',
  },
  'decided-group': {
    type: 'string',
    choices: decidedGroups,
    about: 'last: a group in which an operator decides counts as the one that finished last',
  },
  'route-prefix': {
    type: 'string',
    value: 'PATH',
    about: 'read only recorded requests whose address or path begins with this',
  },
  route: {
    type: 'string',
    multiple: true,
    value: "'METHOD /PATH=KIND'",
    about:
      'also read the answers of a route of your own that passes on answers of the API; in the path, {folder_id} and ' +
      '{analyse_id} stand for ids, * for anything; may be repeated',
    listing: [
      'folders: folders as they are, or a list of them',
      'analyses: analyses as they are, or a list of them',
      'new-folder: a folder that was just created, with analyses that were posted together',
      'new-analyses: analyses that were just posted together',
    ],
  },
  at: {
    type: 'string',
    multiple: true,
    value: 'POINTER',
    about:
      'find the answers at this JSON pointer in each value, as in a log: /log, /events/*/message; * stands for every ' +
      'element; the answer may be JSON in a string; if repeated, the first pointer that leads to a value counts',
  },
  'max-line-bytes': {
    type: 'string',
    value: 'BYTES',
    about: `the longest line that is read; a line is held in memory; 64M means 64 mebibytes (default: ${defaultLimits.maxLineBytes})`,
  },
  'max-document-bytes': {
    type: 'string',
    value: 'BYTES',
    about: `the largest document of several lines, or entry of a HAR, that is read (default: ${defaultLimits.maxDocumentBytes})`,
  },
  baseline: {
    type: 'string',
    value: 'FILE',
    about: 'a file of known deviations: they are reported, but do not fail the check',
  },
  'update-baseline': {
    type: 'boolean',
    about: 'update the file of --baseline: add what is new, and drop what was not found again',
    commandLineOnly: true,
  },
  today: {
    type: 'string',
    value: 'DAY',
    about: 'the day by which entries of the baseline expire, as YYYY-MM-DD (default: today in UTC)',
    commandLineOnly: true,
  },
  redact: {
    type: 'boolean',
    about:
      `replace ids in reports by keyed hashes; to get the same hashes in every run, put a key of at least ` +
      `${shortestKey} characters into the environment variable ${redactKeyVariable}`,
  },
  all: { type: 'boolean', about: 'report every folder, even without a finding or a hazard' },
  format: {
    type: 'string',
    multiple: true,
    choices: formats,
    toFile: true,
    about:
      'the format of the report; =FILE writes it to a file; may be repeated, but only one format may be without =FILE',
  },
  output: {
    type: 'string',
    value: 'FILE',
    isOutput: true,
    about: 'write to this file instead of standard output; it appears whole or not at all',
  },
  minimize: {
    type: 'string',
    value: 'DIR',
    about:
      'for each code and clause found, write the smallest recording that shows it to this directory, and print the ' +
      'command that finds it there; reads the files twice',
    commandLineOnly: true,
  },
  shard: {
    type: 'string',
    value: 'I/N',
    about:
      'judge one of N shards of the folders, and write a part for merge; folders that have to be judged together stay ' +
      'together; reads the files twice',
    commandLineOnly: true,
  },
  grouped: {
    type: 'boolean',
    about:
      'expect lines grouped by folder; each folder is reported and forgotten when the next begins; needs --format ndjson',
    commandLineOnly: true,
  },
  'docs-url': {
    type: 'string',
    value: 'URL',
    about:
      'the address where the directory docs/ of this project is published; the rules of a sarif report link there',
  },
  strict: {
    type: 'boolean',
    about: 'fail the check for hazards and for unspecified or inconclusive folders too',
  },
  quiet: { type: 'boolean', about: 'show no progress, and only the summary of the text report' },
  color: { type: 'string', choices: colourChoices, about: 'when to colour text; auto respects NO_COLOR' },
  config: {
    type: 'string',
    value: 'FILE',
    about:
      `take options from this file instead of ${defaultConfigFile}; only a file named here may have reports written ` +
      'outside the working directory',
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
  readonly fields?: (typeof fieldMoments)[number];
  readonly decidedGroup?: (typeof decidedGroups)[number];
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
