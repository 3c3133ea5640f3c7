import { cellClause } from '../clauses.ts';
import type { Invariant, StepInvariant } from '../invariants.ts';
import { isStatusOf, results, statuses, type Field } from '../statuses.ts';
import { isSettled, mayNeedOperator, operatorMayDecide, stateOf, type Analysis } from './model.ts';

const columnOf = (field: Field) => statuses.map((status) => cellClause(field, status));

/** What holds of every reachable analysis. */
export const analysisInvariants: readonly Invariant<Analysis>[] = [
  {
    name: 'analyse.state stays in its column of the table',
    clauses: columnOf('analyse.state'),
    holds: ({ resolution }) => isStatusOf('analyse.state', stateOf(resolution)),
  },
  {
    name: 'analyse.resolution_status stays in its column of the table',
    clauses: columnOf('analyse.resolution_status'),
    holds: ({ resolution }) => isStatusOf('analyse.resolution_status', resolution),
  },
  {
    name: 'the result repeats the state exactly while there is no result',
    clauses: ['RESULT-INHERITS-STATE', 'RESULT-AFTER-FINISH'],
    holds: ({ resolution }) => {
      const finished = stateOf(resolution) === 'FINISHED';
      const hasResult = (results as readonly string[]).includes(resolution);
      return finished === hasResult && (finished || resolution === stateOf(resolution));
    },
  },
  {
    name: 'OPERATOR_REQUIRED never meets liveness, nor an installation that does not enable it',
    clauses: ['LIVENESS-NO-OPERATOR', 'OPERATOR-SETTING'],
    holds: ({ kind, resolution }, settings) =>
      resolution !== 'OPERATOR_REQUIRED' || mayNeedOperator(kind, settings),
  },
];

/** What holds of every step of an analysis. */
export const analysisStepInvariants: readonly StepInvariant<Analysis>[] = [
  {
    name: 'a settled analysis never changes, but for an operator’s decision where the reading allows it',
    clauses: ['ANALYSIS-FINAL', 'OPERATOR-DECISION'],
    holds: (before, after, settings) =>
      !isSettled(before.resolution) ||
      before.resolution === after.resolution ||
      (before.resolution === 'OPERATOR_REQUIRED' &&
        operatorMayDecide(settings) &&
        ['SUCCESS', 'DECLINED'].includes(after.resolution)),
  },
  {
    name: 'the id and the kind of an analysis never change',
    clauses: ['ANALYSIS-IDENTITY'],
    holds: (before, after) => before.id === after.id && before.kind === after.kind,
  },
];
