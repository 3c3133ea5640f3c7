import { wrongValue } from '../../../machines/given-values.ts';

/** Something that moves: a first state, the events worth trying in a state, and what they lead to. */
export interface System<State, Event> {
  readonly initial: State;
  /** Candidates in a fixed order; `next` may refuse any of them. */
  events(state: State): Iterable<Event>;
  /** The state after `event`, or undefined where the event is refused. */
  next(state: State, event: Event): State | undefined;
  /** Equal for two states exactly when the walk may treat them as one. */
  key(state: State): string;
}

/** When a walk ends before everything is seen. */
export interface Limits<State> {
  /** No more states than this are kept; the walk then says that it is not complete. */
  readonly maxStates: number;
  /** The walk ends once every state as near as the nearest such state is known. */
  readonly until?: (state: State) => boolean;
}

/** One legal step between two states, given by their indices. */
export interface Edge<Event> {
  readonly from: number;
  readonly event: Event;
  readonly to: number;
}

/**
 * What a walk has seen. States are numbered in the order of discovery, which is the order of their
 * distance.
 */
export interface Exploration<State, Event> {
  readonly states: readonly State[];
  /** Every legal step out of the states that were expanded, self-loops included. */
  readonly edges: readonly Edge<Event>[];
  /** The states for which `until` holds, all of them equally near. */
  readonly found: readonly number[];
  /** Whether every reachable state was seen. */
  readonly complete: boolean;
  /** Why the walk is not complete. */
  readonly reason?: 'max-states' | 'found';
  /** The step by which state `index` was first reached; none for the initial state. */
  parentOf(index: number): Edge<Event> | undefined;
  /** How many events the nearest path to state `index` has. */
  depthOf(index: number): number;
  /** A shortest path to state `index`: of all those, the first in the order of `events`. */
  pathTo(index: number): readonly Event[];
}

/** By state: the numbers of the steps out of it, where the first of all steps has the number `first`. */
export function stepsOut<State, Event>(
  { states, edges }: Pick<Exploration<State, Event>, 'states' | 'edges'>,
  first = 0,
): readonly (readonly number[])[] {
  const out: number[][] = states.map(() => []);
  for (const [at, { from }] of edges.entries()) out[from]!.push(first + at);
  return out;
}

/**
 * Walks `system` breadth first, from its initial state.
 *
 * States are compared by key; of those with one key the first that was reached is kept as it is, so that
 * every path replays on the system itself even where the key merges states.
 *
 * Throws a TypeError where no limit is given.
 */
export function explore<State, Event>(
  system: System<State, Event>,
  limits: Limits<State>,
): Exploration<State, Event> {
  const { maxStates, until = () => false }: Partial<Limits<State>> = limits ?? {};
  if (typeof maxStates !== 'number') {
    throw new TypeError(wrongValue('maxStates', 'the most states to keep', maxStates));
  }
  const states = [system.initial];
  const indexOf = new Map([[system.key(system.initial), 0]]);
  const edges: Edge<Event>[] = [];
  const parents: (Edge<Event> | undefined)[] = [undefined];
  const depths = [0];
  const found = until(system.initial) ? [0] : [];
  let reason: 'max-states' | 'found' | undefined;

  walk: for (let from = 0; from < states.length; from++) {
    // While nothing is found there is no such depth.
    if (depths[from] === depths[found[0]!]) {
      reason = 'found';
      break;
    }
    const state = states[from]!;
    for (const event of system.events(state)) {
      const after = system.next(state, event);
      if (after === undefined) continue;
      const key = system.key(after);
      const seen = indexOf.get(key);
      const edge = { from, event, to: seen ?? states.length };
      if (seen === undefined) {
        if (!(states.length < maxStates)) {
          reason = 'max-states';
          break walk;
        }
        indexOf.set(key, edge.to);
        states.push(after);
        parents.push(edge);
        depths.push(depths[from]! + 1);
        if (until(after)) found.push(edge.to);
      }
      edges.push(edge);
    }
  }

  const known = (index: number): number => {
    if (index in states) return index;
    throw new RangeError(`there is no state ${index}: ${states.length} were explored`);
  };
  return {
    states,
    edges,
    found,
    complete: reason === undefined,
    ...(reason ? { reason } : {}),
    parentOf: (index) => parents[known(index)],
    depthOf: (index) => depths[known(index)]!,
    pathTo: (index) => {
      const events: Event[] = [];
      for (let step = parents[known(index)]; step; step = parents[step.from]) events.push(step.event);
      return events.toReversed();
    },
  };
}
