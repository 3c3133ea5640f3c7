import type { Line, Rect } from '../scene/scene.ts';
import { lineHeight, lineWidth, run, runWidth } from '../scene/scene.ts';

/** Boxes and arrows before they have places: what the layout is asked to arrange. */

/** How something differs between two readings; drawn as a sign and a line style, not by colour alone. */
export type ChangeKind = 'added' | 'removed' | 'changed';

/** A field and the status that it shows, drawn as a pill. */
export interface Pill {
  readonly label: string;
  readonly value: string;
  readonly clause?: string;
}

/** One row inside a box; a gap is empty space. */
export type Row = { readonly line: Line } | { readonly pill: Pill } | { readonly gap: number };

/** A box, with the boxes in it. */
export interface FigureNode {
  readonly id: string;
  readonly elementId: string;
  readonly className: string;
  readonly tooltip: string;
  readonly rows: readonly Row[];
  readonly final: boolean;
  /** The child in which it starts, if an arrow is to show it. */
  readonly initial: string | null;
  /** Children without arrows between them are drawn below each other. */
  readonly parallel: boolean;
  readonly children: readonly FigureNode[];
  readonly change: ChangeKind | null;
  readonly warning: boolean;
}

/** An arrow between two boxes. */
export interface FigureEdge {
  readonly id: string;
  readonly elementId: string;
  readonly from: string;
  readonly to: string;
  readonly derived: boolean;
  readonly lines: readonly Line[];
  readonly tooltip: string;
  readonly change: ChangeKind | null;
}

/** A picture of boxes and arrows. The root itself is not drawn: its children are. */
export interface Figure {
  readonly id: string;
  readonly title: string;
  /** Lines below the title. */
  readonly head: readonly Line[];
  /** Lines below the picture. */
  readonly foot: readonly Line[];
  readonly description: string;
  readonly root: FigureNode;
  readonly edges: readonly FigureEdge[];
}

/** The space inside a box around its rows. */
export const boxPadding = 12;
/** The height of a pill. */
export const pillHeight = 17;
/** The height of the row that holds a pill. */
export const pillRowHeight = 21;
const pillSize = 11;
const pillInset = 8;
/** The gap between the name of a field and its pill. */
const pillGap = 8;

/** The text of a pill. */
export const pillText = (pill: Pill) =>
  run(pill.value, {
    size: pillSize,
    weight: 'bold',
    ...(pill.clause === undefined ? {} : { clause: pill.clause }),
  });
/** The name of the field before a pill. */
export const pillLabel = (pill: Pill) => run(pill.label, { size: pillSize, colour: 'muted' });

/** Where the pill in a row begins and how wide it is, pills of one box standing below each other. */
export function pillPlace(
  pill: Pill,
  rows: readonly Row[],
): Pick<Rect, 'x' | 'width'> & { readonly inset: number } {
  const labels = rows.flatMap((row) => ('pill' in row ? [runWidth(pillLabel(row.pill))] : []));
  const widest = Math.max(0, ...labels);
  return {
    x: widest > 0 ? widest + pillGap : 0,
    width: runWidth(pillText(pill)) + pillInset * 2,
    inset: pillInset,
  };
}

/** The height of one row. */
export function rowHeight(row: Row): number {
  if ('gap' in row) return row.gap;
  return 'line' in row ? lineHeight(row.line) : pillRowHeight;
}

/** The size of a box that holds `rows`. */
export function boxSize(rows: readonly Row[]): Pick<Rect, 'width' | 'height'> {
  const widths = rows.map((row) => {
    if ('gap' in row) return 0;
    if ('line' in row) return lineWidth(row.line);
    const { x, width } = pillPlace(row.pill, rows);
    return x + width;
  });
  return {
    width: Math.ceil(Math.max(40, ...widths) + boxPadding * 2),
    height: rows.reduce((sum, row) => sum + rowHeight(row), 0) + boxPadding * 1.5,
  };
}

/** The size of a label. */
export function labelSize(lines: readonly Line[]): Pick<Rect, 'width' | 'height'> {
  return {
    width: Math.ceil(Math.max(0, ...lines.map(lineWidth))) + 8,
    height: lines.reduce((sum, line) => sum + lineHeight(line), 0) + 4,
  };
}
