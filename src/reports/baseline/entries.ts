import type { FindingCode } from '../../observations/findings.ts';
import type { Found } from '../../observations/results.ts';

/** The members of an entry that say which findings it knows; one that is absent admits any. */
export const traits = ['code', 'folder', 'analysis', 'file', 'pointer', 'observed'] as const;

/** One deviation that is known. */
export interface BaselineEntry {
  readonly code: FindingCode;
  readonly folder?: string;
  readonly analysis?: string;
  readonly file?: string;
  /** The JSON pointer of the value with `*` for every position in a list. */
  readonly pointer?: string;
  readonly observed?: string;
  /** Why it is accepted; empty: nobody has said so yet. */
  readonly reason: string;
  /** The last day, YYYY-MM-DD in UTC, on which it is. */
  readonly expires?: string;
}

/** What identifies a finding when more is recorded or lists are in another order: no line, and no position in a list. */
export type Traits = Omit<BaselineEntry, 'reason' | 'expires'>;

/** The traits of a finding. */
export function traitsOf({ finding, folderId }: Found): Traits {
  const { code, analysis, where, observed } = finding;
  return {
    code,
    ...(folderId !== null && { folder: folderId }),
    ...(analysis !== null && { analysis }),
    file: plainPath(where.file),
    ...(where.pointer !== undefined && { pointer: generalPointer(where.pointer) }),
    ...(observed !== null && { observed }),
  };
}

/** A JSON pointer with `*` for every position in a list, which moves when more is recorded. */
export function generalPointer(pointer: string): string {
  return pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*');
}

/** A path written alike on every system. */
export function plainPath(path: string): string {
  return path.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
}

/** What is equal for entries that know the same findings. */
export function keyOf(entry: Traits): string {
  return JSON.stringify(traits.map((trait) => entry[trait] ?? null));
}

/** The JSON pointer of an entry, by its number, in a baseline file. */
export function pointerOfEntry(number: number): string {
  return `/entries/${number}`;
}
