/**
 * Skips over JSON in bytes and proves it valid. Positions are offsets; `unproved` says that the text is not valid, or
 * not of the plain kind that is proved here, and is left to `JSON.parse`. No token of JSON holds a newline, so nothing
 * goes on past the one that ends a line, but within a document.
 */
import { highBits, slack, zeroMarks, type ByteView } from '../../observations/packed/byte-view.ts';
import {
  backslash,
  closeList,
  closeObject,
  colon,
  comma,
  dot,
  lineFeed,
  lowerE,
  minus,
  isHex,
  nine,
  openList,
  openObject,
  plus,
  quote,
  zero,
} from './bytes.ts';

/** In place of a position: this is left to `JSON.parse`. */
export const unproved = -1;

/** More lists and objects in each other than this, but for an empty one, are left to `JSON.parse`: each is a bit. */
export const maxNesting = 30;

/** Bytes at which the skipping of a string stops: its end, an escape, a control character, or not ASCII. */
const stops = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 0x20 || byte === quote || byte === backslash || byte >= 0x80 ? 1 : 0,
);

/** Blank as well: a line feed within a document, elsewhere nothing more. */
let alsoBlank = 0x20;

/** What `scan` gives for a document, which may go on over line feeds. */
export function withinDocument<T>(scan: () => T): T {
  const before = alsoBlank;
  alsoBlank = lineFeed;
  try {
    return scan();
  } finally {
    alsoBlank = before;
  }
}

/** Behind spaces, tabs and carriage returns, and behind line feeds within a document. */
export function skipBlanks(bytes: Uint8Array, from: number): number {
  let at = from;
  let byte = bytes[at];
  while (byte === 0x20 || byte === 0x09 || byte === 0x0d || byte === alsoBlank) byte = bytes[++at];
  return at;
}

/** At the next member of an object, or behind its brace: that position, less than -1, is `-at - 1`. */
export function toNext(bytes: Uint8Array, from: number): number {
  const at = bytes[from]! <= 0x20 ? skipBlanks(bytes, from) : from;
  if (bytes[at] === comma) return bytes[at + 1]! <= 0x20 ? skipBlanks(bytes, at + 1) : at + 1;
  return bytes[at] === closeObject ? -at - 2 : unproved;
}

/** At the first byte at or behind `from` at which a plain string stops. */
function skipPlain({ bytes, view }: ByteView, from: number): number {
  let at = from;
  const last = view.byteLength - slack;
  // Four bytes at once: whether one of them is a quote, a backslash, below 0x20, or not ASCII.
  while (at <= last) {
    const four = view.getInt32(at, true);
    const low = (four - 0x20202020) & ~four;
    const marks = zeroMarks(four ^ 0x22222222) | zeroMarks(four ^ 0x5c5c5c5c) | low | four;
    if ((marks & highBits) !== 0) break;
    at += 4;
  }
  while (stops[bytes[at]!] === 0) at += 1;
  return at;
}

/** At the end of the string whose text begins at `from`, if it is ASCII without an escape. */
export function endOfPlain(chunk: ByteView, from: number): number {
  const at = skipPlain(chunk, from);
  return chunk.bytes[at] === quote ? at : unproved;
}

/** Bytes at which a string stops as well: letters that are capitals, and what stands among them. */
const capitals = Uint8Array.from({ length: 256 }, (_, byte) =>
  stops[byte] === 1 || (byte >= 0x40 && byte < 0x60) ? 1 : 0,
);

/** As `endOfPlain`, if there is no capital letter in the string, nor one of `@[]^_`. */
export function endOfSmall({ bytes, view }: ByteView, from: number): number {
  let at = from;
  const last = view.byteLength - slack;
  while (at <= last) {
    const four = view.getInt32(at, true);
    const low = (four - 0x20202020) & ~four;
    const marks = (zeroMarks(four ^ 0x22222222) | low | four) & highBits;
    // Of the signs that are letters only the small ones have the bit below; a backslash is none of these.
    if ((marks | (four & ~(four << 1) & 0x40404040)) !== 0) break;
    at += 4;
  }
  while (capitals[bytes[at]!] === 0) at += 1;
  return bytes[at] === quote ? at : unproved;
}

/** At the value whose colon is the next token. */
export function toValue(bytes: Uint8Array, from: number): number {
  const at = bytes[from] === colon ? from : skipBlanks(bytes, from);
  if (bytes[at] !== colon) return unproved;
  return bytes[at + 1]! <= 0x20 ? skipBlanks(bytes, at + 1) : at + 1;
}

