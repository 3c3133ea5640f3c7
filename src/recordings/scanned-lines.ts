import { chunkOf, slack, type Chunk } from '../conformance/chunk.ts';
import { createGlance, lengthOf, type Glance } from '../conformance/glance.ts';
import { lineFeed } from './json-bytes.ts';
import { unproved } from './json-skip.ts';
import { scanLine } from './line-scanner.ts';

/**
 * What a scan found in a portion of a file of lines, whatever stands before it: for each whole line that was taken, in
 * order, where it begins and ends and its glance, as far as its views go.
 */
export type ScannedLines = Int32Array;

/** Bytes of an input, perhaps with what a scan found in them. */
export interface Portion {
  readonly bytes: Uint8Array;
  readonly lines?: ScannedLines;
}

/** Where in the numbers of a line stands what. */
const lineAt = { from: 0, end: 1, glance: 2 } as const;

/** The most numbers that a line takes. */
export const longestLine = lineAt.glance + createGlance().length;

/** Behind the last line that ends in the bytes and can be scanned there, or 0. */
export function endOfLines(bytes: Uint8Array): number {
  const last = bytes.length - 1 - slack;
  return last < 0 ? 0 : bytes.lastIndexOf(lineFeed, last) + 1;
}

/**
 * Scans the lines that begin and end in the portion and puts what is taken into `into`; how many numbers that are. Where
 * `into` has no room left it stops: a line that is missing is read from its bytes.
 */
export function scanLines(bytes: Uint8Array, into: Int32Array): number {
  const chunk = chunkOf(bytes);
  const glance = createGlance();
  const end = endOfLines(bytes);
  let size = 0;
  // The portion may begin within a line.
  let at = bytes.indexOf(lineFeed) + 1 || end;
  while (at < end) {
    const behind = scanLine(chunk, at, glance);
    if (behind === unproved) {
      at = bytes.indexOf(lineFeed, at) + 1;
      continue;
    }
    const length = lengthOf(glance);
    const start = size + lineAt.glance;
    if (start + length > into.length) break;
    into[size + lineAt.from] = at;
    into[size + lineAt.end] = behind;
    for (let field = 0; field < length; field += 1) into[start + field] = glance[field]!;
    size = start + length;
    at = behind;
  }
  return size;
}

/** Who is told of a portion, line by line. */
export interface LineReceiver {
  /** Takes a line in numbers; false where it wants its bytes. */
  take(chunk: Chunk, glance: Glance, length: number): boolean;
  /** Takes bytes of the portion as they are. */
  push(bytes: Uint8Array): void;
}

/** Tells of all bytes of a portion in order, of those that were scanned in numbers. */
export function tellLines({ bytes, lines }: Required<Portion>, glance: Glance, into: LineReceiver): void {
  const chunk = chunkOf(bytes);
  let told = 0;
  for (let at = 0; at < lines.length;) {
    const from = lines[at + lineAt.from]!;
    const end = lines[at + lineAt.end]!;
    const start = at + lineAt.glance;
    const length = lengthOf(lines, start);
    for (let field = 0; field < length; field += 1) glance[field] = lines[start + field]!;
    if (told < from) into.push(bytes.subarray(told, from));
    if (!into.take(chunk, glance, end - from)) into.push(bytes.subarray(from, end));
    told = end;
    at = start + length;
  }
  into.push(bytes.subarray(told));
}
