/** Texts of recordings as bytes and back. Every string has bytes of its own, one that is no Unicode text too. */

import { slack, type ByteView } from './byte-view.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Begins the bytes of a string with a lone surrogate, whose UTF-16 follows; no UTF-8 text has this byte. */
const utf16Mark = 0xff;

const loneSurrogate = /\p{Surrogate}/u;

/**
 * A chunk that grows with what is written into it, used again for each observation. All chunks are of this class: what
 * reads them is compiled once for all that have the same.
 */
export class GrowingBytes implements ByteView {
  bytes: Uint8Array;
  view: DataView;
  end = 0;

  constructor(bytes: Uint8Array = new Uint8Array(1024)) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Makes room for this many bytes. */
  reserve(length: number): void {
    if (length + slack <= this.bytes.length) return;
    const larger = new Uint8Array(2 * (length + slack));
    larger.set(this.bytes);
    this.bytes = larger;
    this.view = new DataView(larger.buffer);
  }

  /** Writes the text at the end; where it begins. */
  write(text: string): number {
    const from = this.end;
    this.reserve(from + 1 + 3 * text.length);
    const { written } = encoder.encodeInto(text, from === 0 ? this.bytes : this.bytes.subarray(from));
    this.end = from + written;
    // Only what is not ASCII takes more bytes than it has characters.
    if (written !== text.length && loneSurrogate.test(text)) this.#writeUtf16(text, from);
    return from;
  }

  #writeUtf16(text: string, from: number): void {
    this.bytes[from] = utf16Mark;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      this.bytes[from + 1 + 2 * at] = code >> 8;
      this.bytes[from + 2 + 2 * at] = code & 0xff;
    }
    this.end = from + 1 + 2 * text.length;
  }
}

/** The bytes as a chunk. */
export function byteViewOf(bytes: Uint8Array): ByteView {
  const { buffer, byteOffset, length, constructor } = bytes;
  // A buffer of Node is one of another class.
  return new GrowingBytes(constructor === Uint8Array ? bytes : new Uint8Array(buffer, byteOffset, length));
}

/** The text that was written as these bytes. */
export function textOf(bytes: Uint8Array): string {
  if (bytes[0] === utf16Mark) {
    const codes = Array.from(
      { length: (bytes.length - 1) / 2 },
      (_, at) => (bytes[1 + 2 * at]! << 8) | bytes[2 + 2 * at]!,
    );
    return String.fromCharCode(...codes);
  }
  if (bytes.length > 64) return decoder.decode(bytes);
  // Several times as fast as a decoder for the few bytes of an id.
  for (let at = 0; at < bytes.length; at += 1) if (bytes[at]! >= 0x80) return decoder.decode(bytes);
  return String.fromCharCode.apply(null, bytes as unknown as number[]);
}
