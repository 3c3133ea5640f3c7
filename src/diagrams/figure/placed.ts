import type { FigureEdge } from './figure.ts';
import type { Point, Rect } from '../scene/scene.ts';

/** An arrow at its place; its label has none if it says nothing. */
export interface PlacedEdge {
  readonly edge: FigureEdge;
  readonly points: readonly Point[];
  readonly label: Rect | null;
}

/** A figure with places, the upper left corner at 0, 0. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: ReadonlyMap<string, Rect>;
  /** Start marks: a dot and the arrow from it to where the state named by the key starts. */
  readonly starts: readonly { readonly of: string; readonly dot: Point; readonly points: readonly Point[] }[];
  readonly edges: readonly PlacedEdge[];
}
