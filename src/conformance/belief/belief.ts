import { reachable, successorsOf, type Entry } from './successors.ts';
import { bit } from './resolution-set.ts';
import { placements } from './placements.ts';
import { filterAhead, filterByAnalyses } from './filter-by-analyses.ts';
import { filterByFields } from './filter-by-fields.ts';
import { sizeOf, type Effort } from './effort.ts';
import { readingsFor } from './laws.ts';
import type { ReadingClass } from './reading-classes.ts';
import type { Ahead, Constraint } from './constraint.ts';
import { normalForm, join } from './normal-form.ts';
import { mayBeDecided } from './settle.ts';
import { covers } from './subsumption.ts';
import { fatesBefore, prospectOf, skeletonOf } from './equivalence.ts';
import {
  hasGroups,
  isHidden,
  noAnalyses,
  role,
  unknownIn,
  unnamed,
  type Facts,
  type State,
} from './state.ts';

/**
 * The belief: every state that is still possible after what was seen so far, each with the readings under which it
 * is. It advances by reachability and is cut by the next constraint; an empty belief is a violation there.
 */
export interface Belief {
  readonly entries: readonly Entry[];
  /**
   * The readings under which a limit has kept explanations out, unless no folder can be as it was seen: that there is no
   * entry for one of them proves nothing.
   */
  readonly open: bigint;
}

/** More states than this are not searched in one step. */
export const maxStates = 4096;

/** More states than this are not believed at once. */
const maxEntries = 1024;

/** So many comparisons of two states take as long as one unit of effort. */
const comparisonsPerUnit = 32;

/** Of more hidden groups than this it is forgotten how many there have to be. */
export const maxHidden = 4;

/** The belief before anything is seen: the folder is empty, or has not been created. */
export function initialBelief(readingClass: ReadingClass): Belief {
  return { entries: [{ state: noAnalyses, readings: readingClass.all }], open: 0n };
}

/** What is seen, of what is known, and what the search for it may cost. */
type Moment = Omit<Ahead, 'admits'>;

/** The belief after `constraint`, as far as `effort` goes. */
export function after(before: Belief, moment: Moment, readingClass: ReadingClass): Belief {
  const { constraint, facts, effort } = moment;
  const ahead = { ...moment, admits: new Map(constraint.seen.map(({ id, admits }) => [id, admits])) };
  const fates = fatesBefore(facts, ahead.admits);
  const ofLaws = () => readingsFor(constraint, facts, moment.rules, readingClass);
  // Where all analyses are seen, laws are asked at once, and no reading is searched for that they exclude.
  const admitted = constraint.complete ? ofLaws() : readingClass.all;
  let start = before.entries
    .map(({ state, readings }) => ({ state, readings: readings & admitted }))
    .filter(({ readings }) => readings !== 0n)
    .flatMap(({ state, readings }) =>
      placements(state, ahead, fates)
        .flatMap((placed) => filterAhead(placed, ahead))
        .map((able) => ({ state: able, readings })),
    );
  const left: Remains = new Map();
  // Only a folder without analyses is INITIAL, and no event leads back to one.
  if (constraint.status === 'INITIAL' || constraint.system === 'INITIAL') {
    start = start.filter(({ state }) => constraint.seen.length === 0 && !hasGroups(state));
  }
  const look = (state: State, readings: bigint): bigint => {
    const goesOn =
      constraint.complete || mustSettle(state, ahead) || endsHere(state, ahead) || mayBeDecided(state, ahead);
    let satisfied = goesOn ? 0n : readings;
    const cuts = filterByAnalyses(state, constraint, facts, effort);
    if (cuts.length === 0) return 0n;
    for (const seen of cuts) {
      let unchanged = 0n;
      filterByFields(seen, readings, ahead, readingClass, (remains, mask) => {
        keep(left, remains, mask, facts);
        if (remains === seen || prospectOf(remains, facts) === prospectOf(seen, facts)) unchanged |= mask;
      });
      satisfied &= unchanged;
    }
    return satisfied;
  };
  const limited = reachable(start, ahead, look, maxStates);
  const all = merged([...left.values()], facts);
  const some = comparable(all, effort);
  const entries = sources(widest(some), ahead);
  const isCut = limited || effort.isPartial || some.length < all.length || entries.length > maxEntries;
  const open = isCut ? readingsIn(before) : before.open;
  const lawful = open === 0n ? open : open & ofLaws();
  return { entries: entries.slice(0, maxEntries), open: lawful };
}

