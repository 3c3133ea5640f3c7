import {
  initialTransition,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type AnyStateNode,
  type AnyTransitionDefinition,
  type EventObject,
} from 'xstate';
import type { CoverageCriterion } from './coverage-criteria.ts';
import { explore, stepsOut, type System } from '../walk/explore.ts';
import { inertScope } from '../walk/machine-system.ts';

/** A machine with what bounds its exploration. */
export interface CoveredMachine {
  readonly machine: AnyStateMachine;
  /** What the machine is told at the start of a path; one of these. */
  readonly inputs: readonly unknown[];
  /** The events to try in a snapshot, legal or not. */
  readonly events: (snapshot: AnyMachineSnapshot) => readonly EventObject[];
  /** Equal for snapshots that differ in nothing that a later step could show. */
  readonly key: (snapshot: AnyMachineSnapshot) => string;
  /** A refused event with the state that refuses it, as the targets name them: without ids. */
  readonly nameRefusal: (event: EventObject, snapshot: AnyMachineSnapshot) => string;
}

/** An event that is refused where a step ends. */
export interface Refusal {
  readonly name: string;
  /** The outcomes of guards that its refusal shows. */
  readonly outcomes: readonly string[];
}

/** A step, or a start where there is no event, with everything that it meets. */
export interface CoveredStep {
  readonly event?: EventObject;
  readonly input?: unknown;
  readonly after: AnyMachineSnapshot;
  readonly meets: Readonly<Record<Exclude<CoverageCriterion, 'transition-pairs'>, readonly string[]>>;
  /** The outcomes of guards that the step itself shows. */
  readonly outcomes: readonly string[];
  readonly refused: readonly Refusal[];
  /** The steps that can follow, by their numbers. */
  readonly next: readonly number[];
}

/** Every step of a machine within its bounds. */
export interface CoveredSteps {
  readonly steps: readonly CoveredStep[];
  /** The numbers of the starts, one for each input. */
  readonly starts: readonly number[];
}

/** No machine of this project comes near it within the bounds of its paths. */
const maxStates = 50_000;

/** What a snapshot shows, as text: the names of its innermost states, region by region. */
export function shownBy({ value }: AnyMachineSnapshot): string {
  const name = (part: unknown): string =>
    typeof part === 'string'
      ? part
      : Object.entries(part as object)
          .map(([key, inner]) =>
            Object.keys(part as object).length > 1 ? `${key} ${name(inner)}` : `${key}.${name(inner)}`,
          )
          .join(', ');
  return name(value);
}

const place = (node: AnyStateNode): string => node.path.join('.');

/** A transition as the targets name it. */
export function nameTransition({ source, eventType, target, guard }: AnyTransitionDefinition): string {
  const from = place(source);
  const to = (target ?? []).map(place).join(', ');
  const params = (guard as { readonly params?: object } | undefined)?.params;
  const on = eventType === '' ? '' : params ? `${eventType} ${Object.values(params).join(' ')}` : eventType;
  const unguarded = to === '' ? on : `${from} -> ${to}`;
  return to === '' || on === '' ? unguarded : `${on}: ${unguarded}`;
}

const clausesOf = (meta: unknown): readonly string[] =>
  (meta as { readonly clauses?: readonly string[] } | undefined)?.clauses ?? [];

/** A guard with its parameters, as the targets name it. */
export function nameGuard(type: string, params: unknown): string {
  const text = params && typeof params === 'object' ? Object.values(params).join(' ') : '';
  return text === '' ? type : `${type} ${text}`;
}

/** One move of a machine, or its start, and what happened inside it. */
interface Moved {
  readonly after: AnyMachineSnapshot;
  readonly taken: readonly AnyTransitionDefinition[];
  readonly outcomes: readonly string[];
}

/** A machine that tells what happens inside it while it moves. */
interface Watched {
  start(input: unknown): Moved;
  move(snapshot: AnyMachineSnapshot, event: EventObject): Moved;
}

type Guard = (args: object, params: unknown) => boolean;

function watch(plain: AnyStateMachine): Watched {
  let taken: AnyTransitionDefinition[] = [];
  let outcomes = new Set<string>();
  const guards = Object.fromEntries(
    Object.entries(plain.implementations.guards as Readonly<Record<string, Guard>>).map(([type, guard]) => [
      type,
      (args: object, params: unknown) => {
        const outcome = guard(args, params);
        outcomes.add(`${nameGuard(type, params)}: ${outcome}`);
        return outcome;
      },
    ]),
  );
  const machine: AnyStateMachine = plain.provide({ guards });
  const scope = inertScope((transitions) => taken.push(...transitions));
  const during = (step: () => unknown): Moved => {
    [taken, outcomes] = [[], new Set()];
    const after = step() as AnyMachineSnapshot;
    // What happens later belongs to somebody else.
    return { after, taken: [...taken], outcomes: [...outcomes] };
  };
  return {
    start: (input) => during(() => initialTransition(machine, input)[0]),
    move: (snapshot, event) => during(() => machine.transition(snapshot, event, scope)),
  };
}

