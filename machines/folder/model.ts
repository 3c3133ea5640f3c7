import { isSettled, type Analysis } from '../analysis/model.ts';
import { hasFailed, isGroupSettled, reduceGroup, type Group, type MemberEvent } from '../group/model.ts';
import {
  defaultReading,
  defaultSettings,
  resultFailsFirst,
  resultWaits,
  type Reading,
  type Settings,
} from '../readings.ts';
import { folderFrom } from '../given-folder.ts';
import { readingFrom, settingsFrom, type GivenReading, type GivenSettings } from '../given-settings.ts';
import { worstUnder } from '../severity.ts';
import type { FolderStatus, Resolution, SystemResolution } from '../statuses.ts';

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

/**
 * The folder after `event`, or the same object where the event is refused, as everything malformed is. Throws a
 * TypeError for a wrong folder, and for wrong settings, even where the event does not depend on them.
 */
export function reduceFolder(
  folder: Folder,
  event: FolderEvent,
  given: GivenSettings = defaultSettings,
): Folder {
  const settings = settingsFrom(given);
  folderFrom(folder);
  return event?.type === 'group.posted' ? post(folder, event) : settle(folder, event, settings);
}

/** Whether `event` is legal in `folder`: a refused event changes nothing. */
export function isLegal(
  folder: Folder,
  event: FolderEvent,
  settings: GivenSettings = defaultSettings,
): boolean {
  return reduceFolder(folder, event, settings) !== folder;
}

type Posted = Extract<FolderEvent, { type: 'group.posted' }>;

/** Whether a post says what it has to: from JavaScript, and from tools that make events up, anything may come. */
function isComplete({ groupId, analyses }: { readonly [K in keyof Posted]?: unknown }): boolean {
  if (typeof groupId !== 'string' || !Array.isArray(analyses)) return false;
  for (const member of analyses as readonly unknown[]) {
    const { id, kind } = (member ?? {}) as { readonly id?: unknown; readonly kind?: unknown };
    if (typeof id !== 'string' || typeof kind !== 'string') return false;
  }
  return true;
}

function post(folder: Folder, event: Posted): Folder {
  if (!isComplete(event)) return folder;
  const ids = event.analyses.map((analysis) => analysis.id);
  const taken = new Set(allAnalyses(folder).map((analysis) => analysis.id));
  const fresh = new Set(ids).size === ids.length && ids.every((id) => !taken.has(id));
  const known = folder.groups.some((group) => group.id === event.groupId);
  if (ids.length === 0 || !fresh || known) return folder;
  const analyses = event.analyses.map(({ id, kind }) => ({ id, kind, resolution: 'PROCESSING' as const }));
  return { ...folder, groups: [...folder.groups, { id: event.groupId, analyses }] };
}

function settle(folder: Folder, event: MemberEvent, settings: Settings): Folder {
  const at = folder.groups.findIndex((group) => group.analyses.some((analysis) => analysis.id === event?.id));
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
  const analyses: Analysis[] = [];
  // Everything asks for this; `flatMap` would take ten times as long.
  for (const group of folder.groups) for (const analysis of group.analyses) analyses.push(analysis);
  return analyses;
}

/** The settled groups, in the order in which they settled. */
export function settledGroups(folder: Folder): readonly Group[] {
  const byId = new Map(folder.groups.map((group) => [group.id, group]));
  return folder.settled.map((id) => byId.get(id)).filter((group) => group !== undefined);
}

/** What the two fields look at in some analyses. */
export interface Summary {
  /** Whether one of them runs. */
  readonly running: boolean;
  /** Whether one of them ended in a system error. */
  readonly failed: boolean;
  readonly worst: Resolution;
}

const isRunning = (analyses: readonly Analysis[]): boolean =>
  analyses.some((analysis) => !isSettled(analysis.resolution));

/** The summary of some analyses; none of no analyses. */
export function summarize(
  analyses: readonly Analysis[],
  reading: Reading = defaultReading,
): Summary | undefined {
  const resolutions = analyses.map((analysis) => analysis.resolution);
  const worst = worstUnder(resolutions, reading);
  return worst && { running: isRunning(analyses), failed: resolutions.includes('FAILED'), worst };
}

/** Whether a settled group counts as finished under the reading [FOLDER-RESULT-WHEN-FINISHED]. */
export function countsAsFinished(
  { failed }: Pick<Summary, 'failed'>,
  reading: Reading = defaultReading,
): boolean {
  return reading['failed-group-finishes'] === 'yes' || !failed;
}

