import { createPackedChecker } from '../../../src/conformance/check/checker.ts';
import type { CheckOptions, Observation } from '../../../src/conformance/index.ts';
import { createEngine } from '../../../src/conformance/belief/engine.ts';
import { FolderCheck } from '../../../src/conformance/folder/folder-check.ts';
import type { Where } from '../../../src/observations/observation.ts';
import { proposalsFor } from '../../../src/conformance/folder/under-any.ts';

/** Every folder followed by itself, which is what shared histories abbreviate. */
export function followedAlone(observations: readonly Observation[], options: CheckOptions) {
  const folders = new Map<string, FolderCheck>();
  const engine = createEngine(options);
  const proposals = proposalsFor(options, createEngine);
  const shown = withEarlierAnswers();
  for (const observation of observations) {
    const check = folders.get(observation.folder) ?? new FolderCheck(engine, options, proposals);
    folders.set(observation.folder, check);
    check.observe(shown(observation));
  }
  return [...folders.values()].map((folder) => {
    folder.end();
    return folder.result();
  });
}

/** Tells observations, one after the other, where their folder has shown the same before it showed something else. */
function withEarlierAnswers() {
  const ofFolders = new Map<string, { readonly text: string; readonly where: Where }[]>();
  return (observation: Observation): Observation => {
    const { folder, resolutionStatus, systemResolution, analyses, where } = observation;
    const views = analyses.map(({ id, state, resolutionStatus: status }) => [id, state, status]);
    const text = JSON.stringify([resolutionStatus, systemResolution, views]);
    const earlier = ofFolders.get(folder) ?? [];
    ofFolders.set(folder, earlier);
    const same = earlier.slice(0, -1).findLast((one) => one.text === text);
    if (earlier.at(-1)?.text !== text) earlier.push({ text, where });
    return same ? { ...observation, seenBefore: same.where } : observation;
  };
}

/** What a check of all folders together says. */
export function checked(observations: readonly Observation[], options: CheckOptions) {
  const checker = createPackedChecker(options);
  observations.forEach((observation) => checker.observe(observation));
  return checker.finish();
}
