import { traps } from '../../simulator/traps/traps.ts';
import { commonOptions, type Options } from '../frame/options.ts';

/** The formats of the report, the default first. */
export const tryClientFormats = ['text', 'json', 'junit'] as const;

/** The options of `try-client`. */
export const tryClientOptions = {
  format: {
    type: 'string',
    choices: tryClientFormats,
    about: 'the format of the report',
    commandLineOnly: true,
  },
  trap: {
    type: 'string',
    value: 'NAME',
    multiple: true,
    about: 'try this trap only; may be repeated',
    listing: traps.map(({ id, mistake }) => `${id}: ${mistake}`),
    commandLineOnly: true,
  },
  timeout: {
    type: 'string',
    value: 'SECONDS',
    about: 'how long the client may take in one trap (default: 20)',
    commandLineOnly: true,
  },
  deadline: {
    type: 'string',
    value: 'SECONDS',
    about: 'the deadline that the client is given (default: 12 where it has to see an end, otherwise 3)',
    commandLineOnly: true,
  },
  ...commonOptions,
} as const satisfies Options;
