import {
  alphabetOf,
  decisions,
  defaultSettings,
  liveness,
  resolve,
  results,
  startOf,
  type AnalysisEvent,
  type Resolution,
  type Settings,
} from '../../../machines/index.ts';
import type { KindClass } from './canonical.ts';

/** One step that an analysis may take, and for which kinds. */
export interface AnalysisStep {
  readonly event: AnalysisEvent;
  readonly from: Resolution;
  readonly to: Resolution;
  readonly kinds: readonly KindClass[];
}

/** One kind of each class, as the specification tells kinds apart: any string but liveness is another kind. */
export const kindOf = { liveness, other: 'BIOMETRY' } as const satisfies Record<KindClass, string>;

/** The classes of kinds. */
export const kindClasses = Object.keys(kindOf) as KindClass[];

/** The resolution of an analysis that was just posted. */
export const postedAs = startOf('analyse.resolution_status');

/** Every event that an analysis could be told, legal or not. */
const candidates: readonly AnalysisEvent[] = [
  { type: 'analysis.failed' },
  ...results.map((resolution) => ({ type: 'analysis.finished', resolution }) as const),
  ...decisions.map((resolution) => ({ type: 'operator.decided', resolution }) as const),
];

/**
 * The life of an analysis as a table: the model is asked about every event in every resolution that a kind can
 * reach, so that nothing of it is written a second time.
 */
export function analysisSteps(settings: Settings = defaultSettings): readonly AnalysisStep[] {
  const reached = Object.fromEntries(kindClasses.map((kind) => [kind, new Set([postedAs])]));
  const after = (kind: KindClass, resolution: Resolution, event: AnalysisEvent) =>
    resolve({ id: kind, kind: kindOf[kind], resolution }, event, settings);
  for (const kind of kindClasses) {
    for (const from of reached[kind] ?? []) {
      for (const event of candidates) reached[kind]?.add(after(kind, from, event) ?? from);
    }
  }
  return alphabetOf('analyse.resolution_status').flatMap((from) =>
    candidates.flatMap((event): readonly AnalysisStep[] => {
      const kinds = kindClasses.filter((kind) => reached[kind]?.has(from) && after(kind, from, event));
      const to = kinds[0] && after(kinds[0], from, event);
      return to === undefined ? [] : [{ event, from, to, kinds }];
    }),
  );
}
