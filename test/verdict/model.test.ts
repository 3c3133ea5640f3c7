import { describe, expect, test } from 'vitest';
import {
  allReadings,
  emptyFolder,
  isSettled,
  reduceFolder,
  settingsFrom,
  type Folder,
} from '../../machines/index.ts';
import { verdictOf, type Verdict } from '../../src/verdict/index.ts';
import { candidates } from '../machines/paths/bounded.ts';
import { answerOf, parsedOf } from './answers.ts';
import { isDeep } from '../deep.ts';

/** Every folder with up to two groups of that many analyses, under settings that allow every event. */
function folders(size: number): readonly Folder[] {
  const settings = settingsFrom({ 'operator-decision': 'allowed' });
  const found = new Map([['', emptyFolder]]);
  // What is appended while it runs is visited as well.
  for (const folder of found.values()) {
    for (const event of candidates({ groups: 2, size, kinds: 'mixed' }, folder.groups.length)) {
      const after = reduceFolder(folder, event, settings);
      if (after !== folder) found.set(JSON.stringify(after), after);
    }
  }
  return [...found.values()];
}

const analysesOf = (folder: Folder) => folder.groups.flatMap((group) => group.analyses);
const runs = (folder: Folder) => analysesOf(folder).some(({ resolution }) => !isSettled(resolution));
const isEmpty = (folder: Folder) => folder.groups.length === 0;
const isGood = (folder: Folder) =>
  !isEmpty(folder) && analysesOf(folder).every(({ resolution }) => resolution === 'SUCCESS');

/** The kinds in folders of groups of that size; `npm test` looks at every sixth reading of the small ones, and at fewer of the larger. */
const required = { 1: ['BIOMETRY'], 2: ['QUALITY', 'BIOMETRY'] } as const;
const looked = { 1: 6, 2: 48 } as const;

describe.each([1, 2] as const)('folders of up to two groups of %i', (size) => {
  const all = folders(size);
  const requires = required[size];
  const readings = allReadings().filter((_, at) => at % (isDeep ? 1 : looked[size]) === 0);

  /** What answers mean under their reading where that is not as `isRight` has it. */
  function wrong(
    shows: { readonly groups: boolean; readonly list: boolean },
    isRight: (verdict: Verdict, folder: Folder) => boolean,
  ) {
    return readings.flatMap((reading) =>
      all.flatMap((folder) => {
        const value = answerOf(folder, reading, shows);
        const verdict = verdictOf(parsedOf(value), { requires, readings: [reading] });
        return isRight(verdict, folder) ? [] : [{ reading, value, verdict, folder }];
      }),
    );
  }

  test('are so many that something was looked at', () => {
    expect(all.length).toBeGreaterThan(size === 1 ? 40 : 400);
  });

  test.each([true, false])(
    'pass exactly if all is SUCCESS, are pending exactly while something runs, and contradict nothing; groups shown: %s [SUCCESS-OF-EVERY-ANALYSIS]',
    (groups) => {
      const isRight = ({ is, firm }: Verdict, folder: Folder) =>
        firm &&
        (is === 'pending') === (isEmpty(folder) || runs(folder)) &&
        (is === 'passed') === isGood(folder);
      expect(wrong({ groups, list: true }, isRight).slice(0, 3)).toEqual([]);
    },
  );

  test('are pending without the list while something runs, and never pass [SUCCESS-OF-EVERY-ANALYSIS]', () => {
    const isRight = ({ is }: Verdict, folder: Folder) =>
      is !== 'passed' && (is === 'pending' || !(isEmpty(folder) || runs(folder)));
    expect(wrong({ groups: false, list: false }, isRight).slice(0, 3)).toEqual([]);
  });
});
