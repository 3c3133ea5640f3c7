import {
  createEmptyActor,
  initialTransition,
  type AnyActorScope,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type AnyTransitionDefinition,
  type EventFromLogic,
  type InputFrom,
  type SnapshotFrom,
} from 'xstate';
import { isMembers, wrongValue } from '../../../machines/given-values.ts';
import type { System } from './explore.ts';

/** How a machine is explored. */
export interface MachineSystemOptions<Machine extends AnyStateMachine> {
  /** Which events are worth trying in a snapshot; those that it cannot take are left out. */
  readonly events: (snapshot: SnapshotFrom<Machine>) => Iterable<EventFromLogic<Machine>>;
  /** Default: the state value and the context as JSON. */
  readonly key?: (snapshot: SnapshotFrom<Machine>) => string;
  /** What the machine is told when it starts. */
  readonly input?: InputFrom<Machine>;
}

const valueAndContext = ({ value, context }: AnyMachineSnapshot): string => JSON.stringify([value, context]);

/**
 * An XState machine as a system to explore: its snapshots, moved by its own transition function. Actions
 * that only change the context count; effects are not carried out. Throws a TypeError for wrong options.
 */
export function machineSystem<Machine extends AnyStateMachine>(
  machine: Machine,
  options: MachineSystemOptions<Machine>,
): System<SnapshotFrom<Machine>, EventFromLogic<Machine>> {
  if (!isMembers(options)) throw new TypeError(wrongValue('options', 'an object with events', options));
  const { events, key = valueAndContext, input } = options;
  for (const [name, value] of Object.entries({ events, key })) {
    if (typeof value !== 'function') {
      throw new TypeError(wrongValue(`options.${name}`, 'a function of a snapshot', value));
    }
  }
  const [initial] = initialTransition<AnyStateMachine>(machine, input);
  const scope = inertScope();
  return {
    initial: initial as SnapshotFrom<Machine>,
    events,
    next: (snapshot, event) =>
      (snapshot as AnyMachineSnapshot).can(event)
        ? (machine.transition(snapshot, event, scope) as SnapshotFrom<Machine>)
        : undefined,
    key,
  };
}

/** The transitions that a machine takes for one event, eventless ones included. */
export type TransitionWatch = (taken: readonly AnyTransitionDefinition[]) => void;

/**
 * What XState wants around a transition, made once for a walk: its pure `transition` makes one for every
 * step. `watch` is told of every microstep.
 */
export function inertScope(watch?: TransitionWatch): AnyActorScope {
  const nobody = createEmptyActor();
  if (watch) {
    nobody.system.inspect((inspected) => {
      if (inspected.type === '@xstate.microstep') watch(inspected._transitions);
    });
  }
  const nothing = (): void => {};
  return {
    self: nobody,
    system: nobody.system,
    id: '',
    sessionId: '',
    logger: nothing,
    defer: nothing,
    emit: nothing,
    stopChild: nothing,
    actionExecutor: nothing,
  };
}
