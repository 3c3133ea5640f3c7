import type { ChangeKind } from '../figure/figure.ts';
import type { StateDescription, Statechart, TransitionDescription } from './statechart.ts';

/** Two statecharts in one, and what differs: keys are ids of states and transitions, absent where equal. */
export interface ChartDifference {
  readonly chart: Statechart;
  readonly changes: ReadonlyMap<string, ChangeKind>;
}

/** Puts `second` beside `first`; what only the first has is removed, what only the second has is added. */
export function compareCharts(first: Statechart, second: Statechart): ChartDifference {
  const changes = new Map<string, ChangeKind>();
  const states = merge<StateDescription>(first.states, second.states, changes);
  const transitions = merge<TransitionDescription>(first.transitions, second.transitions, changes);
  const events = [...new Set([...first.events, ...second.events])];
  return { chart: { id: second.id, events, states, transitions }, changes };
}

function merge<T extends { readonly id: string }>(
  first: readonly T[],
  second: readonly T[],
  changes: Map<string, ChangeKind>,
): readonly T[] {
  const before = new Map(first.map((one) => [one.id, one]));
  const after = new Map(second.map((one) => [one.id, one]));
  for (const [id, one] of after) {
    const other = before.get(id);
    if (!other) changes.set(id, 'added');
    else if (JSON.stringify(other) !== JSON.stringify(one)) changes.set(id, 'changed');
  }
  const gone = first.filter(({ id }) => !after.has(id));
  for (const { id } of gone) changes.set(id, 'removed');
  return [...second, ...gone];
}
