import type { Facts } from './state.ts';

/**
 * Analyses are together if they were first seen together and nothing says that they are in different groups. Whether
 * some analysis of the one list is together with one of the other, where the lists share none.
 */
export function together(ones: readonly number[], others: readonly number[], facts: Facts): boolean {
  const claims = new Map<number, Set<number>>();
  for (const id of ones) {
    const { batch, label } = facts.analyses[id]!;
    claims.set(batch, (claims.get(batch) ?? new Set()).add(label));
  }
  return others.some((id) => {
    const { batch, label } = facts.analyses[id]!;
    const claimed = claims.get(batch);
    return claimed !== undefined && (label < 0 || claimed.has(-1) || claimed.has(label));
  });
}

/** Whether some of the analyses are together although they are not in one group; `placeOf` tells where they are. */
export function parted(ids: readonly number[], placeOf: (id: number) => number, facts: Facts): boolean {
  const places = new Map<string, number>();
  const isParted = (key: string, place: number): boolean => {
    if (!places.has(key)) places.set(key, place);
    return places.get(key) !== place;
  };
  const open = new Set(ids.flatMap((id) => (labelOf(id, facts) < 0 ? [facts.analyses[id]!.batch] : [])));
  return ids.some((id) => {
    const { batch, label } = facts.analyses[id]!;
    return isParted(open.has(batch) ? `${batch}` : `${batch}/${label}`, placeOf(id));
  });
}

const labelOf = (id: number, facts: Facts): number => facts.analyses[id]!.label;
