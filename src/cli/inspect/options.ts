import { commonOptions, type Options } from '../frame/options.ts';

/** The options of `inspect`. */
export const inspectOptions = {
  port: {
    type: 'string',
    value: 'NUMBER',
    about: 'the port to listen on (default: any free port)',
    commandLineOnly: true,
  },
  record: {
    type: 'string',
    value: 'FILE',
    about: 'write everything that arrives to this file; the page can open it later',
    commandLineOnly: true,
  },
  'allow-origin': {
    type: 'string',
    value: 'ORIGIN',
    multiple: true,
    about: 'also accept records from pages of this origin, such as http://localhost:5173; may be repeated',
    commandLineOnly: true,
  },
  hosted: {
    type: 'string',
    value: 'URL',
    about: 'also serve a page that passes everything on to this inspector on the web',
    commandLineOnly: true,
  },
  ...commonOptions,
} as const satisfies Options;
