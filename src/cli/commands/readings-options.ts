import { operatorRequiredSettings } from '../../../machines/readings.ts';
import { checkOptions } from '../check/check-options.ts';
import { commonOptions, type Options } from '../frame/options.ts';

/** The formats of what `readings` prints. */
export const readingsFormats = ['text', 'json', 'markdown'] as const;

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
    about: 'plan: perform the experiments on the service at this base URL, a simulator or an installation',
    commandLineOnly: true,
  },
  token: {
    type: 'string',
    value: 'TEXT',
    about: 'plan: the access token for --run',
    commandLineOnly: true,
  },
  recording: {
    type: 'string',
    value: 'FILE',
    about: 'plan: write what --run saw to this file; infer can read it',
    commandLineOnly: true,
  },
  groups: { ...checkOptions.groups, about: `infer: ${checkOptions.groups.about}` },
  'route-prefix': { ...checkOptions['route-prefix'], about: `infer: ${checkOptions['route-prefix'].about}` },
  route: { ...checkOptions.route, about: `infer: ${checkOptions.route.about}` },
  at: { ...checkOptions.at, about: `infer: ${checkOptions.at.about}` },
  redact: { ...checkOptions.redact, about: `infer: ${checkOptions.redact.about}` },
  ...commonOptions,
} as const satisfies Options;
