import { operatorRequiredSettings } from '../../../machines/readings.ts';
import { checkOptions } from '../check/check-options.ts';
import { commonOptions, type Options } from '../frame/options.ts';

/** The options of `simulate`. */
export const simulateOptions = {
  port: {
    type: 'string',
    value: 'NUMBER',
    about: 'the port to listen on (default: any free port)',
    commandLineOnly: true,
  },
  host: {
    type: 'string',
    value: 'ADDRESS',
    about: 'listen on this address instead of 127.0.0.1; anyone who can reach it can then use the simulator',
    commandLineOnly: true,
  },
  'allow-origin': {
    type: 'string',
    value: 'ORIGIN',
    multiple: true,
    about: 'also answer pages of this origin, such as http://localhost:5173; may be repeated',
    commandLineOnly: true,
  },
  journal: {
    type: 'string',
    value: 'FILE',
    about: 'keep everything in this file before it is answered, and continue from what is in it',
    commandLineOnly: true,
  },
  record: {
    type: 'string',
    value: 'FILE',
    about: 'write all answers of the API to this file; check can read it',
    commandLineOnly: true,
  },
  seed: {
    type: 'string',
    value: 'TEXT',
    about: 'equal seeds give equal ids and equal faults',
    commandLineOnly: true,
  },
  reading: {
    ...checkOptions.reading,
    commandLineOnly: true,
    about: 'behave according to this answer to an open question, instead of its first; may be repeated',
  },
  'operator-required': {
    type: 'string',
    choices: operatorRequiredSettings,
    about: 'whether OPERATOR_REQUIRED occurs',
    commandLineOnly: true,
  },
  'max-sessions': {
    type: 'string',
    value: 'NUMBER',
    about: 'the most sessions; every base URL is one',
    commandLineOnly: true,
  },
  'max-body-bytes': {
    type: 'string',
    value: 'NUMBER',
    about: 'the largest body of a request',
    commandLineOnly: true,
  },
  quiet: { type: 'boolean', short: 'q', about: 'do not log requests', commandLineOnly: true },
  ...commonOptions,
} as const satisfies Options;
