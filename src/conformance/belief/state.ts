import { anyBad, bit, type ResolutionSet } from './resolution-set.ts';

/**
 * A state of the belief: what one explanation of a recording says of a folder, told no finer than any later
 * observation can ask. It stands for every folder of the model that fits it.
 *
 * Three things keep it small and exact for folders of any size. Analyses that were not seen to settle have no
 * resolution of their own; their group says what they hold among them. Settled groups that no field depends on any
 * more, and that need not hold anything but their named analyses, are merged into `rest`. Of analyses and groups that
 * the recording never names there are only as many as have to be; there may always be more like them.
 */
export interface State {
  /**
   * By analysis: 0 not posted yet, `posted` without a known resolution, or the bit of its resolution; several bits
   * where it was seen settled, and with which of these is not known. FAILED is none of several.
   */
  readonly known: readonly number[];
  readonly groups: readonly GroupState[];
  readonly rest: Rest;
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
  readonly must: ResolutionSet;
  /** Bad resolutions that may be among them, once settled; SUCCESS always may. */
  readonly may: ResolutionSet;
  /** The same for the liveness analyses among them. */
  readonly mayLiveness: ResolutionSet;
  /** Whether there is one more of those members than `must` needs. */
  readonly spare: boolean;
  /** Whether a person has decided on one of them: on no liveness check, which is DECLINED or SUCCESS now. */
  readonly decidedOn: boolean;
  /** The claimed identity of the group, -1 without one. */
  readonly label: number;
  readonly role: ResolutionSet;
  /**
   * It stands for any number of groups: how its members are divided among them is left open until one of these is the
   * last to settle.
   */
  readonly undivided: boolean;
}

/**
 * The part that a group plays for the fields of the folder, one bit each; `awaiting`: it would be the last again once a
 * person decides on one of its members.
 */
export const role = { applied: 1, settled: 2, finished: 4, awaiting: 8 } as const;

/** What the settled groups without a part may hold beyond their named analyses with known resolutions. */
export interface Rest {
  /** Whether there may be unnamed analyses. */
  readonly open: boolean;
  /** The bad resolutions that they may have. */
  readonly may: ResolutionSet;
  readonly mayLiveness: ResolutionSet;
}

/** A rest without unnamed analyses. */
export const nothingUnnamed: Rest = { open: false, may: 0, mayLiveness: 0 };

/** What is known of a named analysis whatever the state. */
export interface AnalysisFacts {
  readonly liveness: boolean;
  /** The claimed group, -1 without a claim. */
  readonly label: number;
  /** Analyses with the same number were first seen together and may be in one group; -1: with no other. */
  readonly batch: number;
}

/** What is known of the named analyses and groups of a folder. */
export interface Facts {
  readonly analyses: readonly AnalysisFacts[];
  /** By label: whether the named members are the whole group. */
  readonly whole: readonly boolean[];
}

/** What was known when the folder had no more than the first `known` of its analyses that are named. */
export function factsOfFirst(facts: Facts, known: number): Facts {
  const { analyses, whole } = facts;
  if (known >= analyses.length) return facts;
  const later = new Set(analyses.slice(known).map(({ label }) => label));
  return { analyses: analyses.slice(0, known), whole: whole.map((is, label) => is && !later.has(label)) };
}

/** A folder without analyses. */
export const noAnalyses: State = {
  known: [],
  groups: [],
  rest: nothingUnnamed,
  apart: false,
  decided: false,
  fresh: false,
};

/** Whether any analysis of the state runs. */
export function runs(state: State): boolean {
  return state.groups.some((group) => group.running);
}

/** Whether a group may have finished, which is known only where one plays that part. */
export function mayHaveFinished({ groups }: State, roles: ResolutionSet): boolean {
  return (roles & role.finished) === 0 || groups.some((group) => (group.role & role.finished) !== 0);
}

/** Whether the state has a group at all. */
export function hasGroups({ known, groups }: State): boolean {
  return groups.length > 0 || known.some((mark) => mark !== 0);
}

/** Whether the group stands for some that run, of which there may be more than are named. */
export function takesMore({ undivided, running, unnamed: extra }: GroupState): boolean {
  return undivided && running && extra !== unnamed.no;
}

/** Whether nothing of the group is known but that it is there: it has no named member and no part. */
export function isHidden({ ids, role: part }: GroupState): boolean {
  return ids.length === 0 && part === 0;
}

/** The resolution that a mark says for certain, else 0. */
export const certain = (mark: number): ResolutionSet => ((mark & (mark - 1)) === 0 ? mark & ~posted : 0);

/** Whether one mark can say of an analysis that it has settled with one of these. */
export const isOneMark = (set: ResolutionSet): boolean => (set & bit.FAILED) === 0 || set === bit.FAILED;

/** The known resolutions among the named members of a group. */
export function knownIn(state: State, group: GroupState): ResolutionSet {
  return group.ids.reduce((set, id) => set | certain(state.known[id]!), 0);
}

/** The named members of a group without a known resolution. */
export function unknownIn(state: State, group: GroupState): readonly number[] {
  return group.ids.filter((id) => state.known[id] === posted);
}

/** The analyses that are in no group of the state: those of the rest. */
export function idsInRest(state: State): readonly number[] {
  const grouped = new Set(state.groups.flatMap((group) => group.ids));
  return state.known.flatMap((mark, id) => (mark === 0 || grouped.has(id) ? [] : [id]));
}

/** The known resolutions of those. */
export function knownInRest(state: State): ResolutionSet {
  return idsInRest(state).reduce((set, id) => set | certain(state.known[id]!), 0);
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

/** The bad resolutions that named member `id` of a settled group may have. */
export function mayHold(group: GroupState, id: number, facts: Facts): ResolutionSet {
  return facts.analyses[id]!.liveness ? group.mayLiveness : group.may;
}

/** Whether named member `id` of a settled group may need a person. */
export function mayNeedPerson(
  group: GroupState,
  id: number,
  known: readonly number[],
  facts: Facts,
): boolean {
  const mark = known[id] === posted ? mayHold(group, id, facts) : known[id]!;
  return (mark & bit.OPERATOR_REQUIRED) !== 0;
}

/** A group as it is posted: everything in it runs. */
export function newGroup(
  ids: readonly number[],
  extra: Unnamed,
  label: number,
  part: ResolutionSet,
): GroupState {
  const running = {
    running: true,
    must: 0,
    may: anyBad,
    mayLiveness: anyBad,
    spare: false,
    decidedOn: false,
  };
  return { ids, unnamed: extra, ...running, label, role: part, undivided: false };
}

/** A settled group of which nothing is known but what it may hold. */
export function settledGroup({ may, mayLiveness }: Rest): GroupState {
  return { ...newGroup([], unnamed.sure, -1, 0), running: false, may, mayLiveness };
}

/**
 * The state with one more hidden group that runs, where some do: whether there is another is told apart only once
 * none is left. Undefined where the state says so already.
 */
export function withAnother(state: State): State | undefined {
  const running = state.groups.filter((group) => group.running && isHidden(group));
  if (running.some(({ undivided }) => undivided)) return undefined;
  const plain = running.some(({ must }) => (must & bit.FAILED) === 0);
  if (running.length === 0 || (running.length > 1 && plain)) return undefined;
  return { ...state, groups: [...state.groups, newGroup([], unnamed.sure, -1, 0)] };
}
