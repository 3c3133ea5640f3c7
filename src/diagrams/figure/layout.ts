import type { ElkExtendedEdge, ElkNode, LayoutOptions } from 'elkjs/lib/elk-api.js';
import { boxSize, labelSize, type Figure, type FigureEdge, type FigureNode } from './figure.ts';
import type { Point, Rect } from '../scene/scene.ts';
import { dotRadius } from './looks.ts';
import type { Layout, PlacedEdge } from './placed.ts';
import { comfortableWidth, conflictCost, untidiness } from './tidiness.ts';

/** Places for the boxes and arrows of a figure: layered, with right-angled arrows and room for every label. */

/** One way of arranging a figure; the tidiest of several is taken. */
interface Manner {
  readonly direction: 'RIGHT' | 'DOWN';
  readonly placement: 'NETWORK_SIMPLEX' | 'BRANDES_KOEPF';
  /** Whether states keep the order in which the machine names them. */
  readonly order: 'NODES_AND_EDGES' | 'NONE';
}

const manners: readonly Manner[] = (['RIGHT', 'DOWN'] as const).flatMap((direction) =>
  (['NETWORK_SIMPLEX', 'BRANDES_KOEPF'] as const).flatMap((placement) =>
    (['NODES_AND_EDGES', 'NONE'] as const).map((order) => ({ direction, placement, order })),
  ),
);

const regionGap = 24;

/** The space between a frame and what stands in it. */
const framePadding = 20;

/** Lays the figure out; regions without arrows between them stand below each other. */
export async function layoutFigure(figure: Figure): Promise<Layout> {
  const { root, edges } = figure;
  const separate = (edge: FigureEdge): boolean => {
    const region = regionOf(root, edge.from);
    return region === regionOf(root, edge.to) && edge.from !== region && edge.to !== region;
  };
  if (!root.parallel || !edges.every(separate)) return layoutBest(root.children, edges, root.initial);
  const regions: Layout[] = [];
  for (const region of root.children) {
    const inside = edges.filter((edge) => regionOf(root, edge.from) === region.id);
    regions.push(frame(region, await layoutBest(region.children, inside, region.initial)));
  }
  return stack(root.children, regions);
}

/** Puts a frame with the heading of `region` around its content. */
function frame(region: FigureNode, content: Layout): Layout {
  const heading = boxSize(region.rows);
  const width = Math.max(heading.width, content.width + framePadding * 2);
  const height = heading.height + content.height + framePadding;
  const inner = moveBy(content, { x: framePadding, y: heading.height });
  const starts = inner.starts.map((start) => (start.of === '' ? { ...start, of: region.id } : start));
  return {
    ...inner,
    width,
    height,
    starts,
    boxes: new Map([[region.id, { x: 0, y: 0, width, height }], ...inner.boxes]),
  };
}

function regionOf(root: FigureNode, id: string): string | undefined {
  return root.children.find((region) => holds(region, id))?.id;
}

function holds(node: FigureNode, id: string): boolean {
  return node.id === id || node.children.some((child) => holds(child, id));
}

/** What a manner costs, in crossings: lives are read from left to right, and readings compared in one order. */
const costOf = ({ direction, order }: Manner): number =>
  (direction === 'DOWN' ? 2 : 0) + (order === 'NONE' ? 4 : 0);

/** What was laid out: readings and headings leave most boxes and arrows as they are. More than this is forgotten. */
const remembered = new Map<string, Promise<Layout>>();
const mostRemembered = 200;

function layoutBest(
  nodes: readonly FigureNode[],
  edges: readonly FigureEdge[],
  initial: string | null,
): Promise<Layout> {
  const key = JSON.stringify([nodes, edges, initial]);
  const known = remembered.get(key) ?? layoutTidiest(nodes, edges, initial);
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(key, known);
  return known;
}

/** The tidiest of all manners; of equally tidy ones the first. */
async function layoutTidiest(
  nodes: readonly FigureNode[],
  edges: readonly FigureEdge[],
  initial: string | null,
): Promise<Layout> {
  let best: { readonly layout: Layout; readonly cost: number } | null = null;
  for (const manner of manners) {
    if (manner.direction === 'DOWN' && best !== null && isComfortable(best)) break;
    const one = await layout(nodes, edges, initial, manner);
    const cost = untidiness(one, nodes) + costOf(manner);
    if (best === null || cost < best.cost) best = { layout: one, cost };
  }
  return best!.layout;
}

const isComfortable = ({
  layout: { width },
  cost,
}: {
  readonly layout: Layout;
  readonly cost: number;
}): boolean => width <= comfortableWidth && cost < conflictCost;

const options = ({ direction, placement, order }: Manner): LayoutOptions => ({
  'elk.algorithm': 'layered',
  'elk.direction': direction,
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.json.shapeCoords': 'ROOT',
  'elk.json.edgeCoords': 'ROOT',
  'elk.padding': '[top=2,left=2,bottom=2,right=2]',
  'elk.spacing.nodeNode': '30',
  'elk.spacing.edgeNode': '20',
  'elk.spacing.edgeEdge': '16',
  'elk.spacing.edgeLabel': '5',
  'elk.spacing.labelLabel': '6',
  'elk.spacing.nodeSelfLoop': '20',
  'elk.layered.spacing.nodeNodeBetweenLayers': '46',
  'elk.layered.spacing.edgeNodeBetweenLayers': '20',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '14',
  'elk.layered.edgeLabels.sideSelection': 'SMART_DOWN',
  'elk.layered.nodePlacement.strategy': placement,
  'elk.layered.nodePlacement.favorStraightEdges': 'true',
  'elk.layered.considerModelOrder.strategy': order,
  'elk.layered.cycleBreaking.strategy': order === 'NONE' ? 'DEPTH_FIRST' : 'MODEL_ORDER',
});

