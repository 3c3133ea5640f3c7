import {
  discharge,
  obligationsOf,
  specifiedRules,
  type Rules,
  type Solver,
} from '../../src/assurance/prove/index.ts';

/** One wrong specification, and the obligations that it has to break. */
export interface Fault {
  readonly name: string;
  readonly rules: Partial<Rules>;
  readonly breaks: readonly string[];
}

/** What a solver answers to an obligation that it refutes: not a limit or an error. */
const refuting = { sat: 'unsat', unsat: 'sat' } as const;

/**
 * The obligations that a wrong specification has to break and that the solver does not refute, with its answer. A
 * counterexample has to be one without the solver as well.
 */
export async function unrefuted({ rules, breaks }: Fault, solve: Solver): Promise<readonly string[]> {
  const faulty = { ...specifiedRules, ...rules };
  const concerned = obligationsOf(faulty).filter(({ name }) => breaks.includes(name));
  const unknown = breaks.filter((name) => concerned.every((one) => one.name !== name));
  const results = await discharge(faulty, solve, concerned);
  return [
    ...unknown.map((name) => `${name}: there is no such obligation`),
    ...results
      .filter(
        ({ obligation: { expected }, answer, counterexample }) =>
          answer !== refuting[expected] || counterexample?.confirmed === false,
      )
      .map(({ obligation: { name, expected }, answer, counterexample }) =>
        counterexample
          ? `${name}: not confirmed`
          : `${name}: expected ${refuting[expected]}, received ${answer}`,
      ),
  ];
}
