import { boxSize, type FigureNode } from './figure.ts';
import { cross, overlap, passesThrough, segmentsOf, type Segment } from '../scene/geometry.ts';
import type { Layout } from './placed.ts';
import type { Rect } from '../scene/scene.ts';

/** What makes one layout of a figure better than another. */

/** A picture wider than this does not fit beside text on a screen. */
export const comfortableWidth = 1280;
/** What one conflict costs: no layout without any costs as much. */
export const conflictCost = 1000;
/** What each kind of untidiness costs, in crossings. */
const costs = { conflict: conflictCost, crossing: 1, bend: 0.35, megapixel: 12, tooWide: 0.02 } as const;

/** How untidy a layout is: conflicts above all, then crossings, bends, and the room that it takes. */
export function untidiness(layout: Layout, nodes: readonly FigureNode[]): number {
  const lines = layout.edges.map(({ points }) => segmentsOf(points));
  const bends = layout.edges.reduce((sum, { points }) => sum + points.length - 2, 0);
  return (
    countConflicts(layout, nodes, lines) * costs.conflict +
    countCrossings(lines) * costs.crossing +
    bends * costs.bend +
    ((layout.width * layout.height) / 1e6) * costs.megapixel +
    Math.max(0, layout.width - comfortableWidth) * costs.tooWide
  );
}

function countCrossings(lines: readonly (readonly Segment[])[]): number {
  let crossings = 0;
  lines.forEach((line, at) => {
    const others = lines.slice(at + 1).flat();
    for (const segment of line) crossings += others.filter((other) => cross(segment, other)).length;
  });
  return crossings;
}

/** Places where text would not be readable: labels on boxes, labels or lines, and lines through boxes or headings. */
function countConflicts(
  layout: Layout,
  nodes: readonly FigureNode[],
  lines: readonly (readonly Segment[])[],
): number {
  const solid = solidParts(layout, nodes);
  const labels = layout.edges.map(({ label }) => label);
  let conflicts = 0;
  layout.edges.forEach(({ label }, at) => {
    conflicts += solid.filter((part) => lines[at]!.some((segment) => passesThrough(segment, part))).length;
    if (!label) return;
    conflicts += solid.filter((part) => overlap(label, part)).length;
    conflicts += labels.slice(at + 1).filter((other) => other && overlap(label, other)).length;
    conflicts += lines.filter((line) => line.some((segment) => passesThrough(segment, label))).length;
  });
  return conflicts;
}

/** Boxes without children, and the headings of the others. */
function solidParts(layout: Layout, nodes: readonly FigureNode[]): readonly Rect[] {
  return nodes.flatMap((node) => {
    const box = layout.boxes.get(node.id)!;
    if (node.children.length === 0) return [box];
    return [{ ...box, ...boxSize(node.rows) }, ...solidParts(layout, node.children)];
  });
}
