import { bit, type ResolutionSet } from './resolution-set.ts';
import {
  certain,
  isHidden,
  nothingUnnamed,
  posted,
  type Facts,
  type GroupState,
  type State,
} from './state.ts';

/** Resolutions that no event changes any more. */
const lasting: ResolutionSet = bit.FAILED | bit.DECLINED | bit.SUCCESS;

/** What the next constraint says of an analysis, by its number: the resolution that it has then and for ever, else 0. */
export type Fates = readonly ResolutionSet[];

const noFates: Fates = [];

/** The fates before a constraint that admits so much; what claims a group has none. */
export function fatesBefore({ analyses }: Facts, admits: ReadonlyMap<number, ResolutionSet>): Fates {
  return analyses.map(({ label }, id) => {
    const admitted = admits.get(id) ?? 0;
    const isOne = (admitted & (admitted - 1)) === 0;
    return label < 0 && isOne ? admitted & lasting : 0;
  });
}

/** The members of a group; of those that are or will be as they stay only the resolutions, not which has which. */
function membersOf(
  { ids, label }: Pick<GroupState, 'ids' | 'label'>,
  known: readonly number[],
  fates: Fates,
): string {
  // The number of its members tells whether a group with a label can be whole; some may have no label themselves.
  if (label >= 0) return ids.map((id) => (fates[id] ? `${id}=${known[id]}` : id)).join();
  let told = '';
  let [held, due] = [0, 0];
  for (const id of ids) {
    const mark = known[id]!;
    const fate = fates[id] || certain(mark) & lasting;
    if (fate === mark) held |= fate;
    else if (fate !== 0 && mark === posted) due |= fate;
    else told += `${id},`;
  }
  return `${told}${held}.${due}`;
}

function accountOf({
  unnamed: extra,
  running,
  must,
  may,
  mayLiveness,
  spare,
  decidedOn,
  label,
  role: part,
  undivided,
}: GroupState): string {
  return `/${extra}${running ? 'r' : 's'}${undivided ? 'u' : ''}${part}/${must}/${may}/${mayLiveness}${spare ? '+' : ''}${decidedOn ? 'd' : ''}/${label}`;
}

/** What of a group makes a difference for how things go on. */
export function prospectOfGroup(group: GroupState, known: readonly number[], fates = noFates): string {
  return `${membersOf(group, known, fates)}${accountOf(group)}`;
}

function tailOf({ rest, apart, decided, fresh }: State): string {
  const flags = (apart ? 1 : 0) | (decided ? 2 : 0) | (fresh ? 4 : 0);
  return `${rest.open ? '+' : '-'}${rest.may}.${rest.mayLiveness}|${flags}`;
}

/** A string equal for equal states. */
export function keyOf(state: State): string {
  const groups = state.groups.map((group) => `${group.ids.join(',')}${accountOf(group)}`);
  return `${state.known.join(',')}|${groups.join(';')}|${tailOf(state)}`;
}

/**
 * A string equal for states that go on alike: up to a constraint that brings `fates`, or at all constraints to come. Which of
 * the analyses that are as they stay is in which group makes no difference any more.
 */
export function prospectOf(state: State, facts: Facts, fates = noFates): string {
  const groups = state.groups.map((group) => prospectOfGroup(group, state.known, fates));
  if (fates.length > 0) groups.sort();
  return `${marksOf(state, facts, fates)}|${groups.join(';')}|${restOf(state, fates)}|${tailOf(state)}`;
}

/** What is known of each analysis; of those with a fate only how many alike are still to be posted. */
function marksOf({ known }: State, { analyses }: Facts, fates: Fates): string {
  if (fates.length === 0) return known.join();
  let marks = '';
  const waiting: string[] = [];
  for (const [id, mark] of known.entries()) {
    const fate = fates[id]!;
    if (fate === 0) marks += `${mark},`;
    else if (mark === 0) waiting.push(`${fate}.${analyses[id]!.batch}`);
  }
  return waiting.length === 0 ? marks : `${marks}/${waiting.toSorted().join()}`;
}

/** What the analyses of the rest are, as far as they are known. */
function restOf({ known, groups }: State, fates: Fates): string {
  const elsewhere = new Uint8Array(known.length);
  for (const { ids } of groups) for (const id of ids) elsewhere[id] = 1;
  const ids: number[] = [];
  for (const [id, mark] of known.entries()) if (mark !== 0 && elsewhere[id] === 0) ids.push(id);
  return ids.length === 0 ? '' : membersOf({ ids, label: -1 }, known, fates);
}

/**
 * A string equal for states that go on alike up to a constraint that brings `fates`, but for their hidden groups, their rest
 * and what they need.
 */
export function outlineOf(state: State, facts: Facts, fates: Fates): string {
  const groups = state.groups.filter((group) => !isHidden(group));
  const bare = { ...state, groups, rest: nothingUnnamed, apart: false, decided: false };
  return prospectOf(bare, facts, fates);
}

/**
 * A string equal for states that differ at most in what their unknown members may hold, in their hidden groups and in
 * the flags.
 */
export function skeletonOf(state: State): string {
  const groups = state.groups.flatMap((group) => {
    const { running, label, role: part, undivided } = group;
    const kind = `${running ? 'r' : 's'}${undivided ? 'u' : ''}${part}/${label}`;
    return isHidden(group) ? [] : [`${membersOf(group, state.known, noFates)}/${kind}`];
  });
  return `${state.known.join(',')}|${groups.join(';')}|${restOf(state, noFates)}`;
}
