import {
  textBounds,
  type LineShape,
  type Rect,
  type RectShape,
  type Scene,
  type Shape,
  type TextShape,
} from '../../src/diagrams/scene/scene.ts';

/** Measures a picture, apart from the code that laid it out: what lies on what, and what is cut off. */

interface Parts {
  readonly texts: readonly TextShape[];
  readonly rects: readonly RectShape[];
  readonly lines: readonly LineShape[];
}

/** All shapes of a picture, out of their groups. */
export function partsOf(shapes: readonly Shape[]): Parts {
  const all: Exclude<Shape, { kind: 'group' }>[] = [];
  const open = [...shapes];
  for (let shape = open.pop(); shape; shape = open.pop()) {
    if (shape.kind === 'group') open.push(...shape.shapes);
    else all.push(shape);
  }
  return {
    texts: all.filter((shape) => shape.kind === 'text'),
    rects: all.filter((shape) => shape.kind === 'rect'),
    lines: all.filter((shape) => shape.kind === 'line'),
  };
}

const tolerance = 0.6;

/** The rectangle that two rectangles share, or null if it is thinner than the tolerance. */
function shared(one: Rect, other: Rect): Rect | null {
  const x = Math.max(one.x, other.x);
  const y = Math.max(one.y, other.y);
  const width = Math.min(one.x + one.width, other.x + other.width) - x;
  const height = Math.min(one.y + one.height, other.y + other.height) - y;
  return width > tolerance && height > tolerance ? { x, y, width, height } : null;
}

function inside(inner: Rect, outer: Rect): boolean {
  const part = shared(inner, outer);
  return part !== null && part.width >= inner.width - tolerance && part.height >= inner.height - tolerance;
}

/** The straight pieces of a line as rectangles as thick as the line. */
function strokes({ points, width }: LineShape): readonly Rect[] {
  return points.slice(1).map((to, at) => {
    const from = points[at]!;
    return {
      x: Math.min(from.x, to.x) - width / 2,
      y: Math.min(from.y, to.y) - width / 2,
      width: Math.abs(from.x - to.x) + width,
      height: Math.abs(from.y - to.y) + width,
    };
  });
}

/** Each thing in the picture that hides or cuts another, in words; none if all is readable. */
export function flawsOf(scene: Scene): readonly string[] {
  const { texts, rects, lines } = partsOf(scene.shapes);
  const flaws: string[] = [];
  const labels = texts.map((text) => ({ text: text.text, bounds: textBounds(text) }));
  labels.forEach(({ text, bounds }, at) => {
    for (const other of labels.slice(at + 1)) {
      if (shared(bounds, other.bounds)) flaws.push(`text “${text}” lies on text “${other.text}”`);
    }
    for (const rect of rects) {
      if (shared(bounds, rect) && !inside(bounds, rect))
        flaws.push(`text “${text}” sticks out of a ${rect.role}`);
    }
    for (const line of lines) {
      if (strokes(line).some((stroke) => shared(bounds, stroke))) flaws.push(`a line crosses text “${text}”`);
    }
  });
  const boxes = rects.filter(({ role }) => role === 'box');
  boxes.forEach((box, at) => {
    for (const line of lines) {
      if (strokes(line).some((stroke) => runsThrough(stroke, box)))
        flaws.push(`a line runs through the box at ${box.x}, ${box.y}`);
    }
    for (const other of boxes.slice(at + 1)) {
      if (shared(box, other))
        flaws.push(`the box at ${box.x}, ${box.y} lies on the box at ${other.x}, ${other.y}`);
    }
  });
  lines.forEach((line, at) => {
    for (const other of lines.slice(at + 1)) {
      if (runTogether(line, other))
        flaws.push(`two lines run on top of each other near ${line.points[0]!.x}, ${line.points[0]!.y}`);
    }
  });
  const paper = { x: 0, y: 0, width: scene.width, height: scene.height };
  for (const [name, place] of [
    ...labels.map(({ text, bounds }) => [`text “${text}”`, bounds] as const),
    ...rects.map((rect) => ['a box', rect] as const),
    ...lines.flatMap((line) => strokes(line).map((stroke) => ['a line', stroke] as const)),
  ]) {
    if (!inside(place, paper)) flaws.push(`${name} is cut off`);
  }
  return flaws;
}

/** Lines end at the border of a box; deeper inside they would hide what it says. */
const runsThrough = (stroke: Rect, box: Rect): boolean => {
  const part = shared(stroke, { x: box.x + 2, y: box.y + 2, width: box.width - 4, height: box.height - 4 });
  return part !== null;
};

function runTogether(one: LineShape, other: LineShape): boolean {
  const long = 12;
  return strokes(one).some((stroke) =>
    strokes(other).some((second) => {
      const part = shared(stroke, second);
      return part !== null && Math.max(part.width, part.height) > long;
    }),
  );
}
