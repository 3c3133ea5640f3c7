import { drawFigure } from './draw-figure.ts';
import { pairsFigure } from './pairs-figure.ts';
import { pairsMatrix } from './pairs-matrix.ts';
import type { PairView } from '../facts/pairs-view.ts';
import type { Scene } from '../scene/scene.ts';

/** With more moves than this no arrangement of arrows can be followed by eye. */
const mostArrows = 34;

/** The picture of a view: boxes and arrows, or a table where those would be a tangle. */
export async function pairsScene(view: PairView): Promise<Scene> {
  return view.moves.length > mostArrows ? pairsMatrix(view) : drawFigure(pairsFigure(view));
}
