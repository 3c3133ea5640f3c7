import { cellClause } from '../../../machines/index.ts';
import type { ChangeKind, Figure, FigureEdge, FigureNode, Row } from './figure.ts';
import { changeSigns } from './looks.ts';
import type { Pair, PairMove } from '../facts/pairs.ts';
import {
  eventTexts,
  foldersText,
  pairName,
  pairsInWords,
  type Both,
  type PairView,
} from '../facts/pairs-view.ts';
import * as scenes from '../scene/scene.ts';
import type { Line, Run } from '../scene/scene.ts';
import { elementId } from '../scene/svg.ts';
import { wrapText } from '../scene/text.ts';

/** Pairs as boxes and arrows. */

/** The title of every picture of pairs. */
export const pairsTitle = 'Folder: reachable pairs of resolution_status and system_resolution';
const headWidth = 900;
const small = { size: 11, colour: 'muted' } as const;

/** The figure of a view: a box per pair, an arrow per move. */
export function pairsFigure(view: PairView): Figure {
  const start = view.pairs.find(({ second }) => second.resolutionStatus === 'INITIAL');
  return {
    id: view.id,
    title: pairsTitle,
    head: pairsHead(view),
    foot: [[scenes.run(view.note, { size: 11.5, colour: 'muted' })]],
    description: pairsInWords(view),
    root: { ...emptyRoot, initial: start?.id ?? null, children: view.pairs.map(nodeOf) },
    edges: view.moves.map(edgeOf),
  };
}

/** The lines below the title. */
export function pairsHead({ heading: [reading, explored] }: PairView): readonly Line[] {
  return [
    ...wrapText(reading, headWidth, 12.5, 'bold').map((text) => [
      scenes.run(text, { size: 12.5, weight: 'bold', colour: 'muted' }),
    ]),
    [scenes.run(explored, { colour: 'muted' })],
  ];
}

const emptyRoot = {
  id: 'pairs',
  elementId: 'pairs',
  className: '',
  tooltip: '',
  rows: [],
  final: false,
  parallel: false,
  change: null,
  warning: false,
} as const satisfies Omit<FigureNode, 'children' | 'initial'>;

/** The sign before whatever differs. */
export const signOf = (change: ChangeKind | null, size: number): readonly Run[] =>
  change === null ? [] : [scenes.run(changeSigns[change], { size, weight: 'bold', colour: change })];

function nodeOf({ id, first, second, change }: Both<Pair>): FigureNode {
  const { resolutionStatus, systemResolution, surprising } = second;
  const name = pairName(second);
  return {
    ...emptyRoot,
    id,
    elementId: elementId('pair', id),
    className: surprising ? 'pair surprising' : 'pair',
    tooltip: `${name}: ${foldersText(first, second)}`,
    rows: [
      { line: [...signOf(change, 13.5), scenes.run(name, { size: 13.5, weight: 'bold' })] },
      {
        pill: {
          label: 'resolution_status',
          value: resolutionStatus,
          clause: cellClause('folder.resolution_status', resolutionStatus),
        },
      },
      {
        pill: {
          label: 'system_resolution',
          value: systemResolution,
          clause: cellClause('system_resolution', systemResolution),
        },
      },
      { line: [scenes.run(foldersText(first, second), small)] },
      ...surpriseRows(second),
    ],
    initial: null,
    children: [],
    change,
    warning: surprising,
  };
}

function surpriseRows({ surprising, goneUnder }: Pair): readonly Row[] {
  if (!surprising) return [];
  const line = (text: string, weight: 'bold' | 'regular'): { readonly line: Line } => ({
    line: [scenes.run(text, { size: 11, weight, colour: 'warning' })],
  });
  if (goneUnder.length === 0) return [line('! surprising: no single answer avoids it', 'bold')];
  return [line('! surprising: not under', 'bold'), ...goneUnder.map((answer) => line(answer, 'regular'))];
}

function edgeOf(move: Both<PairMove>): FigureEdge {
  const { id, second, change } = move;
  const texts = eventTexts(move);
  return {
    id,
    elementId: elementId('move', id),
    from: second.from,
    to: second.to,
    derived: false,
    lines: texts.map((text, at) => [
      ...(at === 0 ? signOf(change, 12) : []),
      scenes.run(text, { size: 11.5, colour: 'event' }),
    ]),
    tooltip: `${second.from} to ${second.to}: ${texts.join(', ')}`,
    change,
  };
}
