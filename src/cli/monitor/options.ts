import { checkOptions } from '../check/check-options.ts';
import { commonOptions, type Option, type Options } from '../frame/options.ts';

/** The environment variables that hold what has to be secret. */
export const secretVariables = {
  token: 'OZ_STATUS_MONITOR_TOKEN',
  webhook: 'OZ_STATUS_WEBHOOK_TOKEN',
  /** As all programs with OpenTelemetry read it: `name=value,name=value`. */
  otlp: 'OTEL_EXPORTER_OTLP_HEADERS',
} as const;

/** Numbers, as they are when nothing is said, and the largest they may be. */
export const numbers = {
  rest: { usual: 10, most: 86_400 },
  forget: { usual: 86_400, most: 31_536_000 },
  'max-folders': { usual: 50_000, most: 10_000_000 },
  'delivery-attempts': { usual: 8, most: 1000 },
} as const;

const shared = [
  'reading',
  'any-reading',
  'operator-required',
  'groups',
  'route-prefix',
  'route',
  'at',
] as const;

const fromCheck = Object.fromEntries(
  [...shared, 'max-line-bytes' as const].map((name) => [
    name,
    { ...(checkOptions[name] as Option), commandLineOnly: true as const },
  ]),
);

const own = {
  listen: {
    type: 'string',
    value: 'PORT',
    about: 'accept posts to /answers on this port, and serve /metrics and /health there; 0: any free port',
    commandLineOnly: true,
  },
  host: {
    type: 'string',
    value: 'ADDRESS',
    about: 'listen on this address instead of 127.0.0.1',
    commandLineOnly: true,
  },
  'allow-origin': {
    type: 'string',
    value: 'ORIGIN',
    multiple: true,
    about: 'also accept posts from pages of this origin, such as http://localhost:5173; may be repeated',
    commandLineOnly: true,
  },
  journal: {
    type: 'string',
    value: 'FILE',
    about: 'keep everything in this file before anything is reported, and continue from what is in it',
    commandLineOnly: true,
  },
  findings: {
    type: 'string',
    value: 'FILE',
    about:
      'append findings to this file instead of standard output, each exactly once, whatever ends the process',
    commandLineOnly: true,
  },
  webhook: {
    type: 'string',
    value: 'URL',
    about: `also post findings there, with the token in ${secretVariables.webhook}, if it is set`,
    commandLineOnly: true,
  },
  otlp: {
    type: 'string',
    value: 'URL',
    about: `also send findings as OpenTelemetry logs there (OTLP/HTTP in JSON), with the headers in ${secretVariables.otlp}`,
    commandLineOnly: true,
  },
  'delivery-attempts': {
    type: 'string',
    value: 'NUMBER',
    about: `how often a delivery by HTTP is tried before its findings are dropped (default: ${numbers['delivery-attempts'].usual})`,
    commandLineOnly: true,
  },
  rest: {
    type: 'string',
    value: 'SECONDS',
    about:
      'judge an answer that waits for the next one of its folder after so long without one ' +
      `(default: ${numbers.rest.usual})`,
    commandLineOnly: true,
  },
  forget: {
    type: 'string',
    value: 'SECONDS',
    about: `end a folder, and forget it, after so long without an answer (default: ${numbers.forget.usual})`,
    commandLineOnly: true,
  },
  'max-folders': {
    type: 'string',
    value: 'NUMBER',
    about: `the most folders that are held; beyond that, the one not seen for longest is ended (default: ${numbers['max-folders'].usual})`,
    commandLineOnly: true,
  },
  once: {
    type: 'boolean',
    about: 'read what is in the files now, then end',
    commandLineOnly: true,
  },
} as const satisfies Options;

/** The options of `monitor`. */
export const monitorOptions: Options = {
  ...own,
  ...fromCheck,
  redact: { ...checkOptions.redact, commandLineOnly: true },
  strict: { ...checkOptions.strict, commandLineOnly: true },
  quiet: {
    type: 'boolean',
    short: 'q',
    about: 'do not mention rotated files',
    commandLineOnly: true,
  },
  ...commonOptions,
};
