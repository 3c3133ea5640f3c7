import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultReading, defaultSettings, type Settings } from '../../machines/index.ts';
import { countFolders, explore, folderSystem, type FolderSystemOptions } from '../../src/explore/index.ts';
import { runs } from '../deep.ts';
import { prop } from '../property.ts';

/** Explorations larger than this would make the test slow, and show nothing more. */
const maxStates = 6_000;

const decided: Settings = {
  ...defaultSettings,
  reading: { ...defaultReading, 'operator-decision': 'allowed' },
};

const options = fc.record({
  groups: fc.integer({ min: 0, max: 4 }),
  analyses: fc.integer({ min: 1, max: 6 }),
  sizes: fc.constantFrom('exact' as const, 'up-to' as const),
  kinds: fc.constantFrom(['BIOMETRY'], ['QUALITY'], ['QUALITY', 'BIOMETRY'], ['BIOMETRY', 'DOCUMENTS']),
  settings: fc.constantFrom<Settings>(defaultSettings, decided, { ...decided, operatorRequired: 'never' }),
  canonical: fc.boolean(),
});

const explored = (bounds: FolderSystemOptions) => {
  const { states, edges, complete } = explore(folderSystem(bounds), { maxStates });
  expect(complete).toBe(true);
  return { states: BigInt(states.length), transitions: BigInt(edges.length) };
};

describe('the counts by formula', () => {
  prop([options.filter((bounds) => countFolders(bounds).states <= maxStates)], runs(15, 300))(
    'are what an exploration finds',
    (bounds) => {
      expect(countFolders(bounds)).toEqual(explored(bounds));
    },
  );

  test.each([
    [1, 1, 10n, 9n],
    [1, 5, 59_050n, 229_667n],
    [2, 2, 9_044n, 20_866n],
    [2, 4, 48_818_084n, 267_971_668n],
  ])(
    'are %i x %i: %i states, %i transitions, as model checkers counted them',
    (groups, analyses, states, transitions) => {
      expect(countFolders({ groups, analyses, kinds: ['QUALITY', 'BIOMETRY'] })).toEqual({
        states,
        transitions,
      });
    },
  );
});
