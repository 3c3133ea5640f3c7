import { defaultSettings, settingsFrom } from '../../../machines/index.ts';
import { analysisSteps, kindClasses, postedAs } from './analysis-steps.ts';
import { expectBounds } from './bounds.ts';
import { kindClass } from './canonical.ts';
import type { FolderSystemOptions } from './folder-system.ts';

/** How many folders are reachable within some bounds, and how many legal events there are in them. */
export interface FolderCounts {
  readonly states: bigint;
  readonly transitions: bigint;
}

/** What one analysis contributes: its values are those of all kinds together. */
export interface AnalysisNumbers {
  /** Kinds, so also values of an analysis that runs. */
  readonly running: bigint;
  /** Values of a settled one; each is reached by one event of its own. */
  readonly settled: bigint;
  /** Events that are legal in a settled one: decisions of an operator. */
  readonly decisions: bigint;
}

/** The numbers of one analysis, read off the steps of the specification. */
export function analysisNumbers({
  kinds = ['BIOMETRY'],
  settings = defaultSettings,
  canonical = false,
}: Pick<FolderSystemOptions, 'kinds' | 'settings' | 'canonical'>): AnalysisNumbers {
  const present = canonical
    ? kindClasses.filter((one) => kinds.map(kindClass).includes(one))
    : kinds.map(kindClass);
  const steps = analysisSteps(settingsFrom(settings));
  const count = (wanted: (from: string) => boolean) =>
    BigInt(
      present.flatMap((kind) => steps.filter((one) => wanted(one.from) && one.kinds.includes(kind))).length,
    );
  return {
    running: BigInt(present.length),
    settled: count((from) => from === postedAs),
    decisions: count((from) => from !== postedAs),
  };
}

/** What a group of so many analyses contributes, whatever the others do. */
interface GroupNumbers {
  readonly posts: bigint;
  readonly settled: bigint;
  readonly unsettled: bigint;
  /** Events that are legal in all unsettled forms of the group together, and in all settled ones. */
  readonly eventsUnsettled: bigint;
  readonly eventsSettled: bigint;
}

/**
 * The numbers of a group of `size` analyses. `forms(v, n)` is how many ways there are to give n analyses one of v
 * values each; `places` how many of n analyses one event can happen to.
 */
function groupNumbers(
  { running, settled, decisions }: AnalysisNumbers,
  size: number,
  canonical: boolean,
): GroupNumbers {
  const forms = canonical ? multisets : (values: bigint, length: number) => values ** BigInt(length);
  const places = canonical ? 1n : BigInt(size);
  const all = running + settled;
  return {
    posts: forms(running, size),
    settled: forms(settled, size),
    unsettled: forms(all, size) - forms(settled, size),
    eventsUnsettled:
      places * settled * forms(all, size - 1) +
      places * decisions * (forms(all, size - 1) - forms(settled, size - 1)),
    eventsSettled: places * decisions * forms(settled, size - 1),
  };
}

/** How many multisets of `length` elements there are over `values` values. */
function multisets(values: bigint, length: number): bigint {
  let count = 1n;
  for (let at = 1n; at <= BigInt(length); at++) count = (count * (values + at - 1n)) / at;
  return count;
}

const add = (one: GroupNumbers, other: GroupNumbers): GroupNumbers => ({
  posts: one.posts + other.posts,
  settled: one.settled + other.settled,
  unsettled: one.unsettled + other.unsettled,
  eventsUnsettled: one.eventsUnsettled + other.eventsUnsettled,
  eventsSettled: one.eventsSettled + other.eventsSettled,
});

/**
 * How many states and transitions `folderSystem` has under the same options, by a formula: derived in
 * docs/counts.md, and compared with explorations by tests.
 */
export function countFolders(options: FolderSystemOptions): FolderCounts {
  expectBounds(options);
  const { groups: most, analyses, sizes = 'exact', canonical = false } = options;
  const numbers = analysisNumbers(options);
  let group = groupNumbers(numbers, analyses, canonical);
  if (sizes === 'up-to') {
    for (let size = 1; size < analyses; size++) group = add(group, groupNumbers(numbers, size, canonical));
  }
  let states = 0n;
  let transitions = 0n;
  for (let posted = 0; posted <= most; posted++) {
    const folders = foldersOf(posted, group);
    states += folders.states;
    transitions += folders.events + (posted < most ? folders.states * group.posts : 0n);
  }
  return { states, transitions };
}

/** The folders of exactly `posted` groups, and the events in their analyses. */
function foldersOf(
  posted: number,
  group: GroupNumbers,
): { readonly states: bigint; readonly events: bigint } {
  let states = 0n;
  let events = 0n;
  // Which groups settled and in which order: posted! / (posted - done)! ways.
  let orders = 1n;
  for (let done = 0; done <= posted; done++) {
    const open = posted - done;
    const settled = (times: number) => group.settled ** BigInt(times);
    const unsettled = (times: number) => group.unsettled ** BigInt(times);
    states += orders * settled(done) * unsettled(open);
    if (open > 0)
      events += orders * BigInt(open) * group.eventsUnsettled * unsettled(open - 1) * settled(done);
    if (done > 0) events += orders * BigInt(done) * group.eventsSettled * settled(done - 1) * unsettled(open);
    orders *= BigInt(open);
  }
  return { states, events };
}
