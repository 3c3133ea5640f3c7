import { bit, type ResolutionSet } from './resolution-set.ts';
import type { Ahead } from './constraint.ts';
import { join } from './normal-form.ts';
import { certain, role, unnamed, type Facts, type GroupState, type State } from './state.ts';
import { seenTogether } from './seen-together.ts';

/**
 * Dividing what was posted together: which of the members of an undivided group were the last group to settle. The
 * others had settled before, in whatever groups.
 */

/** Of more members that are told apart one by one not every set is tried. */
export const maxSingled = 8;

/** Of more than that one or two of so many are tried. */
const maxFirst = 12;

/** The same of analyses first seen together. */
const maxBatches = 4;

/** What a part of an undivided group holds beyond its named members. */
type Share = Pick<GroupState, 'unnamed' | 'must' | 'spare'>;

/**
 * The states in which a part of the undivided group `at` is the last to have settled; `settled` is all of it after
 * that, `isNew` whether a member had not settled before.
 */
export function divisions(
  state: State,
  at: number,
  settled: GroupState,
  isNew: (id: number) => boolean,
  { facts, rules, effort }: Ahead,
): State[] {
  const decidable = rules.decisions !== 'refused';
  const { lists, all } = partsOf(settled.ids, state.known, isNew, decidable, facts);
  if (!all) effort.leaveOut();
  const before = state.groups.map((group) => ({ ...group, role: group.role & ~role.settled }));
  return lists.flatMap((ids) => {
    const chosen = new Set(ids);
    const others = settled.ids.filter((id) => !chosen.has(id));
    const apart = state.apart || seenTogether(ids, others, facts);
    return sharesOf(settled, ids.some(isNew)).map(([last, rest]): State => {
      const part = { ...settled, ...last, ids, role: role.settled, undivided: false };
      const next = { ...state, apart, groups: before.with(at, part) };
      if (others.length > 0 || rest.unnamed === unnamed.sure) {
        const left = { ...settled, ...rest, ids: others, role: 0 };
        return { ...next, groups: [...next.groups, left] };
      }
      return rest.unnamed === unnamed.no ? next : { ...next, rest: join(next.rest, settled) };
    });
  });
}

const nothing: Share = { unnamed: unnamed.no, must: 0, spare: false };
const perhaps: Share = { unnamed: unnamed.maybe, must: 0, spare: false };
const surely: Share = { unnamed: unnamed.sure, must: 0, spare: false };

/**
 * How what the group holds beyond its named members may be shared out between the part that settled last and the
 * rest; something in that part was `new`.
 */
function sharesOf({ unnamed: extra, must }: GroupState, hasNew: boolean): (readonly [Share, Share])[] {
  if (extra === unnamed.no) return hasNew ? [[nothing, nothing]] : [];
  const failed: Share = { unnamed: unnamed.sure, must, spare: !hasNew };
  const fails: Share = { ...failed, spare: false };
  if (must !== 0) {
    return [
      [failed, perhaps],
      [hasNew ? perhaps : surely, fails],
    ];
  }
  if (!hasNew) return [[surely, perhaps]];
  return extra === unnamed.maybe
    ? [[perhaps, perhaps]]
    : [
        [perhaps, surely],
        [surely, perhaps],
      ];
}

/**
 * The sets of members that can be the last group to settle, as far as they make a difference. A field shows the worst
 * of them, and whether one has failed: of members that are as they stay, two say all that there is to say, one of them
 * new. Of the others, whose resolutions are not known or can be decided otherwise, every set is tried. First come the
 * sets that leave together what was first seen together.
 */
function partsOf(
  ids: readonly number[],
  known: readonly number[],
  isNew: (id: number) => boolean,
  decidable: boolean,
  facts: Facts,
): { readonly lists: readonly (readonly number[])[]; readonly all: boolean } {
  const lasting = new Map<ResolutionSet, number>();
  const undecided: number[] = [];
  const unknown: number[] = [];
  for (const id of ids) {
    const mark = known[id]!;
    if (certain(mark) === 0) unknown.push(id);
    else if (decidable && mark === bit.OPERATOR_REQUIRED) undecided.push(id);
    else if (!lasting.has(mark) || (isNew(id) && !isNew(lasting.get(mark)!))) lasting.set(mark, id);
  }
  const batches = [...new Set(ids.map((id) => facts.analyses[id]!.batch))];
  const lists = new Map<string, readonly number[]>();
  const add = (list: readonly number[]): void => {
    const sorted = list.toSorted((a, b) => a - b);
    lists.set(sorted.join(), sorted);
  };
  for (const some of selectionsOf(batches, maxBatches)) {
    add(ids.filter((id) => some.includes(facts.analyses[id]!.batch)));
  }
  const of = (resolution: ResolutionSet): readonly number[] =>
    lasting.has(resolution) ? [lasting.get(resolution)!] : [];
  const bad = of(bit.DECLINED);
  const all = [...lasting.values()];
  for (const some of selectionsOf(all, all.length)) {
    if (some.length > 2) continue;
    // Beside what is worse under any reading nobody sees what a person decides; beside FAILED DECLINED may show.
    const hides = some.some((id) => bad.includes(id));
    const seen = hides ? undecided.filter(isNew).slice(0, 1) : undecided;
    for (const more of selectionsOf([...seen, ...unknown], maxSingled)) {
      add([...some, ...more]);
    }
  }
  return { lists: [...lists.values()], all: undecided.length + unknown.length <= maxSingled };
}

/** The selections of some items, the largest first; of more than `most` only all, none, and one or two of the first. */
export function selectionsOf<Item>(items: readonly Item[], most: number): readonly (readonly Item[])[] {
  if (items.length <= most) {
    let selections: (readonly Item[])[] = [[]];
    for (const item of items) selections = selections.flatMap((each) => [[...each, item], each]);
    return selections.toSorted((one, other) => other.length - one.length);
  }
  const first = items.slice(0, maxFirst);
  const pairs = first.flatMap((one, at) => first.slice(at + 1).map((other) => [one, other]));
  return [items, ...pairs, ...first.map((item) => [item]), []];
}
