import {
  allReadings,
  emptyFolder,
  project,
  reduceFolder,
  type Folder,
  type FolderFields,
  type Reading,
} from '../../../machines/index.ts';
import { explore, stepsOut, type Edge, type Exploration } from '../walk/explore.ts';
import { readingBounds, type ReadingBounds } from './distinguish.ts';
import {
  bestStrategy,
  unforcedFirst,
  type Effort,
  type Position,
  type Puzzle,
  type Strategy,
} from './effort.ts';
import { ends, post, testedFolderSystem, unforcedSteps, type Move, type TestedFolder } from './tester.ts';
import { madeOnce } from './usual-bounds.ts';

/** Make the moves, in a new folder or in that of the experiment before, and then look at the two fields. */
export interface Experiment {
  readonly folder: 'new' | 'same';
  readonly moves: readonly Move[];
  /** Everything that the fields may then show under the readings that are still possible. */
  readonly outcomes: readonly Outcome[];
}

/** What the fields may show, and what follows. */
export interface Outcome {
  readonly shows: FolderFields;
  /** The next experiment, or the readings that are left: no observation tells these apart. */
  readonly next: Experiment | { readonly readings: readonly Reading[] };
}

/**
 * How to find out by which reading an installation works. Its two parts are independent: what is left are
 * the readings that both of them leave.
 */
export interface Plan {
  readonly bounds: ReadingBounds;
  /** Finds the answers on which the two fields depend. */
  readonly fields: Experiment;
  /** Finds whether a person may decide; absent where OPERATOR_REQUIRED is not enabled. */
  readonly operator?: Experiment;
  /** How many classes of readings `fields` tells apart. */
  readonly classes: number;
  /** The effort on the worst path of `fields`, each kind of effort by itself. */
  readonly worst: Effort;
  /**
   * A lower bound for each kind of effort by itself: no plan of such moves within the bounds has a worst
   * path with less.
   */
  readonly least: Effort;
}

/** How far planning may go. */
export interface PlanBounds extends ReadingBounds {
  /** How many combinations of a folder and a set of readings may be judged. Default: 20,000,000. */
  readonly maxPositions?: number;
}

/** That a limit ended the planning, and which. */
export interface NoPlan {
  readonly bounds: PlanBounds;
  readonly reason: 'max-states' | 'max-positions';
}

/**
 * The plan of experiments that identifies the class of readings of any installation.
 *
 * A tester can post what they like, choose media that pass or are declined, and look as often as they like;
 * see `hindrances` for what has to be waited for. The plan is exact: counting first the steps that cannot
 * be forced, then folders, then steps, no plan of the moves of `testedFolderSystem` has a better worst
 * path, nor has any branch of it.
 */
export function planExperiments(bounds: PlanBounds = readingBounds): Plan | NoPlan {
  return planWithin(bounds);
}

const planWithin = /* @__PURE__ */ madeOnce((bounds: PlanBounds): Plan | NoPlan => {
  const { maxStates = 100_000, maxPositions = 20_000_000 } = bounds;
  const walk = explore(testedFolderSystem(bounds), { maxStates });
  if (!walk.complete) return { bounds, reason: 'max-states' };
  const { puzzle, classes } = puzzleOf(walk);
  const solve = (weights: Effort) => bestStrategy(puzzle, weights, maxPositions);
  const nothing: Effort = { unforced: 0, folders: 0, steps: 0 };
  const strategy = solve(unforcedFirst);
  const unforced = solve({ ...nothing, unforced: 1 })?.total;
  const folders = solve({ ...nothing, folders: 1 })?.total;
  const steps = solve({ ...nothing, steps: 1 })?.total;
  if (!strategy || unforced === undefined || folders === undefined || steps === undefined) {
    return { bounds, reason: 'max-positions' };
  }
  const fields = experimentAt(
    strategy.start,
    { walk, classes, strategy, outgoing: outgoingEdges(walk) },
    true,
  );
  const operator = bounds.operatorRequired === 'never' ? undefined : operatorExperiment();
  return {
    bounds,
    fields,
    ...(operator ? { operator } : {}),
    classes: classes.length,
    worst: worstEffort(fields),
    least: { unforced, folders, steps },
  };
});

type Walk = Exploration<TestedFolder, Move>;

const outgoingEdges = (walk: Walk): readonly (readonly Edge<Move>[])[] =>
  stepsOut(walk).map((out) => out.map((at) => walk.edges[at]!));

const textOf = ({ resolution_status, system_resolution }: FolderFields): string =>
  `${resolution_status} ${system_resolution}`;

