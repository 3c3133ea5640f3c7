import { describe, expect, test } from 'vitest';
import {
  defaultReading,
  printedOrder,
  severityOrder,
  worst,
  type SystemResolution,
} from '../../../machines/index.ts';
import { otherRank, printedRank } from '../oracle/page.ts';

const declinedWorse = { ...defaultReading, 'failed-beside-declined': 'declined' } as const;
const sortedBy = (rank: Readonly<Record<string, number>>) =>
  Object.keys(rank).toSorted((left, right) => (rank[left] ?? 0) - (rank[right] ?? 0));

describe('the order of severity', () => {
  test('is the printed one, worst first [WORST-ORDER]', () => {
    expect(printedOrder).toEqual(sortedBy(printedRank));
    expect(severityOrder()).toEqual(printedOrder);
    expect(severityOrder(defaultReading)).toEqual(printedOrder);
  });

  test('swaps FAILED and DECLINED and nothing else under the other answer [WORST-ORDER]', () => {
    expect(severityOrder(declinedWorse)).toEqual(sortedBy(otherRank));
  });

  test('has no place for FINISHED, which is a stage and not a result [SYSTEM-FINISHED]', () => {
    expect(severityOrder()).not.toContain('FINISHED');
  });

  test.each([
    ['default', defaultReading, printedRank],
    ['other', declinedWorse, otherRank],
  ])('decides every pair as the %s rank does [WORST-ORDER]', (_name, reading, rank) => {
    const names = Object.keys(rank) as SystemResolution[];
    for (const left of names) {
      for (const right of names) {
        const expected = rank[left]! <= rank[right]! ? left : right;
        expect(worst([left, right], reading)).toBe(expected);
      }
    }
  });

  test('has no worst of nothing, least of all SUCCESS [GROUP-SUCCESS-MEANS]', () => {
    expect(worst([])).toBeUndefined();
    expect(worst([], declinedWorse)).toBeUndefined();
  });
});
