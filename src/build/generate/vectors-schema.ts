import { answersTo, operatorRequiredSettings, questionNames } from '../../../machines/readings.ts';
import { severityOrder } from '../../../machines/severity.ts';
import { alphabetOf, statuses } from '../../../machines/statuses.ts';
import { clauseIds } from '../../../machines/clauses.ts';
import { findingCodes } from '../../observations/findings.ts';
import { vectorVerdicts } from '../../assurance/vectors/index.ts';
import { closed, listOf } from './schema-parts.ts';

const text = { type: 'string', minLength: 1 };
const resolution = { enum: alphabetOf('analyse.resolution_status') };
/** The statuses that have a rank in the order of severity. */
const ranked = { enum: severityOrder() };

const analysis = closed({ id: text, kind: text, resolution });

/** Reading and settings of a vector, and where it begins. */
const beginning = {
  reading: {
    description: 'the answers that differ from the default reading; absent: none',
    ...closed(
      Object.fromEntries(questionNames.map((question) => [question, { enum: answersTo(question).slice(1) }])),
      questionNames,
    ),
    minProperties: 1,
  },
  given: {
    description: 'what holds before the first event or observation',
    ...closed(
      {
        operatorRequired: { enum: operatorRequiredSettings, description: 'absent: allowed' },
        statuses: listOf(ranked),
        analysis,
        group: { description: 'a group by itself', ...closed({ id: text, analyses: listOf(analysis) }) },
      },
      ['operatorRequired', 'statuses', 'analysis', 'group'],
    ),
  },
};

const analyses = listOf(closed({ id: text, kind: text }));
const event = {
  oneOf: [
    closed({ type: { const: 'group.posted' }, groupId: text, analyses }),
    closed({ type: { const: 'analysis.failed' }, id: text }, ['id']),
    closed({ type: { enum: ['analysis.finished', 'operator.decided'] }, id: text, resolution }, ['id']),
  ],
};

const projection = {
  oneOf: [
    closed({
      accepted: { type: 'boolean' },
      state: { enum: alphabetOf('analyse.state') },
      resolution_status: resolution,
    }),
    closed({
      accepted: { type: 'boolean' },
      resolution_status: { enum: alphabetOf('folder.resolution_status') },
      system_resolution: { enum: alphabetOf('system_resolution') },
    }),
    closed({ accepted: { type: 'boolean' }, group_result: resolution }),
  ],
};

const status = { enum: statuses };
const seenAnalysis = {
  analyse_id: text,
  folder_id: text,
  group_id: text,
  type: text,
  state: status,
  resolution_status: status,
};
const observation = {
  oneOf: [
    {
      description: 'the body of an answer that is one analysis',
      ...closed(
        seenAnalysis,
        Object.keys(seenAnalysis).filter((name) => !['analyse_id', 'folder_id'].includes(name)),
      ),
    },
    {
      description: 'the body of an answer that is a folder',
      ...closed(
        {
          folder_id: text,
          resolution_status: status,
          system_resolution: status,
          analyses: listOf(closed(seenAnalysis, ['folder_id', 'group_id'])),
        },
        ['resolution_status', 'system_resolution', 'analyses'],
      ),
    },
  ],
};

const vector = closed(
  {
    id: { ...text, description: 'unique and stable' },
    description: text,
    clauses: { type: 'array', minItems: 1, items: { enum: clauseIds } },
    ...beginning,
    events: { type: 'array', minItems: 1, items: event },
    observations: { type: 'array', minItems: 1, items: observation },
    expected: closed(
      {
        verdict: { enum: vectorVerdicts },
        findings: {
          ...listOf({ enum: Object.keys(findingCodes) }),
          description: 'the codes that decide the verdict, sorted; absent: none',
        },
        reason: { ...text, description: 'why the verdict is not valid' },
        worst: { enum: [...severityOrder(), null], description: 'null: there is none' },
        projections: { ...listOf(projection), description: 'what is shown after each event' },
      },
      ['findings', 'reason', 'worst', 'projections'],
    ),
  },
  ['reading', 'given', 'events', 'observations'],
);

/** The JSON Schema of vectors: of one, which is a line of a file. */
export function vectorsSchema(): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A test vector of oz-status-spec',
    $ref: '#/$defs/vector',
    $defs: { vector },
  };
}
