/**
 * A formula of SMT-LIB as a tree: a name, a number, a truth value, or an operator with what it is applied to. The
 * same tree is printed for a solver and evaluated by tests, so that both speak of one formula.
 */
export type Term = Value | Application;

/** An operator, followed by what it is applied to. */
export interface Application extends ReadonlyArray<Term> {
  readonly 0: string;
}

/** What a name stands for: a truth value, a count, or a literal of an enumeration. */
export type Value = boolean | number | string;

/** Values by name. */
export type Assignment = Readonly<Record<string, Value>>;

/** Both terms are equal. */
export const eq = (left: Term, right: Term): Term => ['=', left, right];

/** The term does not hold. */
export const not = (term: Term): Term => (typeof term === 'boolean' ? !term : ['not', term]);

/** All terms hold; none is true. */
export function and(...terms: readonly Term[]): Term {
  if (terms.includes(false)) return false;
  const rest = terms.filter((term) => term !== true);
  return rest.length > 1 ? ['and', ...rest] : (rest[0] ?? true);
}

/** One of the terms holds; of none it is false. */
export function or(...terms: readonly Term[]): Term {
  if (terms.includes(true)) return true;
  const rest = terms.filter((term) => term !== false);
  return rest.length > 1 ? ['or', ...rest] : (rest[0] ?? false);
}

/** Where the first holds, the second does. */
export const implies = (condition: Term, then: Term): Term => or(not(condition), then);

/** One term or the other. */
export function ite(condition: Term, then: Term, otherwise: Term): Term {
  return isSame(then, otherwise) ? then : ['ite', condition, then, otherwise];
}

/** The sum of counts. */
export const sum = (...terms: readonly Term[]): Term => ['+', ...terms];

/** Whether two terms are written alike. */
export function isSame(left: Term, right: Term): boolean {
  if (!isApplied(left) || !isApplied(right)) return left === right;
  return left.length === right.length && left.every((part, at) => isSame(part, right[at]!));
}

/** The term with other names, where `rename` gives another one. */
export function renamed(term: Term, rename: (name: string) => string): Term {
  if (typeof term === 'string') return rename(term);
  if (!isApplied(term)) return term;
  return [term[0], ...term.slice(1).map((operand) => renamed(operand, rename))];
}

/** The term as SMT-LIB prints it. Counts are never negative here. */
export function printed(term: Term): string {
  return isApplied(term) ? `(${term.map((part) => printed(part)).join(' ')})` : String(term);
}

const isApplied = (term: Term): term is Application => typeof term === 'object';

/** Gives the value of a term under an assignment. */
export type Evaluate = (values: Assignment) => Value;

/**
 * The term as a function. A name without a definition is looked up in the assignment; what is not there stands for
 * itself, as the literals of enumerations do, if it is one of `literals`, and is an error else. Assignments are told
 * apart by identity: one that changes is a new one.
 */
export function compiled(
  term: Term,
  literals: ReadonlySet<string>,
  definitions: ReadonlyMap<string, Term> = new Map(),
): Evaluate {
  const known = new Map<string, Evaluate>();
  const named = (name: string): Evaluate => {
    if (literals.has(name)) return () => name;
    const definition = definitions.get(name);
    if (definition === undefined) {
      return (values) => {
        const value = values[name];
        if (value === undefined) throw new RangeError(`${name} is neither defined nor given`);
        return value;
      };
    }
    const found = known.get(name) ?? once(build(definition));
    known.set(name, found);
    return found;
  };
  const build = (one: Term): Evaluate => {
    if (typeof one === 'string') return named(one);
    if (!isApplied(one)) return () => one;
    return apply(one[0], one.slice(1).map(build));
  };
  return build(term);
}

/** Evaluates once for an assignment, however often it is asked for. */
function once(evaluate: Evaluate): Evaluate {
  let last: { readonly values: Assignment; readonly value: Value } | undefined;
  return (values) => {
    if (last?.values !== values) last = { values, value: evaluate(values) };
    return last.value;
  };
}

function apply(operator: string, parts: readonly Evaluate[]): Evaluate {
  const [first, second, third] = parts as readonly [Evaluate, Evaluate, Evaluate];
  switch (operator) {
    case 'and':
      return (values) => parts.every((part) => part(values) === true);
    case 'or':
      return (values) => parts.some((part) => part(values) === true);
    case 'not':
      return (values) => first(values) !== true;
    case '=':
      return (values) => first(values) === second(values);
    case 'ite':
      return (values) => (first(values) === true ? second(values) : third(values));
    case '+':
      return (values) => parts.reduce((total, part) => total + (part(values) as number), 0);
    case '-':
      return (values) => (first(values) as number) - (second(values) as number);
    case '>=':
      return (values) => first(values) >= second(values);
    case '>':
      return (values) => first(values) > second(values);
    default:
      throw new RangeError(`there is no operator ${operator}`);
  }
}
