import { anyBad, bit, count, type Bits } from './bits.ts';

/**
 * A state of the belief: what one explanation of a recording says of a folder, told no finer than any later
 * observation can ask. It stands for every folder of the model that fits it.
 *
 * Three things keep it small and exact for folders of any size. Analyses that were not seen to settle have no
 * resolution of their own; their group says what they hold among them. Settled groups that no field depends on any
 * more are merged into `rest`. Analyses and groups that the recording never names are counted as none or some.
 */
export interface State {
  /** By analysis: 0 not posted yet, `posted` without a known resolution, or the bit of its resolution. */
  readonly known: readonly number[];
  readonly groups: readonly GroupState[];
  readonly rest: Rest;
  /** Running groups without a named analysis, other than the one applied last: none, some, some with a failure. */
  readonly pool: 0 | 1 | 2;
  /** Analyses first seen together are in different groups. */
  readonly apart: boolean;
  /** The explanation needs an operator's decision. */
  readonly decided: boolean;
  /** The group applied last was posted since the last observation. */
  readonly fresh: boolean;
}

/** Whether a group holds analyses that the recording never names. */
export const unnamed = { no: 0, maybe: 1, sure: 2 } as const;
/** One of `unnamed`. */
export type Unnamed = (typeof unnamed)[keyof typeof unnamed];

/** The mark of an analysis that was posted and whose resolution is not known. */
export const posted = 64;

/** One group of a state. Sets speak of the members without a known resolution, named or not. */
export interface GroupState {
  /** The named members, ascending. */
  readonly ids: readonly number[];
  readonly unnamed: Unnamed;
  readonly running: boolean;
  /** Bad resolutions that are among those members for certain; of a running group only an unnamed FAILED. */
  readonly must: Bits;
  /** Bad resolutions that may be among them, once settled; SUCCESS always may. */
  readonly may: Bits;
  /** The same for the liveness analyses among them. */
  readonly mayLiveness: Bits;
  /** Whether there is one more of those members than `must` needs. */
  readonly spare: boolean;
  /** The claimed identity of the group, -1 without one. */
  readonly label: number;
  readonly role: Bits;
}

/** The part that a group plays for the fields of the folder, one bit each. */
export const role = { applied: 1, settled: 2, finished: 4 } as const;

/** What the settled groups without a part hold beyond their named analyses with known resolutions. */
export interface Rest {
  readonly unnamed: Unnamed;
  readonly must: Bits;
  readonly may: Bits;
  readonly mayLiveness: Bits;
  readonly spare: boolean;
}

/** A rest without unnamed analyses. */
export const nothingUnnamed: Rest = { unnamed: unnamed.no, must: 0, may: 0, mayLiveness: 0, spare: false };

/** What is known of a named analysis whatever the state. */
export interface AnalysisFacts {
  readonly liveness: boolean;
  /** The claimed group, -1 without a claim. */
  readonly label: number;
  /** Analyses with the same number were first seen together. */
  readonly batch: number;
}

/** What is known of the named analyses and groups of a folder. */
export interface Facts {
  readonly analyses: readonly AnalysisFacts[];
  /** By label: whether the named members are the whole group. */
  readonly whole: readonly boolean[];
}

/** A folder without analyses. */
export const noAnalyses: State = {
  known: [],
  groups: [],
  rest: nothingUnnamed,
  pool: 0,
  apart: false,
  decided: false,
  fresh: false,
};

/** Whether any analysis of the state runs. */
export function runs(state: State): boolean {
  return state.pool > 0 || state.groups.some((group) => group.running);
}

/** Whether the state has a group at all. */
export function hasGroups(state: State): boolean {
  const { known, groups, rest, pool } = state;
  return groups.length > 0 || pool > 0 || rest.unnamed === unnamed.sure || known.some((mark) => mark !== 0);
}

/** The known resolutions among the named members of a group. */
export function knownIn(state: State, group: GroupState): Bits {
  return group.ids.reduce((set, id) => set | (state.known[id]! & ~posted), 0);
}

/** The named members of a group without a known resolution. */
export function unknownIn(state: State, group: GroupState): readonly number[] {
  return group.ids.filter((id) => state.known[id] === posted);
}

/** The known resolutions of analyses that are in no group of the state: those of the rest. */
export function knownInRest(state: State): Bits {
  const grouped = new Set(state.groups.flatMap((group) => group.ids));
  return state.known.reduce((set, mark, id) => (mark === 0 || grouped.has(id) ? set : set | mark), 0);
}

