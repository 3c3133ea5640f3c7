import { describe, expect, test } from 'vitest';
import { createActor, type AnyStateMachine } from 'xstate';
import { defaultSettings, type Settings } from '../../machines/index.ts';
import {
  coverageCriteria,
  coveredMachines,
  coveredSteps,
  pathMachines,
  pathSet,
  walkMachine,
  type CoverageCriterion,
  type PathMachine,
  type PathSet,
  type TestPath,
} from '../../src/explore/index.ts';
import { takeCensus } from '../machines/paths/bounded.ts';
import { neighbouringSettings } from '../machines/paths/settings.ts';
import { nameTransition, transitionsOf } from '../machines/paths/transitions.ts';
import { some } from '../deep.ts';

const criteria = Object.keys(coverageCriteria) as CoverageCriterion[];
/** Every set of paths of every machine under the default settings. */
const sets: readonly PathSet[] = pathMachines.flatMap((machine) => {
  const walk = walkMachine(machine);
  return criteria.map((criterion) => pathSet(walk, criterion));
});

/** What an actor did on a path. */
interface Replayed {
  readonly wrong: readonly string[];
  readonly taken: readonly string[];
  readonly outcomes: ReadonlySet<string>;
}

type Guard = (args: object, params: unknown) => boolean;

/** Sends the events of a path to an actor of its own, and says where it does otherwise than the path claims. */
function replay(machine: AnyStateMachine, { input, shows, steps }: TestPath): Replayed {
  const taken: string[] = [];
  const outcomes = new Set<string>();
  const guards = Object.fromEntries(
    Object.entries(machine.implementations.guards as Readonly<Record<string, Guard>>).map(([type, guard]) => [
      type,
      (args: object, params: unknown) => {
        const outcome = guard(args, params);
        outcomes.add(JSON.stringify([type, params ?? null, outcome]));
        return outcome;
      },
    ]),
  );
  const actor = createActor(machine.provide({ guards }), {
    input,
    inspect: (inspected) => {
      if (inspected.type === '@xstate.microstep') taken.push(...inspected._transitions.map(nameTransition));
    },
  }).start();
  const shown = () => {
    const { value } = actor.getSnapshot() as { readonly value: string | Readonly<Record<string, string>> };
    if (typeof value === 'string') return value;
    const parts = Object.entries(value);
    return parts.length > 1 ? parts.map((part) => part.join(' ')).join(', ') : parts[0]!.join('.');
  };
  const wrong = shown() === shows ? [] : [`expected ${shows} at the start, received ${shown()}`];
  for (const { event, accepted, shows: expected } of steps) {
    const before = actor.getSnapshot();
    if (before.can(event) !== accepted) wrong.push(`${JSON.stringify(event)}: expected accepted ${accepted}`);
    // An actor in a final state takes nothing more, and warns of every event.
    if (before.status === 'active') actor.send(event);
    if (shown() !== expected)
      wrong.push(`${JSON.stringify(event)}: expected ${expected}, received ${shown()}`);
    if (!accepted && actor.getSnapshot().context !== before.context)
      wrong.push('a refused event changed something');
  }
  actor.stop();
  return { wrong, taken, outcomes };
}

const replayAll = (
  { machine, paths }: PathSet,
  settings: Settings = defaultSettings,
): readonly Replayed[] => {
  const real = coveredMachines[machine].covered(settings).machine;
  return paths.map((path) => replay(real, path));
};

const nameOf = ({ machine, criterion }: PathSet) => `${machine}, ${criterion}`;

