import type { Solver } from '../../src/assurance/prove/index.ts';

/** Z3 in this process. */
export interface Z3 {
  readonly version: string;
  readonly solve: Solver;
  stop(): void;
}

/** Starts Z3; it gives up on a question after `timeout` milliseconds. */
export function startZ3(limits: { readonly timeout: number }): Promise<Z3>;
