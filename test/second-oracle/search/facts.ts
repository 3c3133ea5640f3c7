import { alphabetOf } from '../../../machines/statuses.ts';
import { codes, type Rules } from './rules.ts';
import type { Shown, Sight } from '../recordings/recording.ts';

/**
 * What a whole sequence of observations of one folder says that holds at all times: which analyses there are, which
 * of them were posted together, and which resolutions each can have had at each observation. The oracle looks at a
 * recording from its end, so that what is shown late needs no memory.
 */

/** Analyses that are known to be of one group. */
export interface Unit {
  /** Which analyses, as a mask. */
  readonly mask: number;
  /** The name of the group; units with different names are different groups. */
  readonly label: string | undefined;
  /** Whether the group holds nothing else. */
  readonly isWhole: boolean;
}

/** One folder, ready for the search. */
export interface Facts {
  readonly size: number;
  readonly units: readonly Unit[];
  /** By analysis: the number of its unit. */
  readonly unitOf: readonly number[];
  /** By observation and analysis: the codes that it can have had, as a mask. */
  readonly allowed: readonly (readonly number[])[];
  readonly fields: readonly { readonly status: string | undefined; readonly system: string | undefined }[];
  /**
   * By observation and analysis: the one before it that nothing tells apart from it from this observation on, but for
   * what has become of both; -1 where there is none. Both are of one unit, or each is one by itself.
   */
  readonly alike: readonly (readonly number[])[];
  /** The last observation at which every analysis was shown; later ones may have been posted and not shown. */
  readonly lastComplete: number;
  /** The last observation that shows a field of the folder: what no list shows matters no longer. */
  readonly lastFields: number;
}

const all = 0b111111;
const born = all & ~1;
const settled = born & ~(1 << codes.PROCESSING);
const finished = settled & ~(1 << codes.FAILED);

const isOf = (field: 'analyse.state' | 'analyse.resolution_status', text: string) =>
  (alphabetOf(field) as readonly string[]).includes(text);

/** The codes that agree with what is shown of an analysis; 0 where nothing does. */
export function codesOf({ state, resolution }: Shown): number {
  let mask = born;
  if (state !== undefined) {
    if (!isOf('analyse.state', state)) return 0;
    mask &= state === 'FINISHED' ? finished : 1 << codes[state as 'FAILED'];
  }
  if (resolution !== undefined) {
    if (!isOf('analyse.resolution_status', resolution)) return 0;
    mask &= 1 << codes[resolution as 'FAILED'];
  }
  return mask;
}

/** Whether the statuses of the folder are in their columns. */
export const isInColumns = ({ status, system }: Sight): boolean =>
  (status === undefined || (alphabetOf('folder.resolution_status') as readonly string[]).includes(status)) &&
  (system === undefined || (alphabetOf('system_resolution') as readonly string[]).includes(system));

const sameShown = (one: Shown, other: Shown): boolean =>
  (['kind', 'group', 'state', 'resolution'] as const).every((key) => one[key] === other[key]);

/** Whether a list shows an analysis twice, and not the same of it. */
export const contradictsItself = ({ shown }: Sight): boolean =>
  shown.some((one) => shown.some((other) => one.id === other.id && !sameShown(one, other)));

/** What is known of each analysis by its id: its kind and the name of its group; undefined where two are shown. */
export function identities(
  sights: readonly Sight[],
): ReadonlyMap<string, { readonly kind?: string; readonly group?: string }> | undefined {
  const known = new Map<string, { kind?: string; group?: string }>();
  for (const { id, kind, group } of sights.flatMap(({ shown }) => shown)) {
    const one = known.get(id) ?? {};
    known.set(id, one);
    if (kind !== undefined && (one.kind ??= kind) !== kind) return undefined;
    if (group !== undefined && (one.group ??= group) !== group) return undefined;
  }
  return known;
}

/** The codes that an analysis of this kind can have at all. */
export const codesOfKind = (kind: string | undefined, rules: Rules): number =>
  kind === 'QUALITY' || !rules.operatorRequired ? all & ~(1 << codes.OPERATOR_REQUIRED) : all;

/** The codes that may come after any of `mask`. */
export function after(mask: number, rules: Rules): number {
  let next = 0;
  for (let code = 0; code < rules.next.length; code += 1) if (mask & (1 << code)) next |= rules.next[code]!;
  return next;
}

/**
 * Which codes an analysis can have had at each observation, if at each it had one of `shown`: forward what is
 * reachable, back what leads on. Undefined where that leaves nothing.
 */
export function course(shown: readonly number[], rules: Rules, from = 1): number[] | undefined {
  const masks: number[] = [];
  let mask = from;
  for (const here of shown) masks.push((mask = after(mask, rules) & here));
  for (let at = masks.length - 2; at >= 0; at -= 1) {
    let kept = 0;
    for (let code = 0; code < rules.next.length; code += 1) {
      if (masks[at]! & (1 << code) && rules.next[code]! & masks[at + 1]!) kept |= 1 << code;
    }
    masks[at] = kept;
  }
  return masks.includes(0) ? undefined : masks;
}

/** Whether this observation says that the folder holds no analysis. */
const isEmpty = ({ status, system, isComplete, shown }: Sight): boolean =>
  status === 'INITIAL' || system === 'INITIAL' || (isComplete && shown.length === 0);

