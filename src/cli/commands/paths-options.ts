import { coverageCriteria } from '../../explore/paths/coverage-criteria.ts';
import { checkOptions } from '../check/check-options.ts';
import { commonOptions, type Options } from '../frame/options.ts';

/** The formats of what `paths` prints, the default first. */
export const pathsFormats = ['text', 'json'] as const;

/** The options of `paths`. */
export const pathsOptions = {
  criterion: {
    type: 'string',
    choices: ['transitions', ...Object.keys(coverageCriteria).filter((name) => name !== 'transitions')],
    about: 'what the paths have to meet',
    listing: Object.entries(coverageCriteria).map(([name, about]) => `${name}: ${about}`),
    commandLineOnly: true,
  },
  format: { type: 'string', choices: pathsFormats, about: 'the format of the paths', commandLineOnly: true },
  reading: {
    ...checkOptions.reading,
    commandLineOnly: true,
    about: 'paths with this answer to an open question, instead of its first; may be repeated',
  },
  'operator-required': { ...checkOptions['operator-required'], commandLineOnly: true },
  ...commonOptions,
} as const satisfies Options;
