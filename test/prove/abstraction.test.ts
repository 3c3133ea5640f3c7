import { describe, expect, test } from 'vitest';
import {
  allReadings,
  defaultReading,
  project,
  reduceFolder,
  type Folder,
  type Settings,
} from '../../machines/index.ts';
import { explore, folderSystem, type FolderBounds } from '../../src/explore/index.ts';
import { evaluatorOf, formulasOf, names, specifiedRules } from '../../src/assurance/prove/index.ts';
import { eventsOf } from '../../src/assurance/prove/events.ts';
import { stateVariables } from '../../src/assurance/prove/state.ts';
import { readingIsNormal } from '../../src/assurance/prove/vocabulary.ts';
import { realize, watchedId } from './realizing.ts';
import { invariantStates } from './states.ts';
import { afterwards, joined, settingValues, watch, watchStep } from './watching.ts';
import { some } from '../deep.ts';

const evaluate = evaluatorOf(formulasOf(specifiedRules));
const invariant = evaluate(names.invariant);
const initial = evaluate(names.initial);
const eventNames = eventsOf(specifiedRules).map(names.event);
const happens = new Map(eventNames.map((name) => [name, evaluate(name)]));
const status = evaluate('resolution_status');
const system = evaluate('system_resolution');

const under = (answers: Readonly<Record<string, string>>, operatorRequired = 'allowed') =>
  ({ reading: { ...defaultReading, ...answers }, operatorRequired }) as Settings;

const both = ['QUALITY', 'BIOMETRY'];
const small: FolderBounds = { groups: 2, analyses: 2, sizes: 'up-to' };

/**
 * Settings that differ in what a state is or in which steps there are, how far each is explored, and how large the
 * watched group is of a state that has to be that of a folder.
 */
const explored: readonly (readonly [string, Settings, readonly FolderBounds[], number])[] = [
  [
    'the default settings',
    under({}),
    [small, { groups: 3, analyses: 1 }, { groups: 1, analyses: 3, sizes: 'up-to', kinds: both }],
    1,
  ],
  ['OPERATOR_REQUIRED not enabled', under({}, 'never'), [{ groups: 2, analyses: 1, kinds: both }], 1],
  [
    'DECLINED worst, failed groups never finishing, an operator deciding',
    under({
      'failed-beside-declined': 'declined',
      'failed-group-finishes': 'folder-fails',
      'operator-decision': 'allowed',
    }),
    [small, { groups: 3, analyses: 1 }],
    2,
  ],
];

const limit = 50_000;

describe.each(some(1, explored))('under %s', (_name, settings, bounds, watchedSize) => {
  const { reading } = settings;
  const constants = settingValues(settings);

  test('every explored folder and step is a state and a step of the proof, seen from any of its groups', () => {
    const wrong: unknown[] = [];
    for (const bound of some(2, bounds)) {
      const { states, edges, complete } = explore(folderSystem({ ...bound, settings, canonical: true }), {
        maxStates: limit,
      });
      expect(complete).toBe(true);
      const images = states.map(
        (folder) => new Map(groupsOf(folder).map((group) => [group, watch(folder, reading, group)] as const)),
      );
      for (const [at, folder] of states.entries()) {
        const fields = project(folder, reading);
        for (const [watched, image] of images[at]!) {
          const values = joined(constants, image);
          const shown = [status(values), system(values)];
          const expected = [fields.resolution_status, fields.system_resolution];
          if (invariant(values) !== true || shown.join() !== expected.join()) wrong.push([folder, watched]);
        }
      }
      const later = images.map(
        (seen) => new Map([...seen].map(([group, image]) => [group, afterwards(image)])),
      );
      for (const { from, event, to } of edges) {
        const before = states[from]!;
        const after = reduceFolder(before, event, settings);
        for (const [watched, image] of later[to]!) {
          const step = watchStep([before, event, after], reading, watched);
          // A group that is still to come is seen like none.
          const seen = images[from]!.get(watched) ?? images[from]!.get(undefined);
          const values = joined(constants, seen!, image, step.values);
          if (happens.get(step.name)!(values) !== true) wrong.push([before, event, watched]);
        }
      }
      expect(states.length).toBeGreaterThan(50);
    }
    expect(wrong.slice(0, 2)).toEqual([]);
  });

  test('every state of the proof is that of a folder which the model reaches', () => {
    const all = invariantStates(constants, watchedSize);
    const wrong = some(1_500, all).filter((state) => {
      const seen = watch(realize(state, settings), reading, watchedId);
      return !stateVariables.every(({ name }) => seen[name] === state[name]);
    });
    expect(wrong.slice(0, 2)).toEqual([]);
    expect(all.length).toBeGreaterThan(1000);
  });
});

test('both fields are those of the projections under every reading, seen from any group', () => {
  const wrong: unknown[] = [];
  const bounds: readonly FolderBounds[] = [
    { groups: 2, analyses: 1 },
    { groups: 1, analyses: 2 },
  ];
  const folders = bounds.flatMap(
    (bound) => explore(folderSystem({ ...bound, canonical: true }), { maxStates: limit }).states,
  );
  for (const reading of some(24, allReadings())) {
    const constants = settingValues(under(reading));
    for (const folder of folders) {
      const fields = project(folder, reading);
      for (const watched of groupsOf(folder)) {
        const values = joined(constants, watch(folder, reading, watched));
        const shown = [status(values), system(values)];
        const expected = [fields.resolution_status, fields.system_resolution];
        if (shown.join() !== expected.join()) wrong.push([reading, folder, watched]);
      }
    }
  }
  expect(wrong.slice(0, 2)).toEqual([]);
  expect(folders.length).toBeGreaterThan(50);
});

/** Each group, and one that is still to come. */
const groupsOf = ({ groups }: Folder): readonly (string | undefined)[] => [
  undefined,
  ...groups.map(({ id }) => id),
];

test('the empty folder is the state in which the proof begins', () => {
  const values = {
    ...settingValues(under({})),
    ...watch({ groups: [], settled: [] }, defaultReading, undefined),
  };
  expect(initial(values)).toBe(true);
});

test('the readings of the proof are those of the specification', () => {
  const isNormal = evaluate(readingIsNormal);
  expect(
    allReadings().filter(
      (reading) => isNormal(settingValues({ reading, operatorRequired: 'allowed' })) !== true,
    ),
  ).toEqual([]);
  expect(
    isNormal(settingValues(under({ 'result-scope': 'all-analyses', 'result-while-running': 'hold' }))),
  ).toBe(false);
});
