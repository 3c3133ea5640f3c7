/** Conformance: judges observations of folders by the specification. */
export * from './observation.ts';
export * from './findings.ts';
export * from './results.ts';
export * from './checker.ts';
export * from './check-step.ts';
export * from './explanations.ts';
export * from './infer.ts';
export type { SeenAt } from './infer-folder.ts';
