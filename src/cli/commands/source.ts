import { createHash } from 'node:crypto';
import { source as page } from '../../../machines/clauses.ts';
import type { Finding } from '../../observations/findings.ts';
import { printable } from '../../text/escape.ts';
import type { Action } from '../frame/command.ts';
import { openInput, unreadable } from '../io/files.ts';
import type { Terminal } from '../io/terminal.ts';

/** Tells whether a file is the documentation page that the clauses were taken from. */
export const source: Action = async ({ operands: [file = ''] }, io) => {
  const received = await hashOf(file, io);
  if (typeof received !== 'string') {
    io.stderr.write(`oz-status: ${printable(received.message)}\n`);
    return 3;
  }
  const same = received === page.sha256;
  const verdict = same ? 'is the page that is specified' : 'differs from the page that is specified';
  io.stdout.write(
    [
      `${printable(file, 200)} ${verdict}.`,
      `  specified  ${page.sha256}  ${page.title}, captured ${page.captured}`,
      `  file       ${received}`,
      ...(same
        ? []
        : ['Compare the clauses with it: docs/clauses.md says where on the page each one stands.']),
      '',
    ].join('\n'),
  );
  return same ? 0 : 1;
};

/** The SHA-256 of a file, or why it cannot be read. */
async function hashOf(file: string, io: Terminal): Promise<string | Finding> {
  const chunks = await openInput(file, io);
  if ('code' in chunks) return chunks;
  const hash = createHash('sha256');
  try {
    for await (const chunk of chunks) hash.update(chunk);
  } catch (error) {
    return unreadable(file, error);
  }
  return hash.digest('hex');
}
