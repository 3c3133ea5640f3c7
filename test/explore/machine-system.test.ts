import { getShortestPaths } from '@xstate/graph';
import { describe, expect, it } from 'vitest';
import {
  createAnalysisMachine,
  folderMachine,
  emptyFolder,
  reduceFolder,
  type AnalysisEvent,
  type FolderEvent,
} from '../../machines/index.ts';
import { explore, folderEvents, folderSystem, machineSystem } from '../../src/explore/index.ts';

const maxStates = 100_000;

describe('the same folders as the reference implementation', () => {
  it.each([
    [1, 1],
    [1, 2],
    [1, 3],
    [2, 1],
    [2, 2],
  ])('lie at the same distances, %i x %i', (groups, analyses) => {
    const bounds = { groups, analyses };
    const reference = getShortestPaths(folderMachine, {
      events: (snapshot): FolderEvent[] =>
        folderEvents(snapshot.context, bounds).filter((event) => snapshot.can(event)),
      serializeState: ({ value, context }) => JSON.stringify([value, context]),
    });
    const expected = new Map(
      reference.map(({ state, steps }) => [JSON.stringify([state.value, state.context]), steps.length - 1]),
    );
    const machine = explore(
      machineSystem(folderMachine, { events: ({ context }) => folderEvents(context, bounds) }),
      { maxStates },
    );
    const model = explore(folderSystem(bounds), { maxStates });

    expect(machine.complete && model.complete).toBe(true);
    expect(
      new Map(
        machine.states.map(({ value, context }, index) => [
          JSON.stringify([value, context]),
          machine.depthOf(index),
        ]),
      ),
    ).toEqual(expected);
    expect(
      new Map(model.states.map((folder, index) => [JSON.stringify(folder), model.depthOf(index)])),
    ).toEqual(
      new Map(reference.map(({ state, steps }) => [JSON.stringify(state.context), steps.length - 1])),
    );
    expect(machine.edges).toEqual(model.edges);
  });
});

describe('a machine as a system', () => {
  const events: AnalysisEvent[] = [
    { type: 'analysis.failed' },
    { type: 'analysis.finished', resolution: 'OPERATOR_REQUIRED' },
    { type: 'analysis.finished', resolution: 'SUCCESS' },
  ];
  const statesOf = (kind: string) =>
    explore(machineSystem(createAnalysisMachine(), { events: () => events, input: { id: 'one', kind } }), {
      maxStates,
    });

  it('starts from its input and leaves out what the machine cannot take [LIVENESS-NO-OPERATOR]', () => {
    expect(statesOf('QUALITY').states).toHaveLength(3);
    expect(statesOf('BIOMETRY').states).toHaveLength(4);
    expect(statesOf('BIOMETRY').states[0]?.context).toEqual({ id: 'one', kind: 'BIOMETRY' });
  });

  it('takes a key of the caller’s', () => {
    const byOutermost = machineSystem(createAnalysisMachine(), {
      events: () => events,
      key: ({ value }) => (typeof value === 'string' ? value : 'FINISHED'),
    });
    expect(explore(byOutermost, { maxStates }).states).toHaveLength(3);
  });
});

it('the groups and analyses of an explored folder are numbered as they come', () => {
  const bounds = { groups: 2, analyses: 1 };
  const [first] = folderEvents(emptyFolder, bounds);
  const [second] = folderEvents(reduceFolder(emptyFolder, first!), bounds);
  const posted = (at: number) => ({
    groupId: `g${at}`,
    analyses: [expect.objectContaining({ id: `g${at}.a1` })],
  });
  expect(first).toMatchObject(posted(1));
  expect(second).toMatchObject(posted(2));
});
