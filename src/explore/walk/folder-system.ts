import {
  defaultSettings,
  emptyFolder,
  reduceFolder,
  type Folder,
  type FolderEvent,
  type Group,
  type Result,
  type Settings,
} from '../../../machines/index.ts';
import { canonicalKey, kindClass, plainKey } from './canonical.ts';
import type { System } from './explore.ts';

/**
 * How much of the unbounded folder is explored. A POST is possible at any time while there is room for its
 * group.
 */
export interface FolderBounds {
  /** At most so many groups. */
  readonly groups: number;
  /** So many analyses in each group. */
  readonly analyses: number;
  /**
   * Whether every group has exactly that many analyses, or any number from one up to it. Default: `exact`.
   */
  readonly sizes?: 'exact' | 'up-to';
  /** The kinds that an analysis may have. Default: BIOMETRY alone. */
  readonly kinds?: readonly string[];
}

/** Bounds, and how the folder is judged. */
export interface FolderSystemOptions extends FolderBounds {
  /** Default: the default settings. */
  readonly settings?: Settings;
  /** Merge folders that differ only in which of several interchangeable analyses did what. Default: false. */
  readonly canonical?: boolean;
}

/**
 * The folder of the pure model as a system to explore.
 *
 * In canonical form the states are still ordinary folders: of several interchangeable analyses the first is
 * the one that moves, and the key counts them. So paths replay on the plain model and on the machine.
 */
export function folderSystem(options: FolderSystemOptions): System<Folder, FolderEvent> {
  const { settings: given = defaultSettings, canonical = false } = options;
  // A reading that could be changed would be looked at with every event.
  const settings = { ...given, reading: Object.freeze({ ...given.reading }) };
  return {
    initial: emptyFolder,
    events: (folder) => folderEvents(folder, options, canonical),
    next: (folder, event) => {
      const after = reduceFolder(folder, event, settings);
      return after === folder ? undefined : after;
    },
    key: canonical ? (folder) => canonicalKey(folder) : (folder) => plainKey(folder, options.kinds),
  };
}

/** How an analysis may end with a result, or be decided: first what is easiest to bring about. */
const resultsEasiestFirst = ['SUCCESS', 'DECLINED', 'OPERATOR_REQUIRED'] as const satisfies readonly Result[];
const decisionsEasiestFirst = resultsEasiestFirst.filter((result) => result !== 'OPERATOR_REQUIRED');

/**
 * The events worth trying in `folder`, legal or not: POSTs from small to large, then for each analysis how
 * it may end, a failure last, and what an operator may decide. With `canonical` one of several
 * interchangeable choices is enough.
 *
 * Ids count up: the second group is `g2`, its first analysis `g2.a1`.
 */
export function folderEvents(
  folder: Folder,
  bounds: FolderBounds,
  canonical = false,
): readonly FolderEvent[] {
  return [
    ...(folder.groups.length < bounds.groups ? posts(`g${folder.groups.length + 1}`, bounds, canonical) : []),
    ...folder.groups.flatMap((group) => memberEvents(group, canonical)),
  ];
}

function posts(groupId: string, bounds: FolderBounds, canonical: boolean): readonly FolderEvent[] {
  const { analyses: largest, sizes = 'exact', kinds = ['BIOMETRY'] } = bounds;
  const events: FolderEvent[] = [];
  for (let size = sizes === 'exact' ? largest : 1; size <= largest; size++) {
    for (const chosen of kindLists(size, canonical ? firstOfEachClass(kinds) : kinds, canonical)) {
      const analyses = chosen.map((kind, at) => ({ id: `${groupId}.a${at + 1}`, kind }));
      events.push({ type: 'group.posted', groupId, analyses });
    }
  }
  return events;
}

const firstOfEachClass = (kinds: readonly string[]): readonly string[] =>
  kinds.filter((kind, at) => kinds.findIndex((other) => kindClass(other) === kindClass(kind)) === at);

/** Lists of `size` kinds; where order does not matter, only those in the order of `kinds`. */
function kindLists(
  size: number,
  kinds: readonly string[],
  unordered: boolean,
): readonly (readonly string[])[] {
  let lists: (readonly string[])[] = [[]];
  for (let at = 0; at < size; at++) {
    lists = lists.flatMap((list) => {
      const from = unordered ? Math.max(0, kinds.indexOf(list.at(-1) ?? '')) : 0;
      return kinds.slice(from).map((kind) => [...list, kind]);
    });
  }
  return lists;
}

function memberEvents(group: Group, canonical: boolean): readonly FolderEvent[] {
  const events: FolderEvent[] = [];
  const done = new Set<string>();
  for (const { id, kind, resolution } of group.analyses) {
    if (canonical) {
      const alike = `${kindClass(kind)} ${resolution}`;
      if (done.has(alike)) continue;
      done.add(alike);
    }
    if (resolution === 'PROCESSING') {
      for (const result of resultsEasiestFirst)
        events.push({ type: 'analysis.finished', id, resolution: result });
      events.push({ type: 'analysis.failed', id });
    } else if (resolution === 'OPERATOR_REQUIRED') {
      for (const decision of decisionsEasiestFirst)
        events.push({ type: 'operator.decided', id, resolution: decision });
    }
  }
  return events;
}
