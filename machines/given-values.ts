/** Values as a caller gives them, and what an error says of a wrong one: where, what was expected, what was received. */

/** The members of any object that is no list. */
export type UntypedMembers = { readonly [name: string]: unknown };

/** Whether a value is an object that is no list. */
export const isMembers = (given: unknown): given is UntypedMembers =>
  typeof given === 'object' && given !== null && !Array.isArray(given);

/** Whether a value is an object that can be gone through; a text is none, whose letters nobody means. */
export const isIterable = (given: unknown): given is Iterable<unknown> =>
  typeof given === 'object' && given !== null && Symbol.iterator in given;

const longestText = 60;

/** A value in an error message: a text in quotes and not in full, anything else as what it is. */
export function inQuotes(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, longestText));
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : typeof value;
}

/** What is wrong with a value: where it stands, what was expected and what was received. */
export const wrongValue = (place: string, expected: string, received: unknown): string =>
  `${place}: expected ${expected}, received ${inQuotes(received)}`;
