import { resultFailsFirst, resultWaits, type Reading } from '../../../machines/readings.ts';
import type { FolderStatus, SystemResolution } from '../../../machines/statuses.ts';
import { bit, worseThan, type ResolutionSet } from './resolution-set.ts';
import { sizeOf, type Effort } from './effort.ts';
import type { Constraint } from './constraint.ts';
import { finishedRole, type ReadingClass } from './reading-classes.ts';
import { normalForm } from './normal-form.ts';
import {
  certain,
  hasGroups,
  idsInRest,
  knownIn,
  knownInRest,
  posted,
  role,
  runs,
  settledGroup,
  unknownIn,
  unnamed,
  withGroup,
  withKnown,
  type Facts,
  type Rest,
  type State,
} from './state.ts';

/**
 * Cutting a state by what was seen of the folder: the states that remain, none if it cannot have been so. Together they stand for
 * exactly those folders of the state in which the fields were as seen.
 */

/** What a cut by a field has to know beside the state. */
interface Moment {
  readonly facts: Facts;
  /** The resolutions that were seen of each analysis at the same moment. */
  readonly admits: ReadonlyMap<number, ResolutionSet>;
  readonly effort: Effort;
}

/** Shows `remains` each state in which the fields are as seen, with the readings under which they are. */
export function filterByFields(
  state: State,
  readings: bigint,
  moment: Moment & { readonly constraint: Constraint },
  readingClass: ReadingClass,
  remains: (state: State, readings: bigint) => void,
): void {
  const { status, system } = moment.constraint;
  const size = sizeOf(moment.facts);
  for (const bySystem of system ? readingClass.bySystem : [readingClass.any]) {
    const admitted = readings & bySystem.mask;
    if (admitted === 0n) continue;
    for (const one of system ? cutBySystem(state, system, bySystem.reading, moment) : [state]) {
      for (const byStatus of status ? readingClass.byStatus : [readingClass.any]) {
        const mask = admitted & byStatus.mask;
        if (mask === 0n) continue;
        const cut = status ? cutByStatus(one, status, byStatus.reading, moment) : [one];
        // What runs may have failed, so that a state cannot remember that it has not: whether it shows is asked again.
        const asksAgain = system === 'PROCESSING' && status === 'FAILED';
        const left = asksAgain
          ? cut.flatMap((two) => cutBySystem(two, system, bySystem.reading, moment))
          : cut;
        moment.effort.spend(left.length * size);
        for (const two of left) remains(two, mask);
      }
    }
  }
}

/** Where the analyses are that a field looks at: the groups with a part, or everything. */
type Scope = ResolutionSet | 'everything';

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
    if (scopeRuns(state, scope)) return cutByRunning(state, scope, value, reading, moment);
    return value === 'PROCESSING' ? [] : cutByWorst(state, scope, value, reading, moment);
  };
  switch (reading['result-scope']) {
    case 'all-analyses':
      return worstIs('everything');
    case 'last-applied-group':
      return worstIs(resultWaits(reading) && runs(state) ? 'everything' : role.applied);
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
  const finished = finishedRole(reading);
  const hasFinished = groupsIn(state, finished).length > 0;
  const decides = hasFinished ? finished : role.settled;
  if (runs(state)) {
    const held = reading['result-while-running'] === 'hold' && hasFinished;
    if (!held) return cutByRunning(state, 'everything', value, reading, moment);
    return value === 'PROCESSING' ? [] : cutByWorst(state, finished, value, reading, moment);
  }
  if (value === 'PROCESSING') return [];
  if (finishes !== 'folder-fails') return cutByWorst(state, decides, value, reading, moment);
  if (value === 'FAILED') return requireOne(state, 'everything', bit.FAILED, moment);
  return forbid(state, 'everything', bit.FAILED, moment).flatMap((without) =>
    cutByWorst(without, decides, value, reading, moment),
  );
}

