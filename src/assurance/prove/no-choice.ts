import type { ClauseId, Question } from '../../../machines/index.ts';
import type { Law } from './laws.ts';
import { playedBy } from './state.ts';
import { and, eq, implies, not, renamed, type Term } from './term.ts';
import { isAnswered, type Variable } from './vocabulary.ts';

/** What one could think that a field shows instead. */
const instead = (field: string): string => `instead.${field}`;

const under = (question: Question, answer: string, then: Term): Term =>
  implies(isAnswered(question, answer), then);
const byAnother = (role: Parameters<typeof playedBy>[0]): Term => playedBy(role, 'another');

/** For each field of a folder: its clause, and that no group decides on it but the watched one. */
const fields: Readonly<Record<string, { readonly clause: ClauseId; readonly watchedDecides: Term }>> = {
  resolution_status: {
    clause: 'FOLDER-STAGE-OF-ANALYSES',
    watchedDecides: and(
      under('status-scope', 'last-applied-group', not(byAnother('applied'))),
      under('status-scope', 'last-settled-group', not(byAnother('settled'))),
    ),
  },
  system_resolution: {
    clause: 'FOLDER-RESULT',
    watchedDecides: and(
      under('result-scope', 'last-applied-group', not(byAnother('applied'))),
      under(
        'result-scope',
        'last-finished-group',
        and(not(byAnother('finished')), implies(playedBy('finished', 'nobody'), not(byAnother('settled')))),
      ),
    ),
  },
};

/** A status for each field, of which a solver may choose any. */
export const insteadVariables: readonly (Variable & { readonly field: string })[] = Object.keys(fields).map(
  (field) => ({ field, name: instead(field), sort: 'Status' }),
);

/** What refutes that laws leave one status to each field: another one that breaks none of them either. */
export function otherChoices(
  laws: readonly Law[],
): readonly { readonly field: string; readonly clause: ClauseId; readonly terms: readonly Term[] }[] {
  return Object.entries(fields).map(([field, { clause, watchedDecides }]) => ({
    field,
    clause,
    terms: [
      watchedDecides,
      ...laws.map(({ term }) => renamed(term, (name) => (name === field ? instead(field) : name))),
      not(eq(instead(field), field)),
    ],
  }));
}
