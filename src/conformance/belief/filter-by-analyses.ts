import { anyResolution, bit, count, split, type ResolutionSet } from './resolution-set.ts';
import { normalForm } from './normal-form.ts';
import { sizeOf, type Effort } from './effort.ts';
import type { Rules, Constraint } from './constraint.ts';
import {
  isOneMark,
  mayHold,
  nothingUnnamed,
  posted,
  unnamed,
  withGroup,
  withKnown,
  type Facts,
  type GroupState,
  type State,
} from './state.ts';

/** Cutting a state by what was seen of the analyses: the states that remain, none if they cannot have been so. */

/** What a cut before a constraint has to know. */
interface Before {
  readonly facts: Facts;
  readonly rules: Rules;
  readonly effort: Effort;
}

/**
 * The states in which the analyses are as seen, a complete constraint leaving no others: all of them, or some once
 * `effort` is over.
 */
export function filterByAnalyses(
  state: State,
  constraint: Constraint,
  facts: Facts,
  effort: Effort,
): readonly State[] {
  if (state.known.includes(0)) return [];
  return cutBySeen(state, constraint.seen, { facts, effort }).flatMap((each) =>
    closed(each, constraint, facts),
  );
}

/**
 * The states that can still come to be as seen: what has settled is as it will be seen, and nothing unnamed can go
 * away before a complete constraint. All of them, or some once the effort is over.
 */
export function filterAhead(
  state: State,
  moment: Before & { readonly constraint: Constraint },
): readonly State[] {
  const { constraint, facts } = moment;
  return settledAsSeen(state, constraint.seen, moment).flatMap((each) => closed(each, constraint, facts));
}

/**
 * The states in which those of `seen` that have settled are as they will be seen. Where an operator has to decide first,
 * that is done at once: when it happens makes no difference, so nobody has to count what is still undecided.
 */
export function settledAsSeen(state: State, seen: Constraint['seen'], before: Before): readonly State[] {
  const running = new Set(state.groups.flatMap((group) => (group.running ? group.ids : [])));
  const settled = seen.filter(({ id }) => {
    const mark = state.known[id]!;
    return mark !== 0 && (mark !== posted || !running.has(id));
  });
  return cutBySeen(state, settled, before);
}

/** The states in which the analyses are as seen; with `rules` operators may have decided before. */
function cutBySeen(
  state: State,
  seen: Constraint['seen'],
  { facts, effort, rules }: Omit<Before, 'rules'> & Partial<Before>,
): readonly State[] {
  const home = new Map(state.groups.flatMap((group, at) => group.ids.map((id) => [id, at] as const)));
  const decidable = !rules || rules.decisions === 'refused' ? 0 : bit.SUCCESS | bit.DECLINED;
  const notes = rules?.decisions === 'remembered';
  // Where that makes the group the last one it is an event of its own.
  const awaits = (id: number): boolean =>
    rules?.reorders === true && groups[home.get(id) ?? -1]?.running === false;
  const known = [...state.known];
  const groups = [...state.groups];
  let { decided } = state;
  const branching: { at: number; id: number; waysIn: (group: GroupState) => readonly Way[] }[] = [];
  for (const { id, admits } of seen) {
    const mark = known[id]!;
    const decision = admits & decidable;
    if (mark !== posted) {
      if (decision !== 0 && (mark & bit.OPERATOR_REQUIRED) !== 0 && awaits(id)) continue;
      if ((mark & admits) !== 0) known[id] = mark & admits;
      else if ((mark & bit.OPERATOR_REQUIRED) === 0 || decision === 0) return [];
      else if (count(decision) === 1) {
        known[id] = decision;
        decided ||= notes;
      }
      continue;
    }
    const at = home.get(id)!;
    const group = groups[at]!;
    const possible = group.running ? anyResolution : mayHold(group, id, facts) | bit.SUCCESS;
    if (decision !== 0 && (possible & bit.OPERATOR_REQUIRED) !== 0 && awaits(id)) continue;
    const before = admits | (decision === 0 ? 0 : bit.OPERATOR_REQUIRED);
    // What its group must hold may be this one's, and decided since.
    const isOpen = (possible & ~before) === 0 && (group.must & before & ~admits) === 0;
    if (group.running ? (admits & bit.PROCESSING) !== 0 : isOpen) continue;
    const waysIn = ({ must }: GroupState) => waysToBe(possible & before, admits, decision, must);
    const [way, ...others] = waysIn(group);
    if (!way) return [];
    if (others.length > 0) branching.push({ at, id, waysIn });
    else {
      known[id] = way.now;
      groups[at] = withoutOne(group, id, way, facts);
      decided ||= notes && way.decided;
    }
  }
  let states: State[] = [{ ...state, known, groups, decided }];
  for (const { at, id, waysIn } of branching) {
    states = states.flatMap((each) =>
      waysIn(each.groups[at]!).map((way) => knownAs(each, at, id, way, notes, facts)),
    );
    if (!effort.spend(states.length * sizeOf(facts))) states = states.slice(0, 1);
  }
  return states;
}

