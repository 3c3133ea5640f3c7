import { maxOverlapping, ordersOf } from './arrivals.ts';
import { finding } from './findings.ts';
import type { FolderCheck } from './folder-check.ts';
import type { Observation } from './observation.ts';

/** The folder after the observations, in the first order of their overlapping requests that breaks the least. */
export function inBestOrder(folder: FolderCheck, observations: readonly Observation[]): FolderCheck {
  const [only] = observations;
  if (observations.length === 1) {
    folder.observe(only!);
    return folder;
  }
  const asRecorded = folder.copy();
  for (const observation of observations) asRecorded.observe(observation);
  if (asRecorded.found.findings.length === folder.found.findings.length) return asRecorded;
  if (observations.length > maxOverlapping) {
    const left = folder.copy();
    left.refuse(
      finding('SEARCH_LIMIT', {
        message: `${observations.length} answers whose requests overlap fit in no order that was tried: they are left out`,
        where: observations[0]!.where,
        hint: `of more than ${maxOverlapping} not every order is tried`,
      }),
    );
    return left;
  }
  let best = asRecorded;
  for (const order of ordersOf(observations)) {
    const tried = folder.copy();
    for (const observation of order) tried.observe(observation);
    if (tried.found.findings.length < best.found.findings.length) best = tried;
    if (best.found.findings.length === folder.found.findings.length) break;
  }
  return best;
}
