import { isSettled, type Analysis } from '../analysis/model.ts';
import {
  groupResult,
  hasFailed,
  isGroupSettled,
  reduceGroup,
  type Group,
  type MemberEvent,
} from '../group/model.ts';
import { defaultReading, defaultSettings, type Reading, type Settings } from '../readings.ts';
import { worst } from '../severity.ts';
import type { FolderStatus, SystemResolution } from '../statuses.ts';

/** A folder: its groups in the order in which they were posted, and the ids of the settled ones in theirs. */
export interface Folder {
  readonly groups: readonly Group[];
  readonly settled: readonly string[];
}

/** What can happen in a folder. */
export type FolderEvent =
  | {
      readonly type: 'group.posted';
      readonly groupId: string;
      readonly analyses: readonly Pick<Analysis, 'id' | 'kind'>[];
    }
  | MemberEvent;

/** A folder as it is created: without analyses. */
export const emptyFolder: Folder = { groups: [], settled: [] };

/** The folder after `event`, or the same object where the event is refused. */
export function reduceFolder(
  folder: Folder,
  event: FolderEvent,
  settings: Settings = defaultSettings,
): Folder {
  return event.type === 'group.posted' ? post(folder, event) : settle(folder, event, settings);
}

/** Whether `event` is legal in `folder`: a refused event changes nothing. */
export function isLegal(folder: Folder, event: FolderEvent, settings: Settings = defaultSettings): boolean {
  return reduceFolder(folder, event, settings) !== folder;
}

function post(folder: Folder, event: Extract<FolderEvent, { type: 'group.posted' }>): Folder {
  const ids = event.analyses.map((analysis) => analysis.id);
  const taken = new Set(allAnalyses(folder).map((analysis) => analysis.id));
  const fresh = new Set(ids).size === ids.length && ids.every((id) => !taken.has(id));
  const known = folder.groups.some((group) => group.id === event.groupId);
  if (ids.length === 0 || !fresh || known) return folder;
  const analyses = event.analyses.map(({ id, kind }) => ({ id, kind, resolution: 'PROCESSING' as const }));
  return { ...folder, groups: [...folder.groups, { id: event.groupId, analyses }] };
}

function settle(folder: Folder, event: MemberEvent, settings: Settings): Folder {
  const at = folder.groups.findIndex((group) => group.analyses.some((analysis) => analysis.id === event.id));
  const before = folder.groups[at];
  if (!before) return folder;
  const after = reduceGroup(before, event, settings);
  if (after === before) return folder;
  const settles = isGroupSettled(after) && !isGroupSettled(before);
  return {
    groups: folder.groups.with(at, after),
    settled: settles ? [...folder.settled, after.id] : folder.settled,
  };
}

/** Every analysis of the folder, group by group. */
export function allAnalyses(folder: Folder): readonly Analysis[] {
  return folder.groups.flatMap((group) => group.analyses);
}

/** The settled groups, in the order in which they settled. */
export function settledGroups(folder: Folder): readonly Group[] {
  const byId = new Map(folder.groups.map((group) => [group.id, group]));
  return folder.settled.flatMap((id) => byId.get(id) ?? []);
}

/** The settled groups that count as finished under the reading, in the order in which they settled. */
export function finishedGroups(folder: Folder, reading: Reading = defaultReading): readonly Group[] {
  const settled = settledGroups(folder);
  return reading['failed-group-finishes'] === 'yes' ? settled : settled.filter((group) => !hasFailed(group));
}

const isRunning = (analyses: readonly Analysis[]): boolean =>
  analyses.some((analysis) => !isSettled(analysis.resolution));

/** `folder.resolution_status`: the stage of the analyses that the reading's scope selects [FOLDER-STAGE]. */
export function resolutionStatus(folder: Folder, reading: Reading = defaultReading): FolderStatus {
  const scope = statusScope(folder, reading);
  if (scope.length === 0) return 'INITIAL';
  const running = isRunning(scope);
  const failed = scope.some((analysis) => analysis.resolution === 'FAILED');
  const failedFirst = reading['status-precedence'] === 'failed-first';
  if (failed && (failedFirst || !running)) return 'FAILED';
  return running ? 'PROCESSING' : 'FINISHED';
}

function statusScope(folder: Folder, reading: Reading): readonly Analysis[] {
  const all = allAnalyses(folder);
  switch (reading['status-scope']) {
    case 'all-analyses':
      return all;
    case 'last-applied-group':
      return folder.groups.at(-1)?.analyses ?? [];
    case 'last-settled-group':
      return isRunning(all) ? all : (settledGroups(folder).at(-1)?.analyses ?? []);
  }
}

/** `system_resolution`: the result of the folder [FOLDER-RESULT, FOLDER-RESULT-LAST-FINISHED]. */
export function systemResolution(folder: Folder, reading: Reading = defaultReading): SystemResolution {
  const last = folder.groups.at(-1);
  if (!last) return 'INITIAL';
  switch (reading['result-scope']) {
    case 'all-analyses':
      return (
        worst(
          folder.groups.map((group) => groupResult(group, reading)),
          reading,
        ) ?? 'INITIAL'
      );
    case 'last-applied-group':
      return groupResult(last, reading);
    case 'last-finished-group':
      return resultOfLastFinished(folder, reading);
  }
}

function resultOfLastFinished(folder: Folder, reading: Reading): SystemResolution {
  const analyses = allAnalyses(folder);
  const finished = finishedGroups(folder, reading).at(-1);
  if (isRunning(analyses)) {
    const held = reading['result-while-running'] === 'hold' ? finished : undefined;
    return held ? groupResult(held, reading) : 'PROCESSING';
  }
  const folderFails = reading['failed-group-finishes'] === 'folder-fails';
  if (folderFails && folder.groups.some(hasFailed)) return 'FAILED';
  const decides = finished ?? settledGroups(folder).at(-1);
  return decides ? groupResult(decides, reading) : 'PROCESSING';
}

/** The two fields that the API would answer for a folder. */
export interface FolderFields {
  readonly resolution_status: FolderStatus;
  readonly system_resolution: SystemResolution;
}

/** Both fields of the folder under a reading. */
export function project(folder: Folder, reading: Reading = defaultReading): FolderFields {
  return {
    resolution_status: resolutionStatus(folder, reading),
    system_resolution: systemResolution(folder, reading),
  };
}
