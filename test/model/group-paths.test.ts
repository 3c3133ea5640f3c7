import { getShortestPaths, getSimplePaths } from '@xstate/graph';
import { describe, expect, test } from 'vitest';
import { getInitialSnapshot, getNextSnapshot } from 'xstate';
import {
  createGroupMachine,
  groupResult,
  reduceGroup,
  type Group,
  type MemberEvent,
  type Settings,
} from '../../machines/index.ts';
import { naiveWorst, OracleFolder } from '../oracle/folder.ts';
import { memberEvents } from './bounded.ts';
import { neighbouringSettings } from './settings.ts';

const kinds = ['QUALITY', 'BIOMETRY', 'DOCUMENTS'];

const groupOf = (size: number): Group => ({
  id: 'group',
  analyses: kinds.slice(0, size).map((kind, at) => ({ id: `a${at}`, kind, resolution: 'PROCESSING' })),
});

const eventsOf = (group: Group): readonly MemberEvent[] =>
  group.analyses.flatMap(({ id }) => memberEvents(id));

/** The oracle of one group is a folder that holds nothing else. */
function oracleOf(group: Group, settings: Settings): OracleFolder {
  const oracle = new OracleFolder(settings);
  oracle.accept({ type: 'group.posted', groupId: group.id, analyses: group.analyses });
  return oracle;
}

/** Legal sequences of events: for every set of analyses the product of their outcomes, in every order. */
function countSequences(oracle: OracleFolder, events: readonly MemberEvent[]): number {
  return events.reduce((sum, event) => {
    const next = oracle.copy();
    return next.accept(event) ? sum + countSequences(next, events) : sum;
  }, 1);
}

const optionsFor = (input: Group) => ({
  input,
  limit: 100_000,
  events: (state: { can: (event: MemberEvent) => boolean }) =>
    eventsOf(input).filter((event) => state.can(event)),
});

describe.each(neighbouringSettings)('a group under %s', (_name, settings) => {
  const machine = createGroupMachine(settings);

  test.each([1, 2, 3])(
    'of %i walks every simple path as model and oracle do [GROUP-RESULT-WORST]',
    (size) => {
      const input = groupOf(size);
      const paths = getSimplePaths(machine, optionsFor(input));
      expect(paths).toHaveLength(countSequences(oracleOf(input, settings), eventsOf(input)));
      const wrong = paths.flatMap(
        (path) =>
          replay(
            input,
            path.steps.slice(1).map((step) => step.event),
            settings,
          ) ?? [],
      );
      expect(wrong).toEqual([]);
    },
  );

  test.each([
    [1, 4],
    [2, 4 * 5],
    [3, 4 * 5 * 5],
  ])('of %i has %i states and refuses in each what is not legal [GROUP-CONSTANT]', (size, states) => {
    const input = groupOf(size);
    const paths = getShortestPaths(machine, optionsFor(input));
    expect(paths).toHaveLength(states);
    for (const path of paths) {
      const oracle = oracleOf(input, settings);
      for (const { event } of path.steps.slice(1)) oracle.accept(event);
      for (const event of [...eventsOf(input), ...memberEvents('unknown')]) {
        const legal = oracle.accepts(event);
        expect(path.state.can(event)).toBe(legal);
        const after = getNextSnapshot(machine, path.state, event);
        expect(after.context === path.state.context).toBe(!legal);
        if (!legal) expect(after.value).toEqual(path.state.value);
      }
    }
  });
});

describe.each(neighbouringSettings.filter(([name]) => name !== 'operator-decision=allowed'))(
  'a group in which no operator decides, under %s',
  (_name, settings) => {
    test.each([
      [1, 1 + 3],
      [2, 1 + (3 + 4) + 2 * 12],
      [3, 1 + (3 + 4 + 4) + 2 * (12 + 12 + 16) + 6 * 48],
    ])('of %i analyses has %i sequences of events [GROUP-CONSTANT]', (size, sequences) => {
      const paths = getSimplePaths(createGroupMachine(settings), optionsFor(groupOf(size)));
      expect(paths).toHaveLength(sequences);
    });
  },
);

/** Walks the events on machine, model and oracle; says where they part. */
function replay(group: Group, events: readonly MemberEvent[], settings: Settings): string | undefined {
  const machine = createGroupMachine(settings);
  const oracle = oracleOf(group, settings);
  let snapshot = getInitialSnapshot(machine, group);
  let model = group;
  for (const [at, event] of [undefined, ...events].entries()) {
    if (event) {
      oracle.accept(event);
      snapshot = getNextSnapshot(machine, snapshot, event);
      model = reduceGroup(model, event, settings);
    }
    const worst = naiveWorst(oracle.resolutions(), settings.reading);
    const shown = [snapshot.value, groupResult(model, settings.reading), worst];
    const settled = snapshot.hasTag('settled') === (worst !== 'PROCESSING');
    const same = JSON.stringify(snapshot.context) === JSON.stringify(model);
    if (new Set(shown).size === 1 && settled && same) continue;
    return `${JSON.stringify(shown)} after ${JSON.stringify(events.slice(0, at))}`;
  }
  return undefined;
}
