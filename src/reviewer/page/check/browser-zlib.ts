import { Gunzip } from 'fflate';

/**
 * Stands in for `node:zlib` where the readers of recordings run in a browser: just what they use of it. Members that
 * follow each other are one stream, as in Node. The checksum and the length of the last member are compared, which
 * the library does not do: a stream that breaks off never passes for a whole one.
 */

/** What a member ends with: the checksum of its content and the length of it, four bytes each. */
const trailerBytes = 8;

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let step = 0; step < 8; step++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** The CRC-32 of what comes after `before`; both without the final inversion. */
function crcAfter(before: number, bytes: Uint8Array): number {
  let crc = before;
  for (const byte of bytes) crc = table[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return crc;
}

type Handler = (argument: never) => void;

class BrowserGunzip {
  readonly #handlers = new Map<string, Handler>();
  readonly #gunzip = new Gunzip((bytes) => {
    this.#crc = crcAfter(this.#crc, bytes);
    this.#length += bytes.length;
    this.#tell('data', bytes);
  });
  #isOver = false;
  #crc = -1;
  #length = 0;
  /** The last bytes of the input. */
  #tail = new Uint8Array(0);

  constructor() {
    this.#gunzip.onmember = () => {
      this.#crc = -1;
      this.#length = 0;
    };
  }

  on(event: 'data', handler: (bytes: Uint8Array) => void): this;
  on(event: 'error', handler: (error: unknown) => void): this;
  on(event: 'end', handler: () => void): this;
  on(event: string, handler: Handler): this {
    this.#handlers.set(event, handler);
    return this;
  }

  once(event: 'end', handler: () => void): this {
    return this.on(event, handler);
  }

  write(bytes: Uint8Array, done: () => void): void {
    const joined = new Uint8Array([...this.#tail, ...bytes.subarray(-trailerBytes)]);
    this.#tail = joined.slice(-trailerBytes);
    this.#push(bytes, false);
    done();
  }

  end(): void {
    this.#push(new Uint8Array(0), true);
    if (!this.#isOver && !this.#isWhole()) this.#fail(new Error('unexpected end of file'));
    this.#tell('end', undefined);
  }

  #isWhole(): boolean {
    if (this.#tail.length < trailerBytes) return false;
    const trailer = new DataView(this.#tail.buffer);
    return (
      trailer.getUint32(0, true) === ~this.#crc >>> 0 && trailer.getUint32(4, true) === this.#length >>> 0
    );
  }

  #fail(error: unknown): void {
    this.#isOver = true;
    this.#tell('error', error);
  }

  destroy(): void {
    this.#isOver = true;
  }

  #push(bytes: Uint8Array, final: boolean): void {
    if (this.#isOver) return;
    try {
      // The library keeps what it cannot use yet, and the caller goes on with its bytes.
      this.#gunzip.push(bytes.slice(), final);
    } catch (error) {
      this.#fail(error);
    }
  }

  #tell(event: string, argument: unknown): void {
    this.#handlers.get(event)?.(argument as never);
  }
}

/** A stream that unpacks gzip. */
export function createGunzip(): BrowserGunzip {
  return new BrowserGunzip();
}
