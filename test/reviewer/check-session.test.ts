import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultSettings } from '../../machines/index.ts';
import { readManifest, recordingsDirectory } from '../../src/cli/commands/bundled.ts';
import { verdicts } from '../../src/conformance/index.ts';
import { createGunzip } from '../../src/reviewer/page/check/browser-zlib.ts';
import { CheckSession, type FolderRow } from '../../src/reviewer/page/check/check-session.ts';
import { explanationWords } from '../../src/reviewer/page/check/explanation-words.ts';
import { repository } from '../cli/built.ts';
import { prop } from '../property.ts';

const manifest = readManifest();
const bundled = (file: string): File =>
  new File([readFileSync(join(repository, recordingsDirectory, file))], file);

async function judged(...files: readonly File[]) {
  const session = new CheckSession({ settings: defaultSettings });
  const digest = await session.run(files, () => undefined);
  return { session, digest, rows: session.folders(verdicts, 0, 1000).items };
}

const lines = (...values: readonly object[]): File =>
  new File([values.map((value) => `${JSON.stringify(value)}\n`).join('')], 'recording.ndjson');

/** Everything that the page shows as found in a folder, step by step and at the end. */
function shownOf(session: CheckSession, { index }: FolderRow) {
  const { items } = session.steps(index, 0, 1000);
  return [...items.flatMap(({ found }) => found), ...session.folder(index).atEnd];
}

describe('a check in the page', () => {
  test.each(manifest.map((example) => [example.file, example.expected] as const))(
    'judges %s as the program does and shows each finding once',
    async (file, expected) => {
      const { session, digest, rows } = await judged(bundled(file));
      expect(Object.fromEntries(rows.map(({ folderId, verdict }) => [folderId ?? '', verdict]))).toEqual(
        expected.verdicts,
      );
      const shown = [...rows.flatMap((row) => shownOf(session, row)), ...digest.input];
      expect(new Set(shown.map(({ code }) => code))).toEqual(new Set(expected.codes));
      const counts = rows.reduce((sum, { findings, hazards }) => sum + findings + hazards, digest.inputCount);
      expect(shown.length).toBe(counts);
    },
  );

  test('says what it has left aside', async () => {
    const url = 'https://api.example/healthz';
    const { digest } = await judged(lines({ method: 'GET', url, status: 200, body: {} }));
    expect(digest.leftAside.map(([name]) => name)).toEqual(['left aside', 'requests', 'read are']);
    expect(digest.leftAside[1]![1]).toBe('GET /healthz (1)');
  });

  test('shows polls that repeat as one step', async () => {
    const poll = { folder_id: 'f', resolution_status: 'PROCESSING', system_resolution: 'PROCESSING' };
    const { session, rows } = await judged(
      lines(poll, poll, poll, { ...poll, resolution_status: 'INITIAL' }),
    );
    const [row] = rows;
    expect(row!.observations).toBe(4);
    const { items } = session.steps(row!.index, 0, 10);
    expect(items.map(({ times, found }) => [times, found.length])).toEqual([
      [3, 0],
      [1, 1],
    ]);
    expect(session.folder(row!.index).marked).toEqual([1]);
  });

  test('lists folders worst first, and those of one verdict alone', async () => {
    const poll = { resolution_status: 'FINISHED', system_resolution: 'SUCCESS' };
    const { session, rows } = await judged(
      lines({ folder_id: 'good', ...poll }, { folder_id: 'bad', ...poll, resolution_status: 'DECLINED' }),
    );
    expect(rows.map(({ folderId }) => folderId)).toEqual(['bad', 'good']);
    expect(session.folders(['conforms'], 0, 10)).toMatchObject({ count: 1, items: [{ folderId: 'good' }] });
    expect(session.folders(verdicts, 1, 10).items.map(({ folderId }) => folderId)).toEqual(['good']);
  });

  test('says in words what could be going on inside', async () => {
    const liveness = {
      analyse_id: 'live',
      type: 'QUALITY',
      state: 'FINISHED',
      resolution_status: 'DECLINED',
    };
    const face = {
      analyse_id: 'face',
      type: 'BIOMETRY',
      state: 'PROCESSING',
      resolution_status: 'PROCESSING',
    };
    const { session, rows } = await judged(
      lines(
        { folder_id: 'f', resolution_status: 'INITIAL', system_resolution: 'INITIAL' },
        { folder_id: 'f', resolution_status: 'PROCESSING', analyses: [liveness, face] },
      ),
    );
    const [row] = rows;
    const words = (at: number) => session.explanations(row!.index, at).given.map(explanationWords);
    expect(words(0)).toEqual([['The folder has no analyses yet.']]);
    expect(words(1).flat()).toContain(
      'What was posted together, as one group or several, runs: live is DECLINED; face runs, or has ended unseen.',
    );
  });

  test('says what was hidden when a result was shown, until it is listed', async () => {
    const polls = ['SUCCESS', 'DECLINED'].map((result) => ({ folder_id: 'f', system_resolution: result }));
    const { session, rows } = await judged(lines(...polls));
    expect(session.explanations(rows[0]!.index, 1).given.map(explanationWords).flat()).toContain(
      'One group has settled: it holds analyses that the recording does not name; what was not seen to end is SUCCESS.',
    );
  });
});

describe('gzip in the page', () => {
  /** What comes out of the stream when it gets its input in portions. */
  function unpacked(bytes: Uint8Array, portion: number) {
    const out: Uint8Array[] = [];
    const ends: string[] = [];
    const stream = createGunzip()
      .on('data', (piece) => out.push(piece))
      .on('error', () => ends.push('error'));
    for (let at = 0; at < bytes.length; at += portion) {
      stream.write(bytes.subarray(at, at + portion), () => undefined);
    }
    stream.once('end', () => ends.push('end')).end();
    return { bytes: Buffer.concat(out), ends };
  }
  const anyMembers = fc.array(fc.uint8Array({ maxLength: 3000 }), { minLength: 1, maxLength: 3 });

  prop([anyMembers, fc.integer({ min: 1, max: 500 })])(
    'unpacks what Node packs, members that follow each other too, in any portions',
    (members, portion) => {
      const packed = Buffer.concat(members.map((member) => gzipSync(member)));
      expect(unpacked(packed, portion)).toEqual({ bytes: Buffer.concat(members), ends: ['end'] });
    },
  );

  prop([fc.uint8Array({ minLength: 1, maxLength: 3000 }), fc.double({ min: 0.1, max: 0.99, noNaN: true })])(
    'never takes a stream that breaks off for a whole one',
    (content, part) => {
      const packed = gzipSync(content);
      const cut = packed.subarray(0, Math.max(2, Math.floor((packed.length - 8) * part)));
      expect(unpacked(cut, 64).ends).toContain('error');
    },
  );
});
