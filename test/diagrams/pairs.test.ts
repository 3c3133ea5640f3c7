import { describe, expect, test } from 'vitest';
import {
  createFolderMachine,
  defaultSettings,
  neighbouringReadings,
  project,
  type Folder,
  type FolderEvent,
  type Reading,
  type Settings,
} from '../../machines/index.ts';
import {
  explore,
  folderEvents,
  folderSystem,
  machineSystem,
  type Exploration,
  type FolderBounds,
} from '../../src/explore/index.ts';
import { viewPairs, viewPairsDifference } from '../../src/diagrams/facts/pairs-view.ts';
import { createPairExplorer, pairsUnder, type PairGraph } from '../../src/diagrams/facts/pairs.ts';
import { expectDrawn } from '../../src/diagrams/facts/problem.ts';
import { some } from '../deep.ts';

const settingsOf = (reading: Reading) => ({ ...defaultSettings, reading });
const graphOf = (reading: Reading): PairGraph => expectDrawn(pairsUnder(settingsOf(reading)));
const largerBounds = some<FolderBounds>(1, [
  { groups: 4, analyses: 1, sizes: 'up-to' },
  { groups: 2, analyses: 4, sizes: 'up-to' },
]);
/** The folders of the larger bounds; the only reading that changes them lets operators decide. */
const largerFolders = new Map<boolean, readonly Exploration<Folder, FolderEvent>[]>();
function largerUnder(settings: Settings): readonly Exploration<Folder, FolderEvent>[] {
  const decided = settings.reading['operator-decision'] === 'allowed';
  const known =
    largerFolders.get(decided) ??
    largerBounds.map((bounds) =>
      explore(folderSystem({ ...bounds, canonical: true, settings }), { maxStates: 100_000 }),
    );
  largerFolders.set(decided, known);
  return known;
}
const idsOf = (list: readonly { readonly id: string }[]) => new Set(list.map(({ id }) => id));

