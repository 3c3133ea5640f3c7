import { anyBad, anySettled, bit, type ResolutionSet } from './resolution-set.ts';
import type { Ahead } from './constraint.ts';
import { divisions } from './divide.ts';
import {
  isHidden,
  isOneMark,
  knownIn,
  mayHaveFinished,
  mayNeedPerson,
  posted,
  role,
  settledGroup,
  unknownIn,
  unnamed,
  withAnother,
  withGroup,
  withKnown,
  type GroupState,
  type State,
} from './state.ts';

/** Groups that settle between two observations, and operators' decisions in them. */

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
  // Beside an unnamed failure something was still running: here, something else unnamed.
  const spare = group.must !== 0 && unknown.length === 0;
  const part = group.role | (rules.reorders && group.ids.length > 0 ? role.awaiting : 0);
  const settled = { ...group, running: false, ...anyOf(ahead), spare, role: part };
  if (group.undivided && (rules.roles & role.settled) !== 0) {
    return divisions(state, at, settled, (id) => before.known[id] === posted, ahead);
  }
  return asLast(state, at, settled, ahead);
}

/** What members of a settled group may have. */
function anyOf({ rules }: Ahead): Pick<GroupState, 'may' | 'mayLiveness'> {
  const may = rules.operatorRequired ? anyBad : anyBad & ~bit.OPERATOR_REQUIRED;
  return { may, mayLiveness: may & ~bit.OPERATOR_REQUIRED };
}

/** The states in which group `at` is `settled`, and the last to be so. */
export function asLast(state: State, at: number, settled: GroupState, ahead: Ahead): State[] {
  const { rules } = ahead;
  const as = (part: ResolutionSet, change: Partial<GroupState>): State => {
    const taken = part & rules.roles;
    const groups = state.groups.map((each, index) =>
      index === at
        ? { ...settled, ...change, role: settled.role | taken }
        : { ...each, role: each.role & ~taken },
    );
    const isLast = taken === (rules.roles & (role.settled | role.finished));
    const rest = isLast && mayHaveSettledBefore(state, ahead) ? { open: true, ...anyOf(ahead) } : state.rest;
    return { ...state, rest, groups };
  };
  if ((rules.roles & role.finished) === 0) return [as(role.settled, {})];
  if (((knownIn(state, settled) | settled.must) & bit.FAILED) !== 0) return [as(role.settled, {})];
  const { may, mayLiveness } = settled;
  const finished = as(role.settled | role.finished, {
    may: may & ~bit.FAILED,
    mayLiveness: mayLiveness & ~bit.FAILED,
  });
  const canFail = settled.unnamed !== unnamed.no || unknownIn(state, settled).length > 0;
  return canFail ? [finished, as(role.settled, { must: settled.must | bit.FAILED })] : [finished];
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

/** The states that an operator's decision makes of `state`. */
export const decisions = (state: State, ahead: Ahead): State[] =>
  ahead.rules.decisions === 'refused'
    ? []
    : ahead.rules.reorders
      ? decideAsLast(state, ahead)
      : decide(state, ahead);

/** Whether a person may have decided on one who is seen, which has made its group the last. */
export function mayBeDecided({ known, groups }: State, { admits, facts, rules }: Ahead): boolean {
  const decided = bit.SUCCESS | bit.DECLINED;
  const may = (group: GroupState, id: number): boolean =>
    ((admits.get(id) ?? 0) & decided) !== 0 && mayNeedPerson(group, id, known, facts);
  return rules.reorders && groups.some((group) => !group.running && group.ids.some((id) => may(group, id)));
}

/** What the members without a known resolution hold once a person has decided on one of them. */
const loosened = ({ must, may }: { must: ResolutionSet; may: ResolutionSet }) => ({
  must: must & ~bit.OPERATOR_REQUIRED,
  may: may | bit.DECLINED,
});

/** Operators' decisions: on the analyses whose OPERATOR_REQUIRED is known, and on what is not known of a group. */
function decide(state: State, { admits, rules }: Ahead): State[] {
  const decided = rules.decisions === 'remembered';
  const flagged = { ...state, decided: state.decided || decided };
  const onKnown = state.known.flatMap((mark, id) => {
    if ((mark & bit.OPERATOR_REQUIRED) === 0) return [];
    const targets = (bit.SUCCESS | bit.DECLINED) & (admits.get(id) ?? bit.SUCCESS | bit.DECLINED);
    return (targets & ~mark) === 0 ? [] : [withKnown(flagged, id, targets)];
  });
  const onGroups = state.groups.flatMap((group, at) => {
    const unclear = group.unnamed !== unnamed.no || unknownIn(state, group).length > 0;
    // What has to need no person, and may be DECLINED anyway, is explained without a decision.
    const isNew = (group.must & bit.OPERATOR_REQUIRED) !== 0 || (group.may & bit.DECLINED) === 0;
    const some = !group.running && unclear && (group.may & bit.OPERATOR_REQUIRED) !== 0 && isNew;
    return some ? [withGroup(flagged, at, { ...group, ...loosened(group), decidedOn: true })] : [];
  });
  const { rest } = state;
  const onRest =
    rest.open && (rest.may & bit.OPERATOR_REQUIRED) !== 0
      ? [{ ...flagged, rest: { ...rest, may: rest.may | bit.DECLINED } }]
      : [];
  return [...onKnown, ...onGroups, ...onRest];
}

/** Operators' decisions, each of which makes its group the last one; several in one group are one. */
function decideAsLast(state: State, ahead: Ahead): State[] {
  const flagged = { ...state, decided: state.decided || ahead.rules.decisions === 'remembered' };
  const inGroups = state.groups.flatMap((group, at) =>
    decidedIn(flagged, at, ahead).flatMap((next) =>
      group.running ? [next] : asLast(next, at, next.groups[at]!, ahead),
    ),
  );
  const { rest } = state;
  if (!rest.open || (rest.may & bit.OPERATOR_REQUIRED) === 0) return inGroups;
  const must = mayHaveFinished(state, ahead.rules.roles) ? 0 : bit.FAILED;
  const group = settledGroup(rest);
  const hidden = { ...group, ...loosened(group), must, decidedOn: true };
  const groups = [...state.groups, hidden];
  return [...inGroups, ...asLast({ ...flagged, groups }, state.groups.length, hidden, ahead)];
}

/** The states in which a person has decided on some in group `at`: on whoever will be seen so, and others or not. */
function decidedIn(state: State, at: number, { admits, facts }: Ahead): State[] {
  const group = state.groups[at]!;
  let states = [state];
  for (const id of group.ids) {
    const mark = state.known[id]!;
    const admitted = admits.get(id) ?? anySettled;
    const targets = admitted & (bit.SUCCESS | bit.DECLINED);
    if (mark === posted || (mark & bit.OPERATOR_REQUIRED) === 0 || targets === 0) continue;
    const mustBe = (mark & admitted) === 0;
    states = states.flatMap((each) => [withKnown(each, id, targets), ...(mustBe ? [] : [each])]);
  }
  const unclear =
    group.unnamed !== unnamed.no || unknownIn(state, group).some((id) => !facts.analyses[id]!.liveness);
  if (!group.running && unclear && (group.may & bit.OPERATOR_REQUIRED) !== 0) {
    // Who was DECLINED before is another one.
    const spare = group.spare || (group.must & bit.DECLINED) !== 0;
    const open = { ...group, ...loosened(group), spare, decidedOn: true };
    states = states.flatMap((each) => [withGroup(each, at, open), each]);
  }
  return states.filter((each) => each !== state);
}
