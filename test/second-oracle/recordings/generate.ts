import {
  allReadings,
  defaultReading,
  type Answer,
  type Reading,
  type Settings,
} from '../../../machines/readings.ts';
import { steps, take, type Folder } from '../search/execution.ts';
import type { FieldMoment, Grouping } from '../search/facts.ts';
import { codes, rulesOf, type Rules } from '../search/rules.ts';
import { Random } from './random.ts';
import { traitsOf } from '../judge.ts';
import type { Line } from './lines.ts';
import { tamper } from './tamper.ts';
import { callbacks, merge, overlapping, repeated, withStaleFields } from './variations.ts';
import { View, type Client, type Planned } from '../search/view.ts';

/** What a recording may hold beside the ordinary; each can be left out by name. */
export const features = [
  'unnamed-folder',
  'overlaps',
  'duplicates',
  'two-folders',
  'callbacks',
  'uuid-ids',
  'first-seen',
  'stale-fields',
  'tampering',
  'other-reading',
  'shared-analysis',
  'vanishing',
  'returning',
] as const;

/** The name of something that a recording may hold. */
export type Feature = (typeof features)[number];

/** How a recording is to be judged. */
export interface Judged {
  readonly settings: Settings;
  readonly groups: Grouping;
  readonly fields: FieldMoment;
}

/** A recording made up, and how it is to be judged. */
export interface Sample extends Judged {
  readonly lines: readonly string[];
  /** What was put in, in words. */
  readonly holds: readonly string[];
}

/**
 * How large the folders of a recording may be, how often each is polled at most, and how many recordings are merged into
 * one, so that the check follows what they have in common once. One of `ofInferences` is given to an inference, which
 * takes many times as long as a check.
 */
export interface Size {
  readonly groups: number;
  readonly analyses: number;
  readonly polls: number;
  readonly merged: number;
  readonly ofInferences: number;
}

/** The sizes by name: most faults show in small recordings, of which many more can be tried. */
export const sizes = {
  usual: { groups: 4, analyses: 8, polls: 8, merged: 1, ofInferences: 20 },
  small: { groups: 2, analyses: 3, polls: 4, merged: 10, ofInferences: 200 },
} as const satisfies Record<string, Size>;

const kinds = ['QUALITY', 'BIOMETRY', 'DOCUMENTS', 'COLLECTION', 'NEWKIND'];

/** What is asked of a recording; the defaults are no feature, the usual size, and any way of judging. */
export interface Wanted {
  readonly without?: ReadonlySet<Feature>;
  readonly size?: Size;
  readonly judged?: Judged;
}

/** The recording with this seed. */
export function generate(
  seed: number,
  { without = new Set(), size = sizes.usual, judged }: Wanted = {},
): Sample {
  const random = new Random(seed);
  const has = (feature: Feature, probability: number) => random.chance(probability) && !without.has(feature);
  const own = readingOf(random);
  const made = judged && random.chance(0.75) ? judged.settings.reading : own;
  const enabled = random.chance(0.1) ? 'never' : 'allowed';
  const operatorRequired = judged?.settings.operatorRequired ?? enabled;
  const holds: string[] = [];
  const note = (feature: Feature, probability: number): boolean => {
    const isIn = has(feature, probability);
    if (isIn) holds.push(feature);
    return isIn;
  };
  const isUuid = note('uuid-ids', 0.1);
  const isUnnamed = note('unnamed-folder', 0.15);
  const folders = note('two-folders', 0.1) ? ['f1', 'f2'] : ['f1'];
  const rules = rulesOf({ reading: made, operatorRequired });
  const lives = folders.map((name) => live(name, rules, random, { isUuid, isUnnamed, size }));
  let lines = merge(lives, random);
  if (note('callbacks', 0.06)) lines = merge([lines, callbacks(random)], random);
  if (note('duplicates', 0.06))
    lines = lines.map((line) => (random.chance(0.4) ? repeated(line, random) : line));
  const isTampered = note('tampering', 0.55);
  const isLoose = note('overlaps', 0.2);
  const untouched = isLoose ? overlapping(lines, random) : lines;
  const touched = isTampered ? tamper(untouched, random) : untouched;
  const isLeftOut = (some: readonly Line[]) => traitsOf(textsOf(some)).some((trait) => without.has(trait));
  lines = isLeftOut(touched) ? (isLeftOut(untouched) ? lines : untouched) : touched;
  holds.push(...traitsOf(textsOf(lines)));
  const way = judged ?? wayOf(made, operatorRequired, has, random);
  if (way.fields === 'stale' && !isLoose) lines = withStaleFields(lines, random);
  const decides = made['operator-decision'] === 'forbidden' ? [] : ['decisions'];
  return { lines: textsOf(lines), ...way, holds: [...holds, ...featuresOf(way, made), ...decides] };
}

/** What is rare in a way of judging a recording that was made under a reading. */
const featuresOf = ({ settings, groups, fields }: Judged, made: Reading): readonly Feature[] => [
  ...(JSON.stringify(settings.reading) === JSON.stringify(made) ? [] : (['other-reading'] as const)),
  ...(groups === 'first-seen' ? (['first-seen'] as const) : []),
  ...(fields === 'stale' ? (['stale-fields'] as const) : []),
];

