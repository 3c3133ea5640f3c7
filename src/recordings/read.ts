import { unpack } from './gzip.ts';
import { limitsOf, type ReadOptions } from './options.ts';
import type { Piece } from './piece.ts';
import { RecordingReader } from './reader.ts';

/**
 * Reads a recording from bytes, plain or gzip, and yields its observations and findings in order of arrival, the
 * summary last. Holds one line at a time, or one document. Never throws for input, a failing source included.
 */
export async function* readRecording(
  chunks: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): AsyncGenerator<Piece, void, undefined> {
  const reader = new RecordingReader(options);
  for await (const piece of unpack(chunks, limitsOf(options).maxUnpackedBytes)) {
    const read = 'bytes' in piece ? reader.push(piece.bytes) : reader.fail(piece.code, piece.message);
    // Several times as fast as yield*, which waits more than once for each piece.
    for (const one of read) yield one;
    if (reader.isStopped) break;
  }
  yield* reader.end();
}
