import { isLiveness, type Folder, type Group } from '../../../machines/index.ts';

/** What the specification knows of a kind: liveness is special, all others are alike. */
export type KindClass = 'liveness' | 'other';

/** The class of a kind of analysis: analyses of one class in one group are interchangeable. */
export function kindClass(kind: string): KindClass {
  return isLiveness(kind) ? 'liveness' : 'other';
}

/**
 * Equal for two folders exactly when they are alike in all but ids: kinds, resolutions and the order of
 * settling. Ids say nothing where they count up. `kinds` are the kinds that occur; the resolutions differ
 * in their first letters.
 */
export function plainKey(folder: Folder, kinds: readonly string[] = ['BIOMETRY']): string {
  let key = '';
  for (const group of folder.groups) {
    for (const { kind, resolution } of group.analyses) key += kinds.indexOf(kind) + resolution.charAt(0);
    key += '|';
  }
  return key + settlingOrder(folder);
}

/**
 * What the specification knows of each analysis of a group: its class and its resolution, in the order of the
 * analyses. The group is given as it stands in one or several folders, and has its resolutions in all of them.
 */
function likenesses(group: Group, ...others: readonly Group[]): string[] {
  return group.analyses.map(({ kind, resolution }, at) => {
    let likeness = `${kindClass(kind)} ${resolution}`;
    for (const { analyses } of others) likeness += ` ${analyses[at]?.resolution}`;
    return likeness;
  });
}

/**
 * Equal for two folders exactly when one becomes the other by exchanging, inside each group, analyses of
 * one class.
 *
 * Groups are told apart by the order in which they were posted, and the order in which they settled is
 * kept. Neither field can tell two such folders apart, under any reading. With `alongside`, other folders
 * with the same groups of the same analyses, all of them have to become those of the other by one exchange.
 */
export function canonicalKey(folder: Folder, ...alongside: readonly Folder[]): string {
  const groups = folder.groups.map((group, at) =>
    likenesses(group, ...alongside.flatMap((other) => other.groups[at] ?? []))
      .toSorted()
      .join(),
  );
  return `${groups.join('|')}|${[folder, ...alongside].map(settlingOrder).join('|')}`;
}

function settlingOrder({ groups, settled }: Folder): string {
  return settled.map((id) => groups.findIndex((group) => group.id === id)).join();
}

/**
 * How many folders have the canonical key of `folder`, when each analysis may have any of `kinds`: the
 * product over the groups of a multinomial coefficient and of the choices of a kind within each class.
 */
export function multiplicity(folder: Folder, kinds: readonly string[] = ['BIOMETRY']): bigint {
  const kindsLike = (kind: string): bigint =>
    BigInt(kinds.filter((other) => kindClass(other) === kindClass(kind)).length);
  return folder.groups.reduce((product, group) => {
    const counts = new Map<string, number>();
    for (const likeness of likenesses(group)) counts.set(likeness, (counts.get(likeness) ?? 0) + 1);
    const arrangements = [...counts.values()].reduce(
      (rest, count) => rest / factorial(count),
      factorial(group.analyses.length),
    );
    return group.analyses.reduce((choices, { kind }) => choices * kindsLike(kind), product * arrangements);
  }, 1n);
}

function factorial(count: number): bigint {
  let product = 1n;
  for (let factor = 2; factor <= count; factor++) product *= BigInt(factor);
  return product;
}
