/**
 * The life of one group: the analyses that one POST sent.
 *
 * A group has no field of its own in the API, but everything a folder shows is built from groups: the result of a
 * group is the worst among its analyses, so it is PROCESSING until the last of them has settled, and then FAILED,
 * DECLINED, OPERATOR_REQUIRED or SUCCESS. Events are recorded in the context; the states follow from it.
 */
import { setup } from 'xstate';
import { operatorMayDecide } from '../analysis/model.ts';
import type { ClauseId } from '../clauses.ts';
import { groupFrom } from '../given-folder.ts';
import { settingsFrom, type GivenSettings } from '../given-settings.ts';
import { defaultSettings, holdsUnder, type Under } from '../readings.ts';
import { alphabetOf, cellOf, maxMicrosteps, type Resolution } from '../statuses.ts';
import { groupResult, isLegalInGroup, reduceGroup, type Group, type MemberEvent } from './model.ts';

/** One change of a group's result that is legal, and the readings under which it is. */
export interface GroupMove {
  readonly from: Resolution;
  readonly to: Resolution;
  readonly clauses: readonly ClauseId[];
  readonly under?: Under;
}

const decided = [{ 'operator-decision': ['allowed'] }] as const satisfies Under;
const declinedIsWorse = [
  { 'operator-decision': ['allowed'], 'failed-beside-declined': ['declined'] },
] as const satisfies Under;

/** The legal moves of a group's result. */
export const groupMoves: readonly GroupMove[] = [
  { from: 'PROCESSING', to: 'FAILED', clauses: ['GROUP-RESULT-WORST', 'WORST-ORDER'] },
  { from: 'PROCESSING', to: 'DECLINED', clauses: ['GROUP-RESULT-WORST', 'WORST-ORDER'] },
  { from: 'PROCESSING', to: 'OPERATOR_REQUIRED', clauses: ['GROUP-RESULT-WORST', 'WORST-ORDER'] },
  { from: 'PROCESSING', to: 'SUCCESS', clauses: ['GROUP-RESULT-WORST', 'GROUP-SUCCESS-MEANS'] },
  { from: 'OPERATOR_REQUIRED', to: 'SUCCESS', clauses: ['OPERATOR-DECISION'], under: decided },
  { from: 'OPERATOR_REQUIRED', to: 'DECLINED', clauses: ['OPERATOR-DECISION'], under: decided },
  { from: 'FAILED', to: 'DECLINED', clauses: ['OPERATOR-DECISION', 'WORST-ORDER'], under: declinedIsWorse },
];

/** What a state of the machine carries: the result that the group has in it, and by which clauses. */
export interface GroupMeta {
  readonly api: { 'group result': Resolution };
  readonly clauses: readonly ClauseId[];
}

/** The group with which the machine can be entered without being told anything. */
export const sampleGroup: Group = {
  id: 'group',
  analyses: [
    { id: 'liveness', kind: 'QUALITY', resolution: 'PROCESSING' },
    { id: 'face', kind: 'BIOMETRY', resolution: 'PROCESSING' },
  ],
};

/**
 * The statechart of one group under the given settings, or answers to questions; throws a TypeError for a wrong one. An
 * actor with a wrong input fails with a TypeError. XState never calls it done, so wait for
 * the tag `settled`.
 */
export function createGroupMachine(given: GivenSettings = defaultSettings) {
  const settings = settingsFrom(given);
  const { reading } = settings;
  const group = setup({
    types: {
      context: {} as Group,
      input: {} as Group | undefined,
      events: {} as MemberEvent,
      tags: {} as 'settled',
      meta: {} as GroupMeta,
      transitionMeta: {} as { clauses: readonly ClauseId[] },
    },
    guards: {
      'the event is legal': ({ context, event }) => isLegalInGroup(context, event, settings),
      'the worst is': ({ context }, { is }: { is: Resolution }) => groupResult(context, reading) === is,
    },
  });
  const record = group.assign(({ context, event }) => reduceGroup(context, event, settings));

  const recorded = (description: string, ...clauses: ClauseId[]) => ({
    guard: 'the event is legal' as const,
    actions: { type: 'record' as const },
    description,
    meta: { clauses },
  });
  const state = (from: Resolution) => ({
    description: cellOf('analyse.resolution_status', from)!.meaning,
    ...(from === 'PROCESSING' ? {} : { tags: ['settled' as const] }),
    meta: { api: { 'group result': from }, clauses: ['GROUP-RESULT-WORST'] as const },
    always: groupMoves
      .filter((move) => move.from === from && holdsUnder(move.under, reading))
      .map((move) => ({
        guard: { type: 'the worst is' as const, params: { is: move.to } },
        target: move.to,
        meta: { clauses: move.clauses },
      })),
  });

  return group.extend({ actions: { record } }).createMachine({
    id: 'group',
    description: 'The analyses of one POST. The state is the worst resolution among them.',
    context: ({ input }) => (input === undefined ? sampleGroup : groupFrom(input)),
    options: { maxIterations: maxMicrosteps },
    initial: 'PROCESSING',
    on: {
      'analysis.failed': recorded('an analysis fails', 'STATE-FAILED-MEANS', 'GROUP-IS-ONE-POST'),
      'analysis.finished': recorded('an analysis finishes', 'RESULT-AFTER-FINISH', 'GROUP-IS-ONE-POST'),
      ...(operatorMayDecide(settings)
        ? { 'operator.decided': recorded('a person decides', 'OPERATOR-DECISION') }
        : {}),
    },
    states: Object.fromEntries(
      alphabetOf('analyse.resolution_status').map((status) => [status, state(status)]),
    ) as { [R in Resolution]: ReturnType<typeof state> },
  });
}

/** The statechart of one group under the default settings. */
export const groupMachine = createGroupMachine();
