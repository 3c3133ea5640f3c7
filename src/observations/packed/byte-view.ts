/** Bytes of texts, and a view of the same bytes for looking at four of them at once. */
export interface ByteView {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

/** How many more bytes have to follow a text, so that the last of it can be looked at with three others. */
export const slack = 4;

/** The highest bit of each of four bytes. */
export const highBits = 0x80808080;

/** Among the `highBits` that of some byte, if one of the four is zero; none otherwise. */
export const zeroMarks = (four: number): number => (four - 0x01010101) & ~four;

/** The bits of the four bytes at the end of a text that belong to it, by how many of them do: 0 stands for all. */
export const lastMasks: Int32Array = Int32Array.of(-1, 0xff, 0xffff, 0xffffff);

/** Whether the text of this length at `one` stands at `other` as well. */
export function isRepeated(view: DataView, one: number, other: number, length: number): boolean {
  let at = 0;
  for (; at + 4 <= length; at += 4) {
    if (view.getInt32(one + at, true) !== view.getInt32(other + at, true)) return false;
  }
  if (at === length) return true;
  return ((view.getInt32(one + at, true) ^ view.getInt32(other + at, true)) & lastMasks[length - at]!) === 0;
}
