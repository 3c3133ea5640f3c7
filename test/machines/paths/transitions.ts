import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate';

/** One transition of a machine, as text that is the same however it was come by. */
export function nameTransition(transition: AnyTransitionDefinition): string {
  const { source, eventType, target, guard } = transition;
  const targets = (target ?? []).map((node) => node.id).join(' ');
  return `${source.id} -- ${eventType || 'always'} [${JSON.stringify(guard) ?? ''}] --> ${targets || 'stays'}`;
}

/** Every transition of a machine, those without an event included, which the definition of XState leaves out. */
export function transitionsOf(machine: AnyStateMachine): readonly AnyTransitionDefinition[] {
  const of = (node: AnyStateNode): AnyTransitionDefinition[] => [
    ...[...node.transitions.values()].flat(),
    ...(node.always ?? []),
    ...Object.values(node.states).flatMap(of),
  ];
  return of(machine.root);
}

/** Every state node of a machine, the root included. */
export function nodesOf(machine: AnyStateMachine): readonly AnyStateNode[] {
  const of = (node: AnyStateNode): AnyStateNode[] => [node, ...Object.values(node.states).flatMap(of)];
  return of(machine.root);
}
