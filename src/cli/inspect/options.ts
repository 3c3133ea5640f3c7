import { commonOptions, type Options } from '../frame/options.ts';

/** The options of `inspect`. */
export const inspectOptions = {
  port: {
    type: 'string',
    value: 'NUMBER',
    about: 'the port to listen at instead of a free one',
    commandLineOnly: true,
  },
  record: {
    type: 'string',
    value: 'FILE',
    about: 'write all that comes in to this file, which the page can open again',
    commandLineOnly: true,
  },
  'allow-origin': {
    type: 'string',
    value: 'ORIGIN',
    multiple: true,
    about: 'also take records from pages of this origin, such as http://localhost:5173; may be repeated',
    commandLineOnly: true,
  },
  hosted: {
    type: 'string',
    value: 'URL',
    about: 'also offer a page that passes all on to this inspector on the web',
    commandLineOnly: true,
  },
  ...commonOptions,
} as const satisfies Options;
