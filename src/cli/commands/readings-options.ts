import { operatorRequiredSettings } from '../../../machines/readings.ts';
import { checkOptions } from '../check/check-options.ts';
import { commonOptions, type Options } from '../frame/options.ts';

/** The formats of what `readings` prints. */
export const readingsFormats = ['text', 'json', 'markdown'] as const;

/** The options of `infer` that say how recordings are read, as `check` has them. */
export const recordingOptions = [
  'groups',
  'route-prefix',
  'route',
  'at',
  'max-line-bytes',
  'max-document-bytes',
  'redact',
] as const;

/** The options of `readings`. */
export const readingsOptions = {
  format: { type: 'string', choices: readingsFormats, about: 'the format of what is printed' },
  'operator-required': {
    type: 'string',
    choices: operatorRequiredSettings,
    about: checkOptions['operator-required'].about,
  },
  run: {
    type: 'string',
    value: 'URL',
    part: 'plan',
    about: 'perform the experiments on the service at this base URL, a simulator or an installation',
    commandLineOnly: true,
  },
  token: {
    type: 'string',
    value: 'TEXT',
    part: 'plan',
    about: 'the access token for --run',
    commandLineOnly: true,
  },
  recording: {
    type: 'string',
    value: 'FILE',
    part: 'plan',
    about: 'write what --run saw to this file; infer can read it',
    commandLineOnly: true,
  },
  ...Object.fromEntries(recordingOptions.map((name) => [name, { ...checkOptions[name], part: 'infer' }])),
  ...commonOptions,
} as const satisfies Options;
