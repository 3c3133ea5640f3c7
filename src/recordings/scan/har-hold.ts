import { slack } from '../../observations/packed/chunk.ts';
import { lineFeed } from '../json/bytes.ts';
import { isBlank } from '../json/syntax.ts';
import { byteOrderMark } from '../lines/splitter.ts';

/** How a HAR begins, apart from blanks. */
const opening = Array.from('{"log"', (character) => character.charCodeAt(0));

/** Tells from the bytes of an input, in any portions, whether it begins as a HAR does, on its first line. */
class Beginning {
  /** Undefined as long as that is open. */
  isHar: boolean | undefined;
  #met = 0;
  #at = 0;

  /** Looks at the next bytes, none of which it looks at again. */
  take(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length && this.isHar === undefined; at += 1, this.#at += 1) {
      this.isHar = this.#next(bytes[at]!);
    }
  }

  #next(byte: number): boolean | undefined {
    if (byte === opening[this.#met]) {
      this.#met += 1;
      return this.#met === opening.length ? true : undefined;
    }
    const mayBeBlank = this.#met === 1 || (this.#met === 0 && byte !== lineFeed);
    return byte === byteOrderMark[this.#at] || (mayBeBlank && isBlank(byte)) ? undefined : false;
  }
}

/** Holds an input from its beginning, as one text, as long as it may be a HAR. */
export class HarHold {
  /** How many bytes are held. */
  length = 0;
  readonly #most: number;
  #bytes = new Uint8Array(1024);
  readonly #beginning = new Beginning();

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
    if (this.#beginning.isHar === undefined) this.#beginning.take(bytes);
    if (this.#beginning.isHar === false) return false;
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
