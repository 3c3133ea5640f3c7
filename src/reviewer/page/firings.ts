import {
  allAnalyses,
  groupResult,
  reduceFolder,
  type Analysis,
  type Folder,
  type FolderEvent,
  type Group,
  type Settings,
} from '../../../machines/index.ts';
import { nextPost } from './numbering.ts';
import { eventsOf, prospectOf } from './prospects.ts';

/** What a click on a state of a picture does: an event that leads there, if one is possible. */

/** Events by the id of the state to which they lead. */
export type Firings = ReadonlyMap<string, FolderEvent>;

/** The most analyses of a folder that are tried for a picture. */
const maxTried = 40;

/** The kinds of the group that a click posts. */
const postedKinds = ['QUALITY', 'BIOMETRY'] as const;

/** For the pictures of a folder: the first event that changes a field to each status. */
export function folderFirings(folder: Folder, settings: Settings): Firings {
  const firings = new Map<string, FolderEvent>();
  const before = prospectOf(folder, nextPost(folder.groups.length, []), settings).fields;
  const tried = [
    ...allAnalyses(folder).slice(0, maxTried).flatMap(eventsOf),
    nextPost(folder.groups.length, postedKinds),
  ];
  for (const event of tried) {
    const { refusal, fields } = prospectOf(folder, event, settings);
    if (refusal) continue;
    for (const field of ['resolution_status', 'system_resolution'] as const) {
      const state = `folder.${field}.${fields[field]}`;
      if (fields[field] !== before[field] && !firings.has(state)) firings.set(state, event);
    }
  }
  return firings;
}

/** For the picture of an analysis: how it may end. */
export function analysisFirings(folder: Folder, analysis: Analysis, settings: Settings): Firings {
  const legal = eventsOf(analysis).filter((event) => !prospectOf(folder, event, settings).refusal);
  return new Map(
    legal.map((event) => {
      const state = event.type === 'analysis.failed' ? 'FAILED' : `FINISHED.${event.resolution}`;
      return [`analysis.${state}`, event] as const;
    }),
  );
}

/** For the picture of a group: the first event that changes its result to each status. */
export function groupFirings(folder: Folder, group: Group, settings: Settings): Firings {
  const firings = new Map<string, FolderEvent>();
  const before = groupResult(group, settings.reading);
  for (const event of group.analyses.slice(0, maxTried).flatMap(eventsOf)) {
    if (prospectOf(folder, event, settings).refusal) continue;
    const after = reduceFolder(folder, event, settings).groups.find(({ id }) => id === group.id)!;
    const result = groupResult(after, settings.reading);
    const state = `group.${result}`;
    if (result !== before && !firings.has(state)) firings.set(state, event);
  }
  return firings;
}
