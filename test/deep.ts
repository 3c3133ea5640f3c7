/** How much of a long test `npm test` does; `npm run test:deep` does all of it. */
import { inject } from 'vitest';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Whether this is a run of the deep tests. */
    deep: boolean | undefined;
  }
}

/** Whether this is a run of the deep tests. */
export const isDeep = inject('deep') === true;

const { TEST_SEED: seedOfRun } = process.env;

/** A property that takes longer than this, in milliseconds, or whose counterexample does to become small, is ended. */
const interruptAfterTimeLimit = 300_000;

/**
 * How often a property is tried: in a deep run `deep` times, with another seed each time unless `TEST_SEED` names one;
 * else `usual` times with always the same seed, so that what has to occur in these few runs does.
 */
export const runs = (usual: number, deep: number) =>
  isDeep
    ? {
        numRuns: deep,
        interruptAfterTimeLimit,
        markInterruptAsFailure: true,
        ...(seedOfRun !== undefined && { seed: Number(seedOfRun) }),
      }
    : { numRuns: usual, seed: 1 };

/** All of the cases in a deep run; else so many of them, evenly chosen. */
export const some = <Case>(usual: number, cases: readonly Case[]): readonly Case[] =>
  isDeep
    ? cases
    : cases.filter(
        (_, at) => Math.ceil((at * usual) / cases.length) < Math.ceil(((at + 1) * usual) / cases.length),
      );
