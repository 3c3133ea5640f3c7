import { checkOptions } from '../check/check-options.ts';
import { formatsTaking, type ExportDetail } from './export-formats.ts';
import { commonOptions, type Option, type Options } from '../frame/options.ts';

/** The default first. */
const machineChoices = ['folder', 'group', 'analysis'] as const;

/** The sizes of a model that is bounded, as they are when nothing is said. */
export const defaultSize = { groups: 2, analyses: 2 } as const;

/** No engine that explores one by one comes near so many analyses; it keeps the models short. */
export const mostAnalyses = 64;

const details: Readonly<Record<ExportDetail, Option>> = {
  reading: {
    ...checkOptions.reading,
    commandLineOnly: true,
    about: `export with this answer to an open question, instead of its first; may be repeated; for ${formatsTaking('reading')}`,
  },
  'operator-required': { ...checkOptions['operator-required'], commandLineOnly: true },
  machine: {
    type: 'string',
    choices: machineChoices,
    about: `the machine; for ${formatsTaking('machine')}`,
    commandLineOnly: true,
  },
  groups: {
    type: 'string',
    value: 'NUMBER',
    about: `the most groups (default: ${defaultSize.groups}); for ${formatsTaking('groups')}`,
    commandLineOnly: true,
  },
  analyses: {
    type: 'string',
    value: 'NUMBER',
    about: `the analyses in each group (default: ${defaultSize.analyses}); for ${formatsTaking('analyses')}`,
    commandLineOnly: true,
  },
};

/** The options of `export`; no config file has a say in a model. */
export const exportOptions: Options = {
  ...details,
  output: {
    type: 'string',
    value: 'FILE',
    isOutput: true,
    about: 'write to this file instead of standard output; it appears whole or not at all',
    commandLineOnly: true,
  },
  ...commonOptions,
};
