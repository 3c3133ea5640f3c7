export * from './model.ts';
export * from './moves.ts';
export * from './machine.ts';
export * from './invariants.ts';
