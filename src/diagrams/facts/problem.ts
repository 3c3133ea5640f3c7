/** Why a diagram cannot be drawn, as a value: what a caller hands in is never a reason to throw. */

/** Every code of a problem, with what it means. */
export const diagramProblemCodes = {
  GUARD_UNNAMED: 'A guard is an inline function: a diagram could only leave it out.',
  ACTION_UNNAMED: 'An action is an inline function: a diagram could only leave it out.',
  PARAMS_NOT_DATA: 'Parameters or meta hold something that JSON cannot.',
  CHART_TOO_LARGE: 'A machine has more states than a picture can show.',
  EXPLORATION_STOPPED: 'A limit ended the exploration: the picture would be incomplete.',
  EVENTS_TOO_MANY: 'A sequence has more events than a picture can show.',
  PACKAGE_MISSING: 'An optional package that this picture needs is not installed.',
} as const;

/** The code of a problem. */
export type DiagramProblemCode = keyof typeof diagramProblemCodes;

/** One reason why a diagram cannot be drawn. */
export interface DiagramProblem {
  readonly code: DiagramProblemCode;
  readonly where: string;
  /** One sentence: where, expected, received. */
  readonly message: string;
}

/** A value, or the problems for which there is none. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly DiagramProblem[] };

/** A problem whose message has the form: where, expected, received. */
export function problem(
  code: DiagramProblemCode,
  where: string,
  expected: string,
  received: string,
): DiagramProblem {
  return { code, where, message: `${where}: expected ${expected}, received ${received}` };
}

/** The value of an outcome that cannot fail but by a mistake of ours. */
export function expectDrawn<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(
    `a diagram of our own cannot be drawn: ${outcome.problems.map((one) => one.message).join('; ')}`,
  );
}
