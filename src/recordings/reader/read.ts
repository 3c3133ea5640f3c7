import { unpack } from '../io/gzip.ts';
import { limitsOf, type ReadOptions } from '../options.ts';
import type { Piece, Summary } from '../io/piece.ts';
import { RecordingReader } from './reader.ts';
import { gatherInto, type Receiver } from '../io/receiver.ts';

/**
 * Reads a recording from bytes, plain or gzip, tells `receiver` what it says in order of arrival, and sums up. Holds
 * one line at a time, or one document. Never throws for input, a failing source included.
 */
export async function readInto(
  receiver: Receiver,
  chunks: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): Promise<Summary> {
  const reader = new RecordingReader(options, receiver);
  for await (const piece of unpack(chunks, limitsOf(options).maxUnpackedBytes)) {
    if ('bytes' in piece) {
      reader.push(piece.bytes, piece.wasPacked);
      if (piece.wasPacked && options.marks) options.marks.areStored = false;
    } else reader.fail(piece.code, piece.message);
    if (reader.isStopped) break;
  }
  return reader.end();
}

/** The same, as observations and findings in order of arrival, the summary last. */
export async function* readRecording(
  chunks: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): AsyncGenerator<Piece, void, undefined> {
  const pieces: Piece[] = [];
  const reader = new RecordingReader(options, gatherInto(pieces));
  for await (const piece of unpack(chunks, limitsOf(options).maxUnpackedBytes)) {
    if ('bytes' in piece) reader.push(piece.bytes, piece.wasPacked);
    else reader.fail(piece.code, piece.message);
    const read = pieces.splice(0);
    // Several times as fast as yield*, which waits more than once for each piece.
    for (const one of read) yield one;
    if (reader.isStopped) break;
  }
  const summary = reader.end();
  yield* pieces;
  yield { type: 'summary', summary };
}
