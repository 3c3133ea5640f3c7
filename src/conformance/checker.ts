import { createArrivals, maxOverlapping, ordersOf } from './arrivals.ts';
import { createEngine, type Engine } from './engine.ts';
import { finding } from './findings.ts';
import { FolderCheck } from './folder-check.ts';
import { everyReading } from './infer-admitted.ts';
import type { Observation } from './observation.ts';
import type { CheckStep } from './check-step.ts';
import { explanationsOf } from './explanations.ts';
import type { Checker, CheckOptions, Found } from './results.ts';
import { Teller } from './teller.ts';

/**
 * A check of recordings by the specification: observations in order of arrival, then results by folder. `tell` is
 * told each finding when it is found, without the hints that need the whole folder; `watch` is told of every step,
 * for those who show how the results came about.
 */
export function createChecker(
  options: CheckOptions,
  tell?: (found: Found) => void,
  watch?: (step: CheckStep) => void,
): Checker {
  const engine = createEngine(options);
  const folders = new Map<string, FolderCheck>();
  const teller = tell && new Teller(tell);
  // Made for the first folder that violates: a recording without one pays nothing for it.
  let others: Engine | undefined;
  const engineOfAll = (): Engine => (others ??= createEngine(everyReading(options)));

  const folderOf = (key: string): FolderCheck => {
    const known = folders.get(key);
    if (known) return known;
    const created = new FolderCheck(engine, options, engineOfAll);
    folders.set(key, created);
    return created;
  };

  const step = (key: string, observations: readonly Observation[], take: () => FolderCheck): void => {
    const { findings, hazards } = folderOf(key).found;
    const [findingsBefore, hazardsBefore] = [findings.length, hazards.length];
    const folder = take();
    folders.set(key, folder);
    teller?.tell(key, folder.found);
    if (!watch) return;
    const { track, watched, found } = folder;
    watch({
      folder: key,
      observations,
      findings: [findingsBefore, found.findings.length],
      hazards: [hazardsBefore, found.hazards.length],
      followed: watched.followed,
      explanations: () => explanationsOf(track, watched.ids),
    });
  };

  const arrivals = createArrivals({
    take(key, observations) {
      step(key, observations, () => inBestOrder(folderOf(key), observations));
    },
    refuse(observation, because) {
      step(observation.folder, [observation], () => {
        const folder = folderOf(observation.folder);
        folder.refuse(because);
        return folder;
      });
    },
  });

  return {
    observe(observation) {
      // Folders are reported in the order in which they appeared, also where their observations are held back.
      folderOf(observation.folder);
      arrivals.observe(observation);
    },
    finish() {
      arrivals.end();
      return [...folders].map(([key, folder]) => {
        const result = folder.result();
        teller?.tell(key, result);
        return result;
      });
    },
  };
}

/** The folder after the observations, in the first order of their overlapping requests that breaks the least. */
function inBestOrder(folder: FolderCheck, observations: readonly Observation[]): FolderCheck {
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
