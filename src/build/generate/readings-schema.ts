import { clauseIds } from '../../../machines/clauses.ts';
import { operatorRequiredSettings, questionNames } from '../../../machines/readings.ts';
import { alphabetOf } from '../../../machines/statuses.ts';
import { findingCodes } from '../../observations/findings.ts';
import { hindrances } from '../../explore/index.ts';
import { readingsFormatVersion } from '../../reports/readings/json.ts';
import { byQuestion, closed, count, listOf, orNull, place } from './schema-parts.ts';

const text = { type: 'string' };
const isTrue = { type: 'boolean' };
const answer = { type: 'string', description: 'an answer to the question' };
const answersById = closed(
  byQuestion((answers) => answers),
  questionNames,
);
const two = (items: object) => ({ type: 'array', items, minItems: 2, maxItems: 2 });

const shows = closed({
  resolution_status: { enum: alphabetOf('folder.resolution_status') },
  system_resolution: { enum: alphabetOf('system_resolution') },
});

const bounds = closed(
  {
    groups: count,
    analyses: count,
    sizes: { enum: ['exact', 'up-to'] },
    operatorRequired: { enum: operatorRequiredSettings },
    maxStates: count,
  },
  ['sizes', 'operatorRequired', 'maxStates'],
);

const pair = closed(
  {
    answers: two(answer),
    under: { ...answersById, description: 'other questions that had to leave their defaults' },
    steps: listOf(closed({ happens: text, shows: two({ $ref: '#/$defs/shows' }) })),
    never: {
      description: 'Nothing tells them apart: why, for every folder; null: nothing does within the bounds.',
      anyOf: [listOf(text), { type: 'null' }],
    },
    searched: closed({ folders: count, complete: isTrue }),
  },
  ['never'],
);

const register = closed({
  formatVersion: { const: readingsFormatVersion },
  bounds: { $ref: '#/$defs/bounds' },
  readings: count,
  classes: count,
  folders: count,
  complete: isTrue,
  questions: listOf(
    closed({
      question: { enum: questionNames },
      asks: text,
      why: text,
      clauses: listOf({ enum: clauseIds }),
      default: answer,
      defaultBecause: text,
      askedUnder: answersById,
      answers: listOf(closed({ answer, means: text, consequence: text })),
      pairs: listOf(pair),
    }),
  ),
});

const effort = closed({ unforced: count, folders: count, steps: count });
const experiments = listOf(
  closed({
    number: { type: 'integer', minimum: 1 },
    folder: { enum: ['new', 'same'] },
    steps: listOf(closed({ toDo: text, hindrances: listOf({ enum: Object.keys(hindrances) }) })),
    outcomes: listOf(
      closed({
        shows: { $ref: '#/$defs/shows' },
        next: {
          description: 'the number of the next experiment, or the answers that are left',
          anyOf: [
            { type: 'integer', minimum: 1 },
            closed(
              byQuestion((answers) => listOf(answers)),
              questionNames,
            ),
          ],
        },
      }),
    ),
  }),
);

const plan = closed(
  {
    formatVersion: { const: readingsFormatVersion },
    bounds: { $ref: '#/$defs/bounds' },
    classes: count,
    worst: effort,
    least: effort,
    hindrances: closed(
      Object.fromEntries(Object.keys(hindrances).map((name) => [name, closed({ what: text, how: text })])),
    ),
    fields: experiments,
    operator: experiments,
  },
  ['operator'],
);

const seen = closed({ folderId: orNull('string'), where: { $ref: '#/$defs/place' } });
const found = {
  code: { enum: Object.keys(findingCodes) },
  clause: { enum: [...clauseIds, null] },
  message: text,
  where: { $ref: '#/$defs/place' },
};
const reading = {
  description: 'the answers to `questionNames`, in this order',
  type: 'array',
  prefixItems: Object.values(byQuestion((answers) => answers)),
  items: false,
  minItems: questionNames.length,
};

const inference = closed({
  formatVersion: { const: readingsFormatVersion },
  status: { enum: ['consistent', 'contradictory', 'nothing'] },
  folders: count,
  questionNames: { const: questionNames },
  questions: listOf(
    closed({
      question: { enum: questionNames },
      status: { enum: ['decided', 'open', 'not-asked', 'contradictory'] },
      answers: listOf(answer),
      decidedBy: {
        description: 'the observation at which only one answer was left for the first time',
        anyOf: [seen, { type: 'null' }],
      },
    }),
  ),
  readings: listOf({ $ref: '#/$defs/reading' }),
  classes: listOf(listOf({ $ref: '#/$defs/reading' })),
  conflict: { anyOf: [closed({ minimal: isTrue, observations: listOf(seen) }), { type: 'null' }] },
  leftOut: listOf(closed({ folderId: orNull('string'), ...found })),
  limited: listOf(orNull('string')),
  unreadable: listOf(closed(found)),
});

/** The JSON Schema of what `oz-status readings --format json` prints, with its words or without. */
export function readingsSchema(): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Output of oz-status readings',
    anyOf: [
      { title: 'oz-status readings', ...register },
      { title: 'oz-status readings plan', ...plan },
      { title: 'oz-status readings infer', ...inference },
    ],
    $defs: { bounds, place, reading, shows },
  };
}
