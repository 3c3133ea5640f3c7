import type { Colour } from './palette.ts';
import { textWidth, type Weight } from './text.ts';

/** What a picture is made of before it is written as SVG: shapes at their places, so that tests can measure them. */

/** A place, in pixels from the upper left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A rectangle, by its upper left corner and its size. */
export interface Rect extends Point {
  readonly width: number;
  readonly height: number;
}

/** Words of one look; a run with a clause becomes a link to it. */
export interface Run {
  readonly text: string;
  readonly size: number;
  readonly weight: Weight;
  readonly colour: Colour;
  readonly clause?: string;
}

/** Runs side by side, with a space between them. */
export type Line = readonly Run[];

/** A run at its place; `y` is its baseline. */
export interface TextShape extends Run, Point {
  readonly kind: 'text';
}

/** A rectangle; `pill` and `cell` hold text and nothing else, a `frame` holds boxes. */
export interface RectShape extends Rect {
  readonly kind: 'rect';
  readonly role: 'box' | 'frame' | 'pill' | 'cell' | 'inset';
  readonly radius: number;
  readonly fill: Colour | null;
  readonly stroke: Colour | null;
  readonly strokeWidth: number;
  readonly dashed: boolean;
}

/** A line through points, its corners rounded. */
export interface LineShape {
  readonly kind: 'line';
  readonly points: readonly Point[];
  readonly colour: Colour;
  readonly width: number;
  readonly dashes: string | null;
  readonly arrow: boolean;
}

/** A filled circle around its place. */
export interface DotShape extends Point {
  readonly kind: 'dot';
  readonly radius: number;
  readonly colour: Colour;
}

/** Shapes that belong together and that a page can find by `id`. */
export interface GroupShape {
  readonly kind: 'group';
  readonly id: string | null;
  readonly className: string;
  readonly data: Readonly<Record<string, string>>;
  /** Shown as a tooltip and read aloud. */
  readonly title: string | null;
  readonly shapes: readonly Shape[];
}

/** Whatever is drawn. */
export type Shape = TextShape | RectShape | LineShape | DotShape | GroupShape;

/** A whole picture. `description` says in words all that the picture shows. */
export interface Scene {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

/** The gap between two runs of a line. */
const runGap = 5;

/** A run in the look of body text, with what differs from it. */
export function run(text: string, look: Partial<Omit<Run, 'text'>> = {}): Run {
  return { text, size: 12, weight: 'regular', colour: 'ink', ...look };
}

/** The width of a run. */
export function runWidth({ text, size, weight }: Run): number {
  return textWidth(text, size, weight);
}

/** The width of a line. */
export function lineWidth(line: Line): number {
  return line.reduce((sum, one) => sum + runWidth(one), 0) + Math.max(0, line.length - 1) * runGap;
}

/** The height of a line, with the space to the next one. */
export function lineHeight(line: Line): number {
  return Math.round(Math.max(...line.map((one) => one.size)) * 1.36);
}

/** The shapes of a line whose baseline begins at `at`; blank runs only take their room. */
export function placeLine(line: Line, at: Point): readonly TextShape[] {
  let { x } = at;
  return line.flatMap((one) => {
    const shape = { kind: 'text', ...one, x, y: at.y } as const;
    x += runWidth(one) + runGap;
    return one.text.trim() === '' ? [] : [shape];
  });
}

/** The shapes of lines below each other, the upper edge of the first at `at`. */
export function placeLines(lines: readonly Line[], at: Point): readonly TextShape[] {
  let { y } = at;
  return lines.flatMap((line) => {
    const height = lineHeight(line);
    y += height;
    return placeLine(line, { x: at.x, y: y - Math.round(height * 0.26) });
  });
}

/** The height of lines below each other. */
export function linesHeight(lines: readonly Line[]): number {
  return lines.reduce((sum, line) => sum + lineHeight(line), 0);
}

/** Fills lines with runs from left to right so that no line is wider than `width`, a wider run excepted. */
export function flowRuns(runs: readonly Run[], width: number): readonly Line[] {
  const lines: Run[][] = [];
  for (const one of runs) {
    const line = lines.at(-1);
    if (line && lineWidth([...line, one]) <= width) line.push(one);
    else lines.push([one]);
  }
  return lines;
}

/** The space that a text takes: a little more than its ink. */
export function textBounds(shape: TextShape): Rect {
  return {
    x: shape.x,
    y: shape.y - shape.size * 0.8,
    width: runWidth(shape),
    height: shape.size * 1.02,
  };
}

/** A rectangle without fill or stroke, with what differs from it. */
export function rect(place: Rect, look: Partial<Omit<RectShape, 'kind' | keyof Rect>> = {}): RectShape {
  return {
    kind: 'rect',
    role: 'box',
    ...place,
    radius: 8,
    fill: null,
    stroke: null,
    strokeWidth: 1.2,
    dashed: false,
    ...look,
  };
}

/** A group with what differs from a plain one. */
export function group(
  shapes: readonly Shape[],
  look: Partial<Omit<GroupShape, 'kind' | 'shapes'>> = {},
): GroupShape {
  return { kind: 'group', id: null, className: '', data: {}, title: null, ...look, shapes };
}
