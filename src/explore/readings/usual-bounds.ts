import { readingBounds, type ReadingBounds } from './distinguish.ts';

const usualBounds = JSON.stringify(readingBounds);

/** What `make` makes within bounds; within the usual ones once only, for all who ask. */
export function madeOnce<Bounds extends ReadingBounds, Made>(
  make: (bounds: Bounds) => Made,
): (bounds: Bounds) => Made {
  let usual: Made | undefined;
  return (bounds) => (JSON.stringify(bounds) === usualBounds ? (usual ??= make(bounds)) : make(bounds));
}
