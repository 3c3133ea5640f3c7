import { fewestPaths } from './fewest-paths.ts';
import type { PlaceGraph } from './places.ts';

/** Paths that together meet every target, and a proof of how few there can be. */
export interface PathCover {
  /** The places of each path, from a start on. */
  readonly paths: readonly (readonly number[])[];
  /** No set of fewer paths meets every target. */
  readonly least: number;
  /** Targets of which no path meets two: every path set needs a path for each of them. */
  readonly apart: readonly number[];
  /**
   * Where `apart` does not prove `least`: how many largest sets of targets single paths can meet. All choices of
   * fewer of these than `least` were tried, and none meets every target.
   */
  readonly searched?: number;
}

type Bits = Uint32Array;

const has = (bits: Bits, at: number): boolean => ((bits[at >>> 5]! >>> (at & 31)) & 1) === 1;
const put = (bits: Bits, at: number): void => {
  bits[at >>> 5]! |= 1 << (at & 31);
};
const join = (into: Bits, from: Bits): void => {
  for (let word = 0; word < into.length; word++) into[word]! |= from[word]!;
};

function common(left: Bits, right: Bits): number {
  let count = 0;
  for (let word = 0; word < left.length; word++) {
    for (let rest = left[word]! & right[word]!; rest !== 0; rest &= rest - 1) count++;
  }
  return count;
}

/** The places so that each stands after all that can follow it. */
function lastFirst({ places, starts }: PlaceGraph): readonly number[] {
  const order: number[] = [];
  const state = new Uint8Array(places.length);
  const [unseen, open, done] = [0, 1, 2];
  for (const start of starts) {
    const stack = [start];
    while (stack.length > 0) {
      const at = stack.at(-1)!;
      if (state[at] === unseen) {
        state[at] = open;
        for (const next of places[at]!.next) {
          if (state[next] === open) throw new RangeError('places: expected no way back, received a cycle');
          if (state[next] === unseen) stack.push(next);
        }
        continue;
      }
      stack.pop();
      if (state[at] === open) {
        state[at] = done;
        order.push(at);
      }
    }
  }
  return order;
}

/** For every place the targets that are met there or later. */
function aheadOf(graph: PlaceGraph, order: readonly number[], words: number): readonly Bits[] {
  const ahead = graph.places.map(() => new Uint32Array(words));
  for (const at of order) {
    const { targets, next } = graph.places[at]!;
    for (const target of targets) put(ahead[at]!, target);
    for (const after of next) join(ahead[at]!, ahead[after]!);
  }
  return ahead;
}

/**
 * Targets of which no path meets two, as many as a greedy search finds: of two targets none is met where the other
 * was met or can still be met.
 */
function targetsApart(
  graph: PlaceGraph,
  ahead: readonly Bits[],
  targets: readonly number[],
  words: number,
): number[] {
  const together = new Map(targets.map((target) => [target, new Uint32Array(words)]));
  for (const [at, place] of graph.places.entries()) {
    for (const target of place.targets) join(together.get(target)!, ahead[at]!);
  }
  for (const [target, others] of together) {
    for (const other of targets) if (has(others, other)) put(together.get(other)!, target);
  }
  const fewestFirst = targets.toSorted(
    (left, right) =>
      common(together.get(left)!, together.get(left)!) - common(together.get(right)!, together.get(right)!),
  );
  let best: number[] = [];
  for (const first of fewestFirst) {
    const chosen = [first];
    for (const target of fewestFirst) {
      if (chosen.every((one) => one !== target && !has(together.get(one)!, target))) chosen.push(target);
    }
    if (chosen.length > best.length) best = chosen;
  }
  return best;
}

/** Goes where most targets that are still missing lie ahead, and takes what lies on the way. */
function byOutlook(graph: PlaceGraph, ahead: readonly Bits[], missing: Bits): number[] {
  const rest = missing.slice();
  const path: number[] = [];
  for (let choices = graph.starts; ; choices = graph.places[path.at(-1)!]!.next) {
    let [best, most] = [-1, 0];
    for (const choice of choices) {
      const outlook = common(ahead[choice]!, rest);
      if (outlook > most) [best, most] = [choice, outlook];
    }
    if (best < 0) return path;
    path.push(best);
    for (const target of graph.places[best]!.targets) rest[target >>> 5]! &= ~(1 << (target & 31));
  }
}

