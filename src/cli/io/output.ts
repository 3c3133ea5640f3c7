import { closeSync, openSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { printable } from '../../text/escape.ts';
import { fileReason } from './file-reasons.ts';
import { PipeWriter, statsOf, type Patience } from './pipes.ts';
import type { Terminal } from './terminal.ts';

/**
 * A file that is written whole or not at all: into a temporary one beside it, which takes its place at the end. A
 * device is written to as it is, and the file that a link leads to is the one replaced.
 */
class Draft {
  readonly #target: string;
  readonly #temporary: string | undefined;
  readonly #descriptor: number;
  readonly #remove = (): void => {
    if (this.#temporary !== undefined) rmSync(this.#temporary, { force: true });
  };

  constructor(path: string) {
    const present = statSync(path, { throwIfNoEntry: false });
    const isReplaced = present?.isFile() !== false;
    this.#target = present && isReplaced ? realpathSync(path) : path;
    this.#temporary = isReplaced ? `${this.#target}.${process.pid}.tmp` : undefined;
    this.#descriptor = openSync(this.#temporary ?? path, isReplaced ? 'wx' : 'w');
    // A second signal ends the process at once.
    process.once('exit', this.#remove);
  }

  /** Throws where the disk is full or a reader has gone away. */
  write(content: string | Uint8Array): void {
    writeFileSync(this.#descriptor, content);
  }

  /** Leaves what was written in its place, or, where it is not `whole`, what was there before. */
  end(whole: boolean): void {
    closeSync(this.#descriptor);
    if (whole && this.#temporary !== undefined) renameSync(this.#temporary, this.#target);
    else this.#remove();
    process.off('exit', this.#remove);
  }
}

/** Writes a file, whole or not at all; throws where that fails. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const draft = new Draft(path);
  let isWhole = false;
  try {
    draft.write(content);
    isWhole = true;
  } finally {
    draft.end(isWhole);
  }
}

/** Whether a file can be written, of what takes long to make; tells the user where it cannot, and changes nothing. */
export function isWritable(file: string, io: Terminal, what: string): boolean {
  try {
    const path = resolve(io.cwd, file);
    if (statsOf(path)?.isFIFO() !== true) new Draft(path).end(false);
    return true;
  } catch (error) {
    tellUnwritten(file, error, what, io);
    return false;
  }
}

function tellUnwritten(file: string, error: unknown, what: string, io: Terminal): void {
  io.stderr.write(`oz-status: ${printable(file, 200)}: ${what} cannot be written: ${fileReason(error)}\n`);
}

/** What a command writes: in one, or a text in pieces that are made while it is written. */
export type OutputContent = string | Uint8Array | Iterable<string>;

/**
 * Writes to a file, whole or not at all, to a pipe, or to standard output without either, as fast as its reader takes
 * it; tells the user where that fails. Whether it did not. It ends early where standard output is closed, and when
 * `stop` is aborted.
 */
export async function writeOutput(
  content: OutputContent,
  file: string | undefined,
  io: Terminal,
  what: string,
  patience: Patience = {},
): Promise<boolean> {
  const { stop } = patience;
  if (file === undefined) {
    for await (const portion of portionsOf(content, stop)) {
      if (!io.stdout.isOpen) break;
      io.stdout.write(portion);
      await io.stdout.ready();
    }
    return true;
  }
  try {
    const path = resolve(io.cwd, file);
    const target = statsOf(path)?.isFIFO() === true ? await PipeWriter.open(path, patience) : new Draft(path);
    if (!target) return true;
    let isWhole = false;
    try {
      for await (const portion of portionsOf(content, stop)) await target.write(portion, stop);
      isWhole = stop?.aborted !== true;
    } finally {
      target.end(isWhole);
    }
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // What makes the text has a defect.
    if (code === undefined) throw error;
    tellUnwritten(file, error, what, io);
    return false;
  }
}

/** How much of a text is written at a time, in characters. */
const portionLength = 1 << 16;

/** The pieces of a text joined until they are worth writing; between them a signal can arrive. */
async function* portionsOf(content: OutputContent, stop?: AbortSignal): AsyncGenerator<string | Uint8Array> {
  if (typeof content === 'string' || content instanceof Uint8Array) return yield content;
  let portion = '';
  for (const piece of content) {
    portion += piece;
    if (portion.length < portionLength) continue;
    yield portion;
    portion = '';
    await new Promise((goOn) => setImmediate(goOn));
    if (stop?.aborted === true) return;
  }
  if (portion !== '') yield portion;
}
