import { checkOptions } from '../check/check-options.ts';
import { formats } from '../check/check-targets.ts';
import { commonOptions, type Options } from '../frame/options.ts';

/** The format that is a part again, to be merged further. */
export const partFormat = 'part';

/** The options of `merge`. */
export const mergeOptions = {
  format: {
    type: 'string',
    choices: [...formats, partFormat],
    about: `the format of the report; ${partFormat} writes a part again, to merge in several steps`,
  },
  output: checkOptions.output,
  all: checkOptions.all,
  strict: checkOptions.strict,
  quiet: checkOptions.quiet,
  ...commonOptions,
} as const satisfies Options;
