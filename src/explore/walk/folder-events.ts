import type { Folder, FolderEvent, Group, Result } from '../../../machines/index.ts';
import type { FolderBounds } from './bounds.ts';
import { kindClass } from './canonical.ts';

/** How an analysis may end with a result, or be decided: first what is easiest to bring about. */
const resultsEasiestFirst = ['SUCCESS', 'DECLINED', 'OPERATOR_REQUIRED'] as const satisfies readonly Result[];
const decisionsEasiestFirst = resultsEasiestFirst.filter((result) => result !== 'OPERATOR_REQUIRED');

/** The events of `folderEvents`, made one by one: there may be more of them than states are kept. */
export function eventsIn(folder: Folder, bounds: FolderBounds, canonical: boolean): Iterable<FolderEvent> {
  const members = folder.groups.flatMap((group) => memberEvents(group, canonical));
  return folder.groups.length < bounds.groups
    ? both(posts(`g${folder.groups.length + 1}`, bounds, canonical), members)
    : members;
}

function* both<Each>(first: Iterable<Each>, second: Iterable<Each>): Generator<Each> {
  yield* first;
  yield* second;
}

function* posts(groupId: string, bounds: FolderBounds, canonical: boolean): Generator<FolderEvent> {
  const { analyses: largest, sizes = 'exact', kinds = ['BIOMETRY'] } = bounds;
  for (let size = sizes === 'exact' ? largest : 1; size <= largest; size++) {
    for (const chosen of kindLists(size, canonical ? firstOfEachClass(kinds) : kinds, canonical)) {
      const analyses = chosen.map((kind, at) => ({ id: `${groupId}.a${at + 1}`, kind }));
      yield { type: 'group.posted', groupId, analyses };
    }
  }
}

const firstOfEachClass = (kinds: readonly string[]): readonly string[] =>
  kinds.filter((kind, at) => kinds.findIndex((other) => kindClass(other) === kindClass(kind)) === at);

/** Lists of `size` kinds; where order does not matter, only those in the order of `kinds`. */
function* kindLists(
  size: number,
  kinds: readonly string[],
  unordered: boolean,
): Generator<readonly string[]> {
  const chosen = Array.from({ length: size }, () => 0);
  for (;;) {
    yield chosen.map((kind) => kinds[kind]!);
    const last = chosen.findLastIndex((kind) => kind < kinds.length - 1);
    if (last < 0) return;
    const next = chosen[last]! + 1;
    chosen[last] = next;
    chosen.fill(unordered ? next : 0, last + 1);
  }
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
