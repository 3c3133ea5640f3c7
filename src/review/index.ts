/** The documentation page sentence by sentence beside the specification, and what reviewers make of it. */
export * from './clause-uses.ts';
export * from './differences.ts';
export * from './marks.ts';
export * from './record.ts';
export * from './sign-off.ts';
export * from './page/compare.ts';
export * from './page/register.ts';
