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
import { listOf, type Line } from './lines.ts';
import { folderOf, tamper } from './tamper.ts';
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

/** A recording made up, and how it is to be judged. */
export interface Sample {
  readonly lines: readonly string[];
  readonly settings: Settings;
  readonly groups: Grouping;
  readonly fields: FieldMoment;
  /** What was put in, in words. */
  readonly holds: readonly string[];
}

const kinds = ['QUALITY', 'BIOMETRY', 'DOCUMENTS', 'COLLECTION', 'NEWKIND'];

/** The recording with this seed, without the features that are named. */
export function generate(seed: number, without: ReadonlySet<Feature> = new Set()): Sample {
  const random = new Random(seed);
  const has = (feature: Feature, probability: number) => random.chance(probability) && !without.has(feature);
  const made = readingOf(random);
  const operatorRequired = random.chance(0.1) ? 'never' : 'allowed';
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
  const lives = folders.map((name) => live(name, rules, random, { isUuid, isUnnamed }));
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
  const reading = note('other-reading', 0.25) ? readingOf(random) : made;
  const groups = note('first-seen', 0.05) ? 'first-seen' : 'known';
  const fields = note('stale-fields', 0.08) ? 'stale' : 'current';
  if (fields === 'stale' && !isLoose) lines = withStaleFields(lines, random);
  return {
    lines: textsOf(lines),
    settings: { reading, operatorRequired },
    groups,
    fields,
    holds: [...holds, ...(made['operator-decision'] === 'forbidden' ? [] : ['decisions'])],
  };
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
function planOf(folder: string, random: Random, isUuid: boolean): readonly (readonly Planned[])[] {
  const count = 1 + random.below(4);
  let left = 8;
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
  { isUuid, isUnnamed }: { isUuid: boolean; isUnnamed: boolean },
): Line[] {
  const planned = planOf(name, random, isUuid);
  const client = clientOf(random);
  const view = new View(name, planned.flat(), client, random, isUnnamed);
  const lines: Line[] = [];
  const [pace, polls] = [random.pick([1, 2, 4, 8]), 1 + random.below(8)];
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

/** Some answers show the fields that the answer before them showed. */
function withStaleFields(lines: readonly Line[], random: Random): Line[] {
  const before = new Map<unknown, Line>();
  return lines.map((line) => {
    const copy = structuredClone(line);
    const folder = folderOf(copy);
    if (!folder) return copy;
    const { folder_id: id, resolution_status: status, system_resolution: system } = folder;
    const older = before.get(id);
    before.set(id, { resolution_status: status, system_resolution: system });
    const isShown = status !== undefined || system !== undefined;
    if (older && isShown && random.chance(0.5)) {
      for (const [field, value] of Object.entries(older)) if (field in folder) folder[field] = value;
    }
    return copy;
  });
}

/** Several sequences as one, each in its order. */
function merge(all: readonly (readonly Line[])[], random: Random): Line[] {
  const left = all.map((lines) => [...lines]);
  const merged: Line[] = [];
  for (;;) {
    const some = left.filter((lines) => lines.length > 0);
    if (some.length === 0) return merged;
    merged.push(random.pick(some).shift()!);
  }
}

/** A flow of callbacks of the plugin; some change what had settled. */
function callbacks(random: Random): Line[] {
  const all = random.some(['quality', 'biometry'], 0.7);
  const now = new Map(all.map((kind) => [kind, 'processing']));
  return Array.from({ length: 1 + random.below(4) }, () => {
    for (const kind of all) {
      if (now.get(kind) !== 'processing' && !random.chance(0.1)) continue;
      const word = random.pick(['processing', 'success', 'declined', 'failed', 'operator_required']);
      now.set(
        kind,
        kind === 'quality' && word === 'operator_required' && random.chance(0.8) ? 'success' : word,
      );
    }
    const analyses = all.map((kind) => {
      const word = now.get(kind)!;
      const inherits = word === 'processing' || word === 'failed';
      return [
        kind,
        { state: inherits ? word : 'finished', resolution: inherits && random.chance(0.7) ? '' : word },
      ];
    });
    return { folder_id: 'plugin', state: 'processing', analyses: Object.fromEntries(analyses) };
  });
}

function repeated(line: Line, random: Random): Line {
  const copy = structuredClone(line);
  const list = listOf(copy);
  if (list && list.length > 0) {
    const twice = structuredClone(random.pick(list));
    if (random.chance(0.2)) Object.assign(twice, { state: 'FAILED', resolution_status: 'FAILED' });
    list.push(twice);
  }
  return copy;
}

/** Gives every line the times of its request; some that overlap stand in the other order. */
function overlapping(lines: readonly Line[], random: Random): Line[] {
  const order = [...lines];
  const spans = lines.map(() => random.pick([4, 4, 4, 14, 24]));
  for (let at = 0; at + 1 < order.length; at += 1) {
    if (!random.chance(0.3)) continue;
    [order[at], order[at + 1]] = [order[at + 1]!, order[at]!];
    spans[at + 1] = Math.max(spans[at + 1]!, 14);
    at += random.below(2);
  }
  return order.map((line, at) => {
    const time = 100 + at * 10;
    return { started: time - spans[at]!, time, ...('body' in line ? line : { body: line }) };
  });
}
