import { getShortestPaths, getSimplePaths } from '@xstate/graph';
import { describe, expect, test } from 'vitest';
import {
  createGroupMachine,
  groupResult,
  reduceGroup,
  type Group,
  type MemberEvent,
  type Settings,
} from '../../../machines/index.ts';
import { naiveWorst, OracleFolder } from '../oracle/folder.ts';
import { memberEvents } from './bounded.ts';
import { neighbouringSettings } from './settings.ts';
import { stepsOf, type Steps } from './steps.ts';
import { some } from '../../deep.ts';

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

/** By size: the legal sequences of events where no operator decides, counted by hand. */
const undecided: Readonly<Record<number, number>> = {
  1: 1 + 3,
  2: 1 + (3 + 4) + 2 * 12,
  3: 1 + (3 + 4 + 4) + 2 * (12 + 12 + 16) + 6 * 48,
};

const optionsFor = (input: Group) => ({
  input,
  limit: 100_000,
  events: (state: { can: (event: MemberEvent) => boolean }) =>
    eventsOf(input).filter((event) => state.can(event)),
});

type GroupMachine = ReturnType<typeof createGroupMachine>;

describe.each(some(2, neighbouringSettings))('a group under %s', (name, settings) => {
  const machine = createGroupMachine(settings);

  test.each([1, 2, 3])(
    'of %i walks every simple path as model and oracle do, none too many or too few [GROUP-RESULT-WORST]',
    (size) => {
      const input = groupOf(size);
      const paths = getSimplePaths(machine, optionsFor(input));
      expect(paths).toHaveLength(countSequences(oracleOf(input, settings), eventsOf(input)));
      if (name !== 'operator-decision=allowed') expect(paths).toHaveLength(undecided[size]!);
      const steps = stepsOf(machine, input);
      const wrong = paths.flatMap(
        (path) =>
          replay(
            steps,
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
    const { next } = stepsOf(machine, input);
    const wrong = paths.flatMap(({ state, steps }) => {
      const oracle = oracleOf(input, settings);
      for (const { event } of steps.slice(1)) oracle.accept(event);
      return [...eventsOf(input), ...memberEvents('unknown')].filter((event) => {
        const legal = oracle.accepts(event);
        const after = next(state, event);
        const unchanged = after.context === state.context;
        return state.can(event) !== legal || unchanged === legal || (!legal && after.value !== state.value);
      });
    });
    expect(wrong).toEqual([]);
  });
});

/** Walks the events on machine, model and oracle; says where they part. */
function replay(
  { initial, next }: Steps<GroupMachine>,
  events: readonly MemberEvent[],
  settings: Settings,
): string | undefined {
  const oracle = oracleOf(initial.context, settings);
  let snapshot = initial;
  let model: Group = initial.context;
  for (const [at, event] of [undefined, ...events].entries()) {
    if (event) {
      oracle.accept(event);
      snapshot = next(snapshot, event);
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