/** Behind the value at `from`, whatever it is. */
export function skipValue(chunk: ByteView, from: number): number {
  const { bytes } = chunk;
  let at = from;
  let nesting = 0;
  /** The lists (0) and objects (1) that are open, the innermost in the lowest bit. */
  let open = 0;
  value: for (;;) {
    const byte = bytes[at]!;
    if (byte === quote) at = skipString(chunk, at + 1);
    else if (byte === openObject || byte === openList) {
      at = bytes[at + 1]! <= 0x20 ? skipBlanks(bytes, at + 1) : at + 1;
      const isObject = byte === openObject;
      if (bytes[at] === (isObject ? closeObject : closeList)) at += 1;
      else {
        if (nesting === maxNesting) return unproved;
        nesting += 1;
        open = (open << 1) | (isObject ? 1 : 0);
        if (isObject) at = skipKey(chunk, at);
        if (at < 0) return unproved;
        continue;
      }
    } else
      at =
        byte === minus || (byte >= zero && byte <= nine) ? skipNumber(bytes, at) : skipWord(bytes, at, byte);
    if (at < 0) return unproved;
    for (; nesting > 0; at += 1, nesting -= 1, open >>= 1) {
      if (bytes[at]! <= 0x20) at = skipBlanks(bytes, at);
      if (bytes[at] === comma) {
        at = bytes[at + 1]! <= 0x20 ? skipBlanks(bytes, at + 1) : at + 1;
        if ((open & 1) === 1) at = skipKey(chunk, at);
        if (at < 0) return unproved;
        continue value;
      }
      if (bytes[at] !== ((open & 1) === 1 ? closeObject : closeList)) return unproved;
    }
    return at;
  }
}

/** Behind the name at `from` and its colon, at its value. */
function skipKey(chunk: ByteView, from: number): number {
  const { bytes } = chunk;
  if (bytes[from] !== quote) return unproved;
  const end = skipString(chunk, from + 1);
  return end < 0 ? unproved : toValue(bytes, end);
}

/** Behind the string whose text begins at `from`. */
function skipString(chunk: ByteView, from: number): number {
  const { bytes } = chunk;
  let at = from;
  for (;;) {
    at = skipPlain(chunk, at);
    const byte = bytes[at]!;
    if (byte === quote) return at + 1;
    if (byte === backslash) at = skipEscape(bytes, at);
    else at = byte >= 0x80 ? skipWideCharacter(bytes, at) : unproved;
    if (at < 0) return unproved;
  }
}

/** The bytes that may follow a backslash and stand for a character by themselves. */
const shortEscapes = Uint8Array.from({ length: 256 }, (_, byte) =>
  '"\\/bfnrt'.includes(String.fromCharCode(byte)) ? 1 : 0,
);

/** Behind the escape whose backslash stands at `from`. */
function skipEscape(bytes: Uint8Array, from: number): number {
  const kind = bytes[from + 1]!;
  if (shortEscapes[kind] === 1) return from + 2;
  if (kind !== 0x75) return unproved;
  for (let at = from + 2; at < from + 6; at += 1) if (!isHex(bytes[at]!)) return unproved;
  return from + 6;
}

/** Behind the character of more than one byte at `from`, if it is well-formed UTF-8 (Unicode, table 3-7). */
function skipWideCharacter(bytes: Uint8Array, from: number): number {
  const lead = bytes[from]!;
  const second = bytes[from + 1]!;
  if (lead < 0xc2 || lead > 0xf4) return unproved;
  const least = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const most = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (second < least || second > most) return unproved;
  const end = from + (lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4);
  for (let at = from + 2; at < end; at += 1) if ((bytes[at]! & 0xc0) !== 0x80) return unproved;
  return end;
}

function skipDigits(bytes: Uint8Array, from: number): number {
  let at = from;
  for (let byte = bytes[at]!; byte >= zero && byte <= nine; byte = bytes[++at]!);
  return at === from ? unproved : at;
}

function skipNumber(bytes: Uint8Array, from: number): number {
  let at = bytes[from] === minus ? from + 1 : from;
  at = bytes[at] === zero ? at + 1 : skipDigits(bytes, at);
  if (at >= 0 && bytes[at] === dot) at = skipDigits(bytes, at + 1);
  if (at >= 0 && (bytes[at]! | 0x20) === lowerE) {
    const sign = bytes[at + 1]!;
    at = skipDigits(bytes, sign === minus || sign === plus ? at + 2 : at + 1);
  }
  return at;
}

function skipWord(bytes: Uint8Array, from: number, first: number): number {
  if (first === 0x6e) return isNull(bytes, from) ? from + 4 : unproved;
  const isTrue = first === 0x74 && bytes[from + 1] === 0x72 && bytes[from + 2] === 0x75;
  if (isTrue) return bytes[from + 3] === lowerE ? from + 4 : unproved;
  const isFalse = first === 0x66 && bytes[from + 1] === 0x61 && bytes[from + 2] === 0x6c;
  return isFalse && bytes[from + 3] === 0x73 && bytes[from + 4] === lowerE ? from + 5 : unproved;
}

/** Whether `null` stands at `from`. */
export function isNull(bytes: Uint8Array, from: number): boolean {
  return (
    bytes[from] === 0x6e && bytes[from + 1] === 0x75 && bytes[from + 2] === 0x6c && bytes[from + 3] === 0x6c
  );
}
