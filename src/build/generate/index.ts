/** Builders of the generated documents: pure functions from registries to text. */
export * from './baseline-schema.ts';
export * from './clauses-page.ts';
export * from './guide-tables.ts';
export * from './counts-page.ts';
export * from './findings-page.ts';
export * from '../../text/markdown.ts';
export * from './recorder-tables.ts';
export * from './paths-schema.ts';
export * from './readings-page.ts';
export * from './readings-schema.ts';
export * from './report-schema.ts';
export * from './specification-schema.ts';
export * from './tested-clauses.ts';
export * from './vectors-schema.ts';
export * from './verification-page.ts';
export * from './decision-table.ts';
export * from './decisions-schema.ts';
