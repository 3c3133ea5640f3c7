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

/** How often a property is tried: in a deep run `deep` times, else `usual` times. */
export const runs = (usual: number, deep: number) => ({ numRuns: isDeep ? deep : usual });

/** All of the cases in a deep run; else so many of them, evenly chosen. */
export const some = <Case>(usual: number, cases: readonly Case[]): readonly Case[] =>
  isDeep
    ? cases
    : cases.filter(
        (_, at) => Math.ceil((at * usual) / cases.length) < Math.ceil(((at + 1) * usual) / cases.length),
      );
