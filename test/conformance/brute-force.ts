import { decisions } from '../../machines/analysis/model.ts';
import { reduceFolder, type Folder, type FolderEvent } from '../../machines/folder/model.ts';
import {
  emptyFolder,
  project,
  results,
  stateOf,
  type FolderFields,
  type Reading,
  type Resolution,
  type Settings,
} from '../../machines/index.ts';
import type { CheckOptions, Observation } from '../../src/conformance/index.ts';

/**
 * The judge of the checker: every execution of the model with so many named and unnamed analyses, searched folder
 * by folder, without any of the checker's ideas.
 */
export interface World {
  /** The kinds of the named analyses, whose ids are n0, n1 and so on. */
  readonly named: readonly string[];
  /** How many other analyses there may be. */
  readonly unnamed: number;
  readonly settings: Settings;
  /** With `last` a group is the last to have settled once a person has decided in it. */
  readonly decidedGroup?: CheckOptions['decidedGroup'];
}

/** Every folder of a world that some execution reaches, and where events lead from each. */
export interface Graph {
  readonly folders: readonly Folder[];
  readonly next: readonly (readonly number[])[];
}

function eventsIn(folder: Folder, { named, unnamed }: World): FolderEvent[] {
  const all = [
    ...named.map((kind, at) => ({ id: `n${at}`, kind })),
    ...Array.from({ length: unnamed }, (_, at) => ({ id: `u${at}`, kind: 'BIOMETRY' })),
  ];
  const present = new Set(folder.groups.flatMap((group) => group.analyses.map((analysis) => analysis.id)));
  const waiting = all.filter(({ id }) => !present.has(id));
  const posts = Array.from({ length: 2 ** waiting.length - 1 }, (_, choice): FolderEvent => {
    const analyses = waiting.filter((_one, at) => (((choice + 1) >> at) & 1) === 1);
    return { type: 'group.posted', groupId: `g${folder.groups.length}`, analyses };
  });
  const settlings = [...present].flatMap((id): FolderEvent[] => [
    { type: 'analysis.failed', id },
    ...results.map((resolution) => ({ type: 'analysis.finished' as const, id, resolution })),
    ...decisions.map((resolution) => ({ type: 'operator.decided' as const, id, resolution })),
  ]);
  return [...posts, ...settlings];
}

const graphs = new Map<string, Graph>();

/** Searches the whole world, once for all who ask. */
export function graphOf(world: World): Graph {
  const key = JSON.stringify(world);
  const graph = graphs.get(key) ?? searched(world);
  graphs.set(key, graph);
  return graph;
}

function searched(world: World): Graph {
  const folders: Folder[] = [emptyFolder];
  const index = new Map([[JSON.stringify(emptyFolder), 0]]);
  const next: number[][] = [];
  // A reading that can be changed would be looked at by every event.
  const settings = { ...world.settings, reading: Object.freeze({ ...world.settings.reading }) };
  for (let at = 0; at < folders.length; at++) {
    const leads = new Set<number>();
    for (const event of eventsIn(folders[at]!, world)) {
      const reduced = reduceFolder(folders[at]!, event, settings);
      if (reduced === folders[at]) continue;
      const moves = event.type === 'operator.decided' && world.decidedGroup === 'last';
      const after = moves ? withLast(reduced, event.id) : reduced;
      const key = JSON.stringify(after);
      if (!index.has(key)) index.set(key, folders.push(after) - 1);
      leads.add(index.get(key)!);
    }
    next.push([...leads]);
  }
  return { folders, next };
}

/** The folder in which the group of an analysis is the last that has settled, if it has. */
function withLast(folder: Folder, id: string): Folder {
  const home = folder.groups.find(({ analyses }) => analyses.some((one) => one.id === id))!.id;
  if (!folder.settled.includes(home)) return folder;
  return { ...folder, settled: [...folder.settled.filter((one) => one !== home), home] };
}

/** The resolutions of the analyses of folders, which are looked at often. */
const resolutionsOf = new WeakMap<Folder, ReadonlyMap<string, Resolution>>();

function resolutionsIn(folder: Folder): ReadonlyMap<string, Resolution> {
  const known = resolutionsOf.get(folder);
  if (known) return known;
  const all = folder.groups.flatMap(({ analyses }) => analyses);
  const found = new Map(all.map(({ id, resolution }) => [id, resolution]));
  resolutionsOf.set(folder, found);
  return found;
}

