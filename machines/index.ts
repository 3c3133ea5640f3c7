/** The specification: vocabulary, severity, readings, clauses, and the lifecycles of analysis, group and folder. */
export * from './statuses.ts';
export * from './severity.ts';
export * from './readings.ts';
export * from './questions.ts';
export * from './given-settings.ts';
export * from './clauses.ts';
export * from './invariants.ts';
export * from './analysis/index.ts';
export * from './group/index.ts';
export * from './folder/index.ts';
