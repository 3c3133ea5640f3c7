/** Baselines: deviations that are known, and why. Pure; whoever calls reads and writes the file. */
export * from './baseline.ts';
export * from './entries.ts';
export * from './read.ts';