/** Walks everything within the bounds and notes what each step meets. */
export function coveredSteps(covered: CoveredMachine): CoveredSteps {
  const watched = watch(covered.machine);
  const steps: CoveredStep[] = [];
  const starts: number[] = [];
  for (const input of covered.inputs) {
    const start = watched.start(input);
    /** What happened on each edge, in the order of the edges. */
    const moves: Moved[] = [];
    const walk = explore(systemOf(covered, watched, start.after, moves), { maxStates });
    if (!walk.complete)
      throw new RangeError(`expected at most ${maxStates} states within the bounds, received more`);
    const arrivals = walk.states.map((state) => arrivalAt(covered, watched, state));
    starts.push(steps.length);
    const leaving = stepsOut(walk, steps.length + 1);
    steps.push({ input, ...stepOf(start, arrivals[0]!), next: leaving[0]! });
    for (const [at, { event, to }] of walk.edges.entries()) {
      steps.push({ event, ...stepOf(moves[at]!, arrivals[to]!), next: leaving[to]! });
    }
  }
  return { steps, starts };
}

/** The machine to explore; what happens on each step that is taken goes to `moves`. */
function systemOf(
  { events, key }: CoveredMachine,
  watched: Watched,
  initial: AnyMachineSnapshot,
  moves: Moved[],
): System<AnyMachineSnapshot, EventObject> {
  return {
    initial,
    events,
    next: (snapshot, event) => {
      if (!snapshot.can(event)) return undefined;
      const moved = watched.move(snapshot, event);
      moves.push(moved);
      return moved.after;
    },
    key,
  };
}

/** A state with what every step that ends in it meets there. */
interface Arrival {
  readonly after: AnyMachineSnapshot;
  readonly clauses: readonly string[];
  readonly refused: readonly Refusal[];
}

function arrivalAt(
  { events, nameRefusal }: CoveredMachine,
  watched: Watched,
  after: AnyMachineSnapshot,
): Arrival {
  const refused = new Map<string, Refusal>();
  for (const event of events(after)) {
    const name = nameRefusal(event, after);
    if (refused.has(name) || after.can(event)) continue;
    // A guard speaks also where it refuses.
    refused.set(name, { name, outcomes: watched.move(after, event).outcomes });
  }
  const metas = Object.values(after.getMeta() as Readonly<Record<string, unknown>>);
  return { after, clauses: metas.flatMap(clausesOf), refused: [...refused.values()] };
}

/** What a step meets: in itself, and where it ends. */
function stepOf({ taken, outcomes }: Moved, { after, clauses, refused }: Arrival): Omit<CoveredStep, 'next'> {
  return {
    after,
    outcomes,
    refused,
    meets: {
      states: [shownBy(after)],
      transitions: taken.map(nameTransition),
      'refused-pairs': refused.map(({ name }) => name),
      clauses: [...clauses, ...taken.flatMap(({ meta }) => clausesOf(meta))],
      'guard-outcomes': [...outcomes, ...refused.flatMap((each) => each.outcomes)],
    },
  };
}

/** What the chart itself lists under a criterion; a criterion about steps has no such list. */
export function listedTargets(machine: AnyStateMachine, criterion: CoverageCriterion): readonly string[] {
  const nodesBelow = (node: AnyStateNode): AnyStateNode[] => [
    node,
    ...Object.values(node.states).flatMap(nodesBelow),
  ];
  const nodes = nodesBelow(machine.root);
  const transitions = nodes.flatMap((node) => [
    ...[...node.transitions.values()].flat(),
    ...(node.always ?? []),
  ]);
  switch (criterion) {
    case 'transitions':
      return transitions.map(nameTransition);
    case 'clauses':
      return [...nodes, ...transitions].flatMap(({ meta }) => clausesOf(meta));
    case 'guard-outcomes':
      return transitions.flatMap(({ guard }) => {
        if (guard === undefined) return [];
        const { type, params } = (typeof guard === 'string' ? { type: guard } : guard) as {
          readonly type: string;
          readonly params?: unknown;
        };
        return [true, false].map((outcome) => `${nameGuard(type, params)}: ${outcome}`);
      });
    default:
      return [];
  }
}