/** The fields of folders under readings, which are looked at as often. */
const fieldsUnder = new WeakMap<Reading, WeakMap<Folder, FolderFields>>();

function fieldsOf(folder: Folder, reading: Reading): FolderFields {
  const known = fieldsUnder.get(reading) ?? new WeakMap<Folder, FolderFields>();
  fieldsUnder.set(reading, known);
  const fields = known.get(folder) ?? project(folder, reading);
  known.set(folder, fields);
  return fields;
}

/** Whether the folder, at that moment, can be observed so. */
function shows(folder: Folder, observation: Observation, reading: Reading): boolean {
  const resolutions = resolutionsIn(folder);
  if (observation.complete && resolutions.size !== new Set(observation.analyses.map(({ id }) => id)).size)
    return false;
  const agree = observation.analyses.every(({ id, state, resolutionStatus }) => {
    const resolution = resolutions.get(id);
    if (resolution === undefined) return false;
    return (
      (state ?? stateOf(resolution)) === stateOf(resolution) &&
      (resolutionStatus ?? resolution) === resolution
    );
  });
  if (!agree) return false;
  const { resolution_status: status, system_resolution: system } = fieldsOf(folder, reading);
  return (
    (observation.resolutionStatus ?? status) === status && (observation.systemResolution ?? system) === system
  );
}

/** Whether the groups of the folder are as all observations together say. */
function honours(folder: Folder, observations: readonly Observation[]): boolean {
  const homes = new Map(
    folder.groups.flatMap(({ id, analyses }) => analyses.map((one) => [one.id, id] as const)),
  );
  const claimed = new Map<string, string>();
  return observations.every(({ analyses, wholeGroup }) => {
    const claims = analyses.every(({ id, groupId }) => {
      const home = homes.get(id);
      if (home === undefined || groupId === undefined) return true;
      const known = claimed.get(groupId);
      claimed.set(groupId, home);
      return (known ?? home) === home && [...claimed].every(([name, at]) => at !== home || name === groupId);
    });
    if (!claims || !wholeGroup || analyses.length === 0) return claims;
    const at = new Set(analyses.map(({ id }) => homes.get(id)));
    const [home] = at;
    if (at.size > 1) return false;
    const members = folder.groups.find(({ id }) => id === home)?.analyses.length;
    return members === undefined || members === new Set(analyses.map(({ id }) => id)).size;
  });
}

/** Whether those first seen together are in one group of the folder, or not in it yet. */
function joins(folder: Folder, observations: readonly Observation[]): boolean {
  const homes = new Map(folder.groups.flatMap(({ id, analyses }) => analyses.map((one) => [one.id, id])));
  const before = new Set<string>();
  return observations.every(({ analyses }) => {
    const fresh = analyses.filter(({ id }) => !before.has(id));
    for (const { id } of fresh) before.add(id);
    return new Set(fresh.map(({ id }) => homes.get(id))).size < 2;
  });
}

/**
 * Whether some execution shows all the observations, in their order; `jointly`: one in which those first seen together
 * are one group, which takes observations that say nothing of groups.
 */
export function explains(
  graph: Graph,
  observations: readonly Observation[],
  reading: Reading,
  jointly = false,
): boolean {
  const claims = observations.filter(
    ({ wholeGroup, analyses }) => wholeGroup || analyses.some(({ groupId }) => groupId !== undefined),
  );
  const allowed = new Map<number, boolean>();
  const isAllowed = (at: number): boolean => {
    const folder = graph.folders[at]!;
    if (!allowed.has(at))
      allowed.set(at, honours(folder, claims) && (!jointly || joins(folder, observations)));
    return allowed.get(at)!;
  };
  let belief: readonly number[] = [0];
  for (const observation of observations) {
    const reached = [...belief];
    const seen = new Set(reached);
    for (let at = 0; at < reached.length; at++) {
      for (const to of graph.next[reached[at]!]!) {
        if (seen.has(to) || !isAllowed(to)) continue;
        seen.add(to);
        reached.push(to);
      }
    }
    belief = reached.filter((at) => shows(graph.folders[at]!, observation, reading));
  }
  return belief.length > 0;
}
