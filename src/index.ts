/** The public API: the machines with their model, readings and clauses, and the checker of recordings. */
export * from '../machines/index.ts';
export * from './conformance/index.ts';
