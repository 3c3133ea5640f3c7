import { resolutionStatus, systemResolution, type Folder } from '../../../machines/folder/model.ts';
import type { FolderStatus, Resolution, SystemResolution } from '../../../machines/statuses.ts';
import { anyResolution, bit, namesOf, split, type ResolutionSet } from './resolution-set.ts';
import type { Rules, Constraint } from './constraint.ts';
import type { Facts } from './state.ts';
import type { ReadingClass } from './reading-classes.ts';

/**
 * Laws that hold however the analyses of a folder were posted and in whatever order they settled: which values its two
 * fields can have beside the resolutions of its analyses. They are judged without a search, so that no number of
 * analyses and no limit keeps an evident violation from being one.
 *
 * The fields look at three groups at most, and in each at the set of resolutions alone. So it is enough to know which
 * resolutions there are, and whether more than one analysis has failed, and runs: larger folders show nothing new.
 */

/** The resolutions that some analyses have, with `twice` of those that more than one has and where that matters. */
type Present = ResolutionSet;

const twice = new Map<ResolutionSet, ResolutionSet>([
  [bit.FAILED, anyResolution + 1],
  [bit.PROCESSING, 2 * (anyResolution + 1)],
]);

const anyTwice = [...twice.values()].reduce((set, one) => set | one, 0);

/** Every `Present` there is, those of fewer analyses first. */
function everyPresent(): readonly Present[] {
  presents ??= Array.from({ length: anyTwice + anyResolution + 1 }, (_, at) => at)
    .filter((present) => [...twice].every(([once, more]) => (present & more) === 0 || (present & once) !== 0))
    .toSorted((one, other) => resolutionsIn(one).length - resolutionsIn(other).length);
  return presents;
}

/** Made when it is asked for: most checks see all analyses. */
let presents: readonly Present[] | undefined;

/** The resolutions of as few analyses as there have to be. */
function resolutionsIn(present: Present): readonly Resolution[] {
  const more = [...twice].filter(([, one]) => (present & one) !== 0).flatMap(([once]) => namesOf(once));
  return [...namesOf(present), ...more];
}

/** The readings of `readingClass` under which a folder can be as seen, whatever came before. */
export function readingsFor(
  constraint: Constraint,
  { analyses }: Facts,
  { operatorRequired }: Rules,
  readingClass: ReadingClass,
): bigint {
  const { status, system, seen, complete } = constraint;
  if (status === undefined && system === undefined) return readingClass.all;
  const never = operatorRequired ? 0 : bit.OPERATOR_REQUIRED;
  let readings = 0n;
  for (const known of presentIn(seen)) {
    const larger = (all: Present): boolean => (all & known) === known && (all & ~known & never) === 0;
    for (const all of complete ? [known] : everyPresent().filter(larger)) {
      // An analysis that was seen before is there, whatever is seen of it now.
      if (all === 0 && analyses.length > 0) continue;
      for (const fields of fieldsBeside(all, readingClass)) {
        if (status !== undefined && status !== fields.status) continue;
        if (system !== undefined && system !== fields.system) continue;
        readings |= fields.readings;
      }
    }
  }
  return readings;
}

const presentBySeen = new WeakMap<Constraint['seen'], ReadonlySet<Present>>();

/** What there can be where these analyses are seen. */
function presentIn(seen: Constraint['seen']): ReadonlySet<Present> {
  const known = presentBySeen.get(seen);
  if (known) return known;
  let found = new Set<Present>([0]);
  for (const { admits } of seen) {
    const options = split(admits);
    const next = new Set<Present>();
    for (const present of found) {
      for (const one of options) {
        const isSecond = (present & one) !== 0;
        next.add(present | one | (isSecond ? (twice.get(one) ?? 0) : 0));
      }
    }
    found = next;
  }
  presentBySeen.set(seen, found);
  return found;
}

/** Values of the two fields, and the readings under which some folder has them. */
interface Fields {
  readonly status: FolderStatus;
  readonly system: SystemResolution;
  readonly readings: bigint;
}

const fieldsByVariants = new WeakMap<ReadingClass, Map<Present, readonly Fields[]>>();

/** The values that the fields can have in folders with these analyses. */
function fieldsBeside(present: Present, readingClass: ReadingClass): readonly Fields[] {
  const known = fieldsByVariants.get(readingClass) ?? new Map<Present, readonly Fields[]>();
  fieldsByVariants.set(readingClass, known);
  const before = known.get(present);
  if (before) return before;
  const found = new Map<string, Fields>();
  for (const folder of foldersWith(present)) {
    const statuses = readingClass.byStatus.map(({ reading, mask }) => ({
      status: resolutionStatus(folder, reading),
      mask,
    }));
    for (const { reading, mask } of readingClass.bySystem) {
      const system = systemResolution(folder, reading);
      for (const { status, mask: byStatus } of statuses) {
        const key = `${status}/${system}`;
        const readings = (found.get(key)?.readings ?? 0n) | (mask & byStatus);
        if (readings !== 0n) found.set(key, { status, system, readings });
      }
    }
  }
  const fields = [...found.values()];
  known.set(present, fields);
  return fields;
}

const foldersByPresent = new Map<Present, readonly Folder[]>();

/** A folder for each way in which the groups that the fields look at can differ, of as few analyses as show it. */
function foldersWith(present: Present): readonly Folder[] {
  const before = foldersByPresent.get(present);
  if (before) return before;
  const found = new Map<string, Folder>();
  for (const groups of orderedPartitions(resolutionsIn(present))) {
    const settled = groups.filter((group) => !group.includes('PROCESSING'));
    const finished = settled.findLast((group) => !group.includes('FAILED'));
    const last = `${settled.at(-1)?.join('+')} ${finished?.join('+')}`;
    for (const applied of groups.length === 0 ? [undefined] : groups) {
      const key = `${applied?.join('+')} ${last}`;
      if (!found.has(key)) found.set(key, folderOf(groups, settled, applied));
    }
  }
  const folders = [...found.values()];
  foldersByPresent.set(present, folders);
  return folders;
}

type Resolutions = readonly Resolution[];

/**
 * The fields look at three groups. All others can be one that was posted and settled first: it runs if one of them
 * does, and has failed if one has.
 */
const groupsApart = 4;

/** Every way to divide the resolutions into so many groups, in every order of the groups. */
function orderedPartitions(resolutions: Resolutions): readonly (readonly Resolutions[])[] {
  let partitions: readonly (readonly Resolutions[])[] = [[]];
  for (const one of resolutions) {
    partitions = partitions.flatMap((groups) => [
      ...groups.map((group, at) => groups.with(at, [...group, one])),
      ...(groups.length === groupsApart
        ? []
        : [...groups, []].map((_, at) => groups.toSpliced(at, 0, [one]))),
    ]);
  }
  return partitions;
}

/** The folder in which the group `applied` was posted last and the settled ones settled in their order. */
function folderOf(
  groups: readonly Resolutions[],
  settled: readonly Resolutions[],
  applied: Resolutions | undefined,
): Folder {
  const idOf = (group: Resolutions): string => `${groups.indexOf(group)}`;
  const last = groups.filter((group) => group === applied);
  return {
    groups: [...groups.filter((group) => group !== applied), ...last].map((group) => ({
      id: idOf(group),
      analyses: group.map((resolution, at) => ({ id: `${idOf(group)}.${at}`, kind: '', resolution })),
    })),
    settled: settled.map(idOf),
  };
}
