/** The specification as models for other engines: made from its tables, under any settings. */
export * from './blueprint.ts';
export * from './promela.ts';
export * from './murphi.ts';
export * from './scxml.ts';
export * from './warehouse.ts';
export { chartOf } from '../../diagrams/facts/machine-document.ts';
