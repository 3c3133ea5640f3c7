import { checkOptions } from '../check/check-options.ts';
import { commonOptions, type Options } from '../frame/options.ts';

/** What `engine` is asked for: the path of an adapter, or one of the filters that an adapter runs. */
export const engineTasks = {
  spark: 'prints the path of the adapter for Apache Spark, for spark-submit',
  read: 'turns lines into records; a record holds what one line shows of one folder',
  judge: 'judges records that are sorted into groups',
  step: 'takes states of folders and returns the next ones, one request per line',
} as const;

/** The options of `engine`: those of `check` that say how to read and how to judge. */
export const engineOptions = {
  reading: checkOptions.reading,
  'any-reading': checkOptions['any-reading'],
  'operator-required': checkOptions['operator-required'],
  groups: checkOptions.groups,
  'route-prefix': checkOptions['route-prefix'],
  route: checkOptions.route,
  at: checkOptions.at,
  'max-line-bytes': checkOptions['max-line-bytes'],
  'max-document-bytes': checkOptions['max-document-bytes'],
  redact: checkOptions.redact,
  all: checkOptions.all,
  states: {
    type: 'boolean',
    about: 'judge: also print the states of the folders, so that step can continue from them',
  },
  analyses: {
    type: 'boolean',
    about: 'read: also print which folder lists which analysis, for streams',
  },
  ...commonOptions,
} as const satisfies Options;
