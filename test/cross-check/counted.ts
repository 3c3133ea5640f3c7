/** What an engine found out about a folder of one size under one reading. */
export interface Counted {
  readonly states: number;
  readonly transitions: number;
  /** How many states show each pair of statuses, `STATUS RESULT`; pairs that none shows are left out. */
  readonly pairs?: ReadonlyMap<string, number>;
  /** What the engine found violated; the counts then stop there. */
  readonly violated?: string;
}

const pairsText = (pairs: Counted['pairs']): string =>
  [...(pairs ?? [])]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([pair, count]) => `${pair}: ${count}`)
    .join(', ');

/** What differs between what was expected and what an engine counted; undefined where nothing does. */
export function difference(expected: Counted, received: Counted): string | undefined {
  if (received.violated !== undefined) return `violated: ${received.violated}`;
  for (const what of ['states', 'transitions'] as const) {
    if (expected[what] !== received[what])
      return `${what}: expected ${expected[what]}, received ${received[what]}`;
  }
  if (!expected.pairs || !received.pairs) return undefined;
  const [wanted, given] = [pairsText(expected.pairs), pairsText(received.pairs)];
  return wanted === given ? undefined : `states by pair: expected ${wanted}; received ${given}`;
}