/** The state with group `at` replaced by `group`, or without it. */
export function withGroup(state: State, at: number, group: GroupState | undefined): State {
  const groups = group ? state.groups.with(at, group) : state.groups.toSpliced(at, 1);
  return { ...state, groups };
}

/** The state with what is known of analysis `id` replaced. */
export function withKnown(state: State, id: number, mark: number): State {
  return { ...state, known: state.known.with(id, mark) };
}

/**
 * The state in its one canonical form, or undefined where a group cannot hold what it must.
 *
 * A group that cannot hold it in its named members has unnamed ones for certain; a member whose resolution is
 * forced is known; a settled group without a part and without unknown members joins the rest.
 */
export function canonical(state: State, facts: Facts): State | undefined {
  let known = state.known as number[];
  let rest = state.rest;
  const groups: GroupState[] = [];
  for (const before of state.groups) {
    const group = feasible(before, known, facts);
    if (!group) return undefined;
    const unknown = group.ids.filter((id) => known[id] === posted);
    if (group.running) {
      groups.push(group);
      continue;
    }
    const forced = unknown.filter((id) => mayHold(group, id, facts) === 0);
    if (forced.length > 0 && known === state.known) known = [...known];
    for (const id of forced) known[id] = bit.SUCCESS;
    const named = group.label >= 0 && group.unnamed !== unnamed.no;
    const left = forced.length > 0 ? { ...group, spare: false } : group;
    if (group.role === 0 && unknown.length === forced.length && !named) rest = join(rest, left);
    else groups.push(left);
  }
  return { ...state, known, rest, groups: inOrder(groups, known) };
}

/** The bad resolutions that named member `id` of a settled group may have. */
export function mayHold(group: GroupState, id: number, facts: Facts): Bits {
  return facts.analyses[id]!.liveness ? group.mayLiveness : group.may;
}

function feasible(group: GroupState, known: readonly number[], facts: Facts): GroupState | undefined {
  const unknown = group.ids.filter((id) => known[id] === posted);
  if ((group.must & ~group.may) !== 0) return undefined;
  const others = unknown.filter((id) => !facts.analyses[id]!.liveness);
  const fits = group.running
    ? unknown.length > 0 && group.must === 0
    : count(group.must) + (group.spare ? 1 : 0) <= unknown.length &&
      count(group.must & ~group.mayLiveness) <= others.length;
  if (fits && group.ids.length > 0) return group;
  if (group.unnamed === unnamed.no) return undefined;
  return group.unnamed === unnamed.sure ? group : { ...group, unnamed: unnamed.sure };
}

function join(rest: Rest, group: GroupState): Rest {
  if (group.unnamed === unnamed.no) return rest;
  return {
    unnamed: Math.max(rest.unnamed, group.unnamed) as Unnamed,
    must: rest.must | group.must,
    may: rest.may | group.may,
    mayLiveness: rest.mayLiveness | group.mayLiveness,
    spare: rest.spare || group.spare,
  };
}

/** Groups that hold alike stand in the same order, whoever is in them. */
function inOrder(groups: GroupState[], known: readonly number[]): readonly GroupState[] {
  if (groups.length < 2) return groups;
  const keyed = groups.map((group) => ({ group, key: `${gistOfGroup(group, known)}#${group.ids.join(',')}` }));
  return keyed.toSorted((a, b) => (a.key < b.key ? -1 : 1)).map(({ group }) => group);
}

/** Resolutions that no event changes any more. */
const lasting: Bits = bit.FAILED | bit.DECLINED | bit.SUCCESS;

/** What the next sight says of an analysis, by its number: the resolution that it has then and for ever, else 0. */
export type Fates = readonly Bits[];

const noFates: Fates = [];

/** The fates before a sight that admits so much; what claims a group has none. */
export function fatesBefore({ analyses }: Facts, admits: ReadonlyMap<number, Bits>): Fates {
  return analyses.map(({ label }, id) => {
    const admitted = admits.get(id) ?? 0;
    const isOne = (admitted & (admitted - 1)) === 0;
    return label < 0 && isOne ? admitted & lasting : 0;
  });
}

