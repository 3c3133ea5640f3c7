import { clauses, type ClauseId } from '../../../machines/clauses.ts';

/** A test or a suite of tests: its name as it is written, and its file relative to the package. */
export interface ListedTest {
  readonly name: string;
  readonly file: string;
}

const isClause = (id: string): id is ClauseId => Object.hasOwn(clauses, id);
/** Words in capitals joined by hyphens or underscores: what a clause id looks like. */
const looksLikeClause = /^[A-Z]+(?:[-_][A-Z]+)*$/;

/** The ids in square brackets in the name of a test: `… [ANALYSIS-FINAL, DELETION]`. */
export function bracketedIds(name: string): string[] {
  return [...name.matchAll(/\[([^\]]+)\]/g)]
    .flatMap(([, inside = '']) => inside.split(/,\s*/))
    .filter((id) => looksLikeClause.test(id));
}

/** For every clause that a test names, the files of those tests, sorted. */
export function testedClauses(tests: readonly ListedTest[]): ReadonlyMap<ClauseId, readonly string[]> {
  const files = new Map<ClauseId, Set<string>>();
  for (const { name, file } of tests) {
    for (const id of bracketedIds(name).filter(isClause))
      files.set(id, (files.get(id) ?? new Set()).add(file));
  }
  return new Map([...files].map(([id, set]) => [id, [...set].toSorted()]));
}

/** Ids in the names of tests that no clause has: misspelt, or of a clause that is gone. */
export function unknownIds(tests: readonly ListedTest[]): string[] {
  const ids = tests
    .flatMap(({ name }) => bracketedIds(name))
    .filter((id) => id.includes('-') && !isClause(id));
  return [...new Set(ids)].toSorted();
}