/** What a member turns out to be, and what it has covered of that which its group must hold. */
interface Way {
  readonly covers: ResolutionSet;
  readonly now: ResolutionSet;
  /** Whether it is something else now because an operator has decided. */
  readonly decided: boolean;
}

/**
 * The ways in which a member that had one of `possible` can be seen with one of `admits`, which an operator may have
 * made of it where `decision` has it. Where it can have been so from the start a decision adds something only if its
 * group must hold what was decided.
 */
function waysToBe(
  possible: ResolutionSet,
  admits: ResolutionSet,
  decision: ResolutionSet,
  must: ResolutionSet,
): readonly Way[] {
  const set = possible & admits;
  const free = set & ~must;
  const others = isOneMark(free) ? (free === 0 ? [] : [free]) : split(free);
  const ways = [
    ...split(set & must).map((one) => ({ covers: one, now: one, decided: false })),
    ...others.map((now) => ({ covers: 0, now, decided: false })),
  ];
  const required = possible & ~admits;
  if (required === 0 || (ways.length > 0 && count(decision) === 1 && (must & required) === 0)) return ways;
  const isDecided = count(decision) === 1;
  return [...ways, { covers: required, now: isDecided ? decision : required, decided: isDecided }];
}

function knownAs(state: State, at: number, id: number, way: Way, notes: boolean, facts: Facts): State {
  const group = withoutOne(state.groups[at]!, id, way, facts);
  const next = withGroup(withKnown(state, id, way.now), at, group);
  return notes && way.decided ? { ...next, decided: true } : next;
}

/** The group once it is known what a member of it turns out to be: it may be the one that a person has decided on. */
function withoutOne(group: GroupState, id: number, { covers, now }: Way, { analyses }: Facts): GroupState {
  if (group.running) return group;
  const isDecided = !analyses[id]!.liveness && (now & (bit.DECLINED | bit.SUCCESS)) !== 0;
  const spare = group.spare && (group.must & covers) !== 0;
  return { ...group, must: group.must & ~covers, spare, decidedOn: group.decidedOn && !isDecided };
}

/** The state in its canonical form, without anything unnamed where the constraint is complete. */
function closed(state: State, constraint: Constraint, facts: Facts): readonly State[] {
  const left = constraint.complete ? withoutUnnamed(state, constraint) : state;
  const next = left && normalForm(left, facts);
  return next ? [next] : [];
}

function withoutUnnamed(state: State, constraint: Constraint): State | undefined {
  const seen = new Set(constraint.seen.map(({ id }) => id));
  if (state.known.some((mark, id) => mark !== 0 && !seen.has(id))) return undefined;
  if (state.groups.some((group) => group.unnamed === unnamed.sure)) return undefined;
  const groups = state.groups.map((group) => ({ ...group, unnamed: unnamed.no }));
  return { ...state, groups, rest: nothingUnnamed };
}