describe.each(some(1, neighbouringReadings()))('under %s', (_, reading) => {
  test('the machine itself, walked plainly, shows the same pairs and moves', () => {
    const bounds = { groups: 2, analyses: 1, sizes: 'exact' } as const;
    const small = expectDrawn(createPairExplorer(bounds)(settingsOf(reading)));
    const system = machineSystem(createFolderMachine(settingsOf(reading)), {
      events: ({ context }) => folderEvents(context, bounds),
    });
    const { states, edges } = explore(system, { maxStates: 5000 });
    const shown = states.map(({ value }) => {
      const fields = value as { resolution_status: string; system_resolution: string };
      return `${fields.resolution_status}/${fields.system_resolution}`;
    });
    expect(idsOf(small.pairs)).toEqual(new Set(shown));
    const moves = edges
      .map(({ from, to }) => [shown[from], shown[to]] as const)
      .filter(([from, to]) => from !== to);
    expect(idsOf(small.moves)).toEqual(new Set(moves.map((move) => move.join('--'))));
  });

  test('larger folders show no further pair or move', () => {
    const graph = graphOf(reading);
    const [pairs, moves] = [idsOf(graph.pairs), idsOf(graph.moves)];
    for (const { states, edges, complete } of largerUnder(settingsOf(reading))) {
      expect(complete).toBe(true);
      const shown = states.map((folder) => {
        const fields = project(folder, reading);
        return `${fields.resolution_status}/${fields.system_resolution}`;
      });
      expect(new Set(shown.filter((id) => !pairs.has(id)))).toEqual(new Set());
      const further = edges.filter(
        ({ from, to }) => shown[from] !== shown[to] && !moves.has(`${shown[from]}--${shown[to]}`),
      );
      expect(further.length).toBe(0);
    }
  });

  test('as many folders show a pair as are counted one by one', () => {
    const bounds = { groups: 2, analyses: 2, sizes: 'up-to' } as const;
    const { pairs } = expectDrawn(createPairExplorer(bounds)(settingsOf(reading)));
    const system = folderSystem({ ...bounds, canonical: true, settings: settingsOf(reading) });
    const counts = new Map<string, number>();
    for (const folder of explore(system, { maxStates: 100_000 }).states) {
      const fields = project(folder, reading);
      const id = `${fields.resolution_status}/${fields.system_resolution}`;
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    expect(new Map(pairs.map(({ id, folders }) => [id, folders]))).toEqual(counts);
  });

  test('folders and transitions are all accounted for', () => {
    const { pairs, moves, folders, transitions, unseen } = graphOf(reading);
    expect(pairs.reduce((sum, pair) => sum + pair.folders, 0)).toBe(folders);
    const seen = moves.flatMap(({ events }) => Object.values(events)).reduce((sum, count) => sum + count, 0);
    expect(seen + unseen).toBe(transitions);
  });

  test('exactly the pairs whose fields speak differently are surprising', () => {
    const plain = ['INITIAL/INITIAL', 'PROCESSING/PROCESSING', 'FAILED/FAILED'];
    const results = ['FINISHED/DECLINED', 'FINISHED/OPERATOR_REQUIRED', 'FINISHED/SUCCESS'];
    for (const { id, surprising } of graphOf(reading).pairs) {
      expect(surprising, id).toBe(![...plain, ...results].includes(id));
    }
  });
});

test('FAILED with SUCCESS is traced to the questions that cause it', () => {
  const pair = graphOf(defaultSettings.reading).pairs.find(({ id }) => id === 'FAILED/SUCCESS')!;
  expect(pair.goneUnder).toEqual([
    'result-scope = all-analyses',
    'status-scope = last-settled-group',
    'failed-group-finishes = folder-fails',
  ]);
  for (const answer of pair.goneUnder) {
    const [question, value] = answer.split(' = ') as [string, string];
    expect(idsOf(graphOf({ ...defaultSettings.reading, [question]: value }).pairs)).not.toContain(pair.id);
  }
});

test('a bound that is too large ends in a problem and not in half a picture', () => {
  const outcome = createPairExplorer({ groups: 6, analyses: 3, sizes: 'up-to' }, 100)();
  expect(outcome.ok ? null : outcome.problems.map(({ code }) => code)).toEqual(['EXPLORATION_STOPPED']);
});

test('a difference shows every pair and move that is added, removed or changed, and no other', () => {
  const hold = { ...defaultSettings.reading, 'result-while-running': 'hold' } as const;
  const [first, second] = [graphOf(defaultSettings.reading), graphOf(hold)];
  const { pairs, moves, heading } = viewPairsDifference(first, second);
  const eventsOf = (graph: typeof first) =>
    new Map(graph.moves.map(({ id, events }) => [id, Object.keys(events).join()]));
  const [was, is] = [eventsOf(first), eventsOf(second)];
  const differing = [...new Set([...was.keys(), ...is.keys()])].filter((id) => was.get(id) !== is.get(id));
  expect(idsOf(moves)).toEqual(new Set(differing));
  for (const { id, change } of moves) {
    expect(change === 'added', id).toBe(!was.has(id));
    expect(change === 'removed', id).toBe(!is.has(id));
  }
  const [before, after] = [idsOf(first.pairs), idsOf(second.pairs)];
  const ends = moves.flatMap(({ second: { from, to } }) => [from, to]);
  const expected = [...before, ...after].filter(
    (id) => ends.includes(id) || before.has(id) !== after.has(id),
  );
  expect(idsOf(pairs)).toEqual(new Set(expected));
  expect(pairs.find(({ id }) => id === 'PROCESSING/SUCCESS')!.change).toBe('added');
  // Under both readings it is left in the same way.
  expect(idsOf(pairs)).not.toContain('INITIAL/INITIAL');
  expect(heading[0]).toContain('1 other pair and');
  expect(viewPairs(first).pairs.every(({ change }) => change === null)).toBe(true);
});

test('a difference that is none says so', () => {
  const forbidden = { ...defaultSettings.reading, 'operator-decision': 'forbidden' } as const;
  const allowed = { ...defaultSettings.reading, 'operator-decision': 'allowed' } as const;
  const first = graphOf(defaultSettings.reading);
  expect(viewPairsDifference(first, graphOf(forbidden)).heading[0]).toContain('No pair and no move differs.');
  const [compared, explored] = viewPairsDifference(first, graphOf(allowed)).heading;
  expect(compared).not.toContain('No pair');
  expect(explored).toMatch(/\d+ → \d+ transitions/);
});

test('a folder shows the pair under which it is counted', () => {
  const graph = graphOf(defaultSettings.reading);
  const { resolution_status, system_resolution } = project({ groups: [], settled: [] });
  expect(graph.pairs[0]).toMatchObject({ id: `${resolution_status}/${system_resolution}`, folders: 1 });
});