const isFinished = (group: Group, reading: Reading): boolean =>
  countsAsFinished({ failed: hasFailed(group) }, reading);

/** The settled groups that count as finished under the reading, in the order in which they settled. */
export function finishedGroups(folder: Folder, reading: Reading = defaultReading): readonly Group[] {
  return settledGroups(folder).filter((group) => isFinished(group, reading));
}

/** All of a folder that its two fields depend on; what there is not is undefined. */
export interface FolderView {
  readonly allAnalyses: Summary | undefined;
  readonly lastApplied: Summary | undefined;
  readonly lastSettled: Summary | undefined;
  readonly lastFinished: Summary | undefined;
}

/** What the two fields see of a folder under the reading. */
export function viewFolder(folder: Folder, reading: Reading = defaultReading): FolderView {
  const summaryOf = (group: Group | undefined) => group && summarize(group.analyses, reading);
  const settled = settledGroups(folder);
  return {
    allAnalyses: summarize(allAnalyses(folder), reading),
    lastApplied: summaryOf(folder.groups.at(-1)),
    lastSettled: summaryOf(settled.at(-1)),
    lastFinished: summaryOf(settled.findLast((group) => isFinished(group, reading))),
  };
}

/** `folder.resolution_status`: the stage of the analyses that the reading's scope selects [FOLDER-STAGE-OF-ANALYSES]. */
export function resolutionStatus(folder: Folder, given: GivenReading = defaultReading): FolderStatus {
  const reading = readingFrom(given);
  return statusOfView(viewFolder(folderFrom(folder), reading), reading);
}

/** The stage that follows from what is seen of a folder. */
export function statusOfView(view: FolderView, reading: Reading = defaultReading): FolderStatus {
  const scope = statusScope(view, reading);
  if (!scope) return 'INITIAL';
  const { running, failed } = scope;
  const failedFirst = reading['status-precedence'] === 'failed-first';
  if (failed && (failedFirst || !running)) return 'FAILED';
  return running ? 'PROCESSING' : 'FINISHED';
}

function statusScope(view: FolderView, reading: Reading): Summary | undefined {
  switch (reading['status-scope']) {
    case 'all-analyses':
      return view.allAnalyses;
    case 'last-applied-group':
      return view.lastApplied;
    case 'last-settled-group': {
      const all = view.allAnalyses;
      return all?.running ? all : view.lastSettled;
    }
  }
}

/** `system_resolution`: the result of the folder [FOLDER-RESULT, FOLDER-RESULT-LAST-FINISHED]. */
export function systemResolution(folder: Folder, given: GivenReading = defaultReading): SystemResolution {
  const reading = readingFrom(given);
  return systemOfView(viewFolder(folderFrom(folder), reading), reading);
}

/** The result that follows from what is seen of a folder. */
export function systemOfView(view: FolderView, reading: Reading = defaultReading): SystemResolution {
  switch (reading['result-scope']) {
    case 'all-analyses':
      return resultOf(view.allAnalyses, reading);
    case 'last-applied-group':
      return resultOf(
        resultWaits(reading) && view.allAnalyses?.running ? view.allAnalyses : view.lastApplied,
        reading,
      );
    case 'last-finished-group':
      return resultOfLastFinished(view, reading);
  }
}

function resultOf(scope: Summary | undefined, reading: Reading): SystemResolution {
  if (!scope) return 'INITIAL';
  return scope.failed && scope.running && resultFailsFirst(reading) ? 'FAILED' : scope.worst;
}

function resultOfLastFinished(view: FolderView, reading: Reading): SystemResolution {
  const all = view.allAnalyses;
  if (!all) return 'INITIAL';
  if (all.running) {
    const held = resultWaits(reading) ? undefined : view.lastFinished;
    return held?.worst ?? resultOf(all, reading);
  }
  if (reading['failed-group-finishes'] === 'folder-fails' && all.failed) return 'FAILED';
  const decides = view.lastFinished ?? view.lastSettled;
  return decides?.worst ?? 'PROCESSING';
}

/** The two fields that the API would answer for a folder. */
export interface FolderFields {
  readonly resolution_status: FolderStatus;
  readonly system_resolution: SystemResolution;
}

/** Both fields of the folder under a reading, which may answer some questions only; throws a TypeError for a wrong folder or answer. */
export function project(folder: Folder, given: GivenReading = defaultReading): FolderFields {
  const reading = readingFrom(given);
  const view = viewFolder(folderFrom(folder), reading);
  return { resolution_status: statusOfView(view, reading), system_resolution: systemOfView(view, reading) };
}
