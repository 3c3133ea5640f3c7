import { defaultSettings, type Settings } from '../../machines/readings.ts';
import { explain, type Explained } from './search/belief.ts';
import {
  codesOf,
  codesOfKind,
  contradictsItself,
  course,
  factsOf,
  groupsAgree,
  identities,
  isInColumns,
  type FieldMoment,
  type Grouping,
} from './search/facts.ts';
import { TooMuch } from './search/targets.ts';
import { extensions, overlap } from './search/orders.ts';
import { withOlderFields } from './search/stale.ts';
import { readSights, type Sight } from './recordings/recording.ts';
import { rulesOf, type Rules } from './search/rules.ts';

/** How a recording is to be judged. */
export interface JudgeOptions {
  readonly settings: Settings;
  readonly groups: Grouping;
  /** Whether the fields of a folder may be older than the list beside them. */
  readonly fields: FieldMoment;
  /** How many steps of the search each judgement of a prefix may take. */
  readonly work: number;
}

/** What the oracle uses where nothing is asked for. */
export const defaultOptions: JudgeOptions = {
  settings: defaultSettings,
  groups: 'known',
  fields: 'current',
  work: 200_000,
};

/** The verdict on one folder; `undecided` where the oracle itself would need too much. */
export interface Judgement {
  readonly verdict: Explained | 'inconclusive' | 'undecided';
  /** Of a violation: the number of the line at which it stands, from 0. */
  readonly line?: number;
}

/** What the oracle says of each folder; the key of callbacks begins with `callback:`, of what has no folder with `?`. */
export function judgeLines(
  lines: readonly string[],
  options: JudgeOptions = defaultOptions,
): ReadonlyMap<string, Judgement> {
  const folders = assemble(readSights(lines));
  return new Map([...folders.keys()].map((name) => [name, judgeFolder(name, lines, options)]));
}

/** What a recording holds that only shows in all its lines together. */
export type Trait = 'unnamed-folder' | 'shared-analysis' | 'vanishing' | 'returning';

/** What the recording holds of that. */
export function traitsOf(lines: readonly string[]): readonly Trait[] {
  const sights = readSights(lines);
  const folders = [...assemble(sights).values()];
  const gone = folders.flatMap((all) => (all[0]!.isCallback ? [] : vanishings(all)));
  const traits: Readonly<Record<Trait, boolean>> = {
    'unnamed-folder': sights.some(({ folder }) => folder === undefined),
    'shared-analysis': folders.some((all) => all.some(({ isForeign }) => isForeign)),
    vanishing: gone.length > 0,
    returning: gone.some(({ returns }) => returns),
  };
  return (Object.keys(traits) as Trait[]).filter((trait) => traits[trait]);
}

/** An observation of a folder; `isForeign` where it shows an analysis of another one. */
type Placed = Sight & { readonly isForeign?: boolean };

/**
 * The observations of each folder, of the first `count` lines: what names no folder joins the one that lists the
 * analysis, wherever it stands.
 */
function assemble(sights: readonly Sight[], count = Infinity): ReadonlyMap<string, readonly Placed[]> {
  const owners = new Map<string, string>();
  for (const { folder, isCallback, shown } of sights) {
    if (folder === undefined || isCallback) continue;
    for (const { id } of shown) if (!owners.has(id)) owners.set(id, folder);
  }
  const folders = new Map<string, Placed[]>();
  for (const sight of sights.filter(({ line }) => line < count)) {
    const [first] = sight.shown;
    const owner = sight.isCallback ? `callback:${sight.folder}` : (sight.folder ?? owners.get(first!.id));
    const name = owner ?? `?${first!.id}`;
    const isForeign = !sight.isCallback && sight.shown.some(({ id }) => (owners.get(id) ?? name) !== name);
    const placed = folders.get(name) ?? [];
    folders.set(name, placed);
    placed.push(isForeign ? { ...sight, isForeign } : sight);
  }
  return folders;
}

function judgeFolder(name: string, lines: readonly string[], options: JudgeOptions): Judgement {
  const rules = rulesOf(options.settings);
  const sights = readSights(lines);
  const judged = (count: number) => judgeSights(assemble(sights, count).get(name) ?? [], rules, options);
  // What was first seen together is taken as one group until more is shown: that takes back no violation, unless what
  // is shown may have come before.
  let [isTakenBack, isOpen] = [false, false];
  for (let count = 1; options.groups === 'first-seen' && count < lines.length; count += 1) {
    const { verdict, line = count - 1 } = judged(count);
    isOpen ||= verdict === 'undecided';
    if (verdict !== 'violates') continue;
    const [before, later] = [true, false].map((is) => sights.filter((sight) => sight.line < count === is));
    isTakenBack = later!.some((one) => before!.some((other) => overlap(one, other)));
    if (!isTakenBack) return isOpen ? { verdict } : { verdict, line };
  }
  const whole = judged(lines.length);
  if (isTakenBack && whole.verdict !== 'violates') return { verdict: 'undecided' };
  if (whole.verdict !== 'violates' || whole.line !== undefined) return whole;
  let [good, bad] = [0, lines.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    const { verdict } = judged(middle);
    if (verdict === 'undecided') return { verdict: 'violates' };
    if (verdict === 'violates') bad = middle;
    else good = middle;
  }
  return { verdict: 'violates', line: judged(bad).line ?? bad - 1 };
}

/** What is undecided may be as good as anything. */
const rank = ['conforms', 'undecided', 'unspecified', 'violates'] as const;

/** Whether a judgement is better than another; of violations one is as good as another, and the first place counts. */
function isBetter(one: Judgement, other: Judgement): boolean {
  const [first, second] = [one, other].map(({ verdict }) => rank.indexOf(verdict as (typeof rank)[number]));
  return first! < second! || (first === second && (one.line ?? Infinity) < (other.line ?? Infinity));
}

