import {
  initialTransition,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type AnyStateNode,
  type AnyTransitionDefinition,
  type EventObject,
} from 'xstate';
import type { CoverageCriterion } from './coverage-criteria.ts';
import { explore, type System } from './explore.ts';
import { inertScope } from './machine-system.ts';

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

/** A machine that tells what happens inside it while it moves. */
interface Watched {
  readonly machine: AnyStateMachine;
  /** Runs one step and returns what happened in it. */
  during(step: () => AnyMachineSnapshot): {
    readonly after: AnyMachineSnapshot;
    readonly taken: readonly AnyTransitionDefinition[];
    readonly outcomes: readonly string[];
  };
  readonly scope: ReturnType<typeof inertScope>;
}

type Guard = (args: object, params: unknown) => boolean;

function watch(machine: AnyStateMachine): Watched {
  let taken: AnyTransitionDefinition[] = [];
  let outcomes = new Set<string>();
  const guards = Object.fromEntries(
    Object.entries(machine.implementations.guards as Readonly<Record<string, Guard>>).map(([type, guard]) => [
      type,
      (args: object, params: unknown) => {
        const outcome = guard(args, params);
        outcomes.add(`${nameGuard(type, params)}: ${outcome}`);
        return outcome;
      },
    ]),
  );
  return {
    machine: machine.provide({ guards }),
    scope: inertScope((transitions) => taken.push(...transitions)),
    during(step) {
      [taken, outcomes] = [[], new Set()];
      const after = step();
      // What happens later belongs to somebody else.
      return { after, taken: [...taken], outcomes: [...outcomes] };
    },
  };
}

/** Walks everything within the bounds and notes what each step meets. */
export function coveredSteps(covered: CoveredMachine): CoveredSteps {
  const watched = watch(covered.machine);
  const steps: Omit<CoveredStep, 'next'>[] = [];
  const starts: number[] = [];
  /** By the state in which a step ends, and by that in which it begins: the numbers of the steps. */
  const [ending, beginning]: [string[], Map<string, number[]>] = [[], new Map()];

  for (const [at, input] of covered.inputs.entries()) {
    const { after: initial, ...met } = watched.during(
      () => initialTransition<AnyStateMachine>(watched.machine, input)[0] as AnyMachineSnapshot,
    );
    const { states, edges, complete } = explore(systemOf(covered, watched, initial), { maxStates });
    if (!complete)
      throw new RangeError(`expected at most ${maxStates} states within the bounds, received more`);
    starts.push(steps.length);
    steps.push({ input, ...meetings(covered, watched, { after: initial, ...met }) });
    ending.push(`${at} 0`);
    for (const { from, event, to } of edges) {
      const step = watched.during(() => move(watched, states[from]!, event));
      const number = steps.push({ event, ...meetings(covered, watched, step) }) - 1;
      ending.push(`${at} ${to}`);
      beginning.set(`${at} ${from}`, [...(beginning.get(`${at} ${from}`) ?? []), number]);
    }
  }
  return { steps: steps.map((step, at) => ({ ...step, next: beginning.get(ending[at]!) ?? [] })), starts };
}

const move = (
  { machine, scope }: Watched,
  snapshot: AnyMachineSnapshot,
  event: EventObject,
): AnyMachineSnapshot => machine.transition(snapshot, event, scope) as AnyMachineSnapshot;

function systemOf(
  covered: CoveredMachine,
  watched: Watched,
  initial: AnyMachineSnapshot,
): System<AnyMachineSnapshot, EventObject> {
  return {
    initial,
    events: covered.events,
    next: (snapshot, event) => (snapshot.can(event) ? move(watched, snapshot, event) : undefined),
    key: covered.key,
  };
}

/** What a step meets: in itself, and by the events that are refused where it ends. */
function meetings(
  { events, nameRefusal }: CoveredMachine,
  watched: Watched,
  { after, taken, outcomes }: ReturnType<Watched['during']>,
): Omit<CoveredStep, 'next'> {
  const refused = new Map<string, readonly string[]>();
  for (const event of events(after)) {
    const name = nameRefusal(event, after);
    if (refused.has(name) || after.can(event)) continue;
    // A guard speaks also where it refuses.
    refused.set(name, watched.during(() => move(watched, after, event)).outcomes);
  }
  return {
    after,
    outcomes,
    refused: [...refused].map(([name, shown]) => ({ name, outcomes: shown })),
    meets: {
      states: [shownBy(after)],
      transitions: taken.map(nameTransition),
      'refused-pairs': [...refused.keys()],
      clauses: [
        ...Object.values(after.getMeta() as Readonly<Record<string, unknown>>).flatMap(clausesOf),
        ...taken.flatMap((transition) => [...clausesOf(transition.meta)]),
      ],
      'guard-outcomes': [...outcomes, ...[...refused.values()].flat()],
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
