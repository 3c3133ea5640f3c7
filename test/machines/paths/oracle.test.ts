import { describe, expect, test } from 'vitest';
import { some } from '../../deep.ts';
import {
  defaultReading,
  emptyFolder,
  project,
  reduceFolder,
  type Settings,
} from '../../../machines/index.ts';
import { printedReadings } from '../oracle/page.ts';
import { nameOf, takeCensus, type Bound } from './bounded.ts';

const bounds: readonly Bound[] = [
  { groups: 1, size: 3, kinds: 'mixed' },
  { groups: 2, size: 2, kinds: 'mixed' },
  { groups: 3, size: 1, kinds: 'mixed' },
];

/** An operator's decision adds ways to a folder but no folders, so one census with it serves every reading. */
const richest: Settings = {
  reading: { ...defaultReading, 'operator-decision': 'allowed' },
  operatorRequired: 'allowed',
};

describe('the model', () => {
  test.each(bounds.map((bound) => [nameOf(bound), bound] as const))(
    'shows in every folder of %s, under every combination of answers, what the oracle shows [FOLDER-RESULT] [FOLDER-STAGE]',
    (_bound, bound) => {
      const wrong: string[] = [];
      const { states } = takeCensus(bound, richest);
      for (const { folder: oracle, trace } of states.values()) {
        const folder = trace.reduce((before, event) => reduceFolder(before, event, richest), emptyFolder);
        for (const reading of some(24, printedReadings)) {
          const shown = project(folder, reading);
          const status = oracle.resolutionStatus(reading);
          const result = oracle.systemResolution(reading);
          if (shown.resolution_status === status && shown.system_resolution === result) continue;
          wrong.push(
            `expected ${status} and ${result}, received ${shown.resolution_status} and ${shown.system_resolution} ` +
              `under ${Object.values(reading).join(' / ')} after ${JSON.stringify(trace)}`,
          );
        }
      }
      expect(states.size).toBeGreaterThan(100);
      // Breadth first: the first differences have the shortest traces.
      expect(wrong.slice(0, 3)).toEqual([]);
    },
  );
});
