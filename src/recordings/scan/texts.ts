/** Reads the texts and statuses of answers from their bytes. What is not of the plain kind is `unproved`. */
import type { ByteView } from '../../observations/packed/byte-view.ts';
import { codeOf } from '../../observations/packed/packed.ts';
import { quote } from '../json/bytes.ts';
import { endOfPlain, endOfSmall, isNull, unproved } from '../json/skip.ts';
import { Words } from './names.ts';

const statusWords = new Words(Object.fromEntries(codeOf));

/** Behind the status or null at `from`, with its code, 0 for null, at `slot`. */
export function takeStatus({ bytes, view }: ByteView, from: number, into: Int32Array, slot: number): number {
  const word = statusWords.find(view, from);
  if (word < 0) {
    into[slot] = 0;
    return isNull(bytes, from) ? from + 4 : unproved;
  }
  into[slot] = statusWords.meaningOf(word);
  return from + statusWords.lengthOf(word);
}

/** How long a UUID is without its dashes, and with them. */
const uuidLengths = { least: 32, most: 36 } as const;

/** Whether a text of this length may be a UUID without some of its dashes. */
const mayLackDashes = (length: number): boolean => length >= uuidLengths.least && length < uuidLengths.most;

/** Whether the text may be a UUID that is not written as `usualId` writes it. */
export function mayBeUnusual({ view }: ByteView, from: number, to: number): boolean {
  if (mayLackDashes(to - from)) return true;
  if (to - from !== uuidLengths.most) return false;
  for (let at = from; at < to; at += 4) {
    const four = view.getInt32(at, true);
    // Of the signs that are letters only the small ones have the bit below.
    if ((four & ~(four << 1) & 0x40404040) !== 0) return true;
  }
  return false;
}

/** Behind a text that is wanted, null or not empty, with its bounds at `slot`. */
export function takeText(text: ByteView, from: number, into: Int32Array, slot: number): number {
  const { bytes } = text;
  if (bytes[from] !== quote) return isNull(bytes, from) ? from + 4 : unproved;
  let end = endOfSmall(text, from + 1);
  if (end < 0) {
    end = endOfPlain(text, from + 1);
    if (end < 0 || mayBeUnusual(text, from + 1, end)) return unproved;
  } else if (mayLackDashes(end - from - 1)) return unproved;
  if (end === from + 1) return unproved;
  into[slot] = from + 1;
  into[slot + 1] = end;
  return end + 1;
}
