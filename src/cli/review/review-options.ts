import { commonOptions, type Options } from '../frame/options.ts';

/** The options of `review`. */
export const reviewOptions = {
  marks: {
    type: 'string',
    value: 'FILE',
    about: 'the marks of a reviewer, as saved by the page',
    commandLineOnly: true,
  },
  source: {
    type: 'string',
    value: 'FILE',
    about: 'a copy of the documentation page; marks on what it changes have to be made again',
    commandLineOnly: true,
  },
  diff: {
    type: 'string',
    value: 'QUESTION=ANSWER',
    about: 'print only what this answer changes: moves, pairs, and verdicts on the bundled recordings',
    commandLineOnly: true,
  },
  since: {
    type: 'string',
    value: 'FILE',
    about: 'print only the differences to another version, given by its docs/specification.json',
    commandLineOnly: true,
  },
  output: {
    type: 'string',
    value: 'FILE',
    isOutput: true,
    about: 'write to this file instead of standard output; it appears whole or not at all',
    commandLineOnly: true,
  },
  ...commonOptions,
} as const satisfies Options;
