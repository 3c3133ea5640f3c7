import { lineFeed } from '../json/bytes.ts';
import { isBlank } from '../json/syntax.ts';
import { byteOrderMark } from './splitter.ts';

/** How a HAR begins, apart from blanks. */
const opening = Array.from('{"log"', (character) => character.charCodeAt(0));

/** Tells from the bytes of an input, in any portions, whether it begins as a HAR does, on its first line. */
export class HarBeginning {
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
