export * from './model.ts';
export * from './machine.ts';
export * from './invariants.ts';
