import { describe, expect, test } from 'vitest';
import { folderMachine, type GivenSettings } from '../../machines/index.ts';
import {
  compareAnswers,
  countFolders,
  distinguish,
  explore,
  folderEvents,
  folderSystem,
  machineSystem,
  planExperiments,
  readingClasses,
  readingRegister,
  type FolderBounds,
  type MachineSystemOptions,
} from '../../src/explore/index.ts';

/** What a call throws. */
function thrownBy(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return error;
  }
}

describe('bounds that are none', () => {
  test.each<readonly [unknown, string]>([
    [null, 'bounds: expected an object, received null'],
    [{ groups: 1 }, 'bounds.analyses: expected a whole number from 1 on, received undefined'],
    [{ groups: '2', analyses: 1 }, 'bounds.groups: expected a whole number from 0 on, received "2"'],
    [{ groups: -1, analyses: 1 }, 'bounds.groups: expected a whole number from 0 on, received -1'],
    [{ groups: 1.5, analyses: 1 }, 'bounds.groups: expected a whole number from 0 on, received 1.5'],
    [{ groups: 1, analyses: 0 }, 'bounds.analyses: expected a whole number from 1 on, received 0'],
    [
      { groups: 1, analyses: Infinity },
      'bounds.analyses: expected a whole number from 1 on, received Infinity',
    ],
    [{ groups: 1, analyses: 1, sizes: 'upto' }, 'bounds.sizes: expected exact or up-to, received "upto"'],
    [{ groups: 1, analyses: 1, kinds: 'QUALITY' }, 'bounds.kinds: expected a list, received "QUALITY"'],
    [{ groups: 1, analyses: 1, kinds: [] }, 'bounds.kinds: expected one or more, received none'],
    [{ groups: 1, analyses: 1, kinds: ['A', 7] }, 'bounds.kinds[1]: expected a text, received number'],
  ])('are refused by everything that walks within them: %j', (given, problem) => {
    const bounds = given as FolderBounds;
    for (const walk of [
      () => folderSystem(bounds),
      () => countFolders(bounds),
      () => distinguish({}, {}, bounds),
      ...(given === null
        ? []
        : [
            () => compareAnswers(bounds),
            () => planExperiments(bounds),
            () => readingClasses(bounds),
            () => readingRegister(bounds),
          ]),
    ]) {
      expect(thrownBy(walk)).toEqual(new TypeError(problem));
    }
  });
});

describe('bounds that hold more than anybody can look at', () => {
  test('end a walk at its limit, however many events one state has', () => {
    const kinds = ['QUALITY', 'BIOMETRY', 'DOCUMENTS'];
    const system = folderSystem({ groups: 2, analyses: 40, kinds, sizes: 'up-to' });
    expect(explore(system, { maxStates: 100 })).toMatchObject({ complete: false, reason: 'max-states' });
    const bounds = { groups: 2, analyses: 40, kinds, maxStates: 100 };
    expect(distinguish({}, { 'result-scope': 'all-analyses' }, bounds)).toMatchObject({ complete: false });
  });
});

test('posts come in the order of their kinds, each list once', () => {
  const kindsOf = (bounds: FolderBounds, canonical: boolean) =>
    folderEvents({ groups: [], settled: [] }, bounds, canonical).map((event) =>
      event.type === 'group.posted' ? event.analyses.map(({ kind }) => kind).join('') : '',
    );
  const bounds = { groups: 1, analyses: 2, kinds: ['QUALITY', 'A'] } as const;
  const all = ['QUALITYQUALITY', 'QUALITYA', 'AQUALITY', 'AA'];
  expect(kindsOf(bounds, false)).toEqual(all);
  expect(kindsOf(bounds, true)).toEqual(['QUALITYQUALITY', 'QUALITYA', 'AA']);
  expect(kindsOf({ ...bounds, sizes: 'up-to' }, false)).toEqual(['QUALITY', 'A', ...all]);
});

test('a folder is walked under settings that are given in part', () => {
  const decided = (settings: GivenSettings) =>
    explore(folderSystem({ groups: 1, analyses: 1, settings }), { maxStates: 1000 }).edges.length;
  expect(decided({ 'operator-decision': 'allowed' })).toBe(decided({}) + 2);
  expect(decided({ operatorRequired: 'never' })).toBe(decided({}) - 1);
  expect(thrownBy(() => decided({ 'operator-decision': 'alowed' } as never))).toBeInstanceOf(TypeError);
});

test('a machine is walked with events that a function names', () => {
  for (const [given, problem] of [
    [undefined, 'options: expected an object with events, received undefined'],
    [{ events: [] }, 'options.events: expected a function of a snapshot, received a list'],
    [{ events: () => [], key: 'id' }, 'options.key: expected a function of a snapshot, received "id"'],
  ] as const) {
    const options = given as unknown as MachineSystemOptions<typeof folderMachine>;
    expect(thrownBy(() => machineSystem(folderMachine, options))).toEqual(new TypeError(problem));
  }
});