/** Readings that show the same fields in every folder of the walk are one candidate. */
function puzzleOf(walk: Walk): {
  readonly puzzle: Puzzle;
  readonly classes: readonly (readonly Reading[])[];
} {
  const classes = new Map<string, Reading[]>();
  // Who may decide shows in no folder by itself.
  const known = new Map<string, string>();
  for (const reading of allReadings()) {
    const aspect = JSON.stringify({ ...reading, 'operator-decision': undefined });
    const shown =
      known.get(aspect) ?? walk.states.map(({ folder }) => textOf(project(folder, reading))).join(';');
    known.set(aspect, shown);
    classes.set(shown, [...(classes.get(shown) ?? []), reading]);
  }
  const seen = [...classes.keys()].map((shown) => shown.split(';'));
  const numbers = new Map([...new Set(seen.flat())].map((text, at) => [text, at]));
  const looks = new Map<string, { readonly number: number; readonly look: readonly number[] }>();
  const lookOf = walk.states.map((_, state) => {
    const look = seen.map((texts) => numbers.get(texts[state]!)!);
    const key = look.join();
    const entry = looks.get(key) ?? { number: looks.size, look };
    looks.set(key, entry);
    return entry.number;
  });
  const actions = outgoingEdges(walk).map((edges) =>
    edges.map(({ to, event }) => ({ to, unforced: unforcedSteps(event), steps: event.steps.length })),
  );
  return {
    puzzle: { looks: [...looks.values()].map(({ look }) => look), lookOf, actions },
    classes: [...classes.values()],
  };
}

interface Found {
  readonly walk: Walk;
  readonly classes: readonly (readonly Reading[])[];
  readonly strategy: Strategy;
  readonly outgoing: readonly (readonly Edge<Move>[])[];
}

function experimentAt(position: Position, found: Found, first = false): Experiment {
  const { walk, classes, strategy, outgoing } = found;
  const turn = strategy.next(position);
  const moves: Move[] = [];
  let state = turn?.again ? 0 : position.state;
  for (const choice of turn?.choices ?? []) {
    const edge = outgoing[state]![choice]!;
    moves.push(edge.event);
    state = edge.to;
  }
  const outcomes = (turn?.parted ?? [position]).map((parted): Outcome => {
    const candidates = parted.left.map((candidate) => classes[candidate]!);
    const [[reading]] = candidates as [[Reading]];
    return {
      shows: project(walk.states[state]!.folder, reading),
      next: candidates.length === 1 ? { readings: candidates[0]! } : experimentAt(parted, found),
    };
  });
  return { folder: first || turn?.again ? 'new' : 'same', moves, outcomes };
}

/** One analysis that needs an operator, and an operator who decides. */
function operatorExperiment(): Experiment {
  const posted = post('g1', ['OPERATOR_REQUIRED']);
  const needed = ends('g1.a1', 'OPERATOR_REQUIRED', false);
  const decided = {
    event: { type: 'operator.decided', id: 'g1.a1', resolution: 'SUCCESS' },
    hindrances: ['person'],
  } as const;
  const steps = [posted, needed, decided];
  const byFields = new Map<string, { readonly shows: FolderFields; readonly readings: Reading[] }>();
  for (const reading of allReadings()) {
    const after = steps.reduce<Folder>(
      (folder, { event }) => reduceFolder(folder, event, { reading, operatorRequired: 'allowed' }),
      emptyFolder,
    );
    const shows = project(after, reading);
    const outcome = byFields.get(textOf(shows)) ?? { shows, readings: [] };
    outcome.readings.push(reading);
    byFields.set(textOf(shows), outcome);
  }
  return {
    folder: 'new',
    moves: steps.map((step) => ({ steps: [step] })),
    outcomes: [...byFields.values()].map(({ shows, readings }) => ({ shows, next: { readings } })),
  };
}

/** The effort on the worst path from an experiment on, each kind of effort by itself. */
function worstEffort({ folder, moves, outcomes }: Experiment): Effort {
  const later = outcomes.map(({ next }) =>
    'readings' in next ? { unforced: 0, folders: 0, steps: 0 } : worstEffort(next),
  );
  const worst = (kind: keyof Effort): number => Math.max(...later.map((effort) => effort[kind]));
  return {
    unforced: worst('unforced') + moves.reduce((count, move) => count + unforcedSteps(move), 0),
    folders: worst('folders') + (folder === 'new' && moves.length > 0 ? 1 : 0),
    steps: worst('steps') + moves.reduce((count, move) => count + move.steps.length, 0),
  };
}
