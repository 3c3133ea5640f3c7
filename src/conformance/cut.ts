import type { FolderStatus, Reading, SystemResolution } from '../../machines/index.ts';
import { anyResolution, bit, split, worseThan, type Bits } from './bits.ts';
import { sizeOf, type Effort } from './effort.ts';
import type { Rules, Sight } from './sight.ts';
import type { Variants } from './variants.ts';
import {
  canonical,
  hasGroups,
  knownIn,
  knownInRest,
  mayHold,
  nothingUnnamed,
  posted,
  role,
  runs,
  unknownIn,
  unnamed,
  withGroup,
  withKnown,
  type Facts,
  type GroupState,
  type Rest,
  type State,
} from './state.ts';

/**
 * Cutting a state by what was seen: the states that remain, none if it cannot have been so. Together they stand for
 * exactly those folders of the state in which the fields and the analyses were as seen.
 */

/** What a cut by a field has to know beside the state. */
interface Moment {
  readonly facts: Facts;
  /** The resolutions that were seen of each analysis at the same moment. */
  readonly admits: ReadonlyMap<number, Bits>;
  readonly effort: Effort;
}

/** Shows `remains` each state in which the fields are as seen, with the readings under which they are. */
export function cutByFields(
  state: State,
  readings: bigint,
  moment: Moment & { readonly sight: Sight },
  variants: Variants,
  remains: (state: State, readings: bigint) => void,
): void {
  const { status, system } = moment.sight;
  const size = sizeOf(moment.facts);
  for (const bySystem of system ? variants.bySystem : [variants.any]) {
    const admitted = readings & bySystem.mask;
    if (admitted === 0n) continue;
    for (const one of system ? cutBySystem(state, system, bySystem.reading, moment) : [state]) {
      for (const byStatus of status ? variants.byStatus : [variants.any]) {
        const mask = admitted & byStatus.mask;
        if (mask === 0n) continue;
        const left = status ? cutByStatus(one, status, byStatus.reading, moment) : [one];
        moment.effort.spend(left.length * size);
        for (const two of left) remains(two, mask);
      }
    }
  }
}

/** Where the analyses are that a field looks at: the groups with a part, or everything. */
type Scope = Bits | 'everything';

const groupsIn = (state: State, scope: Scope): readonly number[] =>
  state.groups.flatMap((group, at) => (scope === 'everything' || (group.role & scope) !== 0 ? [at] : []));

/** The states in which `system_resolution` is `value` under `reading`. */
function cutBySystem(
  state: State,
  value: SystemResolution,
  reading: Reading,
  moment: Moment,
): readonly State[] {
  if (value === 'INITIAL' || !hasGroups(state))
    return value === 'INITIAL' && !hasGroups(state) ? [state] : [];
  const worstIs = (scope: Scope): readonly State[] => {
    if (scopeRuns(state, scope)) return value === 'PROCESSING' ? [state] : [];
    return value === 'PROCESSING' ? [] : cutByWorst(state, scope, value, reading, moment);
  };
  switch (reading['result-scope']) {
    case 'all-analyses':
      return worstIs('everything');
    case 'last-applied-group':
      return worstIs(role.applied);
    case 'last-finished-group':
      return cutByLastFinished(state, value, reading, moment);
  }
}

function cutByLastFinished(
  state: State,
  value: Exclude<SystemResolution, 'INITIAL'>,
  reading: Reading,
  moment: Moment,
): readonly State[] {
  const finishes = reading['failed-group-finishes'];
  const finished = finishes === 'yes' ? role.settled : role.finished;
  const hasFinished = groupsIn(state, finished).length > 0;
  const decides = hasFinished ? finished : role.settled;
  if (runs(state)) {
    const held = reading['result-while-running'] === 'hold' && hasFinished;
    if (value === 'PROCESSING') return held ? [] : [state];
    return held ? cutByWorst(state, finished, value, reading, moment) : [];
  }
  if (value === 'PROCESSING') return [];
  if (finishes !== 'folder-fails') return cutByWorst(state, decides, value, reading, moment);
  if (value === 'FAILED') return requireOne(state, 'everything', bit.FAILED, moment);
  return forbid(state, 'everything', bit.FAILED, moment).flatMap((without) =>
    cutByWorst(without, decides, value, reading, moment),
  );
}

function cutByWorst(
  state: State,
  scope: Scope,
  value: Exclude<SystemResolution, 'INITIAL' | 'PROCESSING'>,
  reading: Reading,
  moment: Moment,
): readonly State[] {
  if (groupsIn(state, scope).length === 0 && scope !== 'everything') return [];
  const without = forbid(state, scope, worseThan(value, reading), moment);
  return value === 'SUCCESS'
    ? without
    : without.flatMap((each) => requireOne(each, scope, bit[value], moment));
}

