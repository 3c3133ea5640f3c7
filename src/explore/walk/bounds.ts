import { inQuotes, isMembers, wrongValue } from '../../../machines/given-values.ts';

/**
 * How much of the unbounded folder is explored. A POST is possible at any time while there is room for its
 * group.
 */
export interface FolderBounds {
  /** At most so many groups. */
  readonly groups: number;
  /** So many analyses in each group. */
  readonly analyses: number;
  /**
   * Whether every group has exactly that many analyses, or any number from one up to it. Default: `exact`.
   */
  readonly sizes?: 'exact' | 'up-to';
  /** The kinds that an analysis may have. Default: BIOMETRY alone. */
  readonly kinds?: readonly string[];
}

const groupSizes = ['exact', 'up-to'] as const satisfies readonly FolderBounds['sizes'][];

/** Throws a TypeError for bounds that are none: a walk within them would be complete, and would have seen nothing. */
export function expectBounds(bounds: FolderBounds): void {
  if (!isMembers(bounds)) throw new TypeError(wrongValue('bounds', 'an object', bounds));
  const { groups, analyses, sizes, kinds } = bounds;
  for (const [name, number, least] of [
    ['groups', groups, 0],
    ['analyses', analyses, 1],
  ] as const) {
    if (Number.isSafeInteger(number) && number >= least) continue;
    const received = typeof number === 'number' ? String(number) : inQuotes(number);
    throw new TypeError(`bounds.${name}: expected a whole number from ${least} on, received ${received}`);
  }
  if (sizes !== undefined && !groupSizes.includes(sizes)) {
    throw new TypeError(wrongValue('bounds.sizes', groupSizes.join(' or '), sizes));
  }
  if (kinds === undefined) return;
  if (!Array.isArray(kinds)) throw new TypeError(wrongValue('bounds.kinds', 'a list', kinds));
  if (kinds.length === 0) throw new TypeError('bounds.kinds: expected one or more, received none');
  const wrong = kinds.findIndex((kind) => typeof kind !== 'string');
  if (wrong >= 0) throw new TypeError(wrongValue(`bounds.kinds[${wrong}]`, 'a text', kinds[wrong]));
}
