import type { Trap } from './traps.ts';

/** Whether a client has to see the end of the folder to be right. */
export const needsEnd = ({ ends, right }: Trap): boolean => ends || !right.includes('undecided');
