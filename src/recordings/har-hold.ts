import { slack } from '../conformance/chunk.ts';
import { lineFeed } from './json-bytes.ts';
import { isBlank } from './json-scanner.ts';
import { byteOrderMark, joinBytes } from './line-splitter.ts';

/** How a HAR begins, apart from blanks. */
const opening = Array.from('{"log"', (character) => character.charCodeAt(0));

/** Whether the bytes begin as a HAR does, on their first line; undefined as long as that is open. */
function beginsAsHar(bytes: Uint8Array): boolean | undefined {
  let met = 0;
  for (const [at, byte] of bytes.entries()) {
    const mayBeBlank = met === 1 || (met === 0 && byte !== lineFeed);
    if (byte === opening[met]) met += 1;
    else if (byte !== byteOrderMark[at] && !(mayBeBlank && isBlank(byte))) return false;
    if (met === opening.length) return true;
  }
  return undefined;
}

/** Holds an input from its beginning, as one text, as long as it may be a HAR. */
export class HarHold {
  /** How many bytes are held. */
  length = 0;
  readonly #most: number;
  #bytes = new Uint8Array(1024);
  #isOpen = true;

  /** Holds at most `most` bytes. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Where the text begins, behind the mark with which some programs begin one. */
  get begin(): number {
    return byteOrderMark.every((byte, at) => this.#bytes[at] === byte) ? byteOrderMark.length : 0;
  }

  /** What is held, followed by zeros. */
  get padded(): Uint8Array {
    return this.#bytes;
  }

  /** What is held. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }

  /** Takes the next bytes; false, with nothing taken, where the input is no HAR or too long. */
  take(bytes: Uint8Array): boolean {
    const length = this.length + bytes.length;
    if (length > this.#most) return false;
    if (this.#isOpen) {
      const begins = beginsAsHar(this.length === 0 ? bytes : joinBytes([this.bytes, bytes]));
      if (begins === false) return false;
      this.#isOpen = begins === undefined;
    }
    if (length + slack > this.#bytes.length) {
      // Room that is not written to takes no memory where a system gives it page by page.
      const larger = new Uint8Array(Math.min(this.#most, 4 * length) + slack);
      larger.set(this.bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(bytes, this.length);
    this.length = length;
    return true;
  }
}
