import { memberEvents } from '../machines/paths/bounded.ts';
import { OracleFolder, type OracleEvent, type OracleSettings } from '../machines/oracle/folder.ts';

/** A step of the oracle between two of its folders, given by their numbers. */
export interface OracleStep {
  readonly from: number;
  readonly event: OracleEvent;
  readonly to: number;
}

/** Folders of the oracle, what leads from one to another, and what each of them refuses. */
export interface OracleGraph {
  readonly folders: readonly OracleFolder[];
  readonly steps: readonly OracleStep[];
  readonly refused: readonly { readonly at: number; readonly event: OracleEvent }[];
}

/** Every folder that events lead to; two with the same key are one. */
export function oracleGraph(
  start: OracleFolder,
  eventsIn: (folder: OracleFolder) => readonly OracleEvent[],
  key = (folder: OracleFolder): string => folder.describe(),
): OracleGraph {
  const folders = [start];
  const numbers = new Map([[key(start), 0]]);
  const steps: OracleStep[] = [];
  const refused: { at: number; event: OracleEvent }[] = [];
  for (const [from, folder] of folders.entries()) {
    for (const event of eventsIn(folder)) {
      const next = folder.copy();
      if (!next.accept(event)) {
        refused.push({ at: from, event });
        continue;
      }
      const name = key(next);
      const to = numbers.get(name) ?? folders.push(next) - 1;
      numbers.set(name, to);
      steps.push({ from, event, to });
    }
  }
  return { folders, steps, refused };
}

/** What the oracle remembers of analyses of one kind, apart from which of those in a group is which. */
function withoutNames(folder: OracleFolder): string {
  const [members, ...groups] = JSON.parse(folder.describe()) as [
    readonly (readonly [string, { readonly group: string; readonly resolution: string }])[],
    ...unknown[],
  ];
  const alike = members.map(([, { group, resolution }]) => `${group} ${resolution}`);
  return JSON.stringify([alike.toSorted(), ...groups]);
}

/** Folders of so many groups of any size up to another, all of one kind, and everything tried on them. */
export function oracleFolders(settings: OracleSettings, groups: number, size: number): OracleGraph {
  const names = ['a', 'b'].slice(0, size);
  const events = (folder: OracleFolder): readonly OracleEvent[] => {
    const at = folder.groupCount;
    const posts = names.map((_, largest) => ({
      type: 'group.posted',
      groupId: `g${at}`,
      analyses: names.slice(0, largest + 1).map((name) => ({ id: `${name}${at}`, kind: 'BIOMETRY' })),
    }));
    const again = at > 0 ? [{ ...posts[0]!, groupId: 'g0' }] : [];
    return [
      ...(at < groups ? posts : []),
      ...folder.ids().flatMap(memberEvents),
      { type: 'group.posted', groupId: 'empty', analyses: [] },
      ...again,
    ];
  };
  return oracleGraph(new OracleFolder(settings), events, withoutNames);
}

/** One group by itself: of liveness and another kind, and of two of another kind. */
export function oracleGroups(settings: OracleSettings): readonly OracleGraph[] {
  return ['QUALITY', 'BIOMETRY'].map((kind) => {
    const analyses = [kind, 'BIOMETRY'].map((each, at) => ({ id: `a${at}`, kind: each }));
    const start = new OracleFolder(settings);
    start.accept({ type: 'group.posted', groupId: 'g', analyses });
    const unknown = { type: 'analysis.failed', id: 'unknown' };
    return oracleGraph(start, (folder) => [...folder.ids().flatMap(memberEvents), unknown]);
  });
}
