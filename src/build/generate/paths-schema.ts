import { operatorRequiredSettings } from '../../../machines/readings.ts';
import { coverageCriteria, pathMachines } from '../../explore/paths/coverage-criteria.ts';
import { pathsFormatVersion } from '../../reports/paths.ts';
import { byQuestion, closed, count, listOf } from './schema-parts.ts';

const names = listOf({ type: 'string' });

/** The JSON Schema of what `oz-status paths --format json` prints. */
export function pathsSchema(): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Paths of oz-status paths',
    ...closed({
      formatVersion: { const: pathsFormatVersion },
      machine: { enum: pathMachines },
      criterion: { enum: Object.keys(coverageCriteria) },
      bounds: { type: 'string', description: 'how much was walked, in words' },
      reading: closed(byQuestion((answers) => answers)),
      operatorRequired: { enum: operatorRequiredSettings },
      targets: closed({
        met: { ...names, description: 'all that can be met within the bounds' },
        unmet: { ...names, description: 'listed by the chart and met by nothing within the bounds' },
      }),
      least: closed({
        paths: { ...count, description: 'no set of fewer paths meets all targets' },
        apart: { ...names, description: 'no path meets two of these' },
        searched: {
          type: ['integer', 'null'],
          description: 'null: `apart` proves it; else the number of largest sets of targets searched',
        },
      }),
      paths: listOf(
        closed({
          input: { description: 'what the machine is told at its start; null: nothing' },
          shows: { type: 'string', description: 'what it shows before the first event' },
          steps: listOf(
            closed({
              event: { type: 'object', required: ['type'] },
              accepted: { type: 'boolean', description: 'an event that is not accepted changes nothing' },
              shows: { type: 'string', description: 'what it shows afterwards' },
            }),
          ),
        }),
      ),
    }),
  };
}
