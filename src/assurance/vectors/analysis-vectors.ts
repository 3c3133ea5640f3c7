import {
  alphabetOf,
  answersTo,
  decisions,
  defaultReading,
  defaultSettings,
  liveness,
  mayNeedOperator,
  operatorRequiredSettings,
  resolve,
  results,
  stateOf,
  statuses,
  type AnalysisEvent,
  type ClauseId,
  type Reading,
  type Resolution,
  type Settings,
} from '../../../machines/index.ts';
import { expectedOf } from './executed.ts';
import { underReading } from './field-readings.ts';
import { judged, type Unjudged } from './judge.ts';
import { enabling, type Expected, type Vector, type VectorSet } from './vector.ts';

const kinds = [liveness, 'BIOMETRY'];
const id = 'a';

const events: readonly AnalysisEvent[] = [
  { type: 'analysis.failed' },
  ...results.map((resolution) => ({ type: 'analysis.finished' as const, resolution })),
  ...decisions.map((resolution) => ({ type: 'operator.decided' as const, resolution })),
];

const settings = (
  operatorRequired: Settings['operatorRequired'],
  decision: Reading['operator-decision'],
): Settings => ({
  reading: { ...defaultReading, 'operator-decision': decision },
  operatorRequired,
});

const shownOf = (resolution: Resolution) => ({ state: stateOf(resolution), resolution_status: resolution });

/** What one event does to an analysis. */
function afterEvent(
  analysis: { readonly id: string; readonly kind: string; readonly resolution: Resolution },
  event: AnalysisEvent,
  under: Settings,
): Expected {
  const run = (each: Settings) => {
    const next = resolve(analysis, event, each);
    return [{ accepted: next !== undefined, ...shownOf(next ?? analysis.resolution) }];
  };
  return expectedOf(run, under);
}

/** The states that an analysis of the kind can be in. */
const statesOf = (kind: string, operatorRequired: Settings['operatorRequired']) =>
  alphabetOf('analyse.resolution_status').filter(
    (resolution) =>
      resolution !== 'OPERATOR_REQUIRED' || mayNeedOperator(kind, { ...defaultSettings, operatorRequired }),
  );

/** Where OPERATOR_REQUIRED never occurs nobody can decide on it, whatever the answer. */
const decisionsUnder = (operatorRequired: Settings['operatorRequired']) =>
  answersTo('operator-decision').slice(0, operatorRequired === 'never' ? 1 : undefined);

/** Every event in every state of an analysis. */
export function analysisEventVectors(): VectorSet {
  const vectors = operatorRequiredSettings.flatMap((operatorRequired) =>
    decisionsUnder(operatorRequired).flatMap((decision) =>
      kinds.flatMap((kind) =>
        statesOf(kind, operatorRequired).flatMap((resolution) =>
          events.map((event): Vector => {
            const analysis = { id, kind, resolution };
            const name = 'resolution' in event ? `${event.type}-${event.resolution}` : event.type;
            return {
              id: `analysis-events/${operatorRequired}/${decision}/${kind}/${resolution}/${name}`,
              description: `${name.replace('-', ' ')} for ${kind} that is ${resolution}`,
              clauses: clausesOf(event),
              ...underReading(settings(operatorRequired, decision).reading),
              given: { ...enabling(operatorRequired), analysis },
              events: [event],
              expected: afterEvent(analysis, event, settings(operatorRequired, decision)),
            };
          }),
        ),
      ),
    ),
  );
  return {
    name: 'analysis-events',
    about:
      'Every event in every state that an analysis can be in, of liveness and of another kind, under every answer to operator-decision; and where the biometry settings do not enable OPERATOR_REQUIRED.',
    vectors,
  };
}

function clausesOf(event: AnalysisEvent): readonly ClauseId[] {
  if (event.type === 'operator.decided') return ['OPERATOR-DECISION', 'ANALYSIS-FINAL'];
  const limits: readonly ClauseId[] =
    'resolution' in event && event.resolution === 'OPERATOR_REQUIRED'
      ? ['LIVENESS-NO-OPERATOR', 'OPERATOR-SETTING']
      : [];
  return ['RESULT-AFTER-FINISH', 'ANALYSIS-FINAL', ...limits];
}

/** Every pair of statuses that an analysis could claim to be in. */
export function analysisFieldVectors(): VectorSet {
  const vectors = operatorRequiredSettings.flatMap((operatorRequired) => {
    const unjudged = kinds.flatMap((kind) =>
      statuses.flatMap((state) =>
        statuses.map((resolution): Unjudged => {
          const given = enabling(operatorRequired);
          return {
            id: `analysis-fields/${operatorRequired}/${kind}/${state}/${resolution}`,
            description: `${kind} with state ${state} and resolution_status ${resolution}`,
            clauses: [
              'RESULT-INHERITS-STATE',
              'RESULT-AFTER-FINISH',
              `STATE-${state}`,
              `RESULT-${resolution}`,
            ],
            ...('operatorRequired' in given ? { given } : {}),
            observations: [
              { analyse_id: id, folder_id: 'f', type: kind, state, resolution_status: resolution },
            ],
          };
        }),
      ),
    );
    return judged(unjudged, settings(operatorRequired, defaultReading['operator-decision']));
  });
  return {
    name: 'analysis-fields',
    about:
      'Every pair of state and resolution_status out of the seven statuses, of liveness and of another kind, under both biometry settings.',
    vectors,
  };
}