/** The readings that may explain what was seen. */
function readingsIn({ entries, open }: Belief): bigint {
  return entries.reduce((set, { readings }) => set | readings, open);
}

/** A belief of the beginning under the readings that may explain what was seen. */
export function forgotten(belief: Belief): Belief {
  const readings = readingsIn(belief);
  return { entries: readings === 0n ? [] : [{ state: noAnalyses, readings }], open: 0n };
}

/** What is left of a belief without a search: the readings under which a folder can be as it is seen. */
export function unsearchedAfter(
  belief: Belief,
  { constraint, facts, rules }: Omit<Moment, 'effort'>,
  readingClass: ReadingClass,
): Belief {
  return { entries: [], open: readingsIn(belief) & readingsFor(constraint, facts, rules, readingClass) };
}

/** The belief with every state possible under all readings again. */
export function readmitted({ entries, open }: Belief, facts: Facts, readingClass: ReadingClass): Belief {
  const left: Remains = new Map();
  for (const { state } of entries) keep(left, state, readingClass.all, facts);
  return { entries: widest([...left.values()]), open: open === 0n ? open : readingClass.all };
}

/** The belief of which each part is believed in one of some beliefs. */
export function united(beliefs: readonly Belief[], facts: Facts): Belief {
  const left: Remains = new Map();
  for (const { state, readings } of beliefs.flatMap(({ entries }) => entries))
    keep(left, state, readings, facts);
  const all = [...left.values()];
  const isCut = all.length > maxEntries;
  const open = beliefs.reduce((set, belief) => set | (isCut ? readingsIn(belief) : belief.open), 0n);
  return { entries: widest(all.slice(0, maxEntries)), open };
}

/**
 * Whether a group can run on only by members that nobody named: it may have to settle instead. Where one of these has
 * failed, a named one may be what ran then.
 */
function mustSettle(state: State, { admits }: Ahead): boolean {
  return state.groups.some((group) => {
    const unknown = unknownIn(state, group);
    const mayEnd = group.unnamed === unnamed.maybe || (group.must !== 0 && unknown.length > 0);
    return (
      group.running &&
      mayEnd &&
      unknown.every((id) => ((admits.get(id) ?? bit.PROCESSING) & bit.PROCESSING) === 0)
    );
  });
}

/**
 * Whether a member of an undivided group is seen settled that was not before, and nothing is seen that runs: it may be
 * the last of all.
 */
function endsHere(state: State, { constraint, admits, rules }: Ahead): boolean {
  if ((rules.roles & role.settled) === 0 || showsRunning(constraint)) return false;
  return state.groups.some(
    (group) =>
      group.undivided &&
      group.running &&
      unknownIn(state, group).some((id) => ((admits.get(id) ?? bit.PROCESSING) & bit.PROCESSING) === 0),
  );
}

const showsRunning = ({ status, system, seen }: Constraint): boolean =>
  status === 'PROCESSING' || system === 'PROCESSING' || seen.some(({ admits }) => admits === bit.PROCESSING);

type Remains = Map<string, { state: State; readings: bigint }>;

function keep(left: Remains, state: State, readings: bigint, facts: Facts): void {
  const settled = bounded(state.fresh ? { ...state, fresh: false } : state);
  const key = prospectOf(settled, facts);
  const known = left.get(key);
  if (known) known.readings |= readings;
  else left.set(key, { state: settled, readings });
}

