import type { Settings } from '../../../machines/index.ts';
import type { Figure, FigureNode } from './figure.ts';
import { machineFigure } from './machine-figure.ts';
import { chartInWords } from '../facts/machine-words.ts';
import type { StateDescription, Statechart } from '../facts/statechart.ts';

/** Outlines: a statechart as the names of its states and its arrows, small enough to stand beside others on a page. */

/** One region of a parallel chart as a chart of its own; a chart without regions as it is. */
export function regionsOf(chart: Statechart): readonly Statechart[] {
  const [root] = chart.states;
  if (root?.kind !== 'parallel') return [chart];
  return chart.states
    .filter(({ parent }) => parent === root.id)
    .map((region) => {
      const states = chart.states.filter((state) => isWithin(chart, state, region.id));
      const ids = new Set(states.map(({ id }) => id));
      const transitions = chart.transitions.filter(({ source }) => ids.has(source));
      return { ...chart, id: region.id, states, transitions };
    });
}

function isWithin({ states }: Statechart, state: StateDescription, ancestor: string): boolean {
  for (let at: StateDescription | undefined = state; at; at = parentOf(states, at)) {
    if (at.id === ancestor) return true;
  }
  return false;
}

const parentOf = (states: readonly StateDescription[], { parent }: StateDescription) =>
  states.find(({ id }) => id === parent);

/** The outline of a chart. The ids of its elements are those of the whole picture. */
export function outlineFigure(chart: Statechart): Figure {
  const figure = machineFigure(chart, { subtitle: '' });
  return {
    ...figure,
    title: chart.states[0]?.key ?? chart.id,
    head: [],
    description: chartInWords(chart, 'outline'),
    root: named(figure.root),
    edges: figure.edges.map((edge) => ({ ...edge, lines: [] })),
  };
}

/** The whole of a chart at a glance: its names and arrows, with the rules behind them. */
export function glanceFigure(chart: Statechart, settings: Settings): Figure {
  const figure = machineFigure(chart, { subtitle: '', settings });
  return {
    ...figure,
    id: `${chart.id}-glance`,
    head: figure.head.slice(0, 1),
    root: named(figure.root),
    edges: figure.edges.map(({ lines, ...edge }) => ({ ...edge, lines: lines.slice(0, 1) })),
  };
}

/** The first row of a box is its name. */
const named = (node: FigureNode): FigureNode => ({
  ...node,
  rows: node.rows.slice(0, 1),
  children: node.children.map(named),
});
