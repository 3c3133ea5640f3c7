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
    about: `export under this answer to an open question instead of its first; may be repeated; for ${formatsTaking('reading')}`,
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
    about: `at most so many groups, ${defaultSize.groups} if nothing is said; for ${formatsTaking('groups')}`,
    commandLineOnly: true,
  },
  analyses: {
    type: 'string',
    value: 'NUMBER',
    about: `so many analyses in each group, ${defaultSize.analyses} if nothing is said; for ${formatsTaking('analyses')}`,
    commandLineOnly: true,
  },
};

/** The options of `export`; no config file has a say in a model. */
export const exportOptions: Options = {
  ...details,
  output: {
    type: 'string',
    value: 'FILE',
    about: 'write to this file, whole or not at all, instead of standard output',
    commandLineOnly: true,
  },
  ...commonOptions,
};