/** The states in which the result is `value` while an analysis of the scope that decides it runs. */
function cutByRunning(
  state: State,
  scope: Scope,
  value: SystemResolution,
  reading: Reading,
  moment: Moment,
): readonly State[] {
  const failedFirst = resultFailsFirst(reading);
  if (value === 'FAILED') return failedFirst ? requireOne(state, scope, bit.FAILED, moment) : [];
  if (value !== 'PROCESSING') return [];
  return failedFirst ? forbid(state, scope, bit.FAILED, moment) : [state];
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
  return groupsIn(state, scope).some((at) => state.groups[at]!.running);
}

/** The states in which no analysis of the scope has one of `bad`. */
function forbid(state: State, scope: Scope, bad: ResolutionSet, moment: Moment): readonly State[] {
  if (bad === 0) return [state];
  if (scope === 'everything' && (knownInRest(state) & bad) !== 0) return [];
  const groups = [...state.groups];
  for (const at of groupsIn(state, scope)) {
    const group = groups[at]!;
    if (((knownIn(state, group) | group.must) & bad) !== 0) return [];
    // What runs has nothing to lose yet: it may still fail later.
    if (!group.running) groups[at] = clear(group, bad);
  }
  const rest = scope === 'everything' ? clear(state.rest, bad) : state.rest;
  const open = uncertainIn(state, scope);
  const known = open.length === 0 ? state.known : [...state.known];
  for (const id of open) (known as number[])[id] = known[id]! & ~bad;
  if (open.some((id) => known[id] === 0)) return [];
  const next = normalForm({ ...state, known, groups, rest }, moment.facts);
  return next ? [next] : [];
}

/** The analyses of the scope that have settled, and of which it is not known with what. */
function uncertainIn(state: State, scope: Scope): readonly number[] {
  const grouped = groupsIn(state, scope).flatMap((at) => state.groups[at]!.ids);
  const ids = scope === 'everything' ? [...grouped, ...idsInRest(state)] : grouped;
  return ids.filter((id) => state.known[id] !== posted && certain(state.known[id]!) === 0);
}

function clear<Part extends Pick<Rest, 'may' | 'mayLiveness'>>(part: Part, bad: ResolutionSet): Part {
  return { ...part, may: part.may & ~bad, mayLiveness: part.mayLiveness & ~bad };
}

/** The states in which some analysis of the scope has the resolution `one`: a state for each way to have it. */
function requireOne(state: State, scope: Scope, one: ResolutionSet, moment: Moment): readonly State[] {
  const { rest } = state;
  const held = scope === 'everything' ? knownInRest(state) : 0;
  const groups = groupsIn(state, scope);
  const present = groups.reduce((set, at) => {
    const group = state.groups[at]!;
    return set | group.must | knownIn(state, group);
  }, held);
  if ((present & one) !== 0) return [state];
  const ways: State[] = groups.flatMap((at) => waysToHold(state, at, one, moment));
  for (const id of uncertainIn(state, scope)) {
    if ((state.known[id]! & one) !== 0) ways.push(withKnown(state, id, one));
  }
  if (scope === 'everything' && rest.open && (rest.may & one) !== 0) {
    ways.push({ ...state, groups: [...state.groups, { ...settledGroup(rest), must: one }] });
  }
  return ways.flatMap((way) => normalForm(way, moment.facts) ?? []);
}

function waysToHold(state: State, at: number, one: ResolutionSet, { admits }: Moment): State[] {
  const group = state.groups[at]!;
  if (!group.running) {
    // It may be the spare one.
    const held = { ...group, must: group.must | one, spare: false };
    return (group.may & one) === 0 ? [] : [withGroup(state, at, held)];
  }
  // While a group runs only a failure can show: of one named member or of an unnamed one.
  if (one !== bit.FAILED) return [];
  const free = unknownIn(state, group).filter((id) => ((admits.get(id) ?? one) & one) !== 0);
  const named = free.map((id) => withKnown(state, id, bit.FAILED));
  if (group.unnamed === unnamed.no) return named;
  return [...named, withGroup(state, at, { ...group, must: group.must | one, unnamed: unnamed.sure })];
}
