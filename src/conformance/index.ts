/** Conformance: judges observations of folders by the specification. */
export * from '../observations/observation.ts';
export * from '../observations/findings.ts';
export * from '../observations/results.ts';
export { createChecker } from './check/checker.ts';
export * from './check/check-step.ts';
export * from './folder/explanations.ts';
export * from './inference/infer.ts';
export type { SeenAt } from './inference/folder-evidence.ts';
