import { isLegal, reduceFolder, type Folder, type FolderEvent } from '../../machines/folder/model.ts';
import { emptyFolder, project, results, type Resolution, type Settings } from '../../machines/index.ts';
import { decisions } from '../../machines/analysis/model.ts';
import { namesOf } from '../../src/conformance/bits.ts';
import type { Facts } from '../../src/conformance/state.ts';
import type { Sight } from '../../src/conformance/sight.ts';

/**
 * The judge of the checker: every execution of the model with so many named and so many unnamed analyses, searched
 * state by state, without any of the checker's ideas. A folder is a state; a sight keeps the folders that show it.
 */
interface Graph {
  readonly folders: readonly Folder[];
  readonly next: readonly (readonly number[])[];
}

/** A claim about what a POST sent, of the named analyses. */
export interface World {
  readonly facts: Facts;
  readonly unnamed: number;
  readonly settings: Settings;
}

const named = (id: number): string => `n${id}`;

function candidates(folder: Folder, { facts, unnamed }: World): FolderEvent[] {
  const ids = [
    ...facts.analyses.map((_, id) => named(id)),
    ...Array.from({ length: unnamed }, (_, id) => `u${id}`),
  ];
  const present = new Set(folder.groups.flatMap((group) => group.analyses.map((analysis) => analysis.id)));
  const waiting = ids.filter((id) => !present.has(id));
  const events: FolderEvent[] = [];
  for (let choice = 1; choice < 2 ** waiting.length; choice++) {
    const chosen = waiting.filter((_, at) => ((choice >> at) & 1) === 1);
    if (!honours(chosen, facts)) continue;
    const analyses = chosen.map((id) => ({ id, kind: kindOf(id, facts) }));
    events.push({ type: 'group.posted', groupId: `g${folder.groups.length}`, analyses });
  }
  for (const id of present) {
    events.push({ type: 'analysis.failed', id });
    for (const resolution of results) events.push({ type: 'analysis.finished', id, resolution });
    for (const resolution of decisions) events.push({ type: 'operator.decided', id, resolution });
  }
  return events;
}

const factsOf = (id: string, facts: Facts) =>
  id.startsWith('n') ? facts.analyses[Number(id.slice(1))] : undefined;
const kindOf = (id: string, facts: Facts): string => (factsOf(id, facts)?.liveness ? 'QUALITY' : 'BIOMETRY');

/** Whether one POST may send exactly `chosen`. */
function honours(chosen: readonly string[], facts: Facts): boolean {
  const labels = new Set(chosen.map((id) => factsOf(id, facts)?.label ?? -1).filter((label) => label >= 0));
  if (labels.size > 1) return false;
  const [label] = labels;
  if (label === undefined) return true;
  const mates = facts.analyses.flatMap((one, id) => (one.label === label ? [named(id)] : []));
  return (
    mates.every((mate) => chosen.includes(mate)) && (!facts.whole[label] || mates.length === chosen.length)
  );
}

/** Every folder that some execution in `world` reaches, and where each event leads. */
export function graphOf(world: World): Graph {
  const folders: Folder[] = [emptyFolder];
  const index = new Map([[JSON.stringify(emptyFolder), 0]]);
  const next: number[][] = [];
  for (let at = 0; at < folders.length; at++) {
    const folder = folders[at]!;
    const leads = new Set<number>();
    for (const event of candidates(folder, world)) {
      if (!isLegal(folder, event, world.settings)) continue;
      const after = reduceFolder(folder, event, world.settings);
      const key = JSON.stringify(after);
      if (!index.has(key)) index.set(key, folders.push(after) - 1);
      leads.add(index.get(key)!);
    }
    next.push([...leads]);
  }
  return { folders, next };
}

function shows(folder: Folder, sight: Sight, settings: Settings): boolean {
  const { resolution_status, system_resolution } = project(folder, settings.reading);
  if (sight.status !== undefined && sight.status !== resolution_status) return false;
  if (sight.system !== undefined && sight.system !== system_resolution) return false;
  const analyses = new Map<string, Resolution>(
    folder.groups.flatMap((group) => group.analyses.map(({ id, resolution }) => [id, resolution] as const)),
  );
  if (sight.complete && analyses.size !== sight.seen.length) return false;
  return sight.seen.every(({ id, admits }) => {
    const resolution = analyses.get(named(id));
    return resolution !== undefined && namesOf(admits).includes(resolution);
  });
}

/** Whether some execution shows all of `sights` in order. */
export function explains(graph: Graph, sights: readonly Sight[], settings: Settings): boolean {
  let belief = new Set([0]);
  for (const sight of sights) {
    const reached = [...belief];
    const seen = new Set(reached);
    for (let at = 0; at < reached.length; at++) {
      for (const to of graph.next[reached[at]!]!) {
        if (!seen.has(to)) {
          seen.add(to);
          reached.push(to);
        }
      }
    }
    belief = new Set(reached.filter((at) => shows(graph.folders[at]!, sight, settings)));
    if (belief.size === 0) return false;
  }
  return true;
}
