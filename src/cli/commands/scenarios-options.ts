import { commonOptions, type Options } from '../frame/options.ts';

/** The formats of what `scenarios` prints, the default first. */
export const scenariosFormats = ['text', 'json'] as const;

/** The options of `scenarios`. */
export const scenariosOptions = {
  generated: {
    type: 'boolean',
    about: 'also list the paths that together meet every target of a criterion',
    commandLineOnly: true,
  },
  format: {
    type: 'string',
    choices: scenariosFormats,
    about: 'the format of the list',
    commandLineOnly: true,
  },
  ...commonOptions,
} as const satisfies Options;
