/** Test vectors: cases for any implementation of the specification, in any language. */
export * from './vector.ts';
export * from './vector-files.ts';
