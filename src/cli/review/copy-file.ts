import type { Finding } from '../../observations/findings.ts';
import { compareCopy, type Comparison } from '../../review/page/compare.ts';
import { maxCopy, type Unusable } from '../../review/page/passages.ts';
import type { Reviewed } from '../../review/record.ts';
import { openInput, unreadable } from '../io/files.ts';
import type { Terminal } from '../io/terminal.ts';

/** A reviewer's copy of the page in `file`, compared with the captured one, or why it cannot be. */
export async function compareFile(
  file: string,
  { passages }: Reviewed,
  io: Terminal,
): Promise<Comparison | Unusable | Finding> {
  const copy = await textOf(file, io);
  return typeof copy === 'string' ? compareCopy(copy, passages) : copy;
}

/** The text of a file, or one sign more than may be read of one that is too long. */
async function textOf(file: string, io: Terminal): Promise<string | Finding> {
  const chunks = await openInput(file, io);
  if ('code' in chunks) return chunks;
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of chunks) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length > maxCopy) return text.slice(0, maxCopy + 1);
    }
  } catch (error) {
    return unreadable(file, error);
  }
  return text + decoder.decode();
}
