import type { ClauseId } from './clauses.ts';
import type { Settings } from './readings.ts';

/** A named property of every reachable subject, with the clauses that demand it. */
export interface Invariant<Subject> {
  readonly name: string;
  readonly clauses: readonly ClauseId[];
  readonly holds: (subject: Subject, settings: Settings) => boolean;
}

/** A named property of every legal step, from the subject before an event to the one after it. */
export interface StepInvariant<Subject> {
  readonly name: string;
  readonly clauses: readonly ClauseId[];
  readonly holds: (before: Subject, after: Subject, settings: Settings) => boolean;
}
