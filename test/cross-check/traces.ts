import {
  getInitialSnapshot,
  getNextSnapshot,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type StateValue,
} from 'xstate';
import { explore, machineSystem } from '../../src/explore/index.ts';

/** An event of a machine: its type, and what it carries beside it. */
export interface MachineEvent {
  readonly type: string;
}

/** Events from the start of a machine, and the states in which XState is after the start and after each event. */
export interface Trace {
  readonly events: readonly MachineEvent[];
  readonly states: readonly (readonly string[])[];
}

/** What a set of traces covers. */
export interface Tour {
  readonly traces: readonly Trace[];
  readonly edges: number;
  readonly refused: number;
}

/** The ids of the innermost active states, sorted. */
function activeStates(id: string, value: StateValue): readonly string[] {
  if (typeof value === 'string') return [`${id}.${value}`];
  return Object.entries(value)
    .flatMap(([key, inner]) => (inner === undefined ? [] : activeStates(`${id}.${key}`, inner)))
    .toSorted();
}

function traceOf(machine: AnyStateMachine, events: readonly MachineEvent[]): Trace {
  let snapshot: AnyMachineSnapshot = getInitialSnapshot(machine);
  const states = [activeStates(machine.id, snapshot.value)];
  for (const event of events) {
    snapshot = getNextSnapshot(machine, snapshot, event);
    states.push(activeStates(machine.id, snapshot.value));
  }
  return { events, states };
}

const maxStates = 20_000;

/**
 * Traces that take every legal event in every reachable state, and that try every refused event in every reachable
 * state: a refused event leads back to the state, so all of them fit behind one path.
 */
export function tourOf(
  machine: AnyStateMachine,
  candidates: (snapshot: AnyMachineSnapshot) => readonly MachineEvent[],
): Tour {
  const walk = explore(machineSystem<AnyStateMachine>(machine, { events: candidates }), { maxStates });
  const { states, edges } = walk;
  if (!walk.complete) throw new Error(`${machine.id}: more than ${maxStates} states`);
  const refusals = states.map((state) => candidates(state).filter((event) => !state.can(event)));
  const lastings = states.map((_, at) => [...walk.pathTo(at), ...refusals[at]!]);
  const others = edges
    .filter((edge) => walk.parentOf(edge.to) !== edge)
    .map((edge) => [...walk.pathTo(edge.from), edge.event]);
  return {
    traces: [...lastings, ...others].map((events) => traceOf(machine, events as readonly MachineEvent[])),
    edges: edges.length,
    refused: refusals.flat().length,
  };
}
