/** The proof for folders of any size: formulas made from the rules of the specification, for an SMT solver. */
export * from './counterexample.ts';
export * from './discharge.ts';
export * from './formulas.ts';
export * from './obligations.ts';
export * from './reducer.ts';
export * from './rules.ts';
export * from './smtlib.ts';
