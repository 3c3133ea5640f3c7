import { getShortestPaths, getSimplePaths } from '@xstate/graph';
import { describe, expect, test } from 'vitest';
import {
  createFolderMachine,
  defaultSettings,
  project,
  reduceFolder,
  type Folder,
  type FolderEvent,
  type Settings,
} from '../../../machines/index.ts';
import { OracleFolder } from '../oracle/folder.ts';
import { candidates, countSequences, nameOf, nonsense, takeCensus, type Bound } from './bounded.ts';
import { neighbouringSettings } from './settings.ts';
import { stepsOf, type Steps } from './steps.ts';
import { isDeep, some } from '../../deep.ts';

const simple: readonly Bound[] = [
  { groups: 1, size: 2, kinds: 'each' },
  { groups: 2, size: 1, kinds: 'each' },
];
const shortest: readonly Bound[] = [
  { groups: 1, size: 3, kinds: 'mixed' },
  { groups: 2, size: 2, kinds: 'mixed' },
];

type FolderMachine = ReturnType<typeof createFolderMachine>;

interface Path {
  readonly steps: readonly { readonly event: { readonly type: string } }[];
}

const eventsOf = (path: Path): FolderEvent[] =>
  path.steps.map((step) => step.event).filter((event) => event.type !== 'xstate.init') as FolderEvent[];

const options = (bound: Bound) => ({
  events: (state: { context: Folder; can: (event: FolderEvent) => boolean }) =>
    candidates(bound, state.context.groups.length).filter((event) => state.can(event)),
  limit: 1_000_000,
});

/** Walks the path on the machine, the pure model and the oracle at once; says at which event they part. */
function replay(
  { initial, next }: Steps<FolderMachine>,
  events: readonly FolderEvent[],
  settings: Settings,
): string | undefined {
  const oracle = new OracleFolder(settings);
  let snapshot = initial;
  let folder: Folder = initial.context;
  for (const [at, event] of [undefined, ...events].entries()) {
    if (event) {
      if (!snapshot.can(event) || !oracle.accept(event)) {
        return `refused at the end of ${JSON.stringify(events.slice(0, at))}`;
      }
      snapshot = next(snapshot, event);
      folder = reduceFolder(folder, event, settings);
    }
    const texts = [snapshot.value, project(folder, settings.reading), oracle.fields()].map(textOf);
    const contexts = [snapshot.context, folder].map((each) => JSON.stringify(each));
    if (new Set(texts).size === 1 && new Set(contexts).size === 1) continue;
    return `machine, model and oracle show ${texts.join(', ')} after ${JSON.stringify(events.slice(0, at))}`;
  }
  return undefined;
}

const textOf = (fields: object): string => JSON.stringify(fields, ['resolution_status', 'system_resolution']);

describe.each(some(1, neighbouringSettings))('a folder under %s', (_name, settings) => {
  const machine = createFolderMachine(settings);
  const steps = stepsOf(machine);

  test.each(simple.map((bound) => [nameOf(bound), bound] as const))(
    'walks every simple path of %s as the model and the oracle do [FOLDER-RESULT]',
    (_bound, bound) => {
      const paths = getSimplePaths(machine, options(bound));
      expect(paths).toHaveLength(countSequences(bound, settings));
      expect(paths.flatMap((path) => replay(steps, eventsOf(path), settings) ?? [])).toEqual([]);
    },
  );

  test.each(shortest.map((bound) => [nameOf(bound), bound] as const))(
    'reaches every state of %s on a path as short as the shortest of the oracle [FOLDER-STAGE]',
    (_bound, bound) => {
      const { states } = takeCensus(bound, settings);
      const paths = getShortestPaths(machine, options(bound));
      expect(paths).toHaveLength(states.size);
      const lengths = (list: readonly number[]) => list.toSorted((left, right) => left - right);
      expect(lengths(paths.map((path) => eventsOf(path).length))).toEqual(
        lengths([...states.values()].map(({ trace }) => trace.length)),
      );
      expect(paths.flatMap((path) => replay(steps, eventsOf(path), settings) ?? [])).toEqual([]);
    },
  );
});

describe('the number of states', () => {
  const resultsAfterPost = 9;
  const counts = [
    [1, 1, 1 + resultsAfterPost],
    [1, 2, 1 + resultsAfterPost ** 2],
    [1, 3, 1 + resultsAfterPost ** 3],
    [2, 1, 1 + 9 + 81 + 49],
    [2, 2, 1 + 9 ** 2 + 81 ** 2 + 49 ** 2],
  ] as const;
  const large = isDeep ? counts : counts.slice(0, -1);
  test.each(large)(
    'is the closed form for %i x %i, kinds chosen, in oracle and machine alike [GROUP-IS-ONE-POST]',
    (groups, size, expected) => {
      const bound: Bound = { groups, size, kinds: 'each' };
      expect(takeCensus(bound, defaultSettings).states.size).toBe(expected);
      expect(getShortestPaths(createFolderMachine(), options(bound))).toHaveLength(expected);
    },
  );

  test.each([
    [1, 3, 1709],
    [2, 1, 153],
    [2, 2, 20866],
  ])('has %i x %i the transitions of the closed form [ANALYSIS-FINAL]', (groups, size, expected) => {
    expect(takeCensus({ groups, size, kinds: 'each' }, defaultSettings).edges).toBe(expected);
  });
});

describe.each(some(1, neighbouringSettings))('a refused event under %s', (_name, settings) => {
  test('leaves value and context of the folder as they were, in every state of 2 x 2 [ANALYSIS-FINAL]', () => {
    const bound: Bound = { groups: 2, size: 2, kinds: 'mixed' };
    const { next, ...start } = stepsOf(createFolderMachine(settings));
    let refused = 0;
    const wrong: string[] = [];
    for (const { folder, trace } of takeCensus(bound, settings).states.values()) {
      const snapshot = trace.reduce(next, start.initial);
      const garbage = folder.groupCount > 0 ? nonsense : nonsense.filter((event) => !('groupId' in event));
      for (const event of [...candidates(bound, folder.groupCount), ...garbage]) {
        const legal = folder.accepts(event);
        if (snapshot.can(event) !== legal) wrong.push(JSON.stringify([...trace, event]));
        if (legal) continue;
        refused += 1;
        const after = next(snapshot, event);
        const unchanged =
          after.context === snapshot.context && textOf(after.value) === textOf(snapshot.value);
        const reduced = reduceFolder(snapshot.context, event, settings);
        if (!unchanged || reduced !== snapshot.context) wrong.push(JSON.stringify([...trace, event]));
      }
    }
    expect(wrong.slice(0, 3), 'traces whose last event is wrongly taken or wrongly refused').toEqual([]);
    expect(refused).toBeGreaterThan(1000);
  });
});