describe('paths', () => {
  test.each(sets.map((set) => [nameOf(set), set] as const))(
    'replay on the machine itself: %s',
    (_name, set) => {
      expect(replayAll(set).flatMap(({ wrong }) => wrong)).toEqual([]);
      expect(set.unmet).toEqual([]);
      expect(set.paths.length).toBeGreaterThanOrEqual(set.least);
    },
  );

  test.each(sets.map((set) => [nameOf(set), set] as const))('are as few as can be: %s', (_name, set) => {
    expect(set.paths.length).toBe(set.least);
    expect(set.least).toBeGreaterThanOrEqual(set.apart.length);
    expect(set.searched !== undefined).toBe(set.least > set.apart.length);
  });

  test.each(pathMachines)(
    'take every transition of the %s machine [FOLDER-NEVER-FINAL] [RESULT-AFTER-FINISH]',
    (machine) => {
      const set = sets.find((one) => one.machine === machine && one.criterion === 'transitions')!;
      const { machine: real } = coveredMachines[machine].covered(defaultSettings);
      const taken = new Set(replayAll(set).flatMap((one) => one.taken));
      expect([...taken].toSorted()).toEqual([...new Set(transitionsOf(real).map(nameTransition))].toSorted());
    },
  );

  test.each(pathMachines)('make every guard of the %s machine true and false', (machine) => {
    const set = sets.find((one) => one.machine === machine && one.criterion === 'guard-outcomes')!;
    const seen = new Set(replayAll(set).flatMap(({ outcomes }) => [...outcomes]));
    expect(seen.size).toBe(set.met.length);
    expect(seen.size % 2).toBe(0);
    // A refused event is tried only for an outcome that no step shows.
    const accepted = set.paths.map(({ steps, ...start }) => ({
      ...start,
      steps: steps.filter((step) => step.accepted),
    }));
    const stepped = new Set(replayAll({ ...set, paths: accepted }).flatMap(({ outcomes }) => [...outcomes]));
    const tried = set.paths.flatMap(({ steps }) => steps.filter((step) => !step.accepted));
    expect(tried.length).toBeLessThanOrEqual(seen.size - stepped.size);
  });

  test.each(pathMachines)('of the %s machine leave unmet what is listed and no event leads to', (machine) => {
    const walk = walkMachine(machine);
    const covered = { ...walk.covered, events: () => [] };
    const eventless = { ...walk, covered, steps: coveredSteps(covered) };
    for (const criterion of ['transitions', 'clauses', 'guard-outcomes'] as const) {
      const { met, unmet } = pathSet(eventless, criterion);
      const all = sets.find((one) => one.machine === machine && one.criterion === criterion)!.met;
      expect([...met, ...unmet].toSorted(), criterion).toEqual(all);
    }
  });

  test.each(pathMachines)('come from a walk of the %s machine that tries no event twice', (machine) => {
    const { covered, steps } = walkMachine(machine);
    for (const { after } of steps.steps) {
      const tried = covered.events(after).map((event) => JSON.stringify(event));
      expect(tried).toEqual([...new Set(tried)]);
    }
  });

  test('move of the analyses of a group that are alike only the first', () => {
    const { covered, steps } = walkMachine('group');
    const moved = steps.starts.map((start) =>
      covered.events(steps.steps[start]!.after).map((event) => 'id' in event && event['id']),
    );
    expect(moved.map((ids) => [...new Set(ids)])).toEqual([
      ['a1', 'unknown'],
      ['a1', 'a2', 'unknown'],
    ]);
  });

  test('show every pair of statuses that the oracle knows [FOLDER-STAGE] [FOLDER-RESULT]', () => {
    const bound = { groups: 2, size: 2, kinds: 'mixed' } as const;
    const known = [...takeCensus(bound, defaultSettings).states.values()].map(({ folder }) =>
      folder.fields(),
    );
    const shown = sets.find(({ machine, criterion }) => machine === 'folder' && criterion === 'states')!.met;
    const expected = known.map((each) =>
      Object.entries(each)
        .map((part) => part.join(' '))
        .join(', '),
    );
    expect(shown).toEqual([...new Set(expected)].toSorted());
  });

  test('are refused in every state what no chart lists there [ANALYSIS-FINAL] [GROUP-CONSTANT]', () => {
    for (const set of sets.filter(({ criterion }) => criterion === 'refused-pairs')) {
      const refused = set.paths.flatMap(({ steps }) => steps.filter(({ accepted }) => !accepted));
      expect(refused).toHaveLength(set.met.length);
    }
  });

  /** Of these answers, that many transitions need a third group: a result gives way to FAILED when it is posted. */
  const beyondTwoGroups: Readonly<Record<string, number>> = { 'result-precedence=failed-first': 3 };

  test.each(some(3, neighbouringSettings))(
    'take every transition of the folder machine under %s [FOLDER-RESULT-LAST-FINISHED]',
    (name, settings) => {
      const set = pathSet(walkMachine('folder', settings), 'transitions');
      const replayed = replayAll(set, settings);
      const { machine } = coveredMachines.folder.covered(settings);
      expect(replayed.flatMap(({ wrong }) => wrong)).toEqual([]);
      expect(new Set(replayed.flatMap(({ taken }) => taken)).size).toBe(
        new Set(transitionsOf(machine).map(nameTransition)).size - (beyondTwoGroups[name] ?? 0),
      );
      expect(set.least).toBeGreaterThan(1);
    },
  );
});

test('a machine and a criterion that there are not are refused', () => {
  expect(() => walkMachine('foldr' as PathMachine)).toThrow(
    'machine: expected analysis or group or folder, received foldr; did you mean folder?',
  );
  expect(() => pathSet(walkMachine('analysis'), 'transition' as CoverageCriterion)).toThrow(
    'received transition; did you mean transitions?',
  );
});
