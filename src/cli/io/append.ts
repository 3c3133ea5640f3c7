import { fstatSync, ftruncateSync, writeSync } from 'node:fs';

/** Writes bytes at the end of a file and returns how many were written; tests pass a disk that is full. */
export type WriteSome = (file: number, bytes: Uint8Array) => number;

/** Adds bytes to a file that was opened for that, wholly or not at all; throws the error of the system. */
export function append(file: number, bytes: Uint8Array, write: WriteSome = writeSync): void {
  const before = fstatSync(file);
  let done = 0;
  try {
    while (done < bytes.length) done += write(file, bytes.subarray(done));
  } catch (error) {
    // What was written of it would be in the way of what comes next.
    if (before.isFile()) ftruncateSync(file, before.size);
    throw error;
  }
}
