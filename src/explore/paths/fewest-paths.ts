import type { PlaceGraph } from './places.ts';

/** No more sets of targets than this are kept for one place: beyond it the search says that it is not complete. */
const maxSets = 400;
/** No more choices than this are tried for one number of paths. */
const maxChoices = 20_000;

/** What an exhaustive search for the fewest paths found. */
export interface Fewest {
  /** No set of fewer paths meets every target. */
  readonly least: number;
  /** As few paths as that, where they were found: the places of each, from a start to an end. */
  readonly paths?: readonly (readonly number[])[];
  /** The largest sets of targets that single paths meet: the search is over these. */
  readonly sets: number;
}

/** The sets that no other one contains, the largest first. */
function largest(sets: Iterable<bigint>): readonly bigint[] {
  const kept: bigint[] = [];
  for (const set of [...new Set(sets)].toSorted((left, right) => sizeOf(right) - sizeOf(left))) {
    if (!kept.some((one) => (one & set) === set)) kept.push(set);
  }
  return kept;
}

const word = 0xffff_ffffn;

function sizeOf(set: bigint): number {
  let size = 0;
  for (let rest = set; rest > 0n; rest >>= 32n) {
    for (let bits = Number(rest & word) | 0; bits !== 0; bits &= bits - 1) size++;
  }
  return size;
}

/** Targets that are met at the same places are one; the others get a bit each. */
function setAtPlaces({ places }: PlaceGraph): readonly bigint[] {
  const placesOf = new Map<number, number[]>();
  for (const [at, { targets }] of places.entries()) {
    for (const target of targets) {
      const known = placesOf.get(target);
      if (known) known.push(at);
      else placesOf.set(target, [at]);
    }
  }
  const alike = new Map([...placesOf.values()].map((at) => [at.join(), at]));
  const sets = places.map(() => 0n);
  let bit = 1n;
  for (const at of alike.values()) {
    for (const place of at) sets[place]! |= bit;
    bit <<= 1n;
  }
  return sets;
}

/**
 * Searches for the fewest paths that together meet every target; known are a number below which none suffice,
 * and one that does.
 *
 * Undefined where the sets of targets that paths can meet are too many to list. `order` holds each place after all
 * that can follow it.
 */
export function fewestPaths(
  graph: PlaceGraph,
  order: readonly number[],
  [atLeast, enough]: readonly [number, number],
): Fewest | undefined {
  const own = setAtPlaces(graph);
  /** By the list of places that can follow: the largest sets that paths meet from there on. */
  const following = new Map<readonly number[], readonly bigint[]>();
  const setsFrom = (at: number): readonly bigint[] => {
    const { next } = graph.places[at]!;
    return next.length === 0 ? [own[at]!] : following.get(next)!.map((set) => set | own[at]!);
  };
  for (const at of order) {
    const { next } = graph.places[at]!;
    if (next.length === 0 || following.has(next)) continue;
    const sets = largest(next.flatMap(setsFrom));
    if (sets.length > maxSets) return undefined;
    following.set(next, sets);
  }
  const sets = largest(graph.starts.flatMap(setsFrom));
  const all = own.reduce((union, set) => union | set, 0n);
  const walk = (set: bigint): readonly number[] => {
    const path: number[] = [];
    let rest = set;
    for (let choices = graph.starts; choices.length > 0; choices = graph.places[path.at(-1)!]!.next) {
      const at = choices.find((one) => setsFrom(one).some((ahead) => (ahead & rest) === rest))!;
      path.push(at);
      rest &= ~own[at]!;
    }
    return path;
  };
  for (let count = atLeast; count < enough; count++) {
    const search = searchCover(sets, all, count);
    if (search === 'limit') return { least: count, sets: sets.length };
    if (search) return { least: count, paths: search.map(walk), sets: sets.length };
  }
  return { least: enough, sets: sets.length };
}

/** `count` of the sets that together hold `all`; undefined where there are none. */
function searchCover(
  sets: readonly bigint[],
  all: bigint,
  count: number,
): readonly bigint[] | 'limit' | undefined {
  let choices = 0;
  const search = (missing: bigint, left: number): readonly bigint[] | 'limit' | undefined => {
    if (missing === 0n) return [];
    const gains = sets.map((set) => sizeOf(set & missing));
    if (left === 0 || Math.max(...gains) * left < sizeOf(missing)) return undefined;
    for (const set of sets.filter((one) => (one & rarest(missing)) !== 0n)) {
      if (++choices > maxChoices) return 'limit';
      const rest = search(missing & ~set, left - 1);
      if (rest === 'limit') return rest;
      if (rest) return [set, ...rest];
    }
    return undefined;
  };
  /** Of the missing targets one that the fewest sets hold. */
  const holders = new Map<bigint, number>();
  for (let rest = all; rest > 0n; rest &= rest - 1n) {
    const bit = rest & -rest;
    holders.set(bit, sets.filter((set) => (set & bit) !== 0n).length);
  }
  const byRarity = [...holders].toSorted(([, left], [, right]) => left - right).map(([bit]) => bit);
  const rarest = (missing: bigint): bigint => byRarity.find((bit) => (bit & missing) !== 0n)!;
  return search(all, count);
}
