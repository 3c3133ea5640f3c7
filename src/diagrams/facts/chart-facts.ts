import type { StateDescription, Statechart, TransitionDescription } from './statechart.ts';

/** Facts about a statechart that its page tells: what is refused, and how many ways lead through it. */

/**
 * Whether an arrow shows where `state` starts: it is entered without naming one of its children. A state whose
 * children are all entered by name has a start for XState, but none that anything ever takes.
 */
export function showsStart({ states, transitions }: Statechart, { id, parent }: StateDescription): boolean {
  const above = states.find((state) => state.id === parent);
  if (!above || above.kind === 'parallel') return true;
  return above.initial === id || transitions.some(({ targets }) => targets.includes(id));
}

/** Whether something starts in the state `id`. */
export function isStart(chart: Statechart, id: string): boolean {
  return chart.states.some((state) => state.initial === id && showsStart(chart, state));
}

/** The states in which nothing further is nested. */
export function leavesOf({ states }: Statechart): readonly StateDescription[] {
  return states.filter(({ id }) => !states.some(({ parent }) => parent === id));
}

/** The state and all states around it, innermost first. */
function withAncestors({ states }: Statechart, leaf: StateDescription): readonly string[] {
  const ids: string[] = [];
  let state: StateDescription | undefined = leaf;
  while (state) {
    const { parent }: StateDescription = state;
    ids.push(state.id);
    state = states.find(({ id }) => id === parent);
  }
  return ids;
}

/** The transitions that handle `event` in `leaf`, those of the states around it included; none once all is over. */
export function handlers(
  chart: Statechart,
  leaf: StateDescription,
  event: string,
): readonly TransitionDescription[] {
  const around = withAncestors(chart, leaf);
  const [root] = chart.states;
  if (leaf.kind === 'final' && leaf.parent === root?.id) return [];
  return chart.transitions.filter((one) => one.event === event && around.includes(one.source));
}

/** The most paths that are counted one by one. */
const maxPaths = 100_000;

/**
 * How many paths lead from the start to each leaf without entering a state twice, over all regions; null where
 * there are more than can be counted.
 */
export function countPaths(chart: Statechart): number | null {
  const starts = chart.states.filter(({ id, initial, parent, kind }) => {
    const above = chart.states.find((state) => state.id === parent);
    return initial !== null && kind === 'compound' && (!above || above.kind === 'parallel') && id !== initial;
  });
  let paths = 0;
  const open = starts.map(({ initial }) => [initial!]);
  for (let path = open.pop(); path; path = open.pop()) {
    paths += 1;
    if (paths > maxPaths) return null;
    const at = path.at(-1)!;
    const next = new Set(
      chart.transitions.filter(({ source }) => source === at).flatMap(({ targets }) => targets),
    );
    for (const target of next) if (!path.includes(target)) open.push([...path, target]);
  }
  return paths;
}
