/** Bounded exploration of the model and of any machine, and the open questions made observable. */
export * from './explore.ts';
export * from './folder-system.ts';
export * from './canonical.ts';
export * from './analysis-steps.ts';
export * from './closed-form.ts';
export * from './machine-system.ts';
export * from './readings-alike.ts';
export * from './readings-distinguish.ts';
export * from './readings-classes.ts';
export * from './readings-questions.ts';
export * from './readings-tester.ts';
export * from './readings-plan.ts';
export * from './scenarios.ts';
export * from './readings-words.ts';
export * from './readings-register.ts';
export * from './readings-itinerary.ts';
