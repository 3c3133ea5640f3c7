import { bit, type ResolutionSet } from './resolution-set.ts';
import type { Ahead } from './constraint.ts';
import { settledAsSeen } from './filter-by-analyses.ts';
import { normalForm } from './normal-form.ts';
import { coversAround } from './subsumption.ts';
import { outlineOf, type Fates } from './equivalence.ts';
import {
  idsInRest,
  isHidden,
  mayHaveFinished,
  posted,
  role,
  settledGroup,
  takesMore,
  unnamed,
  withAnother,
  withGroup,
  type Facts,
  type GroupState,
  type State,
  type Unnamed,
} from './state.ts';
import { parted } from './seen-together.ts';
import { selectionsOf, maxSingled } from './divide.ts';
import { sizeOf } from './effort.ts';

/**
 * Analyses that are named for the first time: each may have been in the folder before, unnamed, or may still have
 * to be posted. Every way to place them is a state; those still to be posted keep the mark 0.
 */

/**
 * The states that name all analyses of the facts, from a state that may know only the first of them, and that can
 * still come to be as seen: of states that go on alike only one, and only some once the effort is over.
 */
export function placements(before: State, ahead: Ahead, fates: Fates): readonly State[] {
  const { facts, effort } = ahead;
  const missing = facts.analyses.length - before.known.length;
  const state =
    missing > 0 ? { ...before, known: [...before.known, ...Array<number>(missing).fill(0)] } : before;
  const fresh = state.known.flatMap((mark, id) => (mark === 0 ? [id] : []));
  const mayHide = state.rest.open || state.groups.some((group) => group.unnamed !== unnamed.no);
  if (fresh.length === 0 || !mayHide) {
    const there = new Set(facts.analyses.flatMap(({ label }, id) => (state.known[id] === 0 ? [] : [label])));
    return fresh.every((id) => labelOf(id, facts) < 0 || !there.has(labelOf(id, facts))) ? [state] : [];
  }
  let states: readonly State[] = [state];
  for (const [at, id] of fresh.entries()) {
    const placed = fresh.slice(0, at + 1);
    const different = new Map<string, readonly State[]>();
    for (const candidate of states.flatMap((each) => placesOf(each, id, ahead))) {
      if (!effort.spend(sizeOf(facts)) && different.size > 0) break;
      const marked = noted(candidate, placed, facts);
      if (marked.apart && ahead.rules.jointly) continue;
      for (const next of settled(marked, id, ahead)) {
        const key = `${outlineOf(next, facts, fates)} ${next.apart ? '' : placesIn(next, placed)}`;
        const alike = different.get(key) ?? [];
        if (alike.some((one) => coversAround(one, next))) continue;
        different.set(key, [...alike.filter((one) => !coversAround(next, one)), next]);
      }
    }
    states = [...different.values()].flat();
  }
  return states.flatMap((each) => completed(each, facts));
}

function placesOf(state: State, id: number, ahead: Ahead): readonly State[] {
  return [
    ...(mayWait(state, id, ahead) ? [state] : []),
    ...fromGroups(state, id, ahead),
    ...fromAnother(state, id, ahead),
    ...fromRest(state, id, ahead),
  ];
}

/** The states that can be, in which the analysis, if it has settled, is as it will be seen. */
function settled(state: State, id: number, ahead: Ahead): readonly State[] {
  const admits = ahead.admits.get(id);
  const seen = admits === undefined ? [state] : settledAsSeen(state, [{ id, admits }], ahead);
  return seen.flatMap((each) => normalForm(each, ahead.facts, !each.apart) ?? []);
}

/** Where the analysis is: in a group, in the rest, or still to be posted. */
function placeOf(state: State, id: number): number {
  return state.known[id] === 0 ? -2 : state.groups.findIndex(({ ids }) => ids.includes(id));
}

/** The places of some analyses, each once. */
function placesIn(state: State, ids: readonly number[]): string {
  return [...new Set(ids.map((id) => placeOf(state, id)))].join();
}

/** The state, with its separations noted. */
function noted(state: State, placed: readonly number[], facts: Facts): State {
  if (state.apart || placed.length < 2) return state;
  return parted(placed, (id) => placeOf(state, id), facts) ? { ...state, apart: true } : state;
}

const labelOf = (id: number, facts: Facts): number => facts.analyses[id]!.label;

/** The analyses that claim the same group. */
function matesOf(id: number, facts: Facts): readonly number[] {
  const { label } = facts.analyses[id]!;
  return label < 0 ? [] : facts.analyses.flatMap((other, at) => (other.label === label ? [at] : []));
}

/**
 * Whether the analysis can still have to be posted: not if the group that it claims has been. That it is one of an
 * undivided group says the same, and more, of an analysis that claims none.
 */
function mayWait(state: State, id: number, { facts, rules }: Ahead): boolean {
  const tracked = (rules.roles & role.applied) !== 0;
  if (!tracked && labelOf(id, facts) < 0 && state.groups.some(takesMore)) return false;
  return matesOf(id, facts).every((mate) => state.known[mate] === 0);
}

/** Whether the analysis can be an unnamed member of the group. */
function mayJoin(state: State, group: GroupState, id: number, facts: Facts): boolean {
  if (group.unnamed === unnamed.no) return false;
  const label = labelOf(id, facts);
  if (label < 0 || group.label === label) return true;
  const mates = matesOf(id, facts);
  const waits = mates.some((mate) => mate < id && state.known[mate] === 0);
  const elsewhere = mates.some((mate) => mate !== id && state.known[mate] !== 0);
  const alone = facts.whole[label] !== true || group.ids.every((member) => labelOf(member, facts) === label);
  return group.label < 0 && !waits && !elsewhere && alone;
}

