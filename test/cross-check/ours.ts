import { getAdjacencyMap } from '@xstate/graph';
import { createFolderMachine, project, type Folder, type FolderEvent } from '../../machines/index.ts';
import {
  countFolders,
  explore,
  folderEvents,
  folderSystem,
  kindClasses,
  kindOf,
  type FolderSystemOptions,
} from '../../src/explore/index.ts';
import type { Blueprint, ModelSize } from '../../src/assurance/export/index.ts';
import type { Counted } from './counted.ts';

const kinds = kindClasses.map((kind) => kindOf[kind]);
const optionsOf = ({ settings }: Blueprint, size: ModelSize): FolderSystemOptions => ({
  ...size,
  settings,
  kinds,
});

/** The counts by formula. */
export function countByFormula(blueprint: Blueprint, size: ModelSize): Counted {
  const { states, transitions } = countFolders(optionsOf(blueprint, size));
  return { states: Number(states), transitions: Number(transitions) };
}

function tally(pairs: Map<string, number>, pair: string): void {
  pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
}

/** The most states that are explored here; the largest sizes are for the model checkers alone. */
export const mostExplored = 100_000;

/** The counts by our exploration of the model, with what its projections show. */
export function countByExploration(blueprint: Blueprint, size: ModelSize): Counted {
  const { states, edges, complete } = explore(folderSystem(optionsOf(blueprint, size)), {
    maxStates: mostExplored,
  });
  if (!complete) throw new Error(`more than ${mostExplored} states`);
  const pairs = new Map<string, number>();
  for (const folder of states) {
    const { resolution_status, system_resolution } = project(folder, blueprint.settings.reading);
    tally(pairs, `${resolution_status} ${system_resolution}`);
  }
  return { states: states.length, transitions: edges.length, pairs };
}

interface FolderSnapshot {
  readonly value: { readonly resolution_status: string; readonly system_resolution: string };
  readonly context: Folder;
  can(event: FolderEvent): boolean;
}

/** The counts of the XState machine by `@xstate/graph`, with what its states show. */
export function countByGraph(blueprint: Blueprint, size: ModelSize): Counted {
  const options = optionsOf(blueprint, size);
  const map = getAdjacencyMap(createFolderMachine(blueprint.settings), {
    // The candidates alone: the package leaves out none that is refused.
    events: (snapshot) => folderEvents(snapshot.context, options).filter((event) => snapshot.can(event)),
    serializeState: ({ value, context }) => JSON.stringify([value, context]),
    limit: 1_000_000,
  });
  const pairs = new Map<string, number>();
  let transitions = 0;
  for (const { state, transitions: outgoing } of Object.values(map)) {
    const { resolution_status, system_resolution } = (state as unknown as FolderSnapshot).value;
    tally(pairs, `${resolution_status} ${system_resolution}`);
    transitions += Object.keys(outgoing).length;
  }
  return { states: Object.keys(map).length, transitions, pairs };
}
