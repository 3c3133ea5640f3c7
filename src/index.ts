/** The public API: the machines with their model, readings and clauses, and the check of recordings. */
export * from '../machines/index.ts';
export * from './conformance/index.ts';
export * from './matchers/check-recording.ts';
export type { ConformOptions } from './matchers/conform-options.ts';
export type { PlainFinding, PlainFolder, ReportModel } from './reports/check/json.ts';
export type { CheckSummary } from './reports/check/outcome.ts';
