import * as fc from 'fast-check';
import { isDeep } from './deep.ts';

/**
 * A change is judged on the same cases each time: what has to occur in a few runs does, and a failure comes again. A deep
 * run tries others unless `TEST_SEED` names a seed.
 */
const { TEST_SEED: seed = isDeep ? undefined : '1' } = process.env;

fc.configureGlobal({
  ...(seed !== undefined && { seed: Number(seed) }),
  // A runner cannot end a property that waits for nothing, nor the search for a smaller counterexample.
  interruptAfterTimeLimit: isDeep ? 300_000 : 60_000,
  markInterruptAsFailure: true,
});
