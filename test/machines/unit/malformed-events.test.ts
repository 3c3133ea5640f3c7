import * as fc from 'fast-check';
import { getShortestPaths } from '@xstate/graph';
import { describe, expect, test } from 'vitest';
import { createActor, type AnyStateMachine } from 'xstate';
import {
  analysisMachine,
  createFolderMachine,
  emptyFolder,
  folderMachine,
  groupMachine,
  isLegal,
  reduceFolder,
  reduceGroup,
  sampleGroup,
  type FolderEvent,
  type MemberEvent,
} from '../../../machines/index.ts';
import { post } from './scenario.ts';
import { prop } from '../../property.ts';

const posts = (members: Readonly<Record<string, unknown>>) => ({ type: 'group.posted', ...members });
// eslint-disable-next-line no-sparse-arrays
const withHole = [{ id: 'b', kind: 'QUALITY' }, , { id: 'c', kind: 'QUALITY' }];

const malformed: readonly (readonly [string, unknown])[] = [
  ['a post without a group and analyses', posts({})],
  ['a post without analyses', posts({ groupId: 'h' })],
  ['a post without a group', posts({ analyses: [{ id: 'b', kind: 'QUALITY' }] })],
  ['a post whose group is a number', posts({ groupId: 1, analyses: [{ id: 'b', kind: 'QUALITY' }] })],
  ['a post of an object', posts({ groupId: 'h', analyses: { length: 1 } })],
  ['a post of a text', posts({ groupId: 'h', analyses: 'b' })],
  ['a post of null', posts({ groupId: 'h', analyses: [null] })],
  ['a post with a hole', posts({ groupId: 'h', analyses: withHole })],
  ['a post of an analysis without a kind', posts({ groupId: 'h', analyses: [{ id: 'b' }] })],
  ['a post of an analysis without an id', posts({ groupId: 'h', analyses: [{ kind: 'QUALITY' }] })],
  ['a post of a kind that is no text', posts({ groupId: 'h', analyses: [{ id: 'b', kind: 7 }] })],
  ['a failure of nothing', { type: 'analysis.failed' }],
  ['a result of nothing', { type: 'analysis.finished', resolution: 'SUCCESS' }],
  ['a finish without a result', { type: 'analysis.finished', id: 'a' }],
  ['a finish with a stage', { type: 'analysis.finished', id: 'a', resolution: 'FINISHED' }],
  ['a finish with an object', { type: 'analysis.finished', id: 'a', resolution: {} }],
  ['a decision without a result', { type: 'operator.decided', id: 'a' }],
  ['an event of another name', { type: 'folder.deleted', id: 'a' }],
  ['an event without a name', { id: 'a' }],
];

const notEvents: readonly unknown[] = [null, undefined, 0, 'analysis.failed', [], Symbol('event')];

/** A folder with one running analysis. */
const running = reduceFolder(emptyFolder, post('g', 'a'));

describe('a malformed event', () => {
  test.each(malformed)('is refused by machine and reducer: %s', (_name, event) => {
    expect(reduceFolder(running, event as FolderEvent)).toBe(running);
    expect(isLegal(running, event as FolderEvent)).toBe(false);
    const machine = createFolderMachine({ 'operator-decision': 'allowed' });
    const actor = createActor(machine).start();
    actor.send(post('g', 'a'));
    const before = actor.getSnapshot();
    if ('type' in (event as object)) {
      expect(before.can(event as FolderEvent)).toBe(false);
      actor.send(event as FolderEvent);
    }
    expect(actor.getSnapshot().status).toBe('active');
    expect(actor.getSnapshot().value).toEqual(before.value);
    expect(actor.getSnapshot().context).toBe(before.context);
  });

  test('is refused by the reducers also where it is no object', () => {
    for (const event of notEvents) {
      expect(reduceFolder(running, event as FolderEvent)).toBe(running);
      expect(reduceGroup(sampleGroup, event as MemberEvent)).toBe(sampleGroup);
    }
  });

  prop([
    fc.record(
      {
        type: fc.constantFrom('group.posted', 'analysis.failed', 'analysis.finished', 'operator.decided'),
        id: fc.anything(),
        groupId: fc.anything(),
        analyses: fc.oneof(fc.anything(), fc.array(fc.record({ id: fc.anything(), kind: fc.anything() }))),
        resolution: fc.anything(),
      },
      { requiredKeys: ['type'] },
    ),
  ])(
    'never throws, whatever its members are, and never makes a member that is no text [GROUP-CONSTANT]',
    (event) => {
      const after = reduceFolder(running, event as unknown as FolderEvent);
      for (const { id, analyses } of after.groups) {
        expect(typeof id).toBe('string');
        for (const member of analyses) {
          expect([typeof member.id, typeof member.kind]).toEqual(['string', 'string']);
        }
      }
    },
  );
});

describe('the graph of a machine', () => {
  test.each([
    ['folder', folderMachine, 1],
    // Running, and failed: the tool makes up no result.
    ['analysis', analysisMachine, 2],
    ['group', groupMachine, 1],
  ] as const)('is walked by a tool that makes events up: %s', (_name, machine, states) => {
    expect(getShortestPaths(machine as AnyStateMachine)).toHaveLength(states);
  });

  test('is walked with real events', () => {
    const paths = getShortestPaths(folderMachine, {
      events: [post('g', 'a'), { type: 'analysis.failed', id: 'a' }],
    });
    expect(paths.map(({ state }) => state.value.system_resolution)).toEqual([
      'INITIAL',
      'PROCESSING',
      'FAILED',
    ]);
  });
});
