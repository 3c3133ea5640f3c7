import type { Observation } from '../../src/conformance/index.ts';
import { readStandIn } from '../../src/observations/unnamed-folders.ts';

/** The columns of the table of answers with their types, as docs/guide/warehouse.md describes them. */
export const columns = {
  folder_id: 'VARCHAR',
  answer: 'BIGINT',
  resolution_status: 'VARCHAR',
  system_resolution: 'VARCHAR',
  list: 'VARCHAR',
  analysis_id: 'VARCHAR',
  kind: 'VARCHAR',
  group_id: 'VARCHAR',
  state: 'VARCHAR',
  analysis_status: 'VARCHAR',
} as const;

/** A row: one analysis in one answer, or an answer that shows none. */
export type Row = Readonly<Record<keyof typeof columns, string | number | null>>;

/** What an observation is in the table; `answer`: its number. */
export function rowsOf(observation: Observation, answer: number): readonly Row[] {
  const { folder, folderId, unnamed, resolutionStatus, systemResolution, analyses } = observation;
  const { complete, wholeGroup } = observation;
  const isOther = unnamed === true || readStandIn(folder) !== undefined;
  const partial = analyses.length > 0 ? 'partial' : 'none';
  const list = isOther ? 'partial' : complete ? 'complete' : wholeGroup ? 'posted' : partial;
  const own = {
    folder_id: folderId ?? null,
    answer,
    resolution_status: resolutionStatus ?? null,
    system_resolution: systemResolution ?? null,
    list,
  };
  const none = { analysis_id: null, kind: null, group_id: null, state: null, analysis_status: null };
  if (analyses.length === 0) return [{ ...own, ...none }];
  return analyses.map((view) => ({
    ...own,
    analysis_id: view.id,
    kind: view.kind ?? null,
    group_id: view.groupId ?? null,
    state: view.state ?? null,
    analysis_status: view.resolutionStatus ?? null,
  }));
}
