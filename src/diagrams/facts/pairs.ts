import {
  alphabetOf,
  answersTo,
  defaultSettings,
  isAsked,
  isStatusOf,
  normalizeReading,
  project,
  questionNames,
  type Folder,
  type FolderEvent,
  type FolderStatus,
  type Reading,
  type Settings,
  type SystemResolution,
} from '../../../machines/index.ts';
import { explore, folderSystem, type Exploration, type FolderBounds } from '../../explore/index.ts';
import { problem, type Outcome } from './problem.ts';

/**
 * The explored folder seen through its two fields: which pairs of statuses occur, and which moves between them.
 *
 * A folder itself does not depend on the reading, only what it shows does; so one exploration serves all readings
 * but for an operator's decisions, which are events of their own.
 */

/** One pair of statuses that some folder shows. */
export interface Pair {
  /** Both statuses, as `FAILED/SUCCESS`. */
  readonly id: string;
  readonly resolutionStatus: FolderStatus;
  readonly systemResolution: SystemResolution;
  /** How many of the explored folders show it. */
  readonly folders: number;
  /** Whether the two fields speak differently. */
  readonly surprising: boolean;
  /** The single answers that would do away with a surprising pair, as `question = answer`. */
  readonly goneUnder: readonly string[];
}

/** A move between two different pairs, with how many explored transitions make it by each event. */
export interface PairMove {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly events: Readonly<Record<string, number>>;
}

/** The pairs and moves of one reading, and what was explored to find them. */
export interface PairGraph {
  readonly settings: Settings;
  readonly bounds: FolderBounds;
  readonly folders: number;
  readonly transitions: number;
  /** Transitions that leave the pair as it is. */
  readonly unseen: number;
  readonly pairs: readonly Pair[];
  readonly moves: readonly PairMove[];
}

/** Bounds at which neither pairs nor moves grow any more under any neighbouring reading (tested one step further). */
export const pairBounds = { groups: 3, analyses: 2, sizes: 'up-to' } as const satisfies FolderBounds;
/** The most folders that are explored for one picture. */
export const maxExploredFolders = 200_000;

/** Computes pair graphs of one bound; explorations are shared between readings. */
export function createPairExplorer(
  bounds: FolderBounds = pairBounds,
  maxFolders = maxExploredFolders,
): (settings?: Settings) => Outcome<PairGraph> {
  const shown = new Map<string, ReadonlySet<string>>();
  const known = new Map<string, Explored>();
  const explored = (settings: Settings): Explored => {
    const key = `${settings.operatorRequired} ${settings.reading['operator-decision'] === 'allowed'}`;
    const seen =
      known.get(key) ??
      withLooks(explore(folderSystem({ ...bounds, canonical: true, settings }), { maxStates: maxFolders }));
    known.set(key, seen);
    return seen;
  };
  return (settings = defaultSettings) => {
    const exploration = explored(settings);
    if (!exploration.complete) {
      const found = problem(
        'EXPLORATION_STOPPED',
        'reachable pairs',
        `at most ${maxFolders} folders within the bounds`,
        'more',
      );
      return { ok: false, problems: [found] };
    }
    const idsUnder = (reading: Reading): ReadonlySet<string> => {
      const key = JSON.stringify([settings.operatorRequired, normalizeReading(reading)]);
      const ids =
        shown.get(key) ??
        new Set(explored({ ...settings, reading }).samples.map((folder) => pairId(folder, reading)));
      shown.set(key, ids);
      return ids;
    };
    return { ok: true, value: pairGraph(exploration, settings, bounds, idsUnder) };
  };
}

let usual: ReturnType<typeof createPairExplorer> | undefined;

/** The pair graph under some settings, within the usual bounds; what was explored for it is kept for the next. */
export function pairsUnder(settings: Settings = defaultSettings): Outcome<PairGraph> {
  usual ??= createPairExplorer();
  return usual(settings);
}

/** Whether the same pairs occur in both graphs and the same events move between them, however often. */
export function hasSameMoves(one: PairGraph, other: PairGraph): boolean {
  const shape = ({ pairs, moves }: PairGraph) =>
    JSON.stringify([pairs.map(({ id }) => id), moves.map(({ id, events }) => [id, Object.keys(events)])]);
  return shape(one) === shape(other);
}

