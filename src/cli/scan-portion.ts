import { readSync } from 'node:fs';
import { scanLines, type ScannedLines } from '../recordings/scanned-lines.ts';

/** A portion of a file to be scanned, by its number, and the memory for it. */
export interface ScanTask {
  readonly portion: number;
  /** Where in the file it begins. */
  readonly position: number;
  /** Room for its bytes: as many as it has. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Room for what is found in them. */
  readonly lines: Int32Array<ArrayBuffer>;
}

/** The same memory, as far as it was filled: with fewer bytes than asked for where the file ends or cannot be read. */
export type ScannedPortion = ScanTask & { readonly lines: ScannedLines };

/** Reads a portion of the open file and scans it. */
export function scanPortion(file: number, { portion, position, bytes, lines }: ScanTask): ScannedPortion {
  const filled = bytes.subarray(0, fill(file, bytes, position));
  return { portion, position, bytes: filled, lines: lines.subarray(0, scanLines(filled, lines)) };
}

/** How many bytes could be read. Whoever misses the others reads on from there, and is told why that fails. */
function fill(file: number, bytes: Uint8Array, position: number): number {
  let filled = 0;
  try {
    while (filled < bytes.length) {
      const more = readSync(file, bytes, filled, bytes.length - filled, position + filled);
      if (more === 0) break;
      filled += more;
    }
  } catch {
    return filled;
  }
  return filled;
}

/** What goes to another thread with a task or a scanned portion, and is gone here. */
export function memoryOf({ bytes, lines }: ScanTask): [ArrayBuffer, ArrayBuffer] {
  return [bytes.buffer, lines.buffer];
}
