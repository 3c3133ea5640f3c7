import { counterexample, type Counterexample } from './counterexample.ts';
import { obligationsOf, type Obligation } from './obligations.ts';
import type { Rules } from './rules.ts';
import { allVariables, announced, asked, preludeOf, smtlibText } from './smtlib.ts';

/** Runs an SMT-LIB text and returns what the solver prints. */
export type Solver = (text: string) => Promise<string>;

/** What became of one obligation: anything but the expected answer leaves it unproved. */
export interface Discharged {
  readonly obligation: Obligation;
  readonly proved: boolean;
  /** What the solver printed, for instance `unsat`, `unknown` or an error. */
  readonly answer: string;
  /** A state or step that refutes the obligation, where the solver has one. */
  readonly counterexample?: Counterexample;
}

/** Asks the solver for every obligation. No answer, `unknown`, an error and a limit that was met prove nothing. */
export async function discharge(
  rules: Rules,
  solve: Solver,
  obligations: readonly Obligation[] = obligationsOf(rules),
): Promise<readonly Discharged[]> {
  const answers = answersIn(await solve(smtlibText(rules, obligations)), obligations);
  const results: Discharged[] = [];
  for (const obligation of obligations) {
    const answer = answers.get(obligation) ?? 'no answer';
    const proved = answer === obligation.expected;
    const refuted = !proved && obligation.expected === 'unsat' && answer === 'sat';
    results.push({
      obligation,
      proved,
      answer,
      ...(refuted ? { counterexample: await refute(rules, solve, obligation) } : {}),
    });
  }
  return results;
}

/** What was printed after the name of each obligation, up to the next name. */
function answersIn(output: string, obligations: readonly Obligation[]): ReadonlyMap<Obligation, string> {
  const byName = new Map(obligations.map((obligation) => [announced(obligation), obligation]));
  const printed = new Map<Obligation, string[]>();
  let answer: string[] = [];
  for (const line of output.split('\n').filter((one) => one !== '')) {
    // Some solvers print a text with its quotation marks.
    const obligation = byName.get(line.replaceAll('"', ''));
    if (obligation) printed.set(obligation, (answer = []));
    else answer.push(line);
  }
  return new Map([...printed].map(([obligation, lines]) => [obligation, lines.join(' ')]));
}

async function refute(rules: Rules, solve: Solver, obligation: Obligation): Promise<Counterexample> {
  const values = `(get-value (${allVariables.map(({ name }) => name).join(' ')}))`;
  return counterexample(rules, obligation, await solve(preludeOf(rules) + asked(obligation, values)));
}