/** The members of a group; of those that are or will be as they stay only the resolutions, not which has which. */
function membersOf({ ids, label }: Pick<GroupState, 'ids' | 'label'>, known: readonly number[], fates: Fates): string {
  // The number of its members tells whether a group with a label can be whole.
  if (label >= 0) return ids.join(',');
  let told = '';
  let [held, due, undecided] = [0, 0, 0];
  for (const id of ids) {
    const mark = known[id]!;
    const fate = fates[id] || mark & lasting;
    if (fate === mark) held |= fate;
    else if (fate !== 0 && mark === posted) due |= fate;
    else if (fate !== 0 && mark === bit.OPERATOR_REQUIRED) undecided |= fate;
    else told += `${id},`;
  }
  return `${told}${held}.${due}.${undecided}`;
}

function accountOf({ unnamed: extra, running, must, may, mayLiveness, spare, label, role: part }: GroupState): string {
  return `/${extra}${running ? 'r' : 's'}${part}/${must}/${may}/${mayLiveness}${spare ? '+' : ''}/${label}`;
}

const gistOfGroup = (group: GroupState, known: readonly number[], fates = noFates): string =>
  `${membersOf(group, known, fates)}${accountOf(group)}`;

function tailOf({ rest, pool, apart, decided, fresh }: State): string {
  const flags = (apart ? 1 : 0) | (decided ? 2 : 0) | (fresh ? 4 : 0);
  return `${rest.unnamed}.${rest.must}.${rest.may}.${rest.mayLiveness}${rest.spare ? '+' : ''}|${pool}|${flags}`;
}

/** A string equal for equal states. */
export function keyOf(state: State): string {
  const groups = state.groups.map((group) => `${group.ids.join(',')}${accountOf(group)}`);
  return `${state.known.join(',')}|${groups.join(';')}|${tailOf(state)}`;
}

/**
 * A string equal for states that go on alike: up to a sight that brings `fates`, or at all sights to come. Which of
 * the analyses that are as they stay is in which group makes no difference any more.
 */
export function gistOf(state: State, facts: Facts, fates = noFates): string {
  const groups = state.groups.map((group) => gistOfGroup(group, state.known, fates));
  if (fates.length > 0) groups.sort();
  return `${marksOf(state, facts, fates)}|${groups.join(';')}|${restOf(state, fates)}|${tailOf(state)}`;
}

/** What is known of each analysis; of those with a fate only how many alike are still to be posted. */
function marksOf({ known }: State, { analyses }: Facts, fates: Fates): string {
  const marks = known.filter((_, id) => (fates[id] ?? 0) === 0).join(',');
  const waiting = known.flatMap((mark, id) =>
    mark === 0 && (fates[id] ?? 0) !== 0 ? [`${fates[id]}.${analyses[id]!.batch}`] : [],
  );
  return waiting.length === 0 ? marks : `${marks}/${waiting.toSorted().join()}`;
}

/** What the analyses of the rest are, as far as they are known. */
function restOf(state: State, fates: Fates): string {
  if (state.known.length === 0) return '';
  const grouped = new Set(state.groups.flatMap((group) => group.ids));
  const ids = state.known.flatMap((mark, id) => (mark === 0 || grouped.has(id) ? [] : [id]));
  return membersOf({ ids, label: -1 }, state.known, fates);
}

/** A string equal for states that differ at most in what their unknown members may hold and in the flags. */
export function shapeOf(state: State): string {
  const groups = state.groups.map((group) => {
    const { running, label, role: part } = group;
    return `${membersOf(group, state.known, noFates)}/${running ? 'r' : 's'}${part}/${label}`;
  });
  return `${state.known.join(',')}|${groups.join(';')}|${restOf(state, noFates)}|${state.pool}`;
}

/** Whether every folder that fits `narrow`, which has the same shape, also fits `wide`. */
export function covers(wide: State, narrow: State): boolean {
  if ((wide.decided && !narrow.decided) || (wide.apart && !narrow.apart)) return false;
  const contains = (a: Rest, b: Rest): boolean =>
    (a.unnamed === b.unnamed || a.unnamed === unnamed.maybe) &&
    (a.must & ~b.must) === 0 &&
    (!a.spare || b.spare) &&
    ((b.may & ~a.may) | (b.mayLiveness & ~a.mayLiveness)) === 0;
  return (
    contains(wide.rest, narrow.rest) && wide.groups.every((group, at) => contains(group, narrow.groups[at]!))
  );
}

/** A group as it is posted: everything in it runs. */
export function newGroup(ids: readonly number[], extra: Unnamed, label: number, part: Bits): GroupState {
  const running = { running: true, must: 0, may: anyBad, mayLiveness: anyBad, spare: false };
  return { ids, unnamed: extra, ...running, label, role: part };
}
