import type { ReadOptions } from '../options.ts';
import type { Piece } from '../io/piece.ts';
import { RecordingReader } from './reader.ts';
import { gatherInto } from '../io/receiver.ts';

/** Reads a recording that is in memory as text; needs nothing of Node. */
export function readRecordingText(text: string, options: ReadOptions): Piece[] {
  const pieces: Piece[] = [];
  const reader = new RecordingReader(options, gatherInto(pieces));
  reader.push(new TextEncoder().encode(text));
  const summary = reader.end();
  return [...pieces, { type: 'summary', summary }];
}
