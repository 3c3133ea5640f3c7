import { highBits, slack, zeroMarks, type ByteView } from '../../observations/packed/byte-view.ts';
import { backslash, letterU, lineFeed } from './bytes.ts';

/** What a byte behind a backslash stands for; 0 where it stands for more than itself. */
const meanings = Uint8Array.from({ length: 256 }, (_, byte) => byte);
for (const [letter, meaning] of Object.entries({ b: 0x08, f: 0x0c, n: lineFeed, r: 0x0d, t: 0x09, u: 0 })) {
  meanings[letter.charCodeAt(0)] = meaning;
}

/**
 * Writes the text up to its next backslash, or to its end, into `target` from `end` on; where it stops. There has to be room for
 * three bytes more.
 */
export function copyToBackslash(
  { bytes, view }: ByteView,
  from: number,
  to: number,
  target: ByteView,
  end: number,
): number {
  const last = to - slack;
  let at = from;
  let into = end;
  for (; at <= last; at += 4, into += 4) {
    const four = view.getInt32(at, true);
    const marks = zeroMarks(four ^ 0x5c5c5c5c) & highBits;
    target.view.setInt32(into, four, true);
    if (marks !== 0) return at + ((31 - Math.clz32(marks & -marks)) >> 3);
  }
  while (at < to && bytes[at] !== backslash) target.bytes[into++] = bytes[at++]!;
  return at;
}

/**
 * Writes what the text of a valid JSON string spells to the beginning of `target`, which has to have room for as many
 * bytes, and gives how many it wrote; -1 if it is no Unicode text.
 */
export function unescape(text: ByteView, from: number, to: number, target: ByteView): number {
  const { bytes } = text;
  const into = target.bytes;
  let end = 0;
  for (let at = from; ; at += 1) {
    const next = copyToBackslash(text, at, to, target, end);
    end += next - at;
    if (next >= to) return end;
    at = next + 1;
    const kind = bytes[at]!;
    if (kind !== letterU) into[end++] = meanings[kind]!;
    else {
      const code = hexAt(bytes, at + 1);
      const isHigh = code >= 0xd800 && code < 0xdc00;
      const isPair = isHigh && bytes[at + 5] === backslash && bytes[at + 6] === letterU;
      const low = isPair ? hexAt(bytes, at + 7) : 0;
      const isWhole = isHigh ? low >= 0xdc00 && low < 0xe000 : code < 0xd800 || code >= 0xe000;
      if (!isWhole) return -1;
      end = write(isHigh ? 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00) : code, into, end);
      at += isHigh ? 10 : 4;
    }
  }
}

/** Where the next backslash stands between these bounds, or `to`. */
export function indexOfBackslash({ bytes, view }: ByteView, from: number, to: number): number {
  const last = to - slack;
  let at = from;
  while (at <= last && (zeroMarks(view.getInt32(at, true) ^ 0x5c5c5c5c) & highBits) === 0) at += 4;
  while (at < to && bytes[at] !== backslash) at += 1;
  return Math.min(at, to);
}

/** The number that the four hexadecimal digits at `from` spell; of others it is any. */
export function hexAt(bytes: Uint8Array, from: number): number {
  let number = 0;
  for (let at = from; at < from + 4; at += 1) {
    const byte = bytes[at]!;
    number = (number << 4) | (byte < 0x41 ? byte - 0x30 : (byte | 0x20) - 0x57);
  }
  return number;
}

/** Writes a code point as UTF-8; behind it. */
function write(code: number, into: Uint8Array, from: number): number {
  let at = from;
  if (code < 0x80) {
    into[at++] = code;
    return at;
  }
  if (code < 0x800) into[at++] = 0xc0 | (code >> 6);
  else {
    if (code < 0x10000) into[at++] = 0xe0 | (code >> 12);
    else {
      into[at++] = 0xf0 | (code >> 18);
      into[at++] = 0x80 | ((code >> 12) & 0x3f);
    }
    into[at++] = 0x80 | ((code >> 6) & 0x3f);
  }
  into[at++] = 0x80 | (code & 0x3f);
  return at;
}
