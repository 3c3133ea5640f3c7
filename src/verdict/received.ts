/** What was received instead of what was expected, in a word or two. */
export const received = (value: unknown): string =>
  Array.isArray(value) ? `a list of ${value.length}` : value === null ? 'null' : typeof value;
