import * as fc from 'fast-check';
import { test } from 'vitest';

/** An arbitrary for each of some values. */
type Arbitraries<Values extends readonly unknown[]> = {
  readonly [At in keyof Values]: fc.Arbitrary<Values[At]>;
};

/**
 * A test that something holds of all values of some arbitraries; a failure says the seed and the smallest counterexample.
 * `@fast-check/vitest` does the same, and takes one and a half seconds of each process to load.
 */
export const prop =
  <Values extends readonly unknown[]>(
    arbitraries: Arbitraries<Values>,
    parameters: Pick<fc.Parameters, 'numRuns' | 'seed'> = {},
  ) =>
  (name: string, holds: (...values: Values) => unknown): void =>
    // oxlint-disable-next-line vitest/expect-expect, vitest/valid-title -- both are those of whoever states the property
    test(name, () =>
      fc.assert(
        fc.asyncProperty(fc.tuple<unknown[]>(...arbitraries), async (values) => {
          const held: unknown = await holds(...(values as unknown as Values));
          return held === undefined || held === true;
        }),
        parameters,
      ),
    );
