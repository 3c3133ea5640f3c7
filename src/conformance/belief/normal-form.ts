import { bit, count } from './resolution-set.ts';
import { prospectOfGroup } from './equivalence.ts';
import {
  certain,
  mayHold,
  mayNeedPerson,
  posted,
  role,
  unnamed,
  type Facts,
  type GroupState,
  type Rest,
  type State,
} from './state.ts';

/**
 * The state in its one canonical form, or undefined where a group cannot hold what it must.
 *
 * A group that cannot hold it in its named members has unnamed ones for certain; a member whose resolution is
 * forced is known; the named members of a settled group without a part and without unknown members join the rest, and
 * so does the group unless it has unnamed ones for certain. While analyses are being `placed`, groups keep them.
 */
export function normalForm(state: State, facts: Facts, placed = false): State | undefined {
  let known = state.known as number[];
  let rest = state.rest;
  const groups: GroupState[] = [];
  for (const before of state.groups) {
    const group = feasible(before, known, facts);
    if (!group) return undefined;
    const unknown = group.ids.filter((id) => known[id] === posted);
    if (group.running) {
      const single = group.undivided && group.ids.length === 1 && group.unnamed === unnamed.no;
      groups.push(single ? { ...group, undivided: false } : group);
      continue;
    }
    const forced = unknown.filter((id) => mayHold(group, id, facts) === 0);
    if (forced.length > 0 && known === state.known) known = [...known];
    for (const id of forced) known[id] = bit.SUCCESS;
    const named = group.label >= 0 && group.unnamed !== unnamed.no;
    const held = narrowed(forced.length > 0 ? afterForced(group, forced, facts) : group, known, placed);
    const left = held.role < role.awaiting ? held : stillAwaiting(held, known, facts);
    if (placed || left.role !== 0 || unknown.length > forced.length || named) groups.push(left);
    else if (group.unnamed === unnamed.sure) groups.push({ ...left, ids: [] });
    else if (group.unnamed === unnamed.maybe) rest = join(rest, left);
  }
  return { ...state, known, rest, groups: inOrder(groups, known) };
}

/** The settled group, which awaits nobody any more where none of its members may need a person. */
function stillAwaiting(group: GroupState, known: readonly number[], facts: Facts): GroupState {
  const needs = group.ids.some((id) => mayNeedPerson(group, id, known, facts));
  const mayNeed = needs || (group.unnamed !== unnamed.no && (group.may & bit.OPERATOR_REQUIRED) !== 0);
  return mayNeed ? group : { ...group, role: group.role & ~role.awaiting };
}

/** The group once these members are known to be SUCCESS: one of them may be the spare one, or the one decided on. */
function afterForced(group: GroupState, forced: readonly number[], { analyses }: Facts): GroupState {
  const decidedOn = group.decidedOn && forced.every((id) => analyses[id]!.liveness);
  return { ...group, spare: false, decidedOn };
}

/**
 * The settled group without members that make no difference: those known of what is left of an undivided group, and
 * those that need an operator beside what is worse under any reading.
 */
function narrowed(group: GroupState, known: readonly number[], placed: boolean): GroupState {
  if (placed || group.label >= 0) return group;
  if (group.undivided && group.role === 0) return keeping(group, (id) => known[id] === posted);
  // Beside FAILED a decision shows where DECLINED is worse.
  const held = group.ids.reduce((set, id) => set | certain(known[id]!), group.must) & bit.DECLINED;
  if (group.role !== role.settled || held === 0) return group;
  return keeping(group, (id) => known[id] !== bit.OPERATOR_REQUIRED);
}

function keeping(group: GroupState, keeps: (id: number) => boolean): GroupState {
  return group.ids.every(keeps) ? group : { ...group, ids: group.ids.filter(keeps) };
}

function feasible(group: GroupState, known: readonly number[], facts: Facts): GroupState | undefined {
  const unknown = group.ids.filter((id) => known[id] === posted);
  if ((group.must & ~group.may) !== 0) return undefined;
  const others = unknown.filter((id) => !facts.analyses[id]!.liveness);
  const ofOthers = group.must & ~group.mayLiveness;
  // What must be DECLINED may be what a person has decided so.
  const oneMore = group.spare || (group.decidedOn && (group.must & bit.DECLINED) === 0);
  const oneMoreOther = group.decidedOn && (ofOthers & bit.DECLINED) === 0;
  const fits = group.running
    ? unknown.length > 0 && group.must === 0
    : count(group.must) + (oneMore ? 1 : 0) <= unknown.length &&
      count(ofOthers) + (oneMoreOther ? 1 : 0) <= others.length;
  if (fits && group.ids.length > 0) return group;
  if (group.unnamed === unnamed.no) return undefined;
  return group.unnamed === unnamed.sure ? group : { ...group, unnamed: unnamed.sure };
}

/** The rest that may hold what `group` may hold as well. */
export function join(rest: Rest, { may, mayLiveness }: Rest | GroupState): Rest {
  return { open: true, may: rest.may | may, mayLiveness: rest.mayLiveness | mayLiveness };
}

/** Groups that hold alike stand in the same order, whoever is in them. */
function inOrder(groups: GroupState[], known: readonly number[]): readonly GroupState[] {
  if (groups.length < 2) return groups;
  const keyed = groups.map((group) => ({
    group,
    key: `${prospectOfGroup(group, known)}#${group.ids.join(',')}`,
  }));
  return keyed.toSorted((a, b) => (a.key < b.key ? -1 : 1)).map(({ group }) => group);
}
