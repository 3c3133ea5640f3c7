import { isSettled } from '../analysis/model.ts';
import type { Invariant, StepInvariant } from '../invariants.ts';
import { orderUnder } from '../severity.ts';
import { groupResult, isGroupSettled, type Group } from './model.ts';

const resolutionsOf = (group: Group) => group.analyses.map((analysis) => analysis.resolution);

/** What holds of every reachable group. */
export const groupInvariants: readonly Invariant<Group>[] = [
  {
    name: 'a group is never empty',
    clauses: ['GROUP-CONSTANT', 'GROUP-IS-ONE-POST'],
    holds: (group) => group.analyses.length > 0,
  },
  {
    name: 'the result of a group is the result of a member, and no member is worse',
    clauses: ['GROUP-RESULT-WORST', 'WORST-ORDER'],
    holds: (group, { reading }) => {
      const order = orderUnder(reading);
      const result = groupResult(group, reading);
      const rank = order.indexOf(result);
      const members = resolutionsOf(group);
      return members.includes(result) && members.every((member) => order.indexOf(member) >= rank);
    },
  },
  {
    name: 'a group is SUCCESS exactly if every analysis in it is',
    clauses: ['GROUP-SUCCESS-MEANS', 'SUCCESS-OF-EVERY-ANALYSIS'],
    holds: (group, { reading }) =>
      (groupResult(group, reading) === 'SUCCESS') ===
      resolutionsOf(group).every((resolution) => resolution === 'SUCCESS'),
  },
  {
    name: 'a group is PROCESSING exactly while an analysis in it runs',
    clauses: ['GROUP-RESULT-WORST'],
    holds: (group, { reading }) =>
      (groupResult(group, reading) === 'PROCESSING') === !resolutionsOf(group).every(isSettled),
  },
];

/** What holds of every step of a group. */
export const groupStepInvariants: readonly StepInvariant<Group>[] = [
  {
    name: 'a group never gains, loses or exchanges an analysis',
    clauses: ['GROUP-CONSTANT', 'ANALYSIS-IDENTITY'],
    holds: (before, after) =>
      before.id === after.id &&
      before.analyses.length === after.analyses.length &&
      before.analyses.every(({ id, kind }, at) => {
        const now = after.analyses[at];
        return now?.id === id && now.kind === kind;
      }),
  },
  {
    name: 'a settled group stays settled',
    clauses: ['ANALYSIS-FINAL'],
    holds: (before, after) => !isGroupSettled(before) || isGroupSettled(after),
  },
];
