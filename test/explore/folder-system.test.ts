import { isDeepStrictEqual } from 'node:util';
import { initialTransition, transition } from 'xstate';
import { describe, expect, it } from 'vitest';
import {
  allReadings,
  createFolderMachine,
  defaultSettings,
  emptyFolder,
  project,
  reduceFolder,
  type Folder,
  type Settings,
} from '../../machines/index.ts';
import {
  canonicalKey,
  explore,
  folderSystem,
  multiplicity,
  type FolderBounds,
} from '../../src/explore/index.ts';
import { some } from '../deep.ts';

const maxStates = 100_000;
const walk = (bounds: FolderBounds, canonical = false, settings: Settings = defaultSettings) =>
  explore(folderSystem({ ...bounds, canonical, settings }), { maxStates });

const choose = (from: number, count: number): number =>
  count === 0 ? 1 : (choose(from - 1, count - 1) * from) / count;

/**
 * Folders of at most `groups` groups, when a group has `all` forms and `settled` of them are settled: of j
 * groups any s may be settled, in any order.
 */
function foldersOf(groups: number, all: number, settled: number): number {
  let count = 0;
  for (let posted = 0; posted <= groups; posted++) {
    for (let done = 0; done <= posted; done++) {
      let orders = choose(posted, done);
      for (let factor = 2; factor <= done; factor++) orders *= factor;
      count += orders * settled ** done * (all - settled) ** (posted - done);
    }
  }
  return count;
}

const sum = (from: number, to: number, term: (at: number) => number): number =>
  from > to ? 0 : term(from) + sum(from + 1, to, term);

/** One analysis takes 5 values, 4 of them settled; as liveness it lacks OPERATOR_REQUIRED. */
const oneKind = { kinds: ['BIOMETRY'], values: 5, settled: 4 };
const twoKinds = { kinds: ['QUALITY', 'BIOMETRY'], values: 9, settled: 7 };
const sizes = [
  [1, 1],
  [1, 2],
  [1, 3],
  [1, 4],
  [2, 1],
  [2, 2],
  [3, 1],
] as const;

describe.each([oneKind, twoKinds])(
  'folders of analyses of the kinds $kinds',
  ({ kinds, values, settled }) => {
    it.each(some(4, sizes))('has as many states as the closed form says, %i x %i', (groups, analyses) => {
      const plain = walk({ groups, analyses, kinds });
      const canonical = walk({ groups, analyses, kinds }, true);
      expect(plain.complete && canonical.complete).toBe(true);
      expect(plain.states).toHaveLength(foldersOf(groups, values ** analyses, settled ** analyses));
      expect(canonical.states).toHaveLength(
        foldersOf(groups, choose(analyses + values - 1, analyses), choose(analyses + settled - 1, analyses)),
      );
    });

    it.each(some(4, sizes))('counts every group size up to the bound, %i x %i', (groups, analyses) => {
      const states = walk({ groups, analyses, kinds, sizes: 'up-to' }, true).states.length;
      const ofAnySize = (local: number) => sum(1, analyses, (size) => choose(size + local - 1, size));
      expect(states).toBe(foldersOf(groups, ofAnySize(values), ofAnySize(settled)));
    });

    it.each([1, 2, 3, 4])('has as many steps as the closed form says, %i analyses', (analyses) => {
      const settling = settled * analyses * values ** (analyses - 1);
      const posting = kinds.length ** analyses;
      expect(walk({ groups: 1, analyses, kinds }).edges).toHaveLength(posting + settling);
      if (analyses > 2) return;
      expect(walk({ groups: 2, analyses, kinds }).edges).toHaveLength(
        posting + settling + posting * values ** analyses + 2 * settling * values ** analyses,
      );
    });
  },
);

