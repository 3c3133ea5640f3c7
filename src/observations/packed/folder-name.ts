import { textOf } from './byte-text.ts';

/** Begins the key of a folder of the API; the rest of it is its id, which in bytes is all of its name. */
export const folderKeyed = 'folder:';

/** Begins, in place of the first byte of a text, the name of what stands in the place of a folder; the rest of it is its key. */
export const standInMark = 0xfe;

/** The key of the folder that has this name in bytes. */
export function keyOfName(name: Uint8Array): string {
  return name[0] === standInMark ? textOf(name.subarray(1)) : folderKeyed + textOf(name);
}