/** The states in which `folder.resolution_status` is `value` under `reading`. */
function cutByStatus(state: State, value: FolderStatus, reading: Reading, moment: Moment): readonly State[] {
  if (value === 'INITIAL' || !hasGroups(state))
    return value === 'INITIAL' && !hasGroups(state) ? [state] : [];
  const scope = statusScope(state, reading);
  const running = scopeRuns(state, scope);
  const failedFirst = reading['status-precedence'] === 'failed-first';
  if (value === 'FAILED') {
    return running && !failedFirst ? [] : requireOne(state, scope, bit.FAILED, moment);
  }
  if (running !== (value === 'PROCESSING')) return [];
  return running && !failedFirst ? [state] : forbid(state, scope, bit.FAILED, moment);
}

function statusScope(state: State, reading: Reading): Scope {
  switch (reading['status-scope']) {
    case 'all-analyses':
      return 'everything';
    case 'last-applied-group':
      return role.applied;
    case 'last-settled-group':
      return runs(state) ? 'everything' : role.settled;
  }
}

function scopeRuns(state: State, scope: Scope): boolean {
  const pooled = scope === 'everything' && state.pool > 0;
  return pooled || groupsIn(state, scope).some((at) => state.groups[at]!.running);
}

/** The states in which no analysis of the scope has one of `bad`. */
function forbid(state: State, scope: Scope, bad: Bits, moment: Moment): readonly State[] {
  if (bad === 0) return [state];
  if (scope === 'everything') {
    if (((knownInRest(state) | state.rest.must) & bad) !== 0) return [];
    if (state.pool === 2 && (bad & bit.FAILED) !== 0) return [];
  }
  const groups = [...state.groups];
  for (const at of groupsIn(state, scope)) {
    const group = groups[at]!;
    if (((knownIn(state, group) | group.must) & bad) !== 0) return [];
    // What runs has nothing to lose yet: it may still fail later.
    if (!group.running) groups[at] = clear(group, bad);
  }
  const rest = scope === 'everything' ? clear(state.rest, bad) : state.rest;
  const next = canonical({ ...state, groups, rest }, moment.facts);
  return next ? [next] : [];
}

function clear<Part extends Rest>(part: Part, bad: Bits): Part {
  return { ...part, may: part.may & ~bad, mayLiveness: part.mayLiveness & ~bad };
}

/** The states in which some analysis of the scope has the resolution `one`: a state for each way to have it. */
function requireOne(state: State, scope: Scope, one: Bits, moment: Moment): readonly State[] {
  const { rest, pool } = state;
  const held = scope === 'everything' ? knownInRest(state) | rest.must | (pool === 2 ? bit.FAILED : 0) : 0;
  const groups = groupsIn(state, scope);
  const present = groups.reduce((set, at) => {
    const group = state.groups[at]!;
    return set | group.must | knownIn(state, group);
  }, held);
  if ((present & one) !== 0) return [state];
  const ways: State[] = groups.flatMap((at) => waysToHold(state, at, one, moment));
  if (scope === 'everything') {
    if ((rest.may & one) !== 0 && rest.unnamed !== unnamed.no) {
      ways.push({ ...state, rest: { ...rest, must: rest.must | one, unnamed: unnamed.sure } });
    }
    if (pool === 1 && one === bit.FAILED) ways.push({ ...state, pool: 2 });
  }
  return ways.flatMap((way) => canonical(way, moment.facts) ?? []);
}

function waysToHold(state: State, at: number, one: Bits, { admits }: Moment): State[] {
  const group = state.groups[at]!;
  if (!group.running) {
    return (group.may & one) === 0 ? [] : [withGroup(state, at, { ...group, must: group.must | one })];
  }
  // While a group runs only a failure can show: of one named member or of an unnamed one.
  if (one !== bit.FAILED) return [];
  const free = unknownIn(state, group).filter((id) => ((admits.get(id) ?? one) & one) !== 0);
  const named = free.map((id) => withKnown(state, id, bit.FAILED));
  if (group.unnamed === unnamed.no) return named;
  return [...named, withGroup(state, at, { ...group, must: group.must | one, unnamed: unnamed.sure })];
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

/** What a cut before a sight has to know. */
interface Before extends Moment {
  readonly rules: Rules;
}

/** The states in which those of `seen` that have settled are as they will be seen, unless an operator can decide first. */
export function settledAsSeen(
  state: State,
  seen: Sight['seen'],
  { facts, rules, effort }: Omit<Before, 'admits'>,
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
  if (state.pool > 0 || state.rest.unnamed === unnamed.sure) return undefined;
  if (state.known.some((mark, id) => mark !== 0 && !seen.has(id))) return undefined;
  if (state.groups.some((group) => group.unnamed === unnamed.sure)) return undefined;
  const groups = state.groups.map((group) => ({ ...group, unnamed: unnamed.no }));
  return { ...state, groups, rest: nothingUnnamed };
}
