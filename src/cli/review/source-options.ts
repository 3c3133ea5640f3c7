import { commonOptions, type Options } from '../frame/options.ts';

/** The options of `source`. */
export const sourceOptions = {
  annotate: {
    type: 'boolean',
    about: 'print the whole copy, each sentence with its clauses, states, transitions, findings and tests',
    commandLineOnly: true,
  },
  ...commonOptions,
} as const satisfies Options;
