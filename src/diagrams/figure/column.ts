import { dotRadius } from './looks.ts';
import { boxSize, type Figure, type FigureEdge, type FigureNode } from './figure.ts';
import type { Layout, PlacedEdge } from './placed.ts';
import type { Point, Rect } from '../scene/scene.ts';

/**
 * Places for an outline: its boxes in one column, so that it fits the narrowest window without becoming too small to
 * read. Arrows down run on the right and arrows up on the left, each in a lane of its own; those to a neighbour are
 * straight.
 */

const boxGap = 28;
const framePadding = 14;
/** Between the ends of two arrows at one side of a box. */
const portGap = 11;
/** From a box to the nearest lane: room for the head of an arrow. */
const firstLane = 19;
const laneGap = 9;
/** How far an arrow to a neighbour keeps from the middle where another one comes back. */
const aside = 14;

type LaneSide = 'left' | 'right';

/** One arrow that runs in a lane. */
interface Arc {
  readonly edge: FigureEdge;
  readonly side: LaneSide;
}

/** Lays out a figure whose arrows have no words. */
export function columnLayout({ root, edges }: Figure): Layout {
  return new Column(root, edges).layout();
}

class Column {
  readonly #root: FigureNode;
  readonly #edges: readonly FigureEdge[];
  /** Every box from top to bottom, frames before what they hold. */
  readonly #order: readonly FigureNode[];
  readonly #width: number;
  readonly #boxes = new Map<string, Rect>();
  readonly #starts: Layout['starts'][number][] = [];

  constructor(root: FigureNode, edges: readonly FigureEdge[]) {
    this.#root = root;
    this.#edges = edges;
    this.#order = flatten(root);
    const leaves = this.#order.filter(({ children }) => children.length === 0);
    this.#width = Math.max(...leaves.map(({ rows }) => boxSize(rows).width));
  }

