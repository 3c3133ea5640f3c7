import { alphabetOf, clauseIds, questionNames } from '../../../machines/index.ts';
import { closed, listOf } from './schema-parts.ts';

const text = { type: 'string', minLength: 1 };
const ids = { type: 'array', items: text };
const verdict = {
  enum: ['passed', 'declined', 'operator-required', 'failed', 'pending', 'incomplete', 'unknown'],
};
const statusText = (known: readonly string[]) => ({
  ...text,
  description: `${known.join(', ')}, or a text that the specification does not know`,
});

const said = {
  verdict,
  because: { enum: ['kinds', 'list', 'results', 'readings', 'status', 'contradiction'] },
  questions: listOf({ enum: questionNames }),
  candidates: listOf(verdict),
  deciding: { ...ids, description: 'the analyses that give the result' },
  hidden: { ...ids, description: 'settled analyses without SUCCESS whose result is not the one shown' },
};
const optional = ['because', 'questions', 'candidates'];

/** The JSON Schema of one line of the decision table. */
export function decisionsSchema(): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A line of the decision table of oz-status-spec: what an answer means for a client',
    ...closed({
      id: { ...text, description: 'unique and stable' },
      description: text,
      clauses: listOf({ enum: clauseIds }),
      requires: { ...listOf(text), description: 'the kinds that have to be passed' },
      answer: closed(
        {
          folder_id: text,
          resolution_status: statusText(alphabetOf('folder.resolution_status')),
          system_resolution: statusText(alphabetOf('system_resolution')),
          analyses: {
            type: 'array',
            items: closed(
              {
                analyse_id: text,
                group_id: text,
                type: text,
                state: statusText(alphabetOf('analyse.state')),
                resolution_status: statusText(alphabetOf('analyse.resolution_status')),
              },
              ['group_id', 'resolution_status'],
            ),
          },
        },
        ['analyses'],
      ),
      missing: { ...ids, description: 'the required kinds of which there is no analysis' },
      under: {
        description: 'empty: no small folder gives this answer under any reading',
        ...listOf(
          closed(
            {
              readings: {
                type: 'string',
                pattern: '^\\d+(-\\d+)?(,\\d+(-\\d+)?)*$',
                description:
                  'the readings of decisions.json, by number from 0, under which a small folder answers so, and which alone give this verdict',
              },
              ...said,
            },
            optional,
          ),
        ),
      },
      together: {
        description: 'where all of these readings are admitted; every reading, where there are none of them',
        ...closed(said, optional),
      },
    }),
  };
}
