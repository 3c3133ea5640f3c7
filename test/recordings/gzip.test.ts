import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { piecesOf, portions, readChunks, stream } from './reading.ts';
import { readRecording } from '../../src/recordings/index.ts';

const line = (id: number) => `${JSON.stringify({ folder_id: id, resolution_status: 'INITIAL' })}\n`;
const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => line(from + at)).join('');
const ids = (reading: Awaited<ReturnType<typeof readChunks>>) =>
  reading.observations.map(({ folderId }) => Number(folderId));

describe('gzip', () => {
  it('is known by its content, in whatever portions it comes', async () => {
    const packed = gzipSync(lines(0, 5));
    const plain = await piecesOf([new TextEncoder().encode(lines(0, 5))]);
    for (const size of [1, 2, 7, packed.length]) {
      expect(await piecesOf(portions(packed, size))).toEqual(plain);
    }
  });

  it('may be several members, cut anywhere', async () => {
    const packed = Buffer.concat([gzipSync(lines(0, 3)), gzipSync(lines(3, 4)), gzipSync(lines(4, 6))]);
    for (let cut = 1; cut < packed.length; cut += 1) {
      const reading = await readChunks([packed.subarray(0, cut), packed.subarray(cut)]);
      expect([ids(reading), reading.codes]).toEqual([[0, 1, 2, 3, 4, 5], []]);
    }
  });

  it('that is cut off is a finding, and what came before is kept', async () => {
    const packed = gzipSync(lines(0, 20_000), { level: 1 });
    const reading = await readChunks(portions(packed.subarray(0, packed.length - 2000), 1000));
    expect(reading.codes).toContain('INPUT_UNREADABLE');
    expect(ids(reading).length).toBeGreaterThan(10_000);
    expect(ids(reading)).toEqual(ids(reading).map((_, at) => at));
  });

  it('that is damaged or followed by something else is a finding', async () => {
    const packed = gzipSync(lines(0, 3));
    const damaged = packed.with(12, 0xff);
    expect((await readChunks([damaged])).codes).toContain('INPUT_UNREADABLE');
    const followed = await readChunks([packed, new TextEncoder().encode('more')]);
    expect([ids(followed), followed.codes]).toEqual([[0, 1, 2], ['INPUT_UNREADABLE']]);
    expect((await readChunks([Uint8Array.of(0x1f, 0x8b)])).codes).toEqual(['INPUT_UNREADABLE']);
  });

  it.each([1000, 32 * 1024, 1 << 20])(
    'may be filled up with zeros, in portions of %i bytes',
    async (size) => {
      const packed = gzipSync(lines(0, 20_000), { level: 1 });
      const filled = Buffer.concat([packed, Buffer.alloc(100_000)]);
      const reading = await readChunks(portions(filled, size));
      expect([ids(reading).length, reading.codes]).toEqual([20_000, []]);
      const followed = await readChunks(portions(Buffer.concat([filled, gzipSync('x')]), size));
      expect([ids(followed).length, followed.codes]).toEqual([20_000, ['INPUT_UNREADABLE']]);
      expect(followed.findings[0]!.message).toContain('nothing but zeros behind the gzip data');
    },
  );

  it('of nothing is empty', async () => {
    expect((await readChunks([gzipSync('')])).codes).toEqual(['INPUT_EMPTY']);
  });

  it('that unpacks to more than the limit is left there', async () => {
    const bomb = gzipSync(Buffer.alloc(16 * 1024 * 1024, 0x20));
    const reading = await readChunks([bomb], { maxUnpackedBytes: 1024 * 1024 });
    expect(reading.findings).toMatchObject([
      {
        code: 'INPUT_LIMIT',
        message: 'expected at most 1048576 unpacked bytes (maxUnpackedBytes), received more',
      },
    ]);
  });

  it('is let go of by a reader that stops early', async () => {
    const ended: string[] = [];
    async function* source() {
      try {
        yield* stream(portions(gzipSync(lines(0, 50_000)), 100));
      } finally {
        ended.push('source');
      }
    }
    for await (const piece of readRecording(source(), { file: 'sample' })) {
      expect(piece.type).toBe('observation');
      break;
    }
    expect(ended).toEqual(['source']);
  });

  it('is unpacked in the commands that hints name as well', async () => {
    const { findings } = await readChunks([gzipSync('{"folder_id":"f"}{"folder_id":"f"}')]);
    expect(findings[0]!.hint).toContain('jq -c . <(gzip -dc FILE) | oz-status check -');
  });
});
