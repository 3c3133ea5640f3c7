import { slack } from '../../observations/packed/byte-view.ts';
import { HarBeginning } from '../lines/har-beginning.ts';
import { byteOrderMark } from '../lines/splitter.ts';

/** Holds an input from its beginning, as one text, as long as it may be a HAR. */
export class HarHold {
  /** How many bytes are held. */
  length = 0;
  readonly #most: number;
  #bytes = new Uint8Array(1024);
  readonly #beginning = new HarBeginning();

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
