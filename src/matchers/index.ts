/** Matchers: judges recordings in tests. Needs no test runner by itself; `vitest.ts` and `jest.ts` add their types. */
export * from './conform.ts';
export type { ConformOptions } from './conform-options.ts';
