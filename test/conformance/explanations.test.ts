import { describe, expect, test } from 'vitest';
import {
  allAnalyses,
  defaultSettings,
  emptyFolder,
  project,
  reduceFolder,
  stateOf,
  type Folder,
} from '../../machines/index.ts';
import {
  createChecker,
  maxExplanations,
  type CheckStep,
  type Observation,
} from '../../src/conformance/index.ts';
import { anyEvents } from '../machines/properties/arbitraries.ts';
import { prop } from '../property.ts';

/** Everything that a client can see of a folder. */
function seen(folder: Folder): Observation {
  const { resolution_status, system_resolution } = project(folder);
  return {
    folder: 'f',
    resolutionStatus: resolution_status,
    systemResolution: system_resolution,
    analyses: allAnalyses(folder).map(({ id, kind, resolution }, at) => ({
      id,
      kind,
      state: stateOf(resolution),
      resolutionStatus: resolution,
      pointer: `/analyses/${at}`,
    })),
    complete: true,
    wholeGroup: false,
    where: { file: 'f.json' },
  };
}

function watched(observations: readonly Observation[], settings = defaultSettings) {
  const steps: CheckStep[] = [];
  const checker = createChecker({ settings }, undefined, (step) => steps.push(step));
  for (const observation of observations) checker.observe(observation);
  return { steps, results: checker.finish() };
}

describe('explanations', () => {
  prop([anyEvents], { numRuns: 60 })(
    'are never without one that a model execution gives, and never contradict what was seen',
    (events) => {
      const folders = [emptyFolder];
      for (const event of events) folders.push(reduceFolder(folders.at(-1)!, event));
      const { steps } = watched(folders.map(seen));
      steps.forEach((step, at) => {
        const { count, given } = step.explanations();
        expect(count).toBeGreaterThan(0);
        const resolutions = new Map(allAnalyses(folders[at]!).map(({ id, resolution }) => [id, resolution]));
        for (const { groups, earlier, toCome } of given) {
          const named = [...groups, ...(earlier ? [earlier] : [])].flatMap(({ analyses }) => analyses);
          expect(toCome).toEqual([]);
          expect(named.map(({ id }) => id).toSorted()).toEqual([...resolutions.keys()].toSorted());
          for (const { id, is } of named) {
            expect(is, id).toBe(resolutions.get(id) === 'PROCESSING' ? 'open' : resolutions.get(id));
          }
        }
      });
    },
  );

  test('name the part of the findings that each step has found', () => {
    const finished = { ...seen(emptyFolder), resolutionStatus: 'FINISHED', systemResolution: 'SUCCESS' };
    const observations = [finished, { ...finished, resolutionStatus: 'INITIAL' }].map((one) => {
      return { ...one, complete: false };
    });
    const { steps, results } = watched(observations);
    expect(steps.map(({ findings }) => findings)).toEqual([
      [0, 0],
      [0, 1],
    ]);
    expect(results[0]?.findings.length).toBe(1);
  });

  test('are counted where there are more than are given', () => {
    const unknown: Observation = {
      ...seen(emptyFolder),
      resolutionStatus: 'PROCESSING',
      systemResolution: 'PROCESSING',
      complete: false,
      analyses: ['a', 'b', 'c', 'd'].map((id) => ({ id, pointer: `/${id}` })),
    };
    // Who is in which group is told apart only where a result shows while something runs.
    const reading = { ...defaultSettings.reading, 'result-while-running': 'hold' as const };
    const { count, given } = watched([unknown], { ...defaultSettings, reading }).steps[0]!.explanations();
    expect(given.length).toBe(Math.min(count, maxExplanations));
    expect(count).toBeGreaterThan(maxExplanations);
  });
});
