import type { ChangeKind, FigureEdge } from './figure.ts';
import type { Colour } from '../scene/palette.ts';
import type { LineShape } from '../scene/scene.ts';

/** How kinds of boxes and arrows look, for the pictures and for their legends. */

/** The empty space around every picture. */
export const margin = 24;

/** The radius of a start mark. */
export const dotRadius = 6;

/** The looks of arrows: what is derived is dashed, what is added thick, what is removed dotted. */
export const arrowLooks = {
  event: { colour: 'event', width: 1.4, dashes: null },
  derived: { colour: 'derived', width: 1.4, dashes: '6 4' },
  added: { colour: 'added', width: 3, dashes: null },
  removed: { colour: 'removed', width: 1.6, dashes: '2 4' },
  changed: { colour: 'changed', width: 2, dashes: '10 3' },
} as const satisfies Record<string, Pick<LineShape, 'colour' | 'width' | 'dashes'>>;

/** The sign before whatever differs between two readings. */
export const changeSigns = { added: '+', removed: '−', changed: '≠' } as const satisfies Record<
  ChangeKind,
  string
>;

/** The look of one arrow. */
export function arrowLook({ change, derived }: Pick<FigureEdge, 'change' | 'derived'>) {
  return arrowLooks[change ?? (derived ? 'derived' : 'event')];
}

/** Fill and border of a box that differs between two readings. */
export const nodeColours = {
  added: ['addedBox', 'added'],
  removed: ['removedBox', 'removed'],
  changed: ['box', 'changed'],
} as const satisfies Record<ChangeKind, readonly [fill: Colour, stroke: Colour]>;

/** What is put before a clause that the page does not state. */
export const inferredSign = '~';
