import type { ReadOptions } from './options.ts';
import type { Piece } from './piece.ts';
import { RecordingReader } from './reader.ts';

/** Reads a recording that is in memory as text; needs nothing of Node. */
export function readRecordingText(text: string, options: ReadOptions): Piece[] {
  const reader = new RecordingReader(options);
  const pieces = reader.push(new TextEncoder().encode(text));
  return [...pieces, ...reader.end()];
}
