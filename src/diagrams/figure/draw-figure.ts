import {
  boxPadding,
  pillHeight,
  pillLabel,
  pillPlace,
  pillRowHeight,
  pillText,
  rowHeight,
  type Figure,
  type FigureNode,
  type Row,
} from './figure.ts';
import { columnLayout } from './column.ts';
import { layoutFigure } from './layout.ts';
import type { Layout, PlacedEdge } from './placed.ts';
import { legendOf } from './legend.ts';
import { arrowLook, arrowLooks, dotRadius, margin, nodeColours } from './looks.ts';
import { statusColours } from '../scene/palette.ts';
import * as scenes from '../scene/scene.ts';
import type { Point, Rect, Scene, Shape } from '../scene/scene.ts';

/** Draws a figure at the places of its layout: heading above, legend and notes below. */

const titleSize = 18;
const headGap = 18;

/**
 * The boxes and arrows of an outline alone, in a column, without heading and legend: for a page that says in words what
 * it is.
 */
export function drawBareFigure(figure: Figure): Scene {
  const layout = columnLayout(figure);
  const { id, title, description, root } = figure;
  return {
    id,
    title,
    description,
    width: layout.width + bareMargin * 2,
    height: layout.height + bareMargin * 2,
    shapes: drawContent(root, layout, { x: bareMargin, y: bareMargin }),
  };
}

/** Room for lines that a page draws thicker. */
const bareMargin = 3;

function drawContent(root: FigureNode, layout: Layout, by: Point): readonly Shape[] {
  return [
    ...root.children.map((node) => drawNode(node, layout, by)),
    ...layout.starts.flatMap((start) => drawStart(start, by)),
    ...layout.edges.map((edge) => drawEdge(edge, by)),
  ];
}

/** The figure as a scene. */
export async function drawFigure(figure: Figure): Promise<Scene> {
  const layout = await layoutFigure(figure);
  const head = headOf(figure);
  const top = margin + scenes.linesHeight(head) + headGap;
  const legend = legendOf(figure);
  const foot = [...legend.shapes({ x: margin, y: top + layout.height + headGap })];
  const notesTop = top + layout.height + headGap + legend.height;
  const lines = [...head, ...figure.foot];
  return {
    id: figure.id,
    title: figure.title,
    description: figure.description,
    width: Math.max(layout.width, legend.width, ...lines.map(scenes.lineWidth)) + margin * 2,
    height: notesTop + scenes.linesHeight(figure.foot) + margin,
    shapes: [
      ...scenes.placeLines(head, { x: margin, y: margin }),
      ...drawContent(figure.root, layout, { x: margin, y: top }),
      ...foot,
      ...scenes.placeLines(figure.foot, { x: margin, y: notesTop }),
    ],
  };
}

function headOf({ title, head }: Figure): readonly scenes.Line[] {
  return [[scenes.run(title, { size: titleSize, weight: 'bold' })], ...head];
}

const shift = <P extends Point>(place: P, by: Point): P => ({
  ...place,
  x: place.x + by.x,
  y: place.y + by.y,
});

function drawNode(node: FigureNode, layout: Layout, by: Point): Shape {
  const place = shift(layout.boxes.get(node.id)!, by);
  const box = boxOf(node, place);
  const inset = { x: place.x + 3.5, y: place.y + 3.5, width: place.width - 7, height: place.height - 7 };
  return scenes.group(
    [
      box,
      ...(node.final
        ? [scenes.rect(inset, { role: 'inset', radius: 5, stroke: 'border', strokeWidth: 1 })]
        : []),
      ...drawRows(node.rows, { x: place.x + boxPadding, y: place.y + topOfRows(node, place) }),
      ...node.children.map((child) => drawNode(child, layout, by)),
    ],
    { id: node.elementId, className: node.className, data: { state: node.id }, title: node.tooltip },
  );
}

/** Rows stand at the top; a name alone in the middle, however high its arrows make the box. */
function topOfRows({ rows, children }: FigureNode, { height }: Rect): number {
  const [only, ...others] = rows;
  const alone = only && others.length === 0 && children.length === 0;
  return alone ? (height - rowHeight(only)) / 2 : boxPadding * 0.75;
}

function boxOf({ children, change, warning }: FigureNode, place: Rect): Shape {
  const role = children.length > 0 ? 'frame' : 'box';
  const plain = role === 'frame' ? (['frame', 'border'] as const) : (['box', 'border'] as const);
  const look = change ? nodeColours[change] : warning ? (['warningBox', 'warning'] as const) : plain;
  const fill = warning && change === 'changed' ? 'warningBox' : look[0];
  const stroke = look[1];
  return scenes.rect(place, {
    role,
    fill,
    stroke,
    strokeWidth: change === 'added' ? 2.8 : change === null ? 1.3 : 1.8,
    dashed: change === 'removed',
  });
}

/** The shapes of the rows of a box. */
export function drawRows(rows: readonly Row[], at: Point): readonly Shape[] {
  let { y } = at;
  return rows.flatMap((row): readonly Shape[] => {
    const top = y;
    y += rowHeight(row);
    if ('gap' in row) return [];
    if ('line' in row) return scenes.placeLines([row.line], { x: at.x, y: top });
    const { x, width, inset } = pillPlace(row.pill, rows);
    const [colour, fill] = statusColours(row.pill.value);
    const pill = { x: at.x + x, y: top + (pillRowHeight - pillHeight) / 2, width, height: pillHeight };
    const baseline = pill.y + 12.5;
    const label = pillLabel(row.pill);
    return [
      ...(label.text === '' ? [] : scenes.placeLine([label], { x: at.x, y: baseline })),
      scenes.rect(pill, { role: 'pill', radius: pillHeight / 2, fill }),
      ...scenes.placeLine([{ ...pillText(row.pill), colour }], { x: pill.x + inset, y: baseline }),
    ];
  });
}

function drawStart({ dot, points }: Layout['starts'][number], by: Point): readonly Shape[] {
  return [
    { kind: 'dot', ...shift(dot, by), radius: dotRadius, colour: 'event' },
    { kind: 'line', points: points.map((at) => shift(at, by)), ...arrowLooks.event, arrow: true },
  ];
}

function drawEdge({ edge, points, label }: PlacedEdge, by: Point): Shape {
  const place = label && shift(label, by);
  return scenes.group(
    [
      { kind: 'line', points: points.map((at) => shift(at, by)), ...arrowLook(edge), arrow: true },
      ...(place ? scenes.placeLines(edge.lines, { x: place.x + 4, y: place.y + 1 }) : []),
    ],
    {
      id: edge.elementId,
      className: edge.derived ? 'move derived' : 'move',
      data: { from: edge.from, to: edge.to },
      title: edge.tooltip,
    },
  );
}
