/** Whether a client has to see the end of the folder to be right in a trap. */
export const needsEnd = (trap: { readonly ends: boolean; readonly right: readonly string[] }): boolean =>
  trap.ends || !trap.right.includes('undecided');
