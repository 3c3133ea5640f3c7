import { analysisFrom } from '../given-folder.ts';
import { settingsFrom, type GivenSettings } from '../given-settings.ts';
import { wrongValue } from '../given-values.ts';
import { defaultSettings, type Reading, type Settings } from '../readings.ts';
import { results, type AnalysisState, type Resolution, type Result } from '../statuses.ts';

/** The kinds of analysis that the API documents; any other string is legal, as new kinds appear. */
export const documentedKinds = ['QUALITY', 'BIOMETRY', 'DOCUMENTS', 'COLLECTION', 'BLACKLIST'] as const;

/** The kind of the liveness check, the only one that never needs an operator. */
export const liveness = 'QUALITY';

/** One analysis: its id, its kind and how it ended, PROCESSING while it has not. */
export interface Analysis {
  readonly id: string;
  readonly kind: string;
  readonly resolution: Resolution;
}

/** What can happen to one analysis. */
export type AnalysisEvent =
  | { readonly type: 'analysis.failed' }
  | { readonly type: 'analysis.finished'; readonly resolution: Result }
  | { readonly type: 'operator.decided'; readonly resolution: Decision };

/** What an operator may make of OPERATOR_REQUIRED. */
export type Decision = Exclude<Result, 'OPERATOR_REQUIRED'>;

/** The decisions open to an operator. */
export const decisions = /* @__PURE__ */ results.filter(
  (result) => result !== 'OPERATOR_REQUIRED',
) as readonly Decision[];

/** `analyse.state` of a resolution: itself while there is no result, else FINISHED [RESULT-INHERITS-STATE]. */
export function stateOf(resolution: Resolution): AnalysisState {
  return resolution === 'PROCESSING' || resolution === 'FAILED' ? resolution : 'FINISHED';
}

/** Whether the analysis has ended, with a result or by failing. */
export function isSettled(resolution: Resolution): boolean {
  return resolution !== 'PROCESSING';
}

/**
 * Whether `kind` is liveness; kinds compare without regard to case, and no foreign letter passes for a Latin one. Throws
 * a TypeError for what is no text: of what is not known it is not known either.
 */
export function isLiveness(kind: string): boolean {
  if (typeof kind !== 'string') throw new TypeError(wrongValue('kind', 'a text', kind));
  return kind.toLowerCase() === liveness.toLowerCase();
}

/** Whether an analysis of this kind may end as OPERATOR_REQUIRED [LIVENESS-NO-OPERATOR, OPERATOR-SETTING]. */
export function mayNeedOperator(kind: string, settings: Settings = defaultSettings): boolean {
  return settings.operatorRequired === 'allowed' && !isLiveness(kind);
}

/** Whether a reading that answers every question lets a person replace OPERATOR_REQUIRED. */
const letsDecide = (reading: Reading): boolean => reading['operator-decision'] === 'allowed';

/** Whether the reading lets a person replace OPERATOR_REQUIRED [OPERATOR-DECISION]; throws a TypeError for a wrong one. */
export function operatorMayDecide(given: GivenSettings = defaultSettings): boolean {
  return letsDecide(settingsFrom(given).reading);
}

/**
 * The resolution after `event`, or undefined where the event is refused, as everything malformed is. Throws a TypeError
 * for a wrong analysis. Of the settings, which answer every question, it looks only at what the event depends on.
 */
export function resolve(
  analysis: Analysis,
  event: AnalysisEvent,
  settings: Settings = defaultSettings,
): Resolution | undefined {
  analysisFrom(analysis);
  switch (event?.type) {
    case 'analysis.failed':
      return isSettled(analysis.resolution) ? undefined : 'FAILED';
    case 'analysis.finished': {
      const { resolution } = event;
      if (isSettled(analysis.resolution) || !results.includes(resolution)) return undefined;
      if (resolution === 'OPERATOR_REQUIRED' && !mayNeedOperator(analysis.kind, settings)) return undefined;
      return resolution;
    }
    case 'operator.decided': {
      const awaits = analysis.resolution === 'OPERATOR_REQUIRED' && letsDecide(settings.reading);
      return awaits && decisions.includes(event.resolution) ? event.resolution : undefined;
    }
  }
}
