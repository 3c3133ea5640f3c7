/**
 * The life of one analysis: a liveness check, a face match, a document check.
 *
 * The API shows it in two fields. `analyse.state` is the outermost state name below and `analyse.resolution_status`
 * the innermost, so that the second repeats the first while there is no result: nothing has to enforce it. An
 * analysis runs until it fails or finishes with a result, and then stays as it is. Whether a person may later
 * replace OPERATOR_REQUIRED the page does not say: that transition exists under one answer only.
 */
import { setup } from 'xstate';
import { cellClause, type ClauseId } from '../clauses.ts';
import { inputFrom } from '../given-folder.ts';
import { settingsFrom, type GivenSettings } from '../given-settings.ts';
import { defaultSettings } from '../readings.ts';
import { cellOf, maxMicrosteps, type AnalysisState, type Resolution, type Result } from '../statuses.ts';
import { mayNeedOperator, operatorMayDecide, type AnalysisEvent, type Decision } from './model.ts';

/** What the machine is told about its analysis. */
export interface AnalysisInput {
  readonly id: string;
  readonly kind: string;
}

/** What a state of the machine carries: what the API shows in it, and by which clauses. */
export interface AnalysisMeta {
  readonly api: { 'analyse.state': AnalysisState; 'analyse.resolution_status': Resolution };
  readonly clauses: readonly ClauseId[];
}

/** The input with which the machine can be entered without being told anything. */
export const sampleAnalysis: AnalysisInput = { id: 'analysis', kind: 'BIOMETRY' };

/**
 * The statechart of one analysis under the given settings, or answers to questions; throws a TypeError for a wrong one. An
 * actor with a wrong input fails with a TypeError. XState calls it done at FAILED alone,
 * whose state is outermost, so wait for the tag `settled`.
 */
export function createAnalysisMachine(given: GivenSettings = defaultSettings) {
  const settings = settingsFrom(given);
  const analysis = setup({
    types: {
      context: {} as AnalysisInput,
      input: {} as AnalysisInput | undefined,
      events: {} as AnalysisEvent,
      tags: {} as 'settled',
      meta: {} as AnalysisMeta,
      transitionMeta: {} as { clauses: readonly ClauseId[] },
    },
    guards: {
      'the result is': ({ event }, { is }: { is: Result }) =>
        event.type === 'analysis.finished' && event.resolution === is,
      'the result is OPERATOR_REQUIRED, enabled and not of liveness': ({ context, event }) =>
        event.type === 'analysis.finished' &&
        event.resolution === 'OPERATOR_REQUIRED' &&
        mayNeedOperator(context.kind, settings),
      'the decision is': ({ event }, { is }: { is: Decision }) =>
        event.type === 'operator.decided' && event.resolution === is,
    },
  });

  const shows = (state: AnalysisState, resolution: Resolution, ...clauses: ClauseId[]) => ({
    description: cellOf('analyse.resolution_status', resolution)!.meaning,
    meta: {
      api: { 'analyse.state': state, 'analyse.resolution_status': resolution },
      clauses: [
        cellClause('analyse.state', state),
        cellClause('analyse.resolution_status', resolution),
        ...clauses,
      ],
    },
  });
  const settled = { type: 'final', tags: ['settled'] } as const;

  const decision = (is: Decision) => ({
    guard: { type: 'the decision is', params: { is } } as const,
    target: is,
    description: `a person decides ${is}`,
    meta: { clauses: ['OPERATOR-DECISION'] as const },
  });

  return analysis.createMachine({
    id: 'analysis',
    description: 'One analysis. Outermost state: analyse.state; innermost: analyse.resolution_status.',
    context: ({ input }) => (input === undefined ? sampleAnalysis : inputFrom(input)),
    options: { maxIterations: maxMicrosteps },
    initial: 'PROCESSING',
    states: {
      PROCESSING: {
        ...shows('PROCESSING', 'PROCESSING', 'STATE-PROCESSING-MEANS', 'RESULT-INHERITS-STATE'),
        on: {
          'analysis.failed': {
            target: 'FAILED',
            description: 'an error ends the analysis',
            meta: { clauses: ['STATE-FAILED-MEANS'] },
          },
          'analysis.finished': [
            {
              guard: { type: 'the result is', params: { is: 'SUCCESS' } },
              target: 'FINISHED.SUCCESS',
              description: 'the check is passed',
              meta: { clauses: ['RESULT-AFTER-FINISH', 'RESULT-SUCCESS-MEANS'] },
            },
            {
              guard: 'the result is OPERATOR_REQUIRED, enabled and not of liveness',
              target: 'FINISHED.OPERATOR_REQUIRED',
              description: 'a person has to look',
              meta: { clauses: ['RESULT-AFTER-FINISH', 'LIVENESS-NO-OPERATOR', 'OPERATOR-SETTING'] },
            },
            {
              guard: { type: 'the result is', params: { is: 'DECLINED' } },
              target: 'FINISHED.DECLINED',
              description: 'the check is not passed',
              meta: { clauses: ['RESULT-AFTER-FINISH', 'RESULT-DECLINED-MEANS'] },
            },
          ],
        },
      },
      FAILED: {
        ...shows('FAILED', 'FAILED', 'STATE-FAILED-MEANS', 'RESULT-INHERITS-STATE', 'ANALYSIS-FINAL'),
        ...settled,
      },
      FINISHED: {
        description: cellOf('analyse.state', 'FINISHED')!.meaning,
        // The three results are entered by name; this one is never entered by default.
        initial: 'DECLINED',
        states: {
          DECLINED: {
            ...shows(
              'FINISHED',
              'DECLINED',
              'STATE-FINISHED-MEANS',
              'FINISHED-WITH-ANY-RESULT',
              'RESULT-DECLINED-MEANS',
              'ANALYSIS-FINAL',
            ),
            ...settled,
          },
          OPERATOR_REQUIRED: {
            ...shows(
              'FINISHED',
              'OPERATOR_REQUIRED',
              'STATE-FINISHED-MEANS',
              'FINISHED-WITH-ANY-RESULT',
              'RESULT-OPERATOR_REQUIRED-MEANS',
            ),
            tags: ['settled'],
            on: operatorMayDecide(settings)
              ? { 'operator.decided': [decision('SUCCESS'), decision('DECLINED')] }
              : {},
          },
          SUCCESS: {
            ...shows('FINISHED', 'SUCCESS', 'STATE-FINISHED-MEANS', 'RESULT-SUCCESS-MEANS', 'ANALYSIS-FINAL'),
            ...settled,
          },
        },
      },
    },
  });
}

/** The statechart of one analysis under the default settings. */
export const analysisMachine = createAnalysisMachine();