  layout(): Layout {
    const straight = this.#edges.filter((edge, at) => this.#isStraight(edge, at));
    const arcs = this.#edges
      .filter((edge) => !straight.includes(edge))
      .map(
        (edge) => ({ edge, side: this.#rank(edge.to) < this.#rank(edge.from) ? 'left' : 'right' }) as const,
      );
    const ports = portsOf(arcs, (id) => this.#rank(id));
    const height = this.#place(this.#root, { x: 0, y: 0 }, ports);
    const placed = [
      ...straight.map((edge) => this.#drawStraight(edge, straight)),
      ...(['left', 'right'] as const).flatMap((side) => this.#drawArcs(arcs, side, ports)),
    ];
    return aligned({
      width: 0,
      height,
      boxes: this.#boxes,
      starts: this.#starts,
      edges: this.#edges.map((edge) => placed.find((one) => one.edge === edge)!),
    });
  }

  #rank(id: string): number {
    return this.#order.findIndex((node) => node.id === id);
  }

  /** Whether an arrow leads to the box directly above or below, and is the first that does. */
  #isStraight({ from, to }: FigureEdge, at: number): boolean {
    const [upper, lower] = [this.#rank(from), this.#rank(to)].toSorted((one, other) => one - other);
    const siblings = [this.#root, ...this.#order].find(({ children }) =>
      children.some(({ id }) => id === from),
    )!.children;
    return (
      lower === upper! + 1 &&
      [from, to].every((id) => siblings.some((node) => node.id === id && node.children.length === 0)) &&
      !this.#edges.slice(0, at).some((edge) => edge.from === from && edge.to === to)
    );
  }

  /** Places what `parent` holds below `at`, and returns the lower end. */
  #place(parent: FigureNode, at: Point, ports: ReadonlyMap<string, readonly string[]>): number {
    let { y } = at;
    if (parent.initial !== null) {
      const x = at.x + this.#width / 2;
      const dot = { x, y: y + dotRadius };
      y += dotRadius * 2 + boxGap;
      this.#starts.push({
        of: parent.id,
        dot,
        points: [
          { x, y: dot.y + dotRadius },
          { x, y },
        ],
      });
    }
    for (const [index, node] of inOrder(parent).entries()) {
      if (index > 0) y += boxGap;
      const size = boxSize(node.rows);
      const most = Math.max(
        ...(['left', 'right'] as const).map((side) => endsAt(ports, node.id, side).length),
      );
      if (node.children.length === 0) {
        const height = Math.max(size.height, (most + 1) * portGap);
        this.#boxes.set(node.id, { x: at.x, y, width: this.#width, height });
        y += height;
      } else {
        const top = y;
        y =
          this.#place(node, { x: at.x, y: y + Math.max(size.height, most * portGap) }, ports) + framePadding;
        const [x, width] = [at.x - framePadding, this.#width + framePadding * 2];
        this.#boxes.set(node.id, { x, y: top, width, height: y - top });
      }
    }
    return y;
  }

  #drawStraight(edge: FigureEdge, straight: readonly FigureEdge[]): PlacedEdge {
    const [from, to] = [this.#boxes.get(edge.from)!, this.#boxes.get(edge.to)!];
    const isDown = from.y < to.y;
    const isBoth = straight.some((other) => other.from === edge.to && other.to === edge.from);
    const x = from.x + from.width / 2 + (isBoth ? (isDown ? aside : -aside) : 0);
    const points = [
      { x, y: isDown ? from.y + from.height : from.y },
      { x, y: isDown ? to.y : to.y + to.height },
    ];
    return { edge, points, label: null };
  }

  /** Gives each arrow of a side the nearest lane that is free along its way, the shortest ones first. */
  #drawArcs(
    arcs: readonly Arc[],
    side: LaneSide,
    ports: ReadonlyMap<string, readonly string[]>,
  ): PlacedEdge[] {
    const sign = side === 'right' ? 1 : -1;
    const edgeOf = ({ x, width }: Rect): number => (side === 'right' ? x + width : x);
    const outermost = sign * Math.max(...[...this.#boxes.values()].map((box) => sign * edgeOf(box)));
    const lanes: (readonly [number, number])[][] = [];
    const ends = arcs
      .filter((arc) => arc.side === side)
      .map(({ edge }) => {
        const [from, to] = [edge.from, edge.to].map((id, end) => {
          const box = this.#boxes.get(id)!;
          const all = endsAt(ports, id, side);
          const at = all.indexOf(endOf(edge, end === 0 ? 'from' : 'to'));
          const isFrame = this.#order[this.#rank(id)]!.children.length > 0;
          const first = isFrame ? box.y + portGap : box.y + box.height / 2 - ((all.length - 1) / 2) * portGap;
          return { x: edgeOf(box), y: first + at * portGap };
        }) as [Point, Point];
        return { edge, from, to };
      });
    return ends
      .toSorted((one, other) => Math.abs(one.to.y - one.from.y) - Math.abs(other.to.y - other.from.y))
      .map(({ edge, from, to }) => {
        const [top, bottom] = [Math.min(from.y, to.y), Math.max(from.y, to.y)];
        const isFree = (lane: readonly (readonly [number, number])[]): boolean =>
          lane.every(([start, end]) => bottom + portGap / 2 < start || end < top - portGap / 2);
        const free = lanes.findIndex(isFree);
        const lane = free === -1 ? lanes.push([]) - 1 : free;
        lanes[lane]!.push([top, bottom]);
        const x = outermost + sign * (firstLane + lane * laneGap);
        return { edge, points: [from, { x, y: from.y }, { x, y: to.y }, to], label: null };
      });
  }
}

/** The children of a box from top to bottom: the one in which it starts first. */
function inOrder({ children, initial }: FigureNode): readonly FigureNode[] {
  const first = children.filter(({ id }) => id === initial);
  return [...first, ...children.filter((node) => !first.includes(node))];
}

const flatten = (node: FigureNode): readonly FigureNode[] =>
  inOrder(node).flatMap((child) => [child, ...flatten(child)]);

const endOf = ({ id }: FigureEdge, end: 'from' | 'to'): string => `${end} ${id}`;

const endsAt = (
  ports: ReadonlyMap<string, readonly string[]>,
  id: string,
  side: LaneSide,
): readonly string[] => ports.get(`${side} ${id}`) ?? [];

/**
 * The ends of arrows at each side of each box, from top to bottom, so that arrows at one box do not cross each other:
 * on the right what arrives, from the nearest box first, and then what leaves, to the farthest first; on the left the
 * other way round.
 */
function portsOf(arcs: readonly Arc[], rank: (id: string) => number): ReadonlyMap<string, readonly string[]> {
  const ends = arcs.flatMap(({ edge, side }) => {
    const length = Math.abs(rank(edge.to) - rank(edge.from));
    return [
      { place: `${side} ${edge.to}`, end: endOf(edge, 'to'), weight: length },
      { place: `${side} ${edge.from}`, end: endOf(edge, 'from'), weight: 1e6 - length },
    ].map((one) => ({ ...one, weight: side === 'right' ? one.weight : -one.weight }));
  });
  const ports = new Map<string, string[]>();
  for (const { place, end } of ends.toSorted((one, other) => one.weight - other.weight)) {
    ports.set(place, [...(ports.get(place) ?? []), end]);
  }
  return ports;
}

/** The layout with its leftmost point at 0, and as wide as it is. */
function aligned(layout: Layout): Layout {
  const xs = [
    ...[...layout.boxes.values()].flatMap(({ x, width }) => [x, x + width]),
    ...layout.edges.flatMap(({ points }) => points.map(({ x }) => x)),
  ];
  const left = Math.min(...xs);
  const move = <P extends Point>(place: P): P => ({ ...place, x: place.x - left });
  return {
    width: Math.max(...xs) - left,
    height: layout.height,
    boxes: new Map([...layout.boxes].map(([id, box]) => [id, move(box)])),
    starts: layout.starts.map(({ of, dot, points }) => ({ of, dot: move(dot), points: points.map(move) })),
    edges: layout.edges.map((one) => ({ ...one, points: one.points.map(move) })),
  };
}
