import { and, eq, ite, isSame, not, or, type Term } from './term.ts';

/** A function of finitely many values as the questions that it asks: the answers lead to what it returns. */
export type Decisions<Result> =
  | { readonly result: Result }
  | { readonly asked: string; readonly branches: readonly (readonly [Answer, Decisions<Result>])[] };

type Answer = string | boolean;

/** Asks for one of the arguments of a function: by its name, with all values that it may have. */
export type Ask = <A extends Answer>(name: string, values: readonly A[]) => A;

/** No function of the specification looks at more arguments than this, one after the other. */
const mostQuestions = 64;

/**
 * All that a pure function does, by running it once for every way through it: where it asks for an argument, it is
 * run again with each value. So nothing is left out, and what it never looks at plays no part.
 */
export function tabulate<Result>(run: (ask: Ask) => Result): Decisions<Result> {
  const follow = (known: ReadonlyMap<string, Answer>): Decisions<Result> => {
    if (known.size > mostQuestions) throw new RangeError(`a rule looks at more than ${mostQuestions} values`);
    let open: { readonly asked: string; readonly values: readonly Answer[] } | undefined;
    const ask: Ask = (asked, values) => {
      const answer = known.get(asked);
      if (answer !== undefined) return answer as (typeof values)[number];
      open = { asked, values };
      throw unanswered;
    };
    try {
      return { result: run(ask) };
    } catch (error) {
      if (error !== unanswered || !open) throw error;
      const { asked, values } = open;
      return {
        asked,
        branches: values.map((value) => [value, follow(new Map([...known, [asked, value]]))] as const),
      };
    }
  };
  return follow(new Map());
}

/** Ends a run at a question whose answer is not known yet. */
const unanswered = new Error('unanswered');

/** How an asked name and a value of it are written in a formula. */
export interface Wording {
  readonly nameOf: (asked: string) => Term;
  readonly valueOf: (asked: string, answer: Answer) => Term;
}

/** The decisions as one term, each result as `leaf` writes it; a question that changes nothing is left out. */
export function termOf<Result>(
  decisions: Decisions<Result>,
  leaf: (result: Result) => Term,
  wording: Wording,
): Term {
  if ('result' in decisions) return leaf(decisions.result);
  const { asked, branches } = decisions;
  const subject = wording.nameOf(asked);
  const cases = branches.map(
    ([answer, rest]) => [wording.valueOf(asked, answer), termOf(rest, leaf, wording)] as const,
  );
  // Whatever the value is, it is the result.
  if (cases.every(([value, then]) => isSame(value, then))) return subject;
  return cases
    .slice(0, -1)
    .reduceRight<Term>(
      (otherwise, [value, then]) => choice(subject, value, then, otherwise),
      cases.at(-1)![1],
    );
}

function choice(subject: Term, value: Term, then: Term, otherwise: Term): Term {
  const condition = value === true ? subject : value === false ? not(subject) : eq(subject, value);
  if (then === true && otherwise === false) return condition;
  if (otherwise === false) return and(condition, then);
  if (then === true) return or(condition, otherwise);
  return ite(condition, then, otherwise);
}