/** The best that any order gives in which the observations may have been made. */
function judgeSights(sights: readonly Placed[], rules: Rules, options: JudgeOptions): Judgement {
  const orders = ordersOf(sights, options);
  if (orders === undefined) return { verdict: 'undecided' };
  let best: Judgement | undefined;
  for (const order of orders) {
    const one = judgeOrder(order, rules, options);
    if (!best || isBetter(one, best)) best = one;
    if (best.verdict === 'conforms') break;
  }
  if (best?.verdict !== 'conforms' || sights.some(saysStatus)) return best ?? { verdict: 'conforms' };
  return { verdict: 'inconclusive' };
}

/** Every order of what was seen, each moment by itself. */
function ordersOf(
  sights: readonly Placed[],
  { fields }: JudgeOptions,
): readonly (readonly Placed[])[] | undefined {
  const orders = extensions(sights);
  if (fields === 'current') return orders;
  const ways = orders?.map((order) => withOlderFields(order));
  return ways?.every((way) => way !== undefined) ? ways.flat() : undefined;
}

const saysStatus = ({ status, system, shown }: Sight): boolean =>
  status !== undefined ||
  system !== undefined ||
  shown.some(({ state, resolution }) => state !== undefined || resolution !== undefined);

function judgeOrder(sights: readonly Placed[], rules: Rules, options: JudgeOptions): Judgement {
  const foreign = sights.find(({ isForeign }) => isForeign);
  if (foreign) {
    // All else is judged as if that had not come: it may show that an earlier list is to blame.
    const own = sights.filter(({ isForeign }) => !isForeign);
    const { verdict, line = Infinity } = judgeOrder(own, rules, options);
    return verdict === 'violates' && line < foreign.line ? { verdict, line } : { verdict: 'violates' };
  }
  const isApart = sights.every(({ isCallback, folder }) => isCallback || folder === undefined);
  const gone = isApart ? [] : vanishings(sights);
  const end = gone[0] === undefined ? sights.length : beginOf(sights, gone[0].at);
  const before = isApart ? 'conforms' : explainAll(sights.slice(0, end), rules, options);
  // Whether groups count that are shown only when something has gone is not said.
  const later = options.groups === 'first-seen' ? sights.slice(end).flatMap(({ shown }) => shown) : [];
  if (before === 'violates' && later.some(({ group }) => group !== undefined))
    return { verdict: 'undecided' };
  if (before === 'violates' || before === 'undecided') return { verdict: before };
  if (gone.length === 0 && !isApart) return { verdict: before };
  const returned = gone.find(({ returns }) => returns);
  // Whether what is known of groups binds beside a deletion is not said: before that, something may violate already.
  const known = sights.slice(0, returned?.at);
  if (returned && (!groupsAgree(known) || aloneVerdict(known, rules) === 'violates'))
    return { verdict: 'violates' };
  if (returned) return { verdict: 'violates', line: sights[returned.at]!.line };
  const alone = aloneVerdict(sights, rules);
  if (alone === 'violates' || isApart) return { verdict: alone };
  return { verdict: groupsAgree(sights) ? 'unspecified' : 'undecided' };
}

function explainAll(sights: readonly Sight[], rules: Rules, options: JudgeOptions): Explained | 'undecided' {
  const facts = factsOf(sights, rules, options.groups);
  if (!facts) return 'violates';
  if (facts.size > 10 || facts.units.length > 10) return 'undecided';
  try {
    return explain(facts, rules, { left: options.work });
  } catch (error) {
    if (error instanceof TooMuch) return 'undecided';
    throw error;
  }
}

/** Where the answer begins that ends with this sight: its fields may be of a moment when something was gone. */
function beginOf(sights: readonly Sight[], at: number): number {
  const isApart = at > 0 && sights[at - 1]!.line === sights[at]!.line && sights[at - 1]!.shown.length === 0;
  return isApart ? at - 1 : at;
}

/** The complete lists that lack an analysis seen before, and whether one of those is seen again. */
function vanishings(sights: readonly Sight[]): readonly { readonly at: number; readonly returns: boolean }[] {
  const known = new Set<string>();
  return sights.flatMap((sight, at) => {
    const missing = sight.isComplete
      ? [...known].filter((id) => !sight.shown.some((one) => one.id === id))
      : [];
    for (const { id } of sight.shown) known.add(id);
    if (missing.length === 0) return [];
    const later = sights.slice(at + 1).flatMap(({ shown }) => shown.map(({ id }) => id));
    return [{ at, returns: missing.some((id) => later.includes(id)) }];
  });
}

/** What the laws of single analyses and the columns of the fields say. */
function aloneVerdict(sights: readonly Sight[], rules: Rules): Explained {
  if (!sights.every((sight) => isInColumns(sight) && !contradictsItself(sight))) return 'violates';
  const known = identities(sights);
  if (!known) return 'violates';
  let verdict: Explained = 'conforms';
  for (const [id, { kind }] of known) {
    const shown = sights.flatMap((sight) => sight.shown.filter((one) => one.id === id));
    const seen = shown.map((one) => codesOf(one) & codesOfKind(kind, rules));
    if (!course(seen, rules)) return 'violates';
    const isDecided =
      rules.decision === 'silent' && !course(seen, { ...rules, next: withoutDecision(rules) });
    if (isDecided) verdict = 'unspecified';
  }
  return verdict;
}

const withoutDecision = ({ next }: Rules): readonly number[] =>
  next.map((mask, code) => (code === 4 ? 1 << 4 : mask));
