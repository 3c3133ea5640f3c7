import { availableParallelism } from 'node:os';

/** More threads than this wait for the one that checks what all have scanned. */
const usefulThreads = 4;

/** The numbers of threads that can be asked for, the default first. */
export const threadChoices: readonly string[] = [
  'auto',
  ...Array.from({ length: 2 * usefulThreads }, (_, at) => String(at + 1)),
];

/** The threads that are asked for by one of the choices: one for each core by default, as far as they are of use. */
export function threadsFor(choice = 'auto'): number {
  return choice === 'auto' ? Math.min(availableParallelism(), usefulThreads) : Number(choice);
}

/** How many threads may scan a large file, the one that checks among them. */
export interface Threads {
  readonly threads: number;
  /** Is told why a thread has ended early. The others do its work. */
  readonly warn: (reason: string) => void;
}
