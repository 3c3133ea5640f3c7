import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRecordingText } from '../../src/recordings/index.ts';
import { piecesOf, portions, readChunks, readText } from './reading.ts';
import { runs } from '../deep.ts';
import { prop } from '../property.ts';

const encoder = new TextEncoder();
const bytesOf = (...parts: (string | readonly number[])[]) =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? encoder.encode(part) : Uint8Array.from(part))),
  );

const status = fc.oneof(fc.constantFrom('INITIAL', 'SUCCESS', 'success', ''), fc.jsonValue());
const names = `folder_id analyse_id analysis_id group_id type state resolution resolution_status system_resolution
  analyses items body url method status time log entries request response content text encoding error_code
  startedDateTime __proto__`;
const member = fc.constantFrom(...names.split(/\s+/));
const { shape } = fc.letrec<{ shape: unknown }>((tie) => ({
  shape: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    status,
    fc.dictionary(member, tie('shape'), { maxKeys: 6 }),
    fc.array(tie('shape'), { maxLength: 3 }),
  ),
}));
const recording = fc
  .array(
    fc.oneof(
      shape.map((value) => JSON.stringify(value)),
      fc.string({ unit: 'binary', maxLength: 8 }),
    ),
    {
      maxLength: 5,
    },
  )
  .map((lines) => lines.join('\n'));

function noSuchFile(): never {
  throw new Error('no such file');
}

describe('reading', () => {
  prop([fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 40 })])(
    'never throws for random bytes and always ends with a summary',
    async (bytes, size) => {
      const pieces = await piecesOf(portions(bytes, size));
      expect(pieces.at(-1)?.type).toBe('summary');
      expect(pieces.length).toBeGreaterThan(1);
    },
  );

  prop([recording], runs(35, 1000))('never throws for members of every type in every place', (text) => {
    const { observations, findings, summary } = readText(text);
    expect(summary.observations).toBe(observations.length);
    for (const { where } of [...observations, ...findings]) expect(where.file).toBe('sample');
  });

  prop([recording, fc.integer({ min: 1, max: 9 })])('does not depend on portions', async (text, size) => {
    const bytes = encoder.encode(text);
    const whole = readRecordingText(text, { file: 'sample' });
    expect(await piecesOf(portions(bytes, size))).toEqual(whole);
  });

  prop([recording], runs(10, 100))(
    'gives the same for gzip as for plain bytes, but for commands',
    async (text) => {
      const bytes = encoder.encode(text);
      const read = await piecesOf([gzipSync(bytes)]);
      const plainly = read.map((piece) => {
        if (piece.type !== 'finding') return piece;
        const hint = piece.finding.hint?.replaceAll('<(gzip -dc FILE)', 'FILE') ?? null;
        return { ...piece, finding: { ...piece.finding, hint } };
      });
      expect(plainly).toEqual(await piecesOf([bytes]));
    },
  );

  it('gives a line that is not UTF-8 a finding of its own', async () => {
    const reading = await readChunks([
      bytesOf('{"folder_id":"a"}\n{"folder_id":"', [0xc3, 0x28], '"}\n{"folder_id":"b"}\n'),
    ]);
    expect(reading.observations.map(({ folderId }) => folderId)).toEqual(['a', 'b']);
    expect(reading.findings).toMatchObject([{ code: 'TEXT_INVALID', where: { line: 2 } }]);
  });

  it('gives a document that is not UTF-8 one finding, with the line', async () => {
    const reading = await readChunks([bytesOf('[\n{"folder_id":\n"', [0xff], '"}\n]')]);
    expect(reading.findings).toMatchObject([{ code: 'TEXT_INVALID', where: { line: 3 } }]);
  });

  it('gives bytes that are no text one finding', async () => {
    const noise = Uint8Array.from({ length: 100_000 }, (_, at) => (at * at * 31 + (at >> 3)) % 256);
    expect((await readChunks(portions(noise, 5000))).codes).toEqual(['TEXT_INVALID']);
    const zeros = await readChunks([new Uint8Array(5000)]);
    expect(zeros.findings.map(({ message }) => message)).toEqual([
      'expected a JSON value, received the byte 0x00',
    ]);
    expect((await readChunks([bytesOf([0xff, 0xfe], '{\0}\0\n\0')])).codes).toEqual(['TEXT_INVALID']);
  });

  it('takes nothing but a number or a text for the status of an answer', () => {
    const body = { folder_id: 'a', resolution_status: 'INITIAL' };
    for (const answered of [{ toString: 1 }, { valueOf: [] }, [500], null, true]) {
      expect(readText(JSON.stringify({ status: answered, body })).observations).toHaveLength(1);
    }
    for (const answered of [404, '500']) {
      expect(readText(JSON.stringify({ status: answered, body })).summary.ignored.errorAnswer).toBe(1);
    }
  });

  it('reports a NUL inside a line where it stands', async () => {
    const reading = await readChunks([bytesOf('{"folder_id":"a"}\n{"folder_id":"a', [0], '"}\n')]);
    expect(reading.findings).toMatchObject([{ code: 'JSON_INVALID', where: { line: 2, column: 16 } }]);
  });

  it('keeps nothing of a portion whose memory is used for the next one', async () => {
    const text = `${JSON.stringify({ folder_id: 'a', resolution_status: 'INITIAL' })}\n`.repeat(3);
    const bytes = new TextEncoder().encode(text);
    for (const memory of [new Uint8Array(20), Buffer.alloc(20)]) {
      function* chunks() {
        for (const portion of portions(bytes, memory.length)) {
          memory.set(portion);
          yield memory.subarray(0, portion.length);
        }
      }
      const { observations, codes } = await readChunks(chunks());
      expect([observations.length, codes]).toEqual([3, []]);
    }
  });

  it('notes a source that fails and keeps what came before', async () => {
    function* failing() {
      yield bytesOf('{"folder_id":"a"}\n{"folder_id":');
      throw new Error('disk gone');
    }
    const reading = await readChunks(failing());
    expect(reading.observations).toHaveLength(1);
    expect(reading.findings).toMatchObject([
      { code: 'INPUT_UNREADABLE', message: 'expected to read on, received "disk gone"' },
      { code: 'JSON_INVALID', where: { line: 2 } },
    ]);
    expect((await readChunks({ [Symbol.iterator]: noSuchFile })).codes).toEqual(['INPUT_UNREADABLE']);
  });
});