/** The state with so many hidden groups that beliefs stay finite: there may have to be more than it says. */
function bounded(state: State): State {
  const hidden = state.groups.filter(isHidden);
  if (hidden.length <= maxHidden) return state;
  const settled = hidden.find(({ running }) => !running);
  // What runs has no more than two kinds.
  const dropped = settled ?? hidden.find((group, at) => group.must === hidden[at + 1]?.must)!;
  const groups = state.groups.filter((group) => group !== dropped);
  return bounded({ ...state, groups, rest: settled ? join(state.rest, settled) : state.rest });
}

/** As many entries as there is effort left for comparing them with each other, or so few that it hardly matters. */
function comparable(entries: readonly Entry[], effort: Effort): readonly Entry[] {
  if (entries.length <= maxEntries) return entries;
  const some = entries.slice(0, maxStates);
  const cost = byShape(some).reduce(
    (sum, { length }) => sum + Math.ceil(length ** 2 / comparisonsPerUnit),
    0,
  );
  if (cost > effort.left) return entries.slice(0, maxEntries);
  effort.spend(cost);
  return some;
}

function byShape(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const shapes = new Map<string, Entry[]>();
  for (const entry of entries) {
    const shape = skeletonOf(entry.state);
    const alike = shapes.get(shape) ?? [];
    if (alike.length === 0) shapes.set(shape, alike);
    alike.push(entry);
  }
  return [...shapes.values()];
}

/** The entries that no other entry covers. */
function widest(entries: readonly Entry[]): readonly Entry[] {
  return byShape(entries).flatMap((alike) =>
    alike.filter(
      (narrow, at) =>
        !alike.some(
          (wide, other) =>
            other !== at &&
            (narrow.readings & ~wide.readings) === 0n &&
            covers(wide.state, narrow.state) &&
            (other < at || narrow.readings !== wide.readings || !covers(narrow.state, wide.state)),
        ),
    ),
  );
}

/** Entries that differ only in whether something unnamed has settled before are one. */
function merged(entries: readonly Entry[], facts: Facts): readonly Entry[] {
  const prospects = new Map(entries.map((entry) => [prospectOf(entry.state, facts), entry]));
  return entries.map((entry) => {
    const { state, readings } = entry;
    const extra = state.groups.find(
      (group) => isHidden(group) && !group.running && group.must === 0 && !group.spare && !group.decidedOn,
    );
    if (!extra) return entry;
    const bare = { ...state, groups: state.groups.filter((group) => group !== extra) };
    const without = hasGroups(bare) && prospects.get(prospectOf(bare, facts));
    const both = without && (readings & ~without.readings) === 0n;
    return both ? { ...entry, state: { ...bare, rest: join(bare.rest, extra) } } : entry;
  });
}

/**
 * The entries from which events lead to all others: what can still happen later need not be remembered. Entries are
 * left as they are where that takes more effort than is left.
 */
function sources(entries: readonly Entry[], { facts, rules, effort }: Ahead): readonly Entry[] {
  if (entries.length < 2) return entries;
  const constraint: Constraint = { status: undefined, system: undefined, seen: [], complete: false };
  const ahead: Ahead = { constraint, facts, rules, admits: new Map(), effort };
  const shapes = new Map<string, number[]>();
  entries.forEach(({ state }, at) => {
    const shape = skeletonOf(state);
    shapes.set(shape, [...(shapes.get(shape) ?? []), at]);
  });
  const dropped = new Set<number>();
  entries.forEach((source, first) => {
    if (dropped.has(first)) return;
    const stack = [source.state];
    const seen = new Set<string>();
    while (stack.length > 0 && !effort.isOver) {
      for (const step of successorsOf(stack.pop()!, ahead)) {
        effort.spend(sizeOf(facts));
        const next = normalForm({ ...step, fresh: false }, facts);
        const prospect = next && prospectOf(next, facts);
        if (!prospect || seen.has(prospect)) continue;
        seen.add(prospect);
        for (const at of shapes.get(skeletonOf(next)) ?? []) {
          const other = entries[at]!;
          if (at === first || dropped.has(at)) continue;
          if ((other.readings & ~source.readings) !== 0n || !covers(next, other.state)) continue;
          dropped.add(at);
          stack.push(next);
        }
      }
    }
  });
  return entries.filter((_, at) => !dropped.has(at));
}