const startId = (of: string): string => `${of}\u0000start`;

async function layout(
  nodes: readonly FigureNode[],
  edges: readonly FigureEdge[],
  initial: string | null,
  manner: Manner,
): Promise<Layout> {
  const starts: ElkExtendedEdge[] = [];
  const children = childrenOf('', nodes, initial, { starts, manner });
  const arrows = edges.map((edge): ElkExtendedEdge => ({
    id: edge.id,
    sources: [edge.from],
    targets: [edge.to],
    labels:
      edge.lines.length > 0 ? [{ id: `${edge.id}\u0000label`, text: edge.id, ...labelSize(edge.lines) }] : [],
  }));
  const graph: ElkNode = {
    id: '\u0000graph',
    children,
    edges: [...starts, ...arrows],
    layoutOptions: options(manner),
  };
  // Loaded on use: an optional package, and large.
  const { default: elk } = await import('elkjs/lib/elk.bundled.js');
  return readLayout(await new elk.default().layout(graph), edges);
}

/** What the whole graph shares while it is built: the arrows of its start marks, gathered, and its manner. */
interface Context {
  readonly starts: ElkExtendedEdge[];
  readonly manner: Manner;
}

function childrenOf(
  parent: string,
  nodes: readonly FigureNode[],
  initial: string | null,
  context: Context,
): ElkNode[] {
  const children = nodes.map((node) => elkNode(node, context));
  if (initial === null) return children;
  const id = startId(parent);
  context.starts.push({ id: `${id} arrow`, sources: [id], targets: [initial] });
  const first = { 'elk.layered.layering.layerConstraint': 'FIRST_SEPARATE' };
  return [{ id, width: dotRadius * 2, height: dotRadius * 2, layoutOptions: first }, ...children];
}

function elkNode(node: FigureNode, context: Context): ElkNode {
  const size = boxSize(node.rows);
  if (node.children.length === 0) {
    // Grows with the number of arrows, so that their heads stay apart.
    return {
      id: node.id,
      layoutOptions: {
        'elk.nodeSize.constraints': '[PORTS, MINIMUM_SIZE]',
        'elk.nodeSize.minimum': `(${size.width},${size.height})`,
        'elk.spacing.portPort': '11',
      },
    };
  }
  return {
    id: node.id,
    children: childrenOf(node.id, node.children, node.initial, context),
    layoutOptions: {
      // The layouter fails if it has to keep the order of the model where arrows enter from outside.
      ...options({ ...context.manner, order: 'NONE' }),
      'elk.padding': `[top=${size.height},left=${framePadding},bottom=${framePadding},right=${framePadding}]`,
      'elk.nodeSize.constraints': 'MINIMUM_SIZE',
      'elk.nodeSize.minimum': `(${size.width},${size.height})`,
    },
  };
}

function readLayout(graph: ElkNode, edges: readonly FigureEdge[]): Layout {
  const boxes = new Map<string, Rect>();
  const arrows = new Map<string, ElkExtendedEdge>();
  const open = [graph];
  for (let node = open.pop(); node; node = open.pop()) {
    const { x = 0, y = 0, width = 0, height = 0 } = node;
    if (node !== graph) boxes.set(node.id, { x, y, width, height });
    for (const arrow of node.edges ?? []) arrows.set(arrow.id, arrow);
    open.push(...(node.children ?? []));
  }
  const placed = edges.map((edge): PlacedEdge => {
    const arrow = arrows.get(edge.id)!;
    const [label] = arrow.labels ?? [];
    const { x = 0, y = 0, width = 0, height = 0 } = label ?? {};
    return { edge, points: pointsOf(arrow), label: label ? { x, y, width, height } : null };
  });
  const starts = [...boxes]
    .filter(([id]) => id.endsWith(startId('')))
    .map(([id, box]) => ({
      of: id.slice(0, -startId('').length),
      dot: { x: box.x + dotRadius, y: box.y + dotRadius },
      points: pointsOf(arrows.get(`${id} arrow`)!),
    }));
  for (const { of } of starts) boxes.delete(startId(of));
  return { width: graph.width ?? 0, height: graph.height ?? 0, boxes, starts, edges: placed };
}

function pointsOf(arrow: ElkExtendedEdge): readonly Point[] {
  const section = arrow.sections![0]!;
  return [section.startPoint, ...(section.bendPoints ?? []), section.endPoint];
}

/** Regions below each other, all as wide as the widest. */
function stack(regions: readonly FigureNode[], layouts: readonly Layout[]): Layout {
  const width = Math.max(...layouts.map((one) => one.width));
  let top = 0;
  const moved = layouts.map((one, at) => {
    const down = moveBy(one, { x: 0, y: top });
    top += one.height + regionGap;
    const { id } = regions[at]!;
    return { ...down, boxes: new Map([...down.boxes, [id, { ...down.boxes.get(id)!, width }]]) };
  });
  return {
    width,
    height: top - regionGap,
    boxes: new Map(moved.flatMap((one) => [...one.boxes])),
    starts: moved.flatMap((one) => one.starts),
    edges: moved.flatMap((one) => one.edges),
  };
}

function moveBy(one: Layout, by: Point): Layout {
  const move = <P extends Point>(place: P): P => ({ ...place, x: place.x + by.x, y: place.y + by.y });
  return {
    ...one,
    boxes: new Map([...one.boxes].map(([id, box]) => [id, move(box)])),
    starts: one.starts.map(({ of, dot, points }) => ({ of, dot: move(dot), points: points.map(move) })),
    edges: one.edges.map(({ edge, points, label }) => ({
      edge,
      points: points.map(move),
      label: label && move(label),
    })),
  };
}
