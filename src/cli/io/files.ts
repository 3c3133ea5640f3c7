import { close, open, read } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { finding, type Finding } from '../../observations/findings.ts';
import { fileReason, meantByName } from './file-reasons.ts';
import { arrivingAt, statsOf } from './pipes.ts';
import type { Terminal } from './terminal.ts';

/** What it takes to find an input. */
export type Inputs = Pick<Terminal, 'cwd' | 'stdin'>;

/** The operand that stands for standard input. */
export const standardInput = '-';

/** The finding that a file cannot be read, and why; beside what was meant, if it was looked for in `cwd`. */
export function unreadable(file: string, error: unknown, cwd?: string): Finding {
  const name = file === standardInput ? 'standard input' : file;
  const isMissing = cwd !== undefined && (error as NodeJS.ErrnoException).code === 'ENOENT';
  return finding('INPUT_UNREADABLE', {
    message: `${name}: expected a readable file, but ${fileReason(error)}.`,
    where: { file },
    hint: (isMissing && meantByName(file, cwd)) || null,
  });
}

/**
 * The bytes of a file, from `offset` on, or of standard input for `-`; a finding where not even the first can be read.
 * They end when `stop` is aborted, also where the source would have to be waited for.
 */
export async function openInput(
  file: string,
  io: Inputs,
  stop?: AbortSignal,
  offset = 0,
): Promise<AsyncGenerator<Uint8Array> | Finding> {
  const path = resolve(io.cwd, file);
  const source = () => (file === standardInput ? io.stdin() : portionsOf(path, { offset, stop }));
  let iterator: AsyncIterator<Uint8Array>;
  let next: IteratorResult<Uint8Array>;
  try {
    iterator = source()[Symbol.asyncIterator]();
    next = await nextUntil(stop, iterator);
  } catch (error) {
    return unreadable(file, error, io.cwd);
  }
  async function* chunks(): AsyncGenerator<Uint8Array> {
    try {
      for (; next.done !== true; next = await nextUntil(stop, iterator)) yield next.value;
    } finally {
      // A source that is still waited for would not return before it has answered.
      if (stop?.aborted !== true) await iterator.return?.();
    }
  }
  return chunks();
}

/** How many bytes of a file are read at a time. */
const portionBytes = 1 << 20;

/** What `node:fs/promises` has too; that module alone takes longer to load than a small file to read. */
const files = { open: promisify(open), read: promisify(read), close: promisify(close) };

/** The bytes of a file from `offset` on; each portion stands where the one before it stood. `stop` ends all waiting. */
export async function* portionsOf(
  path: string,
  { offset = 0, stop }: { readonly offset?: number; readonly stop?: AbortSignal | undefined } = {},
): AsyncGenerator<Uint8Array> {
  const arriving = await arrivingAt(path, stop);
  if (arriving) return yield* arriving;
  const descriptor = await files.open(path, 'r');
  try {
    const portion = new Uint8Array(portionBytes);
    // Devices have no positions.
    let at = offset > 0 ? offset : null;
    for (;;) {
      const { bytesRead } = await files.read(descriptor, portion, 0, portionBytes, at);
      if (bytesRead === 0) return;
      yield portion.subarray(0, bytesRead);
      if (at !== null) at += bytesRead;
    }
  } finally {
    await files.close(descriptor);
  }
}

/** The next item, or the end as soon as `stop` is aborted. */
async function nextUntil<T>(
  stop: AbortSignal | undefined,
  iterator: AsyncIterator<T>,
): Promise<IteratorResult<T>> {
  if (!stop) return iterator.next();
  const end = { done: true, value: undefined } as const;
  if (stop.aborted) return end;
  return new Promise((settle, reject) => {
    const onAbort = () => settle(end);
    stop.addEventListener('abort', onAbort, { once: true });
    void iterator
      .next()
      .then(settle, reject)
      .finally(() => stop.removeEventListener('abort', onAbort));
  });
}

/** Whether a file can be read a second time: not so standard input and pipes, and what is gone by now. */
export function isReadableAgain(file: string, { cwd }: Inputs): boolean {
  return file !== standardInput && statsOf(resolve(cwd, file))?.isFile() === true;
}

/** Whether it is known beforehand that what can be read once cannot be read again. */
export function isReadableOnce(file: string, { cwd }: Inputs): boolean {
  const stats = file === standardInput ? undefined : statsOf(resolve(cwd, file));
  return file === standardInput || stats?.isFIFO() === true || stats?.isCharacterDevice() === true;
}
