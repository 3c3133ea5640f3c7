import type { ChangeKind } from './figure.ts';
import { stackScene, type GridCell } from './grid.ts';
import { changeSigns } from './looks.ts';
import { statusColours } from '../scene/palette.ts';
import { pairsHead, pairsTitle, signOf } from './pairs-figure.ts';
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
import type { Scene } from '../scene/scene.ts';
import { elementId } from '../scene/svg.ts';

/** Pairs as a table, for readings with more moves than arrows can show: a row per pair left, a column per pair entered. */

const cellSize = 10.5;
const looks = {
  added: { fill: 'addedBox', stroke: 'added' },
  removed: { fill: 'removedBox', stroke: 'removed', dashed: true },
  changed: { stroke: 'changed' },
} as const satisfies Record<ChangeKind, Pick<GridCell, 'fill' | 'stroke' | 'dashed'>>;

/** The scene of a view as a table. */
export function pairsMatrix(view: PairView): Scene {
  const entered = view.pairs.filter(({ id }) => view.moves.some(({ second }) => second.to === id));
  const moves = new Map(view.moves.map((move) => [move.id, move]));
  const head: readonly GridCell[] = [
    { lines: [[muted('from (rows)')], [muted('to (columns)')]] },
    { lines: [] },
    ...entered.map(({ second }) => pairCell(second)),
  ];
  const rows = view.pairs.map((pair): readonly GridCell[] => [
    pairCell(pair.second),
    foldersCell(pair),
    ...entered.map(({ id }) => moveCell(moves.get(`${pair.id}--${id}`), pair.id === id)),
  ]);
  const changed = view.pairs.some(({ change }) => change) || view.moves.some(({ change }) => change);
  const key = changed ? [[muted(changeKey)]] : [];
  return stackScene({ id: view.id, title: pairsTitle, description: pairsInWords(view) }, [
    [
      ...pairsHead(view),
      [muted('More moves than arrows can show, hence a table. ! marks a surprising pair.')],
      ...key,
    ],
    { rows: [head, ...rows] },
    [[muted(view.note)], ...surprises(view)],
  ]);
}

const changeKey =
  `${changeSigns.added} only under the second reading, ${changeSigns.removed} only under the first, ` +
  `${changeSigns.changed} under both, but different`;

const muted = (text: string) => scenes.run(text, { size: 11.5, colour: 'muted' });

/** Both statuses of a pair, as pills. */
function pairCell({ resolutionStatus, systemResolution }: Pair): GridCell {
  const both = [resolutionStatus, systemResolution].map(statusColours);
  return {
    pills: both.map(([, pill]) => pill),
    lines: [resolutionStatus, systemResolution].map((status, at) => [
      scenes.run(status, { size: 10, weight: 'bold', colour: both[at]![0] }),
    ]),
  };
}

function foldersCell({ id, first, second, change }: Both<Pair>): GridCell {
  const mark = second.surprising ? [scenes.run('!', { size: 12, weight: 'bold', colour: 'warning' })] : [];
  const plain = second.surprising ? ({ fill: 'warningBox' } as const) : {};
  return {
    lines: [[...signOf(change, 12), scenes.run(foldersText(first, second), { size: 11 }), ...mark]],
    ...(change ? looks[change] : plain),
    group: { id: elementId('pair', id), className: 'pair', data: { pair: id } },
  };
}

function moveCell(move: Both<PairMove> | undefined, same: boolean): GridCell {
  if (!move) return { lines: [[muted(same ? '—' : '')]] };
  return {
    lines: eventTexts(move).map((text, at) => [
      ...(at === 0 ? signOf(move.change, cellSize) : []),
      scenes.run(text, { size: cellSize, colour: 'event' }),
    ]),
    ...(move.change ? looks[move.change] : {}),
    group: {
      id: elementId('move', move.id),
      className: 'move',
      data: { from: move.second.from, to: move.second.to },
    },
  };
}

function surprises({ pairs }: PairView): readonly scenes.Line[] {
  return pairs
    .filter(({ second }) => second.surprising)
    .map(({ second }) => [
      scenes.run(`! ${pairName(second)}`, { size: 11.5, weight: 'bold', colour: 'warning' }),
      scenes.run(
        second.goneUnder.length === 0
          ? 'is surprising, and no single answer avoids it'
          : `is surprising; it does not occur under ${second.goneUnder.join(', ')}`,
        { size: 11.5, colour: 'warning' },
      ),
    ]);
}
