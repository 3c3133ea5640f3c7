import { lineFeed } from '../../recordings/json/bytes.ts';
import { joinBytes } from '../../recordings/lines/splitter.ts';

/** The same bytes in portions that end where a line ends; the last line ends with a newline too. */
export async function* wholeLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = [];
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(lineFeed) + 1;
    if (end > 0) {
      yield joinBytes([...held, chunk.subarray(0, end)]);
      held = [];
    }
    if (end < chunk.length) held.push(chunk.slice(end));
  }
  if (held.length > 0) yield joinBytes([...held, Uint8Array.of(lineFeed)]);
}

/** The lines of such portions as texts. */
export async function* lineTexts(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<readonly string[]> {
  const decoder = new TextDecoder();
  for await (const bytes of wholeLines(chunks)) yield decoder.decode(bytes).slice(0, -1).split('\n');
}
