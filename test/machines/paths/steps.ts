import {
  getInitialSnapshot,
  type AnyStateMachine,
  type EventFromLogic,
  type InputFrom,
  type SnapshotFrom,
} from 'xstate';
import { inertScope } from '../../../src/explore/walk/machine-system.ts';

/** How a machine moves, step by step. */
export interface Steps<Machine extends AnyStateMachine> {
  readonly initial: SnapshotFrom<Machine>;
  /** The snapshot after the event; where it is refused, as it was. */
  readonly next: (snapshot: SnapshotFrom<Machine>, event: EventFromLogic<Machine>) => SnapshotFrom<Machine>;
}

/** The steps of a machine itself: XState's `getNextSnapshot` would start an actor for each of them. */
export function stepsOf<Machine extends AnyStateMachine>(
  machine: Machine,
  input?: InputFrom<Machine>,
): Steps<Machine> {
  const scope = inertScope();
  return {
    initial: getInitialSnapshot<AnyStateMachine>(machine, input) as SnapshotFrom<Machine>,
    next: (snapshot, event) => machine.transition(snapshot, event, scope) as SnapshotFrom<Machine>,
  };
}
