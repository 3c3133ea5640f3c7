import { createEngine } from './engine.ts';
import { finding } from './findings.ts';
import { FolderCheck } from './folder-check.ts';
import type { Observation } from './observation.ts';
import type { Checker, CheckOptions } from './results.ts';

/** Of more observations than this whose requests overlap, not every order is tried. */
const maxOverlapping = 6;

/** A check of recordings by the specification: observations in order of arrival, then results by folder. */
export function createChecker(options: CheckOptions): Checker {
  const engine = createEngine(options);
  const folders = new Map<string, FolderCheck>();
  const waiting = new Map<string, Observation[]>();
  const homes = new Map<string, string>();

  const folderOf = (key: string): FolderCheck => {
    const known = folders.get(key);
    if (known) return known;
    const created = new FolderCheck(engine, options);
    folders.set(key, created);
    return created;
  };

  const settle = (key: string): void => {
    const overlapping = waiting.get(key);
    if (!overlapping) return;
    waiting.delete(key);
    folders.set(key, inBestOrder(folderOf(key), overlapping));
  };

  return {
    observe(observation) {
      const key = observation.folder;
      const folder = folderOf(key);
      const moved = observation.analyses.find(({ id }) => (homes.get(id) ?? key) !== key);
      if (moved) {
        settle(key);
        folder.report(
          finding('ANALYSIS_IDENTITY_CHANGED', {
            message: `analysis ${moved.id} was seen in another folder before`,
            where: { ...observation.where, pointer: moved.pointer },
          }),
        );
        return;
      }
      for (const { id } of observation.analyses) homes.set(id, key);
      const held = waiting.get(key);
      const { interval } = observation;
      if (held && interval && held.some((other) => other.interval!.end > interval.start)) {
        held.push(observation);
        return;
      }
      settle(key);
      if (interval) waiting.set(key, [observation]);
      else folderOf(key).observe(observation);
    },
    finish() {
      for (const key of waiting.keys()) settle(key);
      return [...folders.values()].map((folder) => folder.result());
    },
  };
}

/** The folder after the observations, in the first order of their overlapping requests that breaks the least. */
function inBestOrder(folder: FolderCheck, observations: readonly Observation[]): FolderCheck {
  const asRecorded = folder.copy();
  for (const observation of observations) asRecorded.observe(observation);
  if (asRecorded.size === folder.size || observations.length === 1) return asRecorded;
  if (observations.length > maxOverlapping) return asRecorded;
  let best = asRecorded;
  for (const order of orders(observations)) {
    const tried = folder.copy();
    for (const observation of order) tried.observe(observation);
    if (tried.size < best.size) best = tried;
    if (best.size === folder.size) break;
  }
  return best;
}

/** Every order in which an observation comes after those whose answers had ended before its request began. */
function* orders(left: readonly Observation[]): Generator<readonly Observation[]> {
  if (left.length === 0) yield [];
  for (const [at, one] of left.entries()) {
    const others = left.toSpliced(at, 1);
    if (others.some((other) => other.interval!.end <= one.interval!.start)) continue;
    for (const rest of orders(others)) yield [one, ...rest];
  }
}