/** A way of judging a recording that was made under a reading. */
function wayOf(
  made: Reading,
  operatorRequired: Settings['operatorRequired'],
  has: (feature: Feature, probability: number) => boolean,
  random: Random,
): Judged {
  const reading = has('other-reading', 0.25) ? readingOf(random) : made;
  const groups = has('first-seen', 0.05) ? 'first-seen' : 'known';
  const fields = has('stale-fields', 0.08) ? 'stale' : 'current';
  return { settings: { reading, operatorRequired }, groups, fields };
}

/** A way of judging with this seed, without some features. */
export function judgedBy(seed: number, without: ReadonlySet<Feature> = new Set()): Judged {
  const random = new Random(seed);
  const operatorRequired = random.chance(0.1) ? 'never' : 'allowed';
  const has = (feature: Feature, probability: number) => random.chance(probability) && !without.has(feature);
  return wayOf(readingOf(random), operatorRequired, has, random);
}

const textsOf = (lines: readonly Line[]): readonly string[] => lines.map((line) => JSON.stringify(line));

const readings = allReadings();
const results: readonly number[] = [codes.FAILED, codes.DECLINED, codes.OPERATOR_REQUIRED, codes.SUCCESS];

function readingOf(random: Random): Reading {
  if (random.chance(0.6)) return random.pick(readings);
  const decisions: Answer<'operator-decision'>[] = ['unspecified', 'unspecified', 'allowed', 'forbidden'];
  return { ...defaultReading, 'operator-decision': random.pick(decisions) };
}

function clientOf(random: Random): Client {
  return {
    lists: random.pick(['all', 'all', 'all', 'none', 'some', 'some', 'watches']),
    labels: random.pick([0, 0, 1, 1, 0.5]),
    labelsFrom: random.chance(0.3) ? random.below(6) : 0,
    kinds: random.pick([1, 1, 0, 0.5]),
    posts: random.pick([0, 0, 1, 0.6]),
    fields: random.pick([1, 1, 1, 0.6, 0.3]),
    isWrapped: random.chance(0.5),
    watched: random.below(8),
    namesFolder: random.chance(0.7),
  };
}

/** What is to be posted: the groups with their analyses, every id an own one. */
function planOf(
  folder: string,
  random: Random,
  isUuid: boolean,
  { groups, analyses }: Size,
): readonly (readonly Planned[])[] {
  const count = 1 + random.below(groups);
  let left = analyses;
  return Array.from({ length: count }, (_, at) => {
    const size = Math.min(left, 1 + (random.chance(0.5) ? 0 : random.below(4)));
    left -= size;
    return Array.from({ length: size }, (__, index) => {
      const kind = random.pick(kinds);
      const local = `${folder}-a${at}${index}`;
      const id = isUuid
        ? `abcdef0${folder.slice(1)}-0000-4000-8000-0000000000a${at}`.slice(0, 35) + index
        : local;
      return { id, kind, isLiveness: kind === 'QUALITY', group: `${folder}-g${at}` };
    });
  }).filter((group) => group.length > 0);
}

/** One folder as one client sees it. */
function live(
  name: string,
  rules: Rules,
  random: Random,
  { isUuid, isUnnamed, size }: { isUuid: boolean; isUnnamed: boolean; size: Size },
): Line[] {
  const planned = planOf(name, random, isUuid, size);
  const client = clientOf(random);
  const view = new View(name, planned.flat(), client, random, isUnnamed);
  const lines: Line[] = [];
  const [pace, polls] = [random.pick([1, 2, 4, 8]), 1 + random.below(size.polls)];
  const skipped = random.chance(0.25) ? random.below(8) : 0;
  // In some lives two results come up again and again, so that what only these show together is not rare.
  const usual = random.chance(0.3) ? [random.pick(results), random.pick(results)] : results;
  let folder: Folder = { groups: [], settled: [] };
  let waiting: (readonly Planned[])[] = [];
  for (let poll = 0; poll < polls + skipped; poll += 1) {
    for (let events = random.below(pace + 1); events > 0; events -= 1) {
      const [next, posted] = happen(folder, planned, rules, random, usual);
      folder = next;
      if (posted && random.chance(client.posts)) waiting.push(posted);
    }
    const answered = random.some(waiting, 0.7);
    waiting = waiting.filter((group) => !answered.includes(group));
    if (poll < skipped) continue;
    for (const group of answered) lines.push(view.post(folder, group));
    lines.push(view.poll(folder, rules, poll - skipped));
  }
  return lines;
}

function happen(
  folder: Folder,
  planned: readonly (readonly Planned[])[],
  rules: Rules,
  random: Random,
  usual: readonly number[],
): readonly [Folder, readonly Planned[] | undefined] {
  const next = planned[folder.groups.length];
  const possible = steps(folder, rules);
  const running = [...new Set(possible.flatMap((step) => (step.type === 'settled' ? [step.id] : [])))];
  const decidable = possible.filter(({ type }) => type === 'decided');
  if (next && (running.length === 0 || random.chance(0.35))) {
    const members = next.map(({ id, isLiveness }) => ({ id, isLiveness }));
    return [take(folder, { type: 'posted', members }), next];
  }
  if (decidable.length > 0 && random.chance(0.3)) return [take(folder, random.pick(decidable)), undefined];
  if (running.length === 0) return [folder, undefined];
  const id = random.pick(running);
  const ends = possible.filter((step) => step.type === 'settled' && step.id === id);
  const likely = ends.filter((step) => step.type === 'settled' && usual.includes(step.code));
  return [take(folder, random.pick(likely.length > 0 ? likely : ends)), undefined];
}
