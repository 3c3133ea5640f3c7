import { createPackedChecker } from '../../../src/conformance/check/checker.ts';
import type { CheckOptions, Observation } from '../../../src/conformance/index.ts';
import { createEngine } from '../../../src/conformance/belief/engine.ts';
import { FolderCheck } from '../../../src/conformance/folder/folder-check.ts';
import { everyReading } from '../../../src/conformance/folder/admitted-readings.ts';

/** Every folder followed by itself, which is what shared histories abbreviate. */
export function followedAlone(observations: readonly Observation[], options: CheckOptions) {
  const folders = new Map<string, FolderCheck>();
  const engine = createEngine(options);
  const others = createEngine(everyReading(options));
  const engineOfAll = () => others;
  for (const observation of observations) {
    const check = folders.get(observation.folder) ?? new FolderCheck(engine, options, engineOfAll);
    folders.set(observation.folder, check);
    check.observe(observation);
  }
  return [...folders.values()].map((folder) => {
    folder.end();
    return folder.result();
  });
}

/** What a check of all folders together says. */
export function checked(observations: readonly Observation[], options: CheckOptions) {
  const checker = createPackedChecker(options);
  observations.forEach((observation) => checker.observe(observation));
  return checker.finish();
}
