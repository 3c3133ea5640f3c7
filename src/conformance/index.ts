/** Conformance: judges observations of folders by the specification. */
export * from '../observations/observation.ts';
export * from '../observations/findings.ts';
export * from '../observations/results.ts';
export * from './check/checker.ts';
export * from './check/check-step.ts';
export { Components, type SeenFolder } from './shards/components.ts';
export { checksBy } from './check/shared-histories.ts';
export * from './folder/explanations.ts';
export * from './inference/infer.ts';
export type { SeenAt } from './inference/folder-evidence.ts';