function named(
  group: GroupState,
  id: number,
  extra: Unnamed,
  must: ResolutionSet,
  { facts, rules }: Pick<Ahead, 'facts' | 'rules'>,
): GroupState {
  const label = Math.max(group.label, labelOf(id, facts));
  const ids = [...group.ids, id].toSorted((a, b) => a - b);
  const part = group.role | (rules.reorders && !group.running ? role.awaiting : 0);
  return { ...group, ids, label, must, unnamed: extra, role: part };
}

const mark = (state: State, id: number, known: number): State => ({
  ...state,
  known: state.known.with(id, known),
});

/** The group with the analysis in it, in place of group `at`: it may be the unnamed one that has failed. */
function joined(state: State, at: number, id: number, ahead: Ahead): State[] {
  const group = state.groups[at]!;
  if (group.undivided && labelOf(id, ahead.facts) >= 0) return divided(state, at, id, ahead);
  if (!group.running || group.must === 0) {
    return [withGroup(mark(state, id, posted), at, named(group, id, unnamed.maybe, group.must, ahead))];
  }
  return [
    withGroup(mark(state, id, bit.FAILED), at, named(group, id, unnamed.maybe, 0, ahead)),
    withGroup(mark(state, id, posted), at, named(group, id, unnamed.sure, group.must, ahead)),
  ];
}

/** The same for an analysis that claims a group, one of those for which an undivided one stands: with any others. */
function divided(state: State, at: number, id: number, ahead: Ahead): State[] {
  const { effort } = ahead;
  const whole = state.groups[at]!;
  if (whole.ids.length > maxSingled) effort.leaveOut();
  return selectionsOf(whole.ids, maxSingled).flatMap((ids) => {
    const others = whole.ids.filter((other) => !ids.includes(other));
    // Which of them holds what a person has decided on is forgotten.
    const own = { ...whole, ids, undivided: false, must: 0, decidedOn: false };
    const left = { ...whole, ids: others, unnamed: unnamed.maybe, must: 0, decidedOn: false };
    const runs = others.some((other) => state.known[other] === posted);
    const shared = (known: number, extra: Unnamed, must: ResolutionSet, rest: GroupState): State => {
      const next = withGroup(mark(state, id, known), at, named({ ...own }, id, extra, must, ahead));
      const isLeft = rest.ids.length > 0 || rest.unnamed === unnamed.sure;
      return isLeft ? { ...next, groups: [...next.groups, rest] } : next;
    };
    const ended = { ...left, running: false };
    const rest = runs ? left : ended;
    const plain = [shared(posted, unnamed.maybe, 0, rest)];
    if (!whole.running || whole.must === 0) {
      return whole.must === 0 ? plain : [shared(posted, unnamed.maybe, whole.must, rest)];
    }
    const fails = { ...left, unnamed: unnamed.sure, must: whole.must };
    return [
      shared(bit.FAILED, unnamed.maybe, 0, rest),
      shared(posted, unnamed.sure, whole.must, rest),
      shared(posted, unnamed.maybe, 0, fails),
    ];
  });
}

function fromGroups(state: State, id: number, ahead: Ahead): State[] {
  return state.groups.flatMap((group, at) =>
    mayJoin(state, group, id, ahead.facts) ? joined(state, at, id, ahead) : [],
  );
}

/** The states in which the analysis is in a hidden group that runs, and another one runs as well. */
function fromAnother(state: State, id: number, ahead: Ahead): State[] {
  const more = withAnother(state);
  if (!more) return [];
  return more.groups.flatMap((group, at) =>
    group.running && isHidden(group) && mayJoin(more, group, id, ahead.facts)
      ? joined(more, at, id, ahead)
      : [],
  );
}

function fromRest(state: State, id: number, ahead: Ahead): State[] {
  // Where no group has finished, each that has settled has failed.
  const mayFinish = mayHaveFinished(state, ahead.rules.roles);
  const must = mayFinish || mayShareFailure(state, id, ahead.facts) ? 0 : bit.FAILED;
  const group = { ...settledGroup(state.rest), must };
  if (!state.rest.open || !mayJoin(state, group, id, ahead.facts)) return [];
  const next = { ...state, groups: [...state.groups, group] };
  return joined(next, next.groups.length - 1, id, ahead);
}

/** Whether the analysis can be in one group with one of the rest that is known to have failed. */
function mayShareFailure(state: State, id: number, facts: Facts): boolean {
  const label = labelOf(id, facts);
  const isWhole = (one: number): boolean => one >= 0 && facts.whole[one] === true;
  return idsInRest(state).some((other) => {
    const its = labelOf(other, facts);
    const fits = its === label || (its < 0 ? !isWhole(label) : label < 0 && !isWhole(its));
    return fits && (state.known[other]! & bit.FAILED) !== 0;
  });
}

/** The state, with its whole groups closed; none where a whole group is torn apart. */
function completed(state: State, facts: Facts): readonly State[] {
  const groups: GroupState[] = [];
  for (const group of state.groups) {
    if (group.label < 0 || facts.whole[group.label] !== true) {
      groups.push(group);
      continue;
    }
    const members = facts.analyses.filter(({ label }) => label === group.label).length;
    if (members !== group.ids.length) return [];
    groups.push({ ...group, unnamed: unnamed.no });
  }
  return [{ ...state, groups }];
}
