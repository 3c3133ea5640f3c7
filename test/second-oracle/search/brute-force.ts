import { codesOf, contradictsItself, isInColumns } from './facts.ts';
import { statusOfFolder, steps, systemOfFolder, take, type Folder } from './execution.ts';
import type { Sight } from '../recordings/recording.ts';
import type { Rules } from './rules.ts';

/**
 * Judges tiny recordings by trying every concrete execution up to a bound: no abstraction, every analysis has a name,
 * and what is known of groups is learnt as it comes.
 */

/** The most that a folder may hold: the analyses that may be named, those that never are, and groups. */
export interface Bound {
  readonly ids: readonly string[];
  /** Which of those may be a liveness check. */
  readonly mayBeLiveness: readonly string[];
  readonly hidden: number;
  readonly groups: number;
}

/** What trying everything says, and at which observation nothing is left. */
export interface Tried {
  readonly verdict: 'conforms' | 'unspecified' | 'violates';
  readonly at?: number;
}

/** A concrete folder and what can become of it by one step; by a decision, apart. */
interface Node {
  readonly folder: Folder;
  readonly next: number[];
  readonly decided: number[];
}

/** Every folder within a bound, each once, hidden analyses without their names. */
export function graphOf(rules: Rules, bound: Bound): readonly Node[] {
  const ids = [...bound.ids, ...Array.from({ length: bound.hidden }, (_, at) => `#${at}`)];
  const nodes: Node[] = [];
  const known = new Map<string, number>();
  const number = (folder: Folder): number => {
    const key = keyOf(folder);
    const at = known.get(key) ?? nodes.length;
    if (at === nodes.length) {
      known.set(key, at);
      nodes.push({ folder, next: [], decided: [] });
    }
    return at;
  };
  number({ groups: [], settled: [] });
  // The list grows while it is walked.
  for (const { folder, next, decided } of nodes) {
    for (const step of steps(folder, rules)) {
      (step.type === 'decided' ? decided : next).push(number(take(folder, step)));
    }
    if (folder.groups.length >= bound.groups) continue;
    const posted = new Set(folder.groups.flat().map(({ id }) => id));
    const free = ids.filter((id) => !posted.has(id));
    for (const members of memberLists(free, bound.mayBeLiveness))
      next.push(number(take(folder, { type: 'posted', members })));
  }
  return nodes;
}

function keyOf(folder: Folder): string {
  const groups = folder.groups.map((group) => {
    const members = group.map(
      ({ id, isLiveness, code }) => `${id.startsWith('#') ? '#' : id}${isLiveness ? 'q' : ''}${code}`,
    );
    return members.toSorted().join(' ');
  });
  return `${groups.join('|')}>${folder.settled.join(' ')}`;
}

/** Every group that can be posted of these. */
function memberLists(
  ids: readonly string[],
  mayBeLiveness: readonly string[],
): readonly (readonly { id: string; isLiveness: boolean }[])[] {
  let lists: { id: string; isLiveness: boolean }[][] = [[]];
  for (const id of ids) {
    const kinds = mayBeLiveness.includes(id) ? [false, true] : [false];
    lists = lists.flatMap((list) => [list, ...kinds.map((isLiveness) => [...list, { id, isLiveness }])]);
  }
  return lists.filter((list) => list.length > 0);
}

/** What a folder may be, and what was learnt of its groups, by their names in the order of posting. */
interface Concrete {
  readonly node: number;
  readonly labels: readonly (string | undefined)[];
  readonly silent: boolean;
}

/** Tries every execution of a folder within the bound of the graph. */
export function tryAll(sights: readonly Sight[], rules: Rules, graph: readonly Node[]): Tried {
  let belief: readonly Concrete[] = [{ node: 0, labels: [], silent: false }];
  for (const [at, sight] of sights.entries()) {
    belief = reach(belief, graph, rules).flatMap((state) => matched(state, graph, sight, rules) ?? []);
    if (belief.length === 0) return { verdict: 'violates', at };
  }
  return { verdict: belief.some(({ silent }) => !silent) ? 'conforms' : 'unspecified' };
}

function reach(from: readonly Concrete[], graph: readonly Node[], rules: Rules): readonly Concrete[] {
  const all: Concrete[] = [];
  for (const labels of new Map(from.map((state) => [state.labels.join(), state.labels])).values()) {
    const mine = from.filter((state) => state.labels.join() === labels.join());
    const seen = new Map<number, boolean>();
    // First all that needs no silent step, then what only such a step reaches.
    for (const silent of [false, true]) {
      const queue = mine.filter((state) => state.silent === silent).map(({ node }) => node);
      const isSilent = rules.decision === 'silent';
      if (silent && isSilent) for (const at of seen.keys()) queue.push(...graph[at]!.decided);
      for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
        if (seen.has(node)) continue;
        seen.set(node, silent);
        queue.push(...graph[node]!.next);
        if (!isSilent || silent) queue.push(...graph[node]!.decided);
      }
    }
    for (const [node, silent] of seen) all.push({ node, labels, silent });
  }
  return all;
}

/** The state with what is now known of it, if it can look like this. */
function matched(state: Concrete, graph: readonly Node[], sight: Sight, rules: Rules): Concrete | undefined {
  const { folder } = graph[state.node]!;
  if (!isInColumns(sight) || contradictsItself(sight)) return undefined;
  if (sight.status !== undefined && sight.status !== statusOfFolder(folder, rules)) return undefined;
  if (sight.system !== undefined && sight.system !== systemOfFolder(folder, rules)) return undefined;
  const names = new Set(sight.shown.map(({ id }) => id));
  if (sight.isComplete && folder.groups.flat().length !== names.size) return undefined;
  const labels = [...state.labels];
  const touched = new Set<number>();
  for (const shown of sight.shown) {
    const at = folder.groups.findIndex((group) => group.some(({ id }) => id === shown.id));
    const member = folder.groups[at]?.find(({ id }) => id === shown.id);
    if (!member || !(codesOf(shown) & (1 << member.code))) return undefined;
    if (shown.kind !== undefined && member.isLiveness !== (shown.kind === 'QUALITY')) return undefined;
    touched.add(at);
    if (shown.group === undefined) continue;
    if ((labels[at] ?? shown.group) !== shown.group) return undefined;
    if (labels.some((label, other) => other !== at && label === shown.group)) return undefined;
    labels[at] = shown.group;
  }
  if (sight.isWhole && (touched.size !== 1 || folder.groups[[...touched][0]!]!.length !== names.size))
    return undefined;
  return { ...state, labels };
}
