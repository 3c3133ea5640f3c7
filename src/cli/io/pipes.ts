import { closeSync, constants, openSync, statSync, type Stats } from 'node:fs';
import type { Socket } from 'node:net';

/**
 * Named pipes, and terminals that are named as files. To open a pipe in the ordinary way waits for its other side, and
 * to read or write waits for what that does: nothing else goes on meanwhile, and a process that waits so does not even
 * end on a signal. Here nothing waits but what asked to.
 */

/** What stands at a path; undefined where there is nothing that can be looked at. */
export function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** Opens what is at a path for reading, or writing, without waiting for anybody. */
const openAtOnce = (path: string, access: number): number => openSync(path, access | constants.O_NONBLOCK);

/**
 * What arrives in a pipe, from its first writer to the end of the last one, or is typed at a terminal, until `stop` is
 * aborted; undefined where the path leads to something else.
 */
export async function arrivingAt(
  path: string,
  stop?: AbortSignal,
): Promise<AsyncGenerator<Uint8Array> | undefined> {
  const stats = statsOf(path);
  if (stats?.isFIFO() === true) {
    const net = await import('node:net');
    const fd = openAtOnce(path, constants.O_RDONLY);
    return bytesOf(new net.Socket({ fd, readable: true, writable: false }), stop);
  }
  if (stats?.isCharacterDevice() !== true) return undefined;
  const { isatty, ReadStream } = await import('node:tty');
  const fd = openAtOnce(path, constants.O_RDONLY);
  if (isatty(fd)) return bytesOf(new ReadStream(fd), stop);
  closeSync(fd);
  return undefined;
}

async function* bytesOf(stream: Socket, stop: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  const end = () => void stream.destroy();
  stop?.addEventListener('abort', end, { once: true });
  try {
    if (stop?.aborted !== true) yield* stream as AsyncIterable<Uint8Array>;
  } finally {
    stop?.removeEventListener('abort', end);
    end();
  }
}

/** How long to wait before it is tried again whether a pipe has a reader: no event tells. */
const retryMilliseconds = 50;

/** How long a pipe is waited for. */
export interface Patience {
  /** Ends all waiting. */
  readonly stop?: AbortSignal | undefined;
  /** False: a pipe that nobody reads yet is an error. */
  readonly waitsForReader?: boolean;
}

/** A pipe to write to, as fast as its reader takes it. */
export class PipeWriter {
  readonly #socket: Socket;
  #failure: Error | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket.on('error', (error) => (this.#failure ??= error));
  }

  /** Opens a pipe as soon as somebody reads it; undefined where `stop` was aborted before. */
  static async open(
    path: string,
    { stop, waitsForReader = true }: Patience = {},
  ): Promise<PipeWriter | undefined> {
    const net = await import('node:net');
    for (;;) {
      if (stop?.aborted === true) return undefined;
      try {
        const fd = openAtOnce(path, constants.O_WRONLY);
        return new PipeWriter(new net.Socket({ fd, readable: false, writable: true }));
      } catch (error) {
        // Nobody reads it.
        if ((error as NodeJS.ErrnoException).code !== 'ENXIO' || !waitsForReader) throw error;
      }
      await new Promise((goOn) => setTimeout(goOn, retryMilliseconds));
    }
  }

  /** How many bytes were written and not taken yet. */
  get waiting(): number {
    return this.#socket.writableLength;
  }

  /** Writes, and waits until all of it is taken or `stop` is aborted; rejects where the reader has gone away. */
  async write(content: string | Uint8Array, stop?: AbortSignal): Promise<void> {
    if (this.#failure) throw this.#failure;
    await new Promise<void>((resolve, reject) => {
      const onAbort = () => resolve();
      stop?.addEventListener('abort', onAbort, { once: true });
      this.#socket.write(content, (error) => {
        stop?.removeEventListener('abort', onAbort);
        if (error) reject(error);
        else resolve();
      });
    });
  }

  /** Closes the pipe; what was not taken is dropped. */
  end(): void {
    this.#socket.destroy();
  }
}