describe('the canonical form', () => {
  it.each([
    ...sizes.map(([groups, analyses]) => ({ groups, analyses })),
    { groups: 2, analyses: 2, sizes: 'up-to' },
    ...[1, 2, 3].map((analyses) => ({ groups: 1, analyses, kinds: ['QUALITY', 'BIOMETRY', 'DOCUMENTS'] })),
    { groups: 2, analyses: 1, kinds: ['QUALITY', 'BIOMETRY'] },
  ] satisfies FolderBounds[])(
    'shows what the plain walk shows, under every reading, %j',
    (bounds: FolderBounds) => {
      const plain = walk(bounds);
      const canonical = walk(bounds, true);
      // Neither field depends on who may decide.
      const readings = some(
        24,
        allReadings().filter((reading) => reading['operator-decision'] === 'unspecified'),
      );
      const shown = ({ states }: { states: readonly Folder[] }) =>
        new Set(states.map((folder) => JSON.stringify(readings.map((reading) => project(folder, reading)))));
      expect(shown(canonical)).toEqual(shown(plain));
      expect(new Set(canonical.states.map((folder) => canonicalKey(folder)))).toEqual(
        new Set(plain.states.map((folder) => canonicalKey(folder))),
      );
      const counted = canonical.states.reduce(
        (total, folder) => total + multiplicity(folder, bounds.kinds),
        0n,
      );
      expect(counted).toBe(BigInt(plain.states.length));
    },
  );

  it('stands for as many folders as have its key', () => {
    const kinds = ['QUALITY', 'BIOMETRY', 'DOCUMENTS'];
    const counts = new Map<string, bigint>();
    for (const folder of walk({ groups: 1, analyses: 3, kinds }).states) {
      counts.set(canonicalKey(folder), (counts.get(canonicalKey(folder)) ?? 0n) + 1n);
    }
    for (const folder of walk({ groups: 1, analyses: 3, kinds }, true).states) {
      expect(multiplicity(folder, kinds)).toBe(counts.get(canonicalKey(folder)));
    }
  });

  it('reaches the 390,626 folders of one group of eight analyses through 496', () => {
    const { states, complete } = walk({ groups: 1, analyses: 8 }, true);
    expect(complete).toBe(true);
    expect(states).toHaveLength(choose(12, 4) + 1);
    expect(states.reduce((total, folder) => total + multiplicity(folder), 0n)).toBe(1n + 5n ** 8n);
    expect(1 + 5 ** 8).toBe(390_626);
  });
});

describe('paths', () => {
  const allowed: Settings = {
    ...defaultSettings,
    reading: { ...defaultSettings.reading, 'operator-decision': 'allowed' },
  };
  it.each([
    ...[1, 2, 3].map((analyses) => ({
      bounds: { groups: 1, analyses },
      canonical: false,
      settings: defaultSettings,
    })),
    { bounds: { groups: 2, analyses: 1 }, canonical: false, settings: defaultSettings },
    { bounds: { groups: 2, analyses: 2 }, canonical: false, settings: defaultSettings },
    { bounds: { groups: 1, analyses: 8 }, canonical: true, settings: defaultSettings },
    {
      bounds: { groups: 2, analyses: 2, kinds: ['QUALITY', 'BIOMETRY'] },
      canonical: true,
      settings: allowed,
    },
  ])('replay on the plain model and on the machine, $bounds', ({ bounds, canonical, settings }) => {
    const explored = walk(bounds, canonical, settings);
    const machine = createFolderMachine(settings);
    const places = explored.states.map((folder, index) => ({ folder, index }));
    const astray = some(300, places).filter(({ folder, index }) => {
      let model = emptyFolder;
      let snapshot = initialTransition(machine)[0];
      for (const event of explored.pathTo(index)) {
        if (!snapshot.can(event)) return true;
        model = reduceFolder(model, event, settings);
        snapshot = transition(machine, snapshot, event)[0];
      }
      const shown = project(folder, settings.reading);
      return !isDeepStrictEqual([model, snapshot.context, snapshot.value], [folder, folder, shown]);
    });
    expect(astray).toEqual([]);
  });

  it('let an operator decide only where the reading does', () => {
    const decides = (settings: Settings) =>
      walk({ groups: 1, analyses: 2 }, true, settings).edges.some(
        ({ event }) => event.type === 'operator.decided',
      );
    expect(decides(allowed)).toBe(true);
    expect(decides(defaultSettings)).toBe(false);
  });
});
