import { anyBad, anySettled, bit, type ResolutionSet } from './resolution-set.ts';
import type { Ahead } from './constraint.ts';
import { divisions } from './divide.ts';
import {
  isHidden,
  isOneMark,
  knownIn,
  posted,
  role,
  unknownIn,
  unnamed,
  withAnother,
  type GroupState,
  type State,
} from './state.ts';

/** Groups that settle between two observations. */

/** The states that a settling makes of `state`. */
export const settlings = (state: State, ahead: Ahead): State[] => [
  ...settleGroups(state, ahead),
  ...(ahead.constraint.complete ? [] : settleAnother(state, ahead)),
];

function settleGroups(state: State, ahead: Ahead): State[] {
  return state.groups.flatMap((group, at) => {
    if (!group.running || (group.ids.length === 0 && ahead.constraint.complete)) return [];
    const seenRunning = group.ids.some((id) => ahead.admits.get(id) === bit.PROCESSING);
    return seenRunning ? [] : settle(state, at, ahead);
  });
}

/** The states in which a hidden group has settled and another one runs on. */
function settleAnother(state: State, ahead: Ahead): State[] {
  const more = withAnother(state);
  if (!more) return [];
  return more.groups.flatMap((group, at) =>
    group.running && isHidden(group) ? settle(more, at, ahead) : [],
  );
}

/** The states in which the running group `at` is the last to have settled. */
export function settle(before: State, at: number, ahead: Ahead): State[] {
  const { rules, admits } = ahead;
  const unknown = unknownIn(before, before.groups[at]!);
  const known = [...before.known];
  for (const id of unknown) {
    const options = (admits.get(id) ?? anySettled) & ~bit.PROCESSING;
    if (isOneMark(options)) known[id] = options;
  }
  const state = { ...before, known };
  const group = state.groups[at]!;
  const may = rules.operatorRequired ? anyBad : anyBad & ~bit.OPERATOR_REQUIRED;
  // Beside an unnamed failure something was still running: here, something else unnamed.
  const spare = group.must !== 0 && unknown.length === 0;
  const anything = { may, mayLiveness: may & ~bit.OPERATOR_REQUIRED };
  const settled = { ...group, running: false, ...anything, spare };
  if (group.undivided && (rules.roles & role.settled) !== 0) {
    return divisions(state, at, settled, (id) => before.known[id] === posted, ahead);
  }
  const as = (part: ResolutionSet, change: Partial<GroupState>): State => {
    const taken = part & rules.roles;
    const groups = state.groups.map((each, index) =>
      index === at
        ? { ...settled, ...change, role: each.role | taken }
        : { ...each, role: each.role & ~taken },
    );
    const isLast = taken === (rules.roles & (role.settled | role.finished));
    const rest = isLast && mayHaveSettledBefore(state, ahead) ? { open: true, ...anything } : state.rest;
    return { ...state, rest, groups };
  };
  if ((rules.roles & role.finished) === 0) return [as(role.settled, {})];
  if (((knownIn(state, group) | group.must) & bit.FAILED) !== 0) return [as(role.settled, {})];
  const good = { may: may & ~bit.FAILED, mayLiveness: settled.mayLiveness & ~bit.FAILED };
  const finished = as(role.settled | role.finished, good);
  const canFail = group.unnamed !== unnamed.no || unknownIn(state, group).length > 0;
  return canFail ? [finished, as(role.settled, { must: group.must | bit.FAILED })] : [finished];
}

/**
 * Whether any unnamed groups may have settled just before, after the last constraint: they run already, or may be posted
 * without being the last.
 */
function mayHaveSettledBefore({ groups, fresh }: State, { constraint, rules }: Ahead): boolean {
  if (constraint.complete) return false;
  if ((rules.roles & role.applied) === 0 || fresh) return true;
  return groups.some((group) => group.running && isHidden(group) && group.must === 0);
}
