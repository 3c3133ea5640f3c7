import type { createGunzip } from 'node:zlib';
import { joinBytes } from '../lines/splitter.ts';

/** What unpacking yields: bytes, or last of all why there are no more of them. */
export type Unpacked =
  | { readonly bytes: Uint8Array; readonly wasPacked?: true }
  | { readonly code: 'INPUT_UNREADABLE' | 'INPUT_LIMIT'; readonly message: string };

/** Compressed bytes are handed over in pieces of this size, so that one piece cannot unpack to much at once. */
const sliceBytes = 32 * 1024;

/** Unpacked bytes are handed on in pieces of this size: each costs something. */
const pieceBytes = 256 * 1024;

/**
 * The bytes of an input, unpacked where its first two bytes are those of gzip, whatever it is called. Gzip members
 * that follow each other are one input, and zeros may fill up what is behind them. What was unpacked before a defect is
 * kept. A failing source ends the bytes; it does not throw.
 */
export async function* unpack(
  chunks: AsyncIterable<Uint8Array>,
  maxUnpackedBytes: number,
): AsyncGenerator<Unpacked> {
  const source = readSource(chunks);
  const head: Uint8Array[] = [];
  let headBytes = 0;
  for (let next = await source.next(); !next.done; next = await source.next()) {
    if (!('bytes' in next.value)) {
      yield next.value;
      break;
    }
    head.push(next.value.bytes);
    headBytes += next.value.bytes.length;
    if (headBytes >= 2) break;
  }
  const begin = joinBytes(head);
  const isGzip = begin[0] === 0x1f && begin[1] === 0x8b;
  const whole = startWith(begin, source);
  yield* isGzip ? gunzip(whole, maxUnpackedBytes) : whole;
}

async function* startWith(begin: Uint8Array, source: AsyncGenerator<Unpacked>): AsyncGenerator<Unpacked> {
  try {
    yield { bytes: begin };
    yield* source;
  } finally {
    await source.return(undefined);
  }
}

async function* readSource(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Unpacked> {
  try {
    for await (const bytes of chunks) yield { bytes };
  } catch (error) {
    yield { code: 'INPUT_UNREADABLE', message: `expected to read on, received ${textOf(error)}` };
  }
}

const textOf = (error: unknown): string =>
  JSON.stringify(error instanceof Error ? error.message : String(error));

/** What stands in for that of Node in a browser takes no options. */
type CreateGunzip = (options: { chunkSize: number }) => ReturnType<typeof createGunzip>;

/** What unpacks, loaded on use, as most recordings are plain; undefined where there is none. */
async function zlib(): Promise<CreateGunzip | undefined> {
  try {
    // Bundlers for browsers leave alone what may fail, webpack what it is told to.
    return (await import(/* webpackIgnore: true */ 'node:zlib')).createGunzip;
  } catch {
    return undefined;
  }
}

async function* gunzip(source: AsyncIterable<Unpacked>, maxUnpackedBytes: number): AsyncGenerator<Unpacked> {
  const create = await zlib();
  if (!create) {
    yield { code: 'INPUT_UNREADABLE', message: 'expected plain text where Node is not, received gzip' };
    return;
  }
  const unpacker = new Unpacker(create({ chunkSize: pieceBytes }), maxUnpackedBytes);
  try {
    for await (const piece of source) {
      if (!('bytes' in piece)) {
        yield piece;
        break;
      }
      for (let at = 0; at < piece.bytes.length && !unpacker.problem; at += sliceBytes) {
        await unpacker.write(piece.bytes.subarray(at, at + sliceBytes));
        yield* unpacker.take();
      }
      if (unpacker.problem) break;
    }
    await unpacker.end();
    yield* unpacker.take();
    if (unpacker.problem) yield unpacker.problem;
  } finally {
    unpacker.close();
  }
}

class Unpacker {
  problem: Exclude<Unpacked, { readonly bytes: Uint8Array }> | null = null;
  readonly #stream: ReturnType<typeof createGunzip>;
  #ready: Uint8Array[] = [];
  #unpackedBytes = 0;
  /** Where among the bytes that were written the data has ended, if it has. */
  #end: number | undefined;
  #written = 0;
  #goOn: () => void = () => {};

  constructor(stream: ReturnType<typeof createGunzip>, maxUnpackedBytes: number) {
    this.#stream = stream;
    this.#stream.on('data', (bytes: Uint8Array) => {
      if (this.problem) return;
      this.#unpackedBytes += bytes.length;
      if (this.#unpackedBytes <= maxUnpackedBytes) this.#ready.push(bytes);
      else
        this.#fail(
          'INPUT_LIMIT',
          `expected at most ${maxUnpackedBytes} unpacked bytes (maxUnpackedBytes), received more`,
        );
    });
    this.#stream.on('end', () => {
      // What stands in for the stream in a browser ends with its input only, and does not count.
      this.#end = (this.#stream as { readonly bytesWritten?: number }).bytesWritten;
      this.#goOn();
    });
    this.#stream.on('error', (error) => {
      this.#fail(
        'INPUT_UNREADABLE',
        `expected gzip data to its end, received ${textOf(error)}; what was unpacked until then is read` +
          ' (all that stands before it: gzip -dc FILE | oz-status check -)',
      );
    });
  }

  #fail(code: 'INPUT_UNREADABLE' | 'INPUT_LIMIT', message: string): void {
    this.problem ??= { code, message };
    this.#goOn();
  }

  async write(bytes: Uint8Array): Promise<void> {
    await this.#settle((done) => this.#stream.write(bytes, done));
    // What is written behind the end is never taken.
    const behind = this.#end === undefined ? [] : bytes.subarray(Math.max(0, this.#end - this.#written));
    this.#written += bytes.length;
    if (behind.some((byte) => byte !== 0))
      this.#fail(
        'INPUT_UNREADABLE',
        'expected nothing but zeros behind the gzip data, received something else',
      );
  }

  async end(): Promise<void> {
    await this.#settle((done) => this.#stream.once('end', done).end());
  }

  /** Waits for the step, the end of the data or a problem, whichever comes first. */
  async #settle(step: (done: () => void) => void): Promise<void> {
    if (this.problem ?? this.#end) return;
    await new Promise<void>((resolve) => {
      this.#goOn = resolve;
      step(() => {
        resolve();
      });
    });
  }

  *take(): Generator<Unpacked> {
    const ready = this.#ready;
    this.#ready = [];
    for (const bytes of ready) yield { bytes, wasPacked: true };
  }

  close(): void {
    this.#stream.destroy();
  }
}