/** The path with the most missing targets on it, one that is met twice counted twice. */
function byWeight(graph: PlaceGraph, order: readonly number[], missing: Bits): number[] {
  const weight = new Float64Array(graph.places.length);
  const follower = new Int32Array(graph.places.length).fill(-1);
  for (const at of order) {
    const { targets, next } = graph.places[at]!;
    for (const after of next) {
      if (weight[after]! > (follower[at]! < 0 ? 0 : weight[follower[at]!]!)) follower[at] = after;
    }
    const here = targets.filter((target) => has(missing, target)).length;
    weight[at] = here + (follower[at]! < 0 ? 0 : weight[follower[at]!]!);
  }
  let at = graph.starts.reduce(
    (best, start) => (weight[start]! > weight[best]! ? start : best),
    graph.starts[0]!,
  );
  const path = [at];
  while (follower[at]! >= 0) path.push((at = follower[at]!));
  return path;
}

/** Leaves out paths, and ends of paths, that meet nothing that the others do not meet as well. */
function trimmed(
  { places }: PlaceGraph,
  paths: readonly (readonly number[])[],
): readonly (readonly number[])[] {
  const met = new Map<number, number>();
  const count = (path: readonly number[], by: number) => {
    for (const at of path)
      for (const target of places[at]!.targets) met.set(target, (met.get(target) ?? 0) + by);
  };
  for (const path of paths) count(path, 1);
  const idle = (path: readonly number[]): boolean => {
    count(path, -1);
    const needed = path.some((at) => places[at]!.targets.some((target) => met.get(target) === 0));
    if (needed) count(path, 1);
    return !needed;
  };
  // The last found added least.
  const kept = paths.toReversed().filter((path) => !idle(path));
  return kept.toReversed().map((path) => {
    let end = path.length;
    while (end > 1 && idle([path[end - 1]!])) end--;
    return path.slice(0, end);
  });
}

/**
 * Paths that together meet every target that can be met: few, by two greedy strategies of which the better counts.
 * The targets that stand apart prove how few are possible.
 */
export function coverTargets(graph: PlaceGraph): PathCover {
  const targets = [...new Set(graph.places.flatMap((place) => place.targets))].toSorted(
    (left, right) => left - right,
  );
  const words = Math.ceil(((targets.at(-1) ?? 0) + 1) / 32);
  const order = lastFirst(graph);
  const ahead = aheadOf(graph, order, words);
  const strategies = [
    (missing: Bits) => byOutlook(graph, ahead, missing),
    (missing: Bits) => byWeight(graph, order, missing),
  ];
  const covers = strategies.map((strategy) => {
    const missing = new Uint32Array(words);
    for (const target of targets) put(missing, target);
    const paths: number[][] = [];
    while (missing.some((word) => word !== 0)) {
      const path = strategy(missing);
      for (const at of path) {
        for (const target of graph.places[at]!.targets) missing[target >>> 5]! &= ~(1 << (target & 31));
      }
      paths.push(path);
    }
    return trimmed(graph, paths);
  });
  const steps = (paths: readonly (readonly number[])[]) => paths.reduce((sum, path) => sum + path.length, 0);
  const [first, second] = covers as [PathCover['paths'], PathCover['paths']];
  const better =
    second.length < first.length || (second.length === first.length && steps(second) < steps(first))
      ? second
      : first;
  const apart = targetsApart(graph, ahead, targets, words);
  if (apart.length === better.length) return { paths: better, least: apart.length, apart };
  const fewest = fewestPaths(graph, order, [apart.length, better.length]);
  if (!fewest || fewest.least <= apart.length) {
    return { paths: fewest?.paths ? trimmed(graph, fewest.paths) : better, least: apart.length, apart };
  }
  const paths = fewest.paths ? trimmed(graph, fewest.paths) : better;
  return { paths, least: fewest.least, apart, searched: fewest.sets };
}
