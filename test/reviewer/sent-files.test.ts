import { expect, test } from 'vitest';
import { receiveFile, sendFile, type SentFile } from '../../src/reviewer/page/check/sent-files.ts';

/** A file as the worker has it: with a port of its own, and nothing else of the page. */
const arrived = (file: File): SentFile => {
  const sent = sendFile(file);
  return structuredClone(sent, { transfer: [sent.port as never] });
};

async function read(sent: SentFile): Promise<{ readonly pieces: number; readonly bytes: Uint8Array }> {
  const all: Uint8Array[] = [];
  const reader = receiveFile(sent).stream().getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) all.push(next.value);
  return { pieces: all.length, bytes: new Uint8Array(await new Blob(all as BlobPart[]).arrayBuffer()) };
}

test('a file arrives in the worker as it is in the page, piece by piece', async () => {
  const bytes = Uint8Array.from({ length: 2_500_000 }, (_, at) => (at * 31) % 251);
  const sent = arrived(new File([bytes], 'recording.har'));
  expect({ name: sent.name, size: sent.size }).toEqual({ name: 'recording.har', size: bytes.length });
  const received = await read(sent);
  expect(received.pieces).toBeGreaterThan(2);
  expect(Buffer.compare(received.bytes, bytes)).toBe(0);
});

test('an empty file arrives as one', async () => {
  expect((await read(arrived(new File([], 'empty')))).bytes).toHaveLength(0);
});

test('a file that can no longer be read says why', async () => {
  const file = new File(['gone'], 'gone');
  file.slice = () => {
    throw new Error('it is gone');
  };
  await expect(read(arrived(file))).rejects.toThrow('it is gone');
});
