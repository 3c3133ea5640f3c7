import {
  alphabetOf,
  answersTo,
  clauseIds,
  fields,
  questionNames,
  statuses,
  type Question,
} from '../../../machines/index.ts';
import { evidenceMeans } from '../../reports/check/text.ts';
import { machineNames } from '../../diagrams/facts/machine-document.ts';
import { findingCodes, verdicts } from '../../conformance/index.ts';
import { closed, listOf } from './schema-parts.ts';

const text = { type: 'string', minLength: 1 };
const texts = listOf(text);
const byName = (values: object) => ({ type: 'object', additionalProperties: values });
const exactly = (names: readonly string[], of: (name: string) => object) =>
  closed(Object.fromEntries(names.map((name) => [name, of(name)])));

const passage = closed(
  {
    section: { enum: ['opening', ...fields], description: 'the field that the section is on, or opening' },
    element: { enum: ['heading', 'cell', 'sentence'] },
    order: { type: 'integer', minimum: 0, description: 'among those of its section, from 1; of cells 0' },
    leads: { enum: statuses, description: 'the status with which a sentence begins' },
    row: { enum: statuses, description: 'of a cell: the status' },
    column: { enum: fields, description: 'of a cell: the field' },
    hash: {
      type: 'string',
      pattern: '^[0-9a-f]{16}$',
      description: 'of its words, blanks and marks left out',
    },
    clauses: { ...listOf({ enum: clauseIds }), description: 'what is held of it' },
    without: { ...text, description: 'why no clause stands there' },
  },
  ['leads', 'row', 'column', 'without'],
);

const clause = closed({
  text,
  where: { ...text, description: 'the place on the page' },
  evidence: { enum: Object.keys(evidenceMeans) },
  states: texts,
  transitions: texts,
  invariants: texts,
  codes: listOf({ enum: Object.keys(findingCodes) }),
  tests: { ...texts, description: 'the files of tests that name it' },
});

const stage = alphabetOf('folder.resolution_status').join('|');
const pair = `(${stage})/(${alphabetOf('system_resolution').join('|')})`;

/** The JSON Schema of docs/specification.json. */
export function specificationSchema(): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title:
      'The specification as reviewers read it: clauses, their places on the page, and what rests on them',
    ...closed({
      format: { const: 'oz-status-specification' },
      version: { const: 1 },
      page: closed({
        title: text,
        captured: { type: 'string', format: 'date' },
        sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
        address: { type: 'string', format: 'uri' },
      }),
      passages: listOf(passage),
      clauses: exactly(clauseIds, () => clause),
      questions: exactly(questionNames, (name) =>
        closed({ asks: text, answers: exactly(answersTo(name as Question), () => text) }),
      ),
      moves: {
        ...exactly(machineNames, () => texts),
        description: 'transitions by machine, under the default reading',
      },
      pairs: {
        ...listOf({ type: 'string', pattern: `^${pair}$` }),
        description: 'resolution_status/system_resolution that a folder can show',
      },
      pairMoves: listOf({ type: 'string', pattern: `^${pair}--${pair}$` }),
      recordings: byName(
        closed({ verdicts: byName({ enum: verdicts }), codes: listOf({ enum: Object.keys(findingCodes) }) }),
      ),
    }),
  };
}
