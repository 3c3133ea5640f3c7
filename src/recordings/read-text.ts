import type { ReadOptions } from './options.ts';
import type { Piece } from './piece.ts';
import { RecordingReader } from './reader.ts';

/** Reads a recording that is in memory as text; needs nothing of Node. */
export function readRecordingText(text: string, options: ReadOptions): Piece[] {
  const pieces: Piece[] = [];
  const reader = new RecordingReader(options, {
    observe: (observation) => void pieces.push({ type: 'observation', observation }),
    find: (finding) => void pieces.push({ type: 'finding', finding }),
  });
  reader.push(new TextEncoder().encode(text));
  const summary = reader.end();
  return [...pieces, { type: 'summary', summary }];
}