/** Folders of which many look alike to every reading. */
interface Explored extends Exploration<Folder, FolderEvent> {
  /** One folder of each look. */
  readonly samples: readonly Folder[];
  /** For each state, which of the samples looks like it. */
  readonly looks: readonly number[];
}

function withLooks(exploration: Exploration<Folder, FolderEvent>): Explored {
  const samples: Folder[] = [];
  const index = new Map<string, number>();
  const looks = exploration.states.map((folder) => {
    const look = lookOf(folder);
    const known = index.get(look);
    if (known !== undefined) return known;
    index.set(look, samples.length);
    return samples.push(folder) - 1;
  });
  return { ...exploration, samples, looks };
}

/** All that the two fields depend on: which resolutions each group holds, and in which order groups settled. */
function lookOf({ groups, settled }: Folder): string {
  const held = groups.map(({ analyses }) =>
    [...new Set(analyses.map(({ resolution }) => resolution))].toSorted().join(),
  );
  const order = settled.map((id) => groups.findIndex((group) => group.id === id));
  return [...held, ...order].join(' ');
}

function pairId(folder: Folder, reading: Reading): string {
  const fields = project(folder, reading);
  return `${fields.resolution_status}/${fields.system_resolution}`;
}

function pairGraph(
  { edges, samples, looks }: Explored,
  settings: Settings,
  bounds: FolderBounds,
  idsUnder: (reading: Reading) => ReadonlySet<string>,
): PairGraph {
  const shown = samples.map((folder) => pairId(folder, settings.reading));
  const ids = looks.map((look) => shown[look]!);
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  const moves = new Map<string, Map<string, number>>();
  let unseen = 0;
  for (const { from, event, to } of edges) {
    if (ids[from] === ids[to]) {
      unseen += 1;
      continue;
    }
    const key = `${ids[from]}--${ids[to]}`;
    const events = moves.get(key) ?? new Map<string, number>();
    events.set(event.type, (events.get(event.type) ?? 0) + 1);
    moves.set(key, events);
  }
  const pairs = inTableOrder(counts);
  const order = pairs.map(({ id }) => id);
  return {
    settings,
    bounds,
    folders: ids.length,
    transitions: edges.length,
    unseen,
    pairs: nameQuestions(pairs, settings.reading, idsUnder),
    moves: order.flatMap((from) =>
      order.flatMap((to) => {
        const events = moves.get(`${from}--${to}`);
        return events ? [{ id: `${from}--${to}`, from, to, events: sorted(events) }] : [];
      }),
    ),
  };
}

function sorted(events: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  return Object.fromEntries([...events].toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

function inTableOrder(counts: ReadonlyMap<string, number>): readonly Pair[] {
  return alphabetOf('folder.resolution_status').flatMap((resolutionStatus) =>
    alphabetOf('system_resolution').flatMap((systemResolution) => {
      const id = `${resolutionStatus}/${systemResolution}`;
      const folders = counts.get(id);
      const surprising = !agree(resolutionStatus, systemResolution);
      return folders === undefined
        ? []
        : [{ id, resolutionStatus, systemResolution, folders, surprising, goneUnder: [] }];
    }),
  );
}

/** The fields agree if they show the same status, or if the stage is FINISHED and the other a result. */
function agree(stage: FolderStatus, result: SystemResolution): boolean {
  if (stage === result) return true;
  const isResult =
    isStatusOf('analyse.resolution_status', result) && !isStatusOf('folder.resolution_status', result);
  return stage === 'FINISHED' && isResult;
}

/** Names, for each surprising pair, the answers under which alone it would not occur. */
function nameQuestions(
  pairs: readonly Pair[],
  reading: Reading,
  idsUnder: (reading: Reading) => ReadonlySet<string>,
): readonly Pair[] {
  if (!pairs.some(({ surprising }) => surprising)) return pairs;
  const others = questionNames
    .filter((question) => isAsked(question, reading))
    .flatMap((question) =>
      answersTo(question)
        .filter((answer) => answer !== reading[question])
        .map((answer) => ({
          name: `${question} = ${answer}`,
          // One that could be changed would be looked at with every folder.
          ids: idsUnder(Object.freeze({ ...reading, [question]: answer })),
        })),
    );
  return pairs.map((pair) =>
    pair.surprising
      ? { ...pair, goneUnder: others.filter(({ ids }) => !ids.has(pair.id)).map(({ name }) => name) }
      : pair,
  );
}
