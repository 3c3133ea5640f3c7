import { bit, type ResolutionSet } from './resolution-set.ts';
import type { Ahead } from './constraint.ts';
import { choices, tooMany } from './post-choices.ts';
import { sizeOf } from './effort.ts';
import { seenTogether } from './seen-together.ts';
import { normalForm } from './normal-form.ts';
import { coversAround } from './subsumption.ts';
import { fatesBefore, outlineOf, type Fates } from './equivalence.ts';
import { decisions, settle, settlings } from './settle.ts';
import {
  isHidden,
  newGroup,
  posted,
  role,
  takesMore,
  unnamed,
  type Facts,
  type GroupState,
  type State,
} from './state.ts';

/**
 * Reachability: every state that some events can lead to before the next observation. Events that nothing could
 * ever tell apart from their absence are left out, and so are those that the next observation rules out: whoever is
 * seen running has not settled, and a complete list leaves no room for anything unnamed.
 */

/** A state and the readings under which it explains what was seen, one bit each. */
export interface Entry {
  readonly state: State;
  readonly readings: bigint;
}

/**
 * Visits everything reachable from `start` on the way to `constraint`. `look` is shown each state with its readings and
 * returns those under which nothing more has to happen: whatever an event makes of the state then can happen later.
 * Returns whether `limit` states ended the search before its time; so does `effort`, which says so itself.
 */
export function reachable(
  start: readonly Entry[],
  ahead: Ahead,
  look: (state: State, readings: bigint) => bigint,
  limit: number,
): boolean {
  const { facts, admits, effort } = ahead;
  const size = sizeOf(facts);
  const found = new Found(facts, fatesBefore(facts, admits));
  const queue: Visited[] = [];
  const visit = (state: State, readings: bigint, isLate: boolean): void => {
    if (!effort.spend(size)) return;
    const next = normalForm(state, facts);
    const added = next && found.add(next, readings, isLate);
    if (added) queue.push(added);
  };
  for (const { state, readings } of start) visit(state, readings, false);
  const beyond = start.some(({ state }) => triesTooMany(waitingIn(state, ahead), ahead));
  for (let step = 0; step < queue.length && !effort.isOver; step++) {
    const { state, readings, isLate } = queue[step]!;
    const open = readings & ~look(state, readings);
    if (open === 0n) continue;
    if (queue.length > limit) {
      for (const rest of queue.slice(step + 1)) {
        if (effort.isOver) break;
        look(rest.state, rest.readings);
      }
      return true;
    }
    for (const next of postings(state, ahead, isLate)) visit(next, open, isLate);
    if (mayAllSettle(state, ahead)) for (const next of settlings(state, ahead)) visit(next, open, true);
    for (const next of decisions(state, ahead)) visit(next, open, isLate);
  }
  return beyond;
}

/** A state on the way, which is `late` once something has settled: nothing that runs on is posted then any more. */
interface Visited {
  readonly state: State;
  readings: bigint;
  readonly isLate: boolean;
}

/** The states on the way, of those that go on alike only the widest. */
class Found {
  readonly #facts: Facts;
  readonly #fates: Fates;
  readonly #early = new Map<string, Visited[]>();
  readonly #late = new Map<string, Visited[]>();

  constructor(facts: Facts, fates: Fates) {
    this.#facts = facts;
    this.#fates = fates;
  }

