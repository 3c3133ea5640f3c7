import { margin } from './looks.ts';
import type { Colour } from '../scene/palette.ts';
import * as scenes from '../scene/scene.ts';
import type { Line, Point, Shape } from '../scene/scene.ts';

/** Tables as pictures: cells as wide as their widest content, with a rule below every row. */

/** One cell: lines or whatever shapes it draws for itself, and how it stands out. */
export interface GridCell {
  readonly lines: readonly Line[];
  readonly fill?: Colour;
  readonly stroke?: Colour;
  readonly dashed?: boolean;
  /** Draws each line as a pill, of these colours from the first on. */
  readonly pills?: readonly Colour[];
  readonly group?: Partial<Omit<scenes.GroupShape, 'kind' | 'shapes'>>;
}

const inset = { x: 8, y: 5 } as const;
const pillInset = 7;
const pillRow = 20;
/** From the upper edge of a pill's row to the line on which its words stand. */
const pillBaseline = 13.5;

const contentHeight = (cell: GridCell): number =>
  cell.pills ? cell.lines.length * pillRow : scenes.linesHeight(cell.lines);
const contentWidth = (cell: GridCell): number =>
  Math.max(0, ...cell.lines.map(scenes.lineWidth)) + (cell.pills ? pillInset * 2 : 0);

/** A table of `rows` with its upper left corner at `at`. */
export function drawGrid(
  rows: readonly (readonly GridCell[])[],
  at: Point,
): { readonly width: number; readonly height: number; readonly shapes: readonly Shape[] } {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from(
    { length: columns },
    (_, column) =>
      Math.max(...rows.map((row) => (row[column] ? contentWidth(row[column]) : 0)), 8) + inset.x * 2,
  );
  const heights = rows.map((row) => Math.max(...row.map(contentHeight), 12) + inset.y * 2);
  const width = widths.reduce((sum, one) => sum + one, 0);
  const shapes: Shape[] = [];
  let { y } = at;
  rows.forEach((row, index) => {
    const height = heights[index]!;
    let { x } = at;
    row.forEach((cell, column) => {
      const place = { x, y, width: widths[column]!, height };
      shapes.push(drawCell(cell, place, row.some(({ pills }) => pills) ? besidePills(cell) : 0));
      x += widths[column]!;
    });
    y += height;
    const rule = {
      points: [
        { x: at.x, y },
        { x: at.x + width, y },
      ],
      colour: 'rule',
      width: 1,
    } as const;
    shapes.push({ kind: 'line', ...rule, dashes: null, arrow: false });
  });
  return { width, height: y - at.y, shapes };
}

/** How much lower text begins so that its first line stands on the line of the pills beside it. */
function besidePills({ lines, pills }: GridCell): number {
  const [first] = lines;
  if (pills || !first) return 0;
  const height = scenes.lineHeight(first);
  return Math.max(0, pillBaseline - (height - Math.round(height * 0.26)));
}

function drawCell(cell: GridCell, place: scenes.Rect, lower: number): Shape {
  const { fill, stroke, dashed = false, pills, lines } = cell;
  const box = { x: place.x + 1.5, y: place.y + 1.5, width: place.width - 3, height: place.height - 3 };
  const look = { role: 'cell', radius: 4, fill: fill ?? null, stroke: stroke ?? null, dashed } as const;
  const start = { x: place.x + inset.x, y: place.y + inset.y };
  const content = pills
    ? lines.flatMap((line, row) => drawPill(line, pills[row]!, { x: start.x, y: start.y + row * pillRow }))
    : scenes.placeLines(lines, { x: start.x, y: start.y + lower });
  return scenes.group([...(fill || stroke ? [scenes.rect(box, look)] : []), ...content], cell.group ?? {});
}

function drawPill(line: Line, fill: Colour, at: Point): readonly Shape[] {
  const place = { x: at.x, y: at.y + 1, width: scenes.lineWidth(line) + pillInset * 2, height: pillRow - 3 };
  return [
    scenes.rect(place, { role: 'pill', radius: 8.5, fill }),
    ...scenes.placeLine(line, { x: at.x + pillInset, y: at.y + pillBaseline }),
  ];
}

/** A whole picture of lines and tables below each other. */
export function stackScene(
  scene: Pick<scenes.Scene, 'id' | 'title' | 'description'>,
  parts: readonly (readonly Line[] | { readonly rows: readonly (readonly GridCell[])[] })[],
): scenes.Scene {
  const title: readonly Line[] = [[scenes.run(scene.title, { size: 18, weight: 'bold' })]];
  const shapes: Shape[] = [];
  let y: number = margin;
  let width = 0;
  for (const part of [title, ...parts]) {
    if ('rows' in part) {
      const grid = drawGrid(part.rows, { x: margin, y: y + 10 });
      shapes.push(...grid.shapes);
      width = Math.max(width, grid.width);
      y += grid.height + 22;
    } else {
      shapes.push(...scenes.placeLines(part, { x: margin, y }));
      width = Math.max(width, ...part.map(scenes.lineWidth));
      y += scenes.linesHeight(part);
    }
  }
  return { ...scene, width: width + margin * 2, height: y + margin, shapes };
}
