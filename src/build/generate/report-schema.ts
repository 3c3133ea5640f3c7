import { clauseIds } from '../../../machines/clauses.ts';
import { fields } from '../../../machines/statuses.ts';
import { findingCodes, type Severity } from '../../observations/findings.ts';
import { verdicts } from '../../observations/results.ts';
import { reportFormatVersion } from '../../reports/check/json.ts';
import { interruptions } from '../../reports/check/outcome.ts';
import { byQuestion, closed, count, listOf, orNull, place } from './schema-parts.ts';

const severities = [
  'violation',
  'unspecified',
  'hazard',
  'unreadable',
  'note',
] as const satisfies readonly Severity[];

const shown = {
  field: { enum: fields },
  analysis: { ...orNull('string'), description: 'id of the analysis; null: a field of the folder' },
  value: { type: 'string' },
};

const finding = closed({
  code: { enum: Object.keys(findingCodes) },
  clause: { enum: [...clauseIds, null] },
  evidence: { enum: ['documented', 'inferred', 'silent', null] },
  severity: { enum: severities },
  message: { type: 'string' },
  analysis: {
    ...orNull('string'),
    description: 'id of the analysis that it is about; null: the folder, several analyses or the input',
  },
  where: { $ref: '#/$defs/place' },
  observed: orNull('string'),
  allowed: { ...listOf({ type: 'string' }), description: 'empty where the question makes no sense' },
  before: {
    description: 'the last observation of the folder that was explained before this one',
    anyOf: [
      { type: 'null' },
      closed({
        where: { $ref: '#/$defs/place' },
        shown: listOf(closed(shown)),
        more: { ...count, description: 'how many analyses more it showed' },
      }),
    ],
  },
  nearest: {
    description: 'the nearest legal continuation: the fewest values that would have to be others',
    ...listOf(closed({ ...shown, observed: { type: 'string' } })),
  },
  hint: orNull('string'),
  known: {
    description: 'What the baseline says of the finding; null: none knows it.',
    anyOf: [closed({ reason: { type: 'string' }, expires: orNull('string') }), { type: 'null' }],
  },
});

/** The JSON Schema of the JSON report. */
export function reportSchema(): object {
  const reading = closed(byQuestion((answers) => answers));
  const findings = listOf({ $ref: '#/$defs/finding' });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Report of oz-status check',
    ...closed({
      formatVersion: { const: reportFormatVersion },
      reading: {
        description:
          'The answers judged by, or those of each reading where several are admitted; "any": every answer to every question but operator-decision.',
        anyOf: [{ const: 'any' }, reading, { ...listOf(reading), minItems: 2 }],
      },
      summary: {
        description: 'Counts over the whole check, whatever is listed below, and whether it is whole.',
        ...closed({
          partial: {
            description:
              'What ended the check early: all else is what was found until then; null: it is complete.',
            enum: [...Object.keys(interruptions), null],
          },
          observations: count,
          folders: count,
          ...Object.fromEntries(verdicts.map((verdict) => [verdict, count])),
          unreadable: count,
          hazards: count,
          known: count,
          open: {
            description: 'Of these counts what no baseline knows.',
            ...closed({
              violates: count,
              unspecified: count,
              inconclusive: count,
              unreadable: count,
              hazards: count,
            }),
          },
        }),
      },
      folders: {
        description: 'Folders with a finding or a hazard, in order of appearance; with --all every folder.',
        ...listOf(
          closed({ folderId: orNull('string'), verdict: { enum: verdicts }, findings, hazards: findings }),
        ),
      },
      unreadable: {
        description:
          'What was found in the input outside any folder; beside unreadable pieces, hazards and notes.',
        ...findings,
      },
    }),
    $defs: { finding, place },
  };
}
