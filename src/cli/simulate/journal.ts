import { closeSync, openSync, readFileSync, truncateSync } from 'node:fs';
import type { Entry, Snapshot } from '../../simulator/index.ts';
import { append, type WriteSome } from '../io/append.ts';
import { JournalProblem } from '../io/journal-problem.ts';

/** One line: what has happened in a session, or that it was forgotten. */
type Line = { readonly session: string } & ({ readonly entry: Entry } | { readonly forgotten: true });

const isLine = (value: unknown): value is Line => {
  if (typeof value !== 'object' || value === null) return false;
  const { session, entry, forgotten } = value as { readonly [name: string]: unknown };
  return typeof session === 'string' && (forgotten === true || (typeof entry === 'object' && entry !== null));
};

/** What the lines of a journal say; the last line counts only if it was written to its end. */
function readLines(text: string): { readonly snapshot: Snapshot; readonly whole: number } {
  const whole = text.lastIndexOf('\n') + 1;
  const sessions = new Map<string, Entry[]>();
  for (const [at, line] of text.slice(0, whole).split('\n').slice(0, -1).entries()) {
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      value = undefined;
    }
    if (!isLine(value)) throw new JournalProblem(`line ${at + 1}: expected a line that simulate has written`);
    if ('forgotten' in value) sessions.delete(value.session);
    else {
      const entries = sessions.get(value.session);
      if (entries) entries.push(value.entry);
      else sessions.set(value.session, [value.entry]);
    }
  }
  return {
    snapshot: { sessions: [...sessions].map(([key, entries]) => ({ key, entries })) },
    whole: Buffer.byteLength(text.slice(0, whole)),
  };
}

/**
 * A file to which all that happens is written before it is answered: what was acknowledged is still known after the
 * process was killed. What was being written then is cut off when the journal is opened again: nobody was told of it.
 */
export class Journal {
  /** What was in the file when it was opened. */
  readonly snapshot: Snapshot;
  readonly #file: number;
  readonly #write: WriteSome | undefined;

  /** Throws a `JournalProblem` or an error of the system. */
  constructor(path: string, write?: WriteSome) {
    this.#write = write;
    this.#file = openSync(path, 'a+');
    try {
      const { snapshot, whole } = readLines(readFileSync(path, 'utf8'));
      truncateSync(path, whole);
      this.snapshot = snapshot;
    } catch (error) {
      closeSync(this.#file);
      throw error;
    }
  }

  /** Keeps what has happened, wholly or not at all; throws where that fails. */
  write(line: Line): void {
    append(this.#file, Buffer.from(`${JSON.stringify(line)}\n`), this.#write);
  }

  close(): void {
    closeSync(this.#file);
  }
}
