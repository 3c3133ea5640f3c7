import type { DiagramFormat } from '../../diagrams/render.ts';
import { checkOptions } from '../check/check-options.ts';
import { commonOptions, type Options } from '../frame/options.ts';

/** What can be drawn, the default first. Nothing of the diagrams is loaded to read a command line. */
export const diagramNames = ['folder', 'group', 'analysis', 'pairs', 'severity', 'sequence'] as const;
/** One of them. */
export type DiagramName = (typeof diagramNames)[number];

/** The formats, the usual one first, by the endings of files that name them. */
export const formatsByEnding: Readonly<Record<string, DiagramFormat>> = {
  '.svg': 'svg',
  '.mmd': 'mermaid',
  '.json': 'json',
  '.png': 'png',
};

/** The options of `diagram`; no config file has a say in a picture. */
export const diagramOptions = {
  reading: {
    ...checkOptions.reading,
    commandLineOnly: true,
    about: 'draw with this answer to an open question, instead of its first; may be repeated',
  },
  diff: {
    type: 'string',
    value: 'QUESTION=ANSWER',
    about: 'draw what this answer changes, in a machine or in the pairs',
    commandLineOnly: true,
  },
  'operator-required': { ...checkOptions['operator-required'], commandLineOnly: true },
  format: {
    type: 'string',
    choices: Object.values(formatsByEnding),
    about: `the format of the diagram, where the ending of --output (${Object.keys(formatsByEnding).join(', ')}) does not say it`,
    commandLineOnly: true,
  },
  'clause-page': {
    type: 'string',
    value: 'URL',
    about:
      'the page of clauses that an svg links to; the default fits the directory docs/diagrams of this project',
    commandLineOnly: true,
  },
  output: {
    type: 'string',
    value: 'FILE',
    isOutput: true,
    about: 'write to this file instead of standard output; it appears whole or not at all',
    commandLineOnly: true,
  },
  ...commonOptions,
} as const satisfies Options;
