import {
  emptyFolder,
  reduceFolder,
  resolutionStatus,
  systemResolution,
  type Folder,
  type FolderEvent,
  type Settings,
} from '../../../machines/index.ts';
import { candidates, type Bound } from './bounded.ts';

/** Large enough for every move of every reading to occur: a test that finds a move missing says so. */
export const moveBounds: readonly Bound[] = [
  { groups: 2, size: 2, kinds: 'mixed' },
  { groups: 3, size: 1, kinds: 'mixed' },
  { groups: 1, size: 3, kinds: 'mixed' },
];

interface Visited {
  readonly folder: Folder;
  readonly trace: readonly FolderEvent[];
  readonly next: { readonly at: number; readonly event: FolderEvent }[];
}

const graphs = new Map<string, readonly Visited[]>();

/** Every folder of the bounds with its successors, by the pure model; the reading matters only to the decision. */
function explore(settings: Settings): readonly Visited[] {
  const key = `${settings.operatorRequired} ${settings.reading['operator-decision'] === 'allowed'}`;
  const known = graphs.get(key);
  if (known) return known;
  const visited: Visited[] = [];
  const places = new Map<string, number>();
  const place = (folder: Folder, trace: () => readonly FolderEvent[]): number => {
    const text = JSON.stringify(folder);
    const at = places.get(text) ?? visited.length;
    if (at === visited.length) {
      places.set(text, at);
      visited.push({ folder, trace: trace(), next: [] });
    }
    return at;
  };
  for (const bound of moveBounds) {
    const done = visited.length;
    place(emptyFolder, () => []);
    for (let at = 0; at < visited.length; at += 1) {
      // The empty folder is where every bound begins; all else belongs to one bound.
      if (at > 0 && at < done) continue;
      const { folder, trace, next } = visited[at]!;
      for (const event of candidates(bound, folder.groups.length)) {
        const after = reduceFolder(folder, event, settings);
        if (after !== folder) next.push({ at: place(after, () => [...trace, event]), event });
      }
    }
  }
  graphs.set(key, visited);
  return visited;
}

/** Moves that occur, as `FROM -> TO`, each with the shortest sequence of events that ends in it. */
export type Moves = ReadonlyMap<string, readonly FolderEvent[]>;

const observed = new Map<string, Moves>();

function observe(settings: Settings, shown: (folder: Folder) => string): Moves {
  const graph = explore(settings);
  const fields = graph.map(({ folder }) => shown(folder));
  const moves = new Map<string, readonly FolderEvent[]>();
  for (const [at, { trace, next }] of graph.entries()) {
    for (const { at: to, event } of next) {
      if (fields[at] === fields[to]) continue;
      const move = `${fields[at]} -> ${fields[to]}`;
      const known = moves.get(move);
      if (!known || known.length > trace.length + 1) moves.set(move, [...trace, event]);
    }
  }
  return moves;
}

const remembered = (key: string, compute: () => Moves): Moves => {
  const moves = observed.get(key) ?? compute();
  observed.set(key, moves);
  return moves;
};

/** The moves of `folder.resolution_status` that occur within the bounds. */
export function observedStatusMoves(settings: Settings): Moves {
  const key = JSON.stringify(['status', settings]);
  return remembered(key, () => observe(settings, (folder) => resolutionStatus(folder, settings.reading)));
}

/** The moves of `system_resolution` that occur within the bounds. */
export function observedSystemMoves(settings: Settings): Moves {
  const key = JSON.stringify(['system', settings]);
  return remembered(key, () => observe(settings, (folder) => systemResolution(folder, settings.reading)));
}
