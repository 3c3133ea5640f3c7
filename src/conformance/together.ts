import type { Facts } from './state.ts';

/** Whether two analyses were first seen together and nothing says that they are in different groups. */
export function together(one: number, other: number, facts: Facts): boolean {
  const a = facts.analyses[one]!;
  const b = facts.analyses[other]!;
  return one !== other && a.batch === b.batch && (a.label < 0 || b.label < 0 || a.label === b.label);
}
