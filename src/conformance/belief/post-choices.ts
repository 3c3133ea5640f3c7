import { bit, split, type ResolutionSet } from './resolution-set.ts';
import type { Rules } from './constraint.ts';
import type { Facts } from './state.ts';

/** With more interchangeable or free parts than this, only the larger choices are tried. */
const maxParts = 12;

/**
 * The sets of waiting analyses that one POST may have sent, larger ones first.
 *
 * Analyses that claim the same group go together, those that claim different ones apart. Analyses that are seen
 * settled alike, without a claim, are interchangeable from then on: of those only none, one or all are chosen. Where
 * analyses first seen together are one group, only none or all of these are.
 */
export function* choices(
  waiting: readonly number[],
  facts: Facts,
  admits: ReadonlyMap<number, ResolutionSet>,
  rules: Rules,
): Generator<readonly number[]> {
  const labels = new Map<number, number[]>();
  const free: number[] = [];
  for (const id of waiting) {
    const { label } = facts.analyses[id]!;
    if (label < 0) free.push(id);
    else collect(labels, label, id);
  }
  const parts = partsOf(free, facts, admits, rules);
  for (const [label, ids] of labels) {
    if (facts.whole[label] === true) yield ids;
    else for (const more of selections(parts, rules)) yield [...ids, ...more].toSorted((a, b) => a - b);
  }
  for (const ids of selections(parts, rules)) if (ids.length > 0) yield ids.toSorted((a, b) => a - b);
}

/** Whether there are more free parts than `choices` tries all combinations of. */
export function tooMany(
  waiting: readonly number[],
  facts: Facts,
  admits: ReadonlyMap<number, ResolutionSet>,
  rules: Rules,
): boolean {
  const free = waiting.filter((id) => facts.analyses[id]!.label < 0);
  return partsOf(free, facts, admits, rules).length > maxParts;
}

function collect<Key>(lists: Map<Key, number[]>, key: Key, id: number): void {
  const list = lists.get(key);
  if (list) list.push(id);
  else lists.set(key, [id]);
}

/** Free analyses, by interchangeability, or by those that are one group. */
function partsOf(
  free: readonly number[],
  facts: Facts,
  admits: ReadonlyMap<number, ResolutionSet>,
  rules: Rules,
): readonly (readonly number[])[] {
  const parts = new Map<string, number[]>();
  for (const id of free) {
    const set = admits.get(id) ?? 0;
    const decidable = rules.decisions !== 'refused' && (set & bit.OPERATOR_REQUIRED) !== 0;
    const alike = split(set).length === 1 && set !== bit.PROCESSING && !decidable;
    const { batch } = facts.analyses[id]!;
    const key = rules.jointly ? `${batch}` : alike ? `${set}/${batch}` : `#${id}`;
    collect(parts, key, id);
  }
  return [...parts.values()];
}

/** Every choice of none, one or all of each part, the largest first; the empty one is last. */
function* selections(parts: readonly (readonly number[])[], rules: Rules): Generator<readonly number[]> {
  const [first, ...others] = parts.slice(0, maxParts);
  const beyond = parts.slice(maxParts).flat();
  if (!first) {
    yield beyond;
    return;
  }
  const options = first.length === 1 || rules.jointly ? [first, []] : [first, first.slice(0, 1), []];
  for (const option of options) {
    for (const more of selections(others, rules)) yield [...option, ...more, ...beyond];
  }
}