/** How analyses without a known group are taken. */
export type Grouping = 'known' | 'first-seen';

/** When the fields of a folder are from: the moment of the list beside them, or maybe an earlier one. */
export type FieldMoment = 'current' | 'stale';

/** The facts of a folder; undefined where they contradict each other whatever happened. */
export function factsOf(sights: readonly Sight[], rules: Rules, grouping: Grouping): Facts | undefined {
  if (!sights.every((sight) => isInColumns(sight) && !contradictsItself(sight))) return undefined;
  const known = identities(sights);
  if (!known) return undefined;
  const ids = [...known.keys()];
  const indexOf = new Map(ids.map((id, at) => [id, at]));
  const units = unitsOf(sights, ids, (id) => known.get(id)?.group, grouping);
  if (!units) return undefined;
  const columns: number[][] = [];
  for (const id of ids) {
    const kind = codesOfKind(known.get(id)?.kind, rules);
    const column = course(
      sights.map((sight) => kind & seenOf(sight, id)),
      rules,
    );
    if (!column) return undefined;
    columns.push(column);
  }
  return {
    size: indexOf.size,
    units,
    unitOf: columns.map((_, at) => units.findIndex(({ mask }) => mask & (1 << at))),
    allowed: sights.map((_, at) => columns.map((column) => column[at]!)),
    alike: [...sights.keys(), sights.length].map((from) => alikeFrom(from, units, columns)),
    fields: sights.map(({ status, system }) => ({ status, system })),
    lastFields: sights.findLastIndex(({ status, system }) => status !== undefined || system !== undefined),
    lastComplete: sights.findLastIndex((sight) => sight.isComplete || isEmpty(sight)),
  };
}

/** Which analyses differ in nothing but their ids from an observation on. */
function alikeFrom(from: number, units: readonly Unit[], columns: readonly (readonly number[])[]): number[] {
  const last = new Map<string, number>();
  return columns.map((column, at) => {
    const unit = units.findIndex(({ mask }) => mask & (1 << at));
    const { mask, label, isWhole } = units[unit]!;
    const isFree = label === undefined && !isWhole && (mask & (mask - 1)) === 0;
    const key = `${isFree ? '' : unit}:${column.slice(from).join()}`;
    const before = last.get(key) ?? -1;
    last.set(key, at);
    return before;
  });
}

function seenOf(sight: Sight, id: string): number {
  const shown = sight.shown.find((one) => one.id === id);
  if (shown) return isEmpty(sight) ? 0 : codesOf(shown);
  return sight.isComplete || isEmpty(sight) ? 1 : all;
}

/** Whether one explanation can hold all that is known of groups. */
export function groupsAgree(sights: readonly Sight[]): boolean {
  const known = identities(sights);
  return (
    known !== undefined &&
    unitsOf(sights, [...known.keys()], (id) => known.get(id)?.group, 'known') !== undefined
  );
}

/** Gathers the analyses into units; undefined where the groups that are known contradict each other. */
function unitsOf(
  sights: readonly Sight[],
  ids: readonly string[],
  labelOf: (id: string) => string | undefined,
  grouping: Grouping,
): readonly Unit[] | undefined {
  const maskOf = (some: readonly string[]) => some.reduce((mask, id) => mask | (1 << ids.indexOf(id)), 0);
  const wholes = sights
    .filter(({ isWhole }) => isWhole)
    .map(({ shown }) => maskOf(shown.map(({ id }) => id)));
  const labels = [...new Set(ids.flatMap((id) => labelOf(id) ?? []))];
  const named = labels.map((label) => maskOf(ids.filter((id) => labelOf(id) === label)));
  const joint =
    grouping === 'first-seen' ? firstSeen(sights).map((some) => jointOf(maskOf(some), named, wholes)) : [];
  let masks: number[] = ids.map((_, at) => 1 << at);
  for (const together of [...wholes, ...named, ...joint]) {
    if (together === 0) continue;
    const touched = masks.filter((mask) => mask & together);
    masks = [...masks.filter((mask) => !(mask & together)), touched.reduce((sum, mask) => sum | mask, 0)];
  }
  const units: Unit[] = [];
  for (const mask of masks) {
    const whole = wholes.filter((one) => one & mask);
    const names = labels.filter((_, at) => named[at]! & mask);
    if (names.length > 1 || whole.some((one) => one !== mask)) return undefined;
    units.push({ mask, label: names[0], isWhole: whole.length > 0 });
  }
  return units;
}

/** Of analyses first seen together those that are one group: with one whose group is known, if it is the only such. */
function jointOf(together: number, named: readonly number[], wholes: readonly number[]): number {
  const isOpen = (group: number) => (group & together) !== 0 && wholes.every((whole) => !(whole & group));
  const open = named.filter(isOpen);
  const free = [...wholes, ...named].reduce((mask, one) => mask & ~one, together);
  return open.length === 1 ? free | (open[0]! & together) : free;
}

/** The analyses of each observation that none before it showed. */
function firstSeen(sights: readonly Sight[]): readonly (readonly string[])[] {
  const seen = new Set<string>();
  return sights.map(({ shown }) => {
    const fresh = shown.map(({ id }) => id).filter((id) => !seen.has(id));
    for (const id of fresh) seen.add(id);
    return fresh;
  });
}
