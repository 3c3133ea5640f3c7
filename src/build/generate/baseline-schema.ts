import { baselineVersion } from '../../reports/baseline/index.ts';
import { findingCodes } from '../../observations/findings.ts';

/** The JSON Schema of a baseline file; `baselineProblems` accepts the same values but for repeated entries. */
export function baselineSchema(): object {
  const text = (description: string) => ({ description, type: 'string' });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Baseline of oz-status check',
    type: 'object',
    properties: {
      $schema: { type: 'string' },
      formatVersion: { const: baselineVersion },
      entries: {
        type: 'array',
        items: {
          description: 'A deviation that is known. A member that is left out admits any value.',
          type: 'object',
          properties: {
            code: { description: 'The code of the finding.', enum: Object.keys(findingCodes) },
            folder: text('The id of the folder, as received or as --redact calls it.'),
            analysis: text('The id of the analysis, as received or as --redact calls it.'),
            file: text('The recording, as it is named on the command line.'),
            pointer: text('The JSON pointer of the value, with * for every position in a list.'),
            observed: text('The value that is seen.'),
            reason: text('Why it is accepted.'),
            expires: {
              description: 'The last day in UTC on which it is; left out: for ever.',
              type: 'string',
              format: 'date',
              pattern: String.raw`^\d{4}-\d{2}-\d{2}$`,
            },
          },
          required: ['code', 'reason'],
          additionalProperties: false,
        },
      },
    },
    required: ['formatVersion', 'entries'],
    additionalProperties: false,
  };
}
