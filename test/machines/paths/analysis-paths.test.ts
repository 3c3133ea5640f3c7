import { getSimplePaths } from '@xstate/graph';
import { describe, expect, test } from 'vitest';
import { getInitialSnapshot, getNextSnapshot } from 'xstate';
import {
  createAnalysisMachine,
  defaultReading,
  resolve,
  stateOf,
  type Analysis,
  type AnalysisEvent,
  type Settings,
} from '../../../machines/index.ts';
import { memberEvents } from './bounded.ts';

const events: readonly AnalysisEvent[] = memberEvents('analysis').map(({ id: _id, ...event }) => event);

const settingsOf = (operatorRequired: string, decision: string): Settings =>
  ({ reading: { ...defaultReading, 'operator-decision': decision }, operatorRequired }) as Settings;

/** What an analysis may become, spelt out: from -> event -> resolution. */
const running = {
  'analysis.failed': 'FAILED',
  'analysis.finished SUCCESS': 'SUCCESS',
  'analysis.finished DECLINED': 'DECLINED',
};
const runningWithOperator = { ...running, 'analysis.finished OPERATOR_REQUIRED': 'OPERATOR_REQUIRED' };
const awaitingOperator = { 'operator.decided SUCCESS': 'SUCCESS', 'operator.decided DECLINED': 'DECLINED' };

type Chart = Readonly<Record<string, Readonly<Record<string, string>>>>;

const plain: Chart = { PROCESSING: running };
const withOperator: Chart = { PROCESSING: runningWithOperator };
const withDecision: Chart = { PROCESSING: runningWithOperator, OPERATOR_REQUIRED: awaitingOperator };

const cases = [
  ['QUALITY', 'allowed', 'unspecified', plain, 4],
  ['quality', 'allowed', 'allowed', plain, 4],
  ['BIOMETRY', 'allowed', 'unspecified', withOperator, 5],
  ['BIOMETRY', 'allowed', 'forbidden', withOperator, 5],
  ['BIOMETRY', 'allowed', 'allowed', withDecision, 7],
  ['BIOMETRY', 'never', 'allowed', plain, 4],
  ['a kind of tomorrow', 'allowed', 'allowed', withDecision, 7],
  ['QUALITY', 'never', 'unspecified', plain, 4],
] as const;

const nameOf = (event: AnalysisEvent): string =>
  'resolution' in event ? `${event.type} ${event.resolution}` : event.type;

describe.each(cases)(
  'an analysis of kind %s, OPERATOR_REQUIRED %s, decision %s',
  (kind, setting, decision, chart: Chart, paths) => {
    const settings = settingsOf(setting, decision);
    const machine = createAnalysisMachine(settings);
    const input = { id: 'analysis', kind };
    const walks = getSimplePaths(machine, {
      input,
      events: (state) => events.filter((event) => state.can(event)),
      limit: 1000,
    });

    test('has the paths of its chart, each shown as state and result [STATE-PROCESSING-MEANS] [RESULT-AFTER-FINISH]', () => {
      expect(walks).toHaveLength(paths);
      for (const walk of walks) {
        let snapshot = getInitialSnapshot(machine, input);
        let resolution = 'PROCESSING';
        for (const { event } of walk.steps.slice(1)) {
          snapshot = getNextSnapshot(machine, snapshot, event);
          resolution = chart[resolution]?.[nameOf(event)] ?? 'refused';
        }
        const without = resolution === 'PROCESSING' || resolution === 'FAILED';
        expect(snapshot.value).toEqual(without ? resolution : { FINISHED: resolution });
        expect(Object.values(snapshot.getMeta()).map((meta) => meta?.api)).toEqual([
          { 'analyse.state': without ? resolution : 'FINISHED', 'analyse.resolution_status': resolution },
        ]);
        expect(snapshot.hasTag('settled')).toBe(resolution !== 'PROCESSING');
        expect(stateOf(resolution as Analysis['resolution'])).toBe(without ? resolution : 'FINISHED');
      }
    });

    test('refuses in every state all that its chart does not list [ANALYSIS-FINAL] [LIVENESS-NO-OPERATOR]', () => {
      for (const walk of walks) {
        let snapshot = getInitialSnapshot(machine, input);
        for (const { event } of walk.steps.slice(1)) snapshot = getNextSnapshot(machine, snapshot, event);
        const resolution =
          Object.values(snapshot.getMeta())[0]?.api['analyse.resolution_status'] ?? 'PROCESSING';
        for (const event of [...events, ...garbage]) {
          const next = chart[resolution]?.[nameOf(event)];
          expect(snapshot.can(event), `${resolution} ${nameOf(event)}`).toBe(next !== undefined);
          expect(resolve({ id: 'analysis', kind, resolution }, event, settings)).toBe(next);
          if (next !== undefined) continue;
          const after = getNextSnapshot(machine, snapshot, event);
          expect(after.value).toEqual(snapshot.value);
          expect(after.context).toBe(snapshot.context);
        }
      }
    });
  },
);

const garbage = [
  { type: 'analysis.finished', resolution: 'FINISHED' },
  { type: 'analysis.finished', resolution: 'FAILED' },
  { type: 'analysis.finished', resolution: 'PROCESSING' },
  { type: 'analysis.finished', resolution: 'success' },
  { type: 'operator.decided', resolution: 'OPERATOR_REQUIRED' },
  { type: 'operator.decided', resolution: 'FAILED' },
] as unknown as readonly AnalysisEvent[];
