import type { Point, Rect } from './scene.ts';

/** Where lines and rectangles meet. All lines here run horizontally or vertically. */

/** A straight piece of a line. */
export type Segment = readonly [from: Point, to: Point];

/** The straight pieces of a line. */
export function segmentsOf(points: readonly Point[]): readonly Segment[] {
  return points.slice(1).map((to, at) => [points[at]!, to]);
}

/** Whether two rectangles share more than an edge. */
export function overlap(one: Rect, other: Rect): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}

/** Whether a piece of a line passes through a rectangle. */
export function passesThrough([from, to]: Segment, { x, y, width, height }: Rect): boolean {
  const [left, right] = from.x < to.x ? [from.x, to.x] : [to.x, from.x];
  const [top, bottom] = from.y < to.y ? [from.y, to.y] : [to.y, from.y];
  return (
    left < x + width &&
    x < right + (left === right ? 1e-9 : 0) &&
    top < y + height &&
    y < bottom + (top === bottom ? 1e-9 : 0)
  );
}

/** Whether a horizontal and a vertical piece cross in the inside of both. */
export function cross(one: Segment, other: Segment): boolean {
  const horizontal = (segment: Segment) => segment[0].y === segment[1].y;
  if (horizontal(one) === horizontal(other)) return false;
  const [flat, upright] = horizontal(one) ? [one, other] : [other, one];
  const between = (value: number, from: number, to: number) =>
    value > Math.min(from, to) && value < Math.max(from, to);
  return between(upright[0].x, flat[0].x, flat[1].x) && between(flat[0].y, upright[0].y, upright[1].y);
}
