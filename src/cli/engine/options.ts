import { checkOptions } from '../check/check-options.ts';
import { commonOptions, type Options } from '../frame/options.ts';

/** What `engine` is asked for: the path of an adapter, or one of the filters that an adapter runs. */
export const engineTasks = {
  spark: 'prints the path of the adapter for Apache Spark, for spark-submit',
  read: 'turns lines into records, one for what each line shows of one folder',
  judge: 'judges records that come group by group',
  step: 'takes the states of folders on, one request a line',
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
  states: { type: 'boolean', about: 'of judge: tell the states of the folders too, for steps to go on with' },
  analyses: { type: 'boolean', about: 'of read: tell which folder lists which analysis too, for streams' },
  ...commonOptions,
} as const satisfies Options;
