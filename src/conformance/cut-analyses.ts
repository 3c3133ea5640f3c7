import { anyResolution, bit, split, type Bits } from './bits.ts';
import { canonical } from './canonical.ts';
import { sizeOf, type Effort } from './effort.ts';
import type { Rules, Sight } from './sight.ts';
import {
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

/** What a cut before a sight has to know. */
interface Before {
  readonly facts: Facts;
  readonly rules: Rules;
  readonly effort: Effort;
}

/**
 * The states in which the analyses are as seen, a complete sight leaving no others: all of them, or some once
 * `effort` is over.
 */
export function cutByAnalyses(state: State, sight: Sight, facts: Facts, effort: Effort): readonly State[] {
  if (state.known.includes(0)) return [];
  return cutBySeen(state, sight.seen, facts, effort).flatMap((each) => closed(each, sight, facts));
}

/**
 * The states that can still come to be as seen: what has settled is as it will be seen, and nothing unnamed can go
 * away before a complete sight. All of them, or some once the effort is over.
 */
export function cutAhead(state: State, moment: Before & { readonly sight: Sight }): readonly State[] {
  const { sight, facts } = moment;
  return settledAsSeen(state, sight.seen, moment).flatMap((each) => closed(each, sight, facts));
}

/** The states in which those of `seen` that have settled are as they will be seen, unless an operator can decide first. */
export function settledAsSeen(
  state: State,
  seen: Sight['seen'],
  { facts, rules, effort }: Before,
): readonly State[] {
  const decidable = rules.decisions === 'refused' ? 0 : bit.OPERATOR_REQUIRED;
  const decided = bit.SUCCESS | bit.DECLINED;
  const running = new Set(state.groups.flatMap((group) => (group.running ? group.ids : [])));
  const settled = seen.flatMap(({ id, admits }) => {
    const mark = state.known[id]!;
    const open = mark === 0 || (mark === posted && running.has(id));
    return open ? [] : [{ id, admits: (admits & decided) === 0 ? admits : admits | decidable }];
  });
  return cutBySeen(state, settled, facts, effort);
}

function cutBySeen(state: State, seen: Sight['seen'], facts: Facts, effort: Effort): readonly State[] {
  const home = new Map(state.groups.flatMap((group, at) => group.ids.map((id) => [id, at] as const)));
  const known = [...state.known];
  const groups = [...state.groups];
  const branching: { at: number; id: number; options: readonly Bits[] }[] = [];
  for (const { id, admits } of seen) {
    const mark = known[id]!;
    if (mark !== posted) {
      if ((mark & admits) === 0) return [];
      continue;
    }
    const at = home.get(id)!;
    const group = groups[at]!;
    const possible = group.running ? anyResolution : mayHold(group, id, facts) | bit.SUCCESS;
    if (group.running ? (admits & bit.PROCESSING) !== 0 : (possible & ~admits) === 0) continue;
    const options = split(possible & admits);
    if (options.length === 0) return [];
    if (options.length > 1) branching.push({ at, id, options });
    else {
      known[id] = options[0]!;
      groups[at] = withoutOne(group, options[0]!);
    }
  }
  let states: State[] = [{ ...state, known, groups }];
  for (const { at, id, options } of branching) {
    states = states.flatMap((each) => options.map((one) => knownAs(each, at, id, one)));
    if (!effort.spend(states.length * sizeOf(facts))) states = states.slice(0, 1);
  }
  return states;
}

function knownAs(state: State, at: number, id: number, one: Bits): State {
  return withGroup(withKnown(state, id, one), at, withoutOne(state.groups[at]!, one));
}

/** The group once a member of it is known to have the resolution `one`. */
function withoutOne(group: GroupState, one: Bits): GroupState {
  if (group.running) return group;
  return { ...group, must: group.must & ~one, spare: group.spare && (group.must & one) !== 0 };
}

/** The state in its canonical form, without anything unnamed where the sight is complete. */
function closed(state: State, sight: Sight, facts: Facts): readonly State[] {
  const left = sight.complete ? withoutUnnamed(state, sight) : state;
  const next = left && canonical(left, facts);
  return next ? [next] : [];
}

function withoutUnnamed(state: State, sight: Sight): State | undefined {
  const seen = new Set(sight.seen.map(({ id }) => id));
  if (state.known.some((mark, id) => mark !== 0 && !seen.has(id))) return undefined;
  if (state.groups.some((group) => group.unnamed === unnamed.sure)) return undefined;
  const groups = state.groups.map((group) => ({ ...group, unnamed: unnamed.no }));
  return { ...state, groups, rest: nothingUnnamed };
}
