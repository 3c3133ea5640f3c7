import type { Facts } from './state.ts';

/** Whether some analysis of the one list and one of the other have the same batch. */
export function seenTogether(ones: readonly number[], others: readonly number[], facts: Facts): boolean {
  const batches = new Set(ones.map((id) => batchOf(id, facts)));
  return others.some((id) => batchOf(id, facts) >= 0 && batches.has(batchOf(id, facts)));
}

/** Whether some of the analyses have the same batch but not the same place, which `placeOf` tells. */
export function parted(ids: readonly number[], placeOf: (id: number) => number, facts: Facts): boolean {
  const places = new Map<number, number>();
  return ids.some((id) => {
    const batch = batchOf(id, facts);
    if (batch < 0) return false;
    const place = placeOf(id);
    const known = places.get(batch) ?? place;
    places.set(batch, known);
    return known !== place;
  });
}

const batchOf = (id: number, facts: Facts): number => facts.analyses[id]!.batch;