  /** Adds a state, unless others stand for it; what is to be followed then. */
  add(state: State, readings: bigint, isLate: boolean): Visited | undefined {
    const outline = outlineOf(state, this.#facts, this.#fates);
    const early = this.#early.get(outline) ?? [];
    const alike = isLate ? (this.#late.get(outline) ?? []) : early;
    const wider = (isLate ? [...early, ...alike] : alike).filter((one) => coversAround(one.state, state));
    const open = wider.reduce((left, one) => left & ~one.readings, readings);
    if (open === 0n) return undefined;
    let known = wider.find((one) => one.isLate === isLate && coversAround(state, one.state));
    if (!known) {
      known = { state, readings: 0n, isLate };
      (isLate ? this.#late : this.#early).set(outline, [...alike, known]);
    }
    known.readings |= open;
    return known;
  }
}

/** The states that one event makes of `state`. */
export function successorsOf(state: State, ahead: Ahead): State[] {
  return [...postings(state, ahead, false), ...settlings(state, ahead), ...decisions(state, ahead)];
}

/** Of an undivided group not one part alone settles: what runs on is posted once more, late. */
const postings = (state: State, ahead: Ahead, isLate: boolean): State[] => [
  ...postNamed(state, ahead, isLate),
  ...(ahead.constraint.complete || (isLate && !ahead.rules.undivided) ? [] : postUnnamed(state, ahead)),
];

/**
 * Whether something may settle now: whatever has to be posted is posted before, as no field shows when; but for what
 * settles at once.
 */
function mayAllSettle(state: State, ahead: Ahead): boolean {
  const { facts, constraint } = ahead;
  return waitingIn(state, ahead).every((id) => {
    const { label } = facts.analyses[id]!;
    return settlesAtOnce(id, ahead) && (constraint.complete || (label >= 0 && facts.whole[label] === true));
  });
}

/** Whether an analysis has settled at the next constraint. */
const settlesAtOnce = (id: number, { admits }: Ahead): boolean =>
  ((admits.get(id) ?? bit.PROCESSING) & bit.PROCESSING) === 0;

/** Whether more analyses wait to be posted than all choices of are tried. */
function triesTooMany(waiting: readonly number[], { facts, admits, rules }: Ahead): boolean {
  const isUndivided =
    rules.undivided &&
    (rules.roles & role.applied) === 0 &&
    waiting.every((id) => facts.analyses[id]!.label < 0 || facts.whole[facts.analyses[id]!.label]);
  return !isUndivided && tooMany(waiting, facts, admits, rules);
}

/** The state in which `part` belongs to no group. */
function release(state: State, part: ResolutionSet): State {
  const groups = state.groups.map((group) =>
    (group.role & part) === 0 ? group : { ...group, role: group.role & ~part },
  );
  return { ...state, groups };
}

function postUnnamed(state: State, { rules }: Ahead): State[] {
  const part = rules.roles & role.applied;
  const isOneMore = (group: GroupState): boolean => (group.running && isHidden(group)) || takesMore(group);
  if (part === 0 && state.groups.some(isOneMore)) return [];
  const next = part === 0 ? state : { ...release(state, part), fresh: true };
  const group = { ...newGroup([], unnamed.sure, -1, part), undivided: rules.undivided && part === 0 };
  return [{ ...next, groups: [...next.groups, group] }];
}

/** Analyses that one POST sends, and those that others send just before. */
interface Posting {
  readonly ids: readonly number[];
  readonly before: readonly number[];
  /** Whether the first are left undivided as well. */
  readonly undivided: boolean;
}

function postNamed(state: State, ahead: Ahead, isLate: boolean): State[] {
  const { facts, rules } = ahead;
  const waiting = waitingIn(state, ahead);
  if (waiting.length === 0) return [];
  const tracked = (rules.roles & role.applied) !== 0;
  const out: State[] = [];
  for (const posting of postingsOf(waiting, ahead)) {
    if (!ahead.effort.spend(sizeOf(facts))) break;
    const { ids } = posting;
    const next = afterPosting(state, waiting, posting, ahead);
    if (next.apart && rules.jointly) continue;
    const at = next.groups.length - 1;
    const settlesAnyway =
      next.groups[at]!.unnamed === unnamed.no && ids.every((id) => settlesAtOnce(id, ahead));
    if (isLate && !settlesAnyway) continue;
    const parts = !tracked ? [0] : state.fresh ? [role.applied, 0] : [role.applied];
    for (const part of parts) {
      if (part === 0 && tracked && !settlesAnyway && !posting.undivided) continue;
      if (part !== 0 && posting.undivided && ids.length > 1) continue;
      const last = { ...next.groups[at]!, role: part, undivided: posting.undivided && part === 0 };
      const before = part === 0 ? next : { ...release(next, part), fresh: true };
      const after = { ...before, groups: before.groups.with(at, last) };
      // What was posted just before may settle first.
      const isFirst = posting.before.length === 0 || (rules.roles & role.settled) === 0;
      out.push(...(settlesAnyway && isFirst ? settle(after, at, ahead) : [after]));
    }
  }
  return out;
}

/** The state after a posting of some of the waiting analyses; the group of its last POST is the last. */
function afterPosting(
  state: State,
  waiting: readonly number[],
  { ids, before, undivided }: Posting,
  { facts, constraint }: Ahead,
): State {
  const label = ids.reduce((claimed, id) => Math.max(claimed, facts.analyses[id]!.label), -1);
  const closed = constraint.complete || (label >= 0 && facts.whole[label] === true);
  const chosen = new Set([...before, ...ids]);
  const isApart = (some: readonly number[]): boolean => {
    const own = new Set(some);
    return seenTogether(
      some,
      waiting.filter((id) => !own.has(id)),
      facts,
    );
  };
  const group = { ...newGroup(ids, closed ? unnamed.no : unnamed.maybe, label, 0), undivided };
  const earlier = { ...group, ids: before, undivided: true };
  return {
    ...state,
    apart: state.apart || isApart(ids),
    known: state.known.map((mark, id) => (chosen.has(id) ? posted : mark)),
    groups: [...state.groups, ...(before.length > 0 ? [earlier] : []), group],
  };
}

function* postingsOf(waiting: readonly number[], ahead: Ahead): Generator<Posting> {
  const { facts, rules, admits } = ahead;
  const { analyses, whole } = facts;
  const free = waiting.filter((id) => analyses[id]!.label < 0);
  const labels = [...new Set(waiting.map((id) => analyses[id]!.label))].filter((label) => label >= 0);
  if (!rules.undivided || !labels.every((label) => whole[label])) {
    for (const ids of choices(waiting, facts, admits, rules)) yield { ids, before: [], undivided: false };
    return;
  }
  for (const label of labels) {
    const ids = waiting.filter((id) => analyses[id]!.label === label);
    yield { ids, before: [], undivided: false };
  }
  if (free.length === 0) return;
  yield { ids: free, before: [], undivided: true };
  if ((rules.roles & role.applied) === 0 || free.length === 1) return;
  for (const ids of choices(free, facts, admits, rules)) {
    const chosen = new Set(ids);
    yield { ids, before: free.filter((id) => !chosen.has(id)), undivided: false };
  }
}

/** The named analyses that are not posted yet and that the next observation lets be posted. */
function waitingIn(state: State, { constraint, admits }: Ahead): readonly number[] {
  return state.known.flatMap((mark, id) =>
    mark === 0 && (!constraint.complete || admits.has(id)) ? [id] : [],
  );
}
