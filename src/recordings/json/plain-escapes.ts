import { slack, type ByteView } from '../../observations/packed/byte-view.ts';
import { GrowingBytes } from '../../observations/packed/byte-text.ts';
import { backslash, isHex, letterU, lineFeed, quote } from './bytes.ts';
import { copyToBackslash, hexAt, indexOfBackslash } from './unescape.ts';

const slash = 0x2f;

/** Whether a character is ASCII, and may stand in a string as itself. */
const isPlain = (code: number): boolean =>
  code >= 0x20 && code < 0x7f && code !== quote && code !== backslash;

function areHex(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (!isHex(bytes[at]!)) return false;
  return true;
}

/**
 * Writes lines in another spelling that says the same: characters of ASCII that need no escape have none, as some programs
 * write `\/` for a slash. In a line that is not JSON it leaves alone what it cannot read.
 */
export class PlainEscapes {
  readonly #line = new GrowingBytes();

  /** The line at these bounds, with a newline behind it; undefined where nothing is spelled otherwise. */
  spell(text: ByteView, from: number, to: number): ByteView | undefined {
    const { bytes } = text;
    if (indexOfBackslash(text, from, to) === to) return undefined;
    const line = this.#line;
    line.reserve(to - from + 1 + slack);
    let end = 0;
    let isOther = false;
    for (let at = from; ;) {
      const next = copyToBackslash(text, at, to, line, end);
      end += next - at;
      if (next >= to) break;
      const kind = bytes[next + 1];
      const isCode = kind === letterU && next + 6 <= to && areHex(bytes, next + 2, next + 6);
      const code = isCode ? hexAt(bytes, next + 2) : kind === slash ? slash : 0;
      if (isPlain(code)) {
        line.bytes[end++] = code;
        at = next + (kind === slash ? 2 : 6);
        isOther = true;
      } else {
        line.bytes[end++] = backslash;
        line.bytes[end++] = kind ?? 0;
        at = next + 2;
      }
    }
    if (!isOther) return undefined;
    line.bytes.fill(0, end + 1, end + 1 + slack);
    line.bytes[end] = lineFeed;
    return line;
  }
}
