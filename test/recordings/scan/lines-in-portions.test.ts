import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultReading } from '../../../machines/index.ts';
import { createPackedChecker } from '../../../src/conformance/check/checker.ts';
import type { Finding } from '../../../src/observations/findings.ts';
import { firstView, slot, viewSlot, viewSize } from '../../../src/observations/packed/packed.ts';
import { RecordingReader } from '../../../src/recordings/reader/reader.ts';
import { life } from '../../cli/sample-lines.ts';
import { largeRecording } from '../large-recordings.ts';
import { portions } from '../reading.ts';
import { isDeep, runs } from '../../deep.ts';
import { anyShape, draws } from './scan-beside-parse.ts';

const maxLineBytes = 2000;

/** What a check says of a recording in portions; lines may be taken as numbers if it is `inNumbers`. */
function checked(chunks: Iterable<Uint8Array>, inNumbers: boolean) {
  const checker = createPackedChecker({ settings: { reading: defaultReading, operatorRequired: 'allowed' } });
  const findings: Finding[] = [];
  const told: string[] = [];
  const reader = new RecordingReader(
    { file: 'x', maxLineBytes },
    {
      observe: (observation) => checker.observe(observation),
      find: (finding) => void findings.push(finding),
      ...(inNumbers && {
        observePacked: (...seen: Parameters<typeof checker.observePacked>) => {
          const isTaken = checker.observePacked(...seen);
          told.push(isTaken ? 'taken' : 'refused');
          return isTaken;
        },
      }),
    },
  );
  for (const bytes of chunks) reader.push(bytes);
  return { said: { summary: reader.end(), findings, folders: checker.finish() }, told };
}

/** What is read of folders, line by line, whether it comes in numbers or as values. */
function seenIn(chunks: Iterable<Uint8Array>): string[] {
  const seen: string[] = [];
  const reader = new RecordingReader(
    { file: 'x' },
    {
      observe: ({ where, folderId, analyses }) =>
        void seen.push(`${where.line} ${folderId} ${analyses.map(({ id }) => id).join()}`),
      find: ({ where }) => void seen.push(`${where.line} broken`),
      observePacked({ bytes }, packed, _file, line) {
        const textAt = (at: number) => new TextDecoder().decode(bytes.subarray(packed[at], packed[at + 1]));
        const ids = Array.from({ length: packed[slot.views]! }, (_, view) =>
          textAt(firstView + view * viewSize + viewSlot.id),
        );
        seen.push(`${line} ${textAt(slot.folder)} ${ids.join()}`);
        return true;
      },
    },
  );
  for (const bytes of chunks) reader.push(bytes);
  reader.end();
  return seen;
}

const directories = ['docs/examples/recordings', 'test/recordings/recorded'];
const bundled = directories.flatMap((directory) =>
  readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^index\.json$|\.md$/.test(entry.name))
    .map(({ name }) => `${directory}/${name}`),
);

describe('a recording of which lines are taken as numbers', () => {
  it('always says what it says read as values, in whatever portions it comes', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(largeRecording, fc.nat({ max: 2000 }), (bytes, size) => {
        const { said, told } = checked(portions(bytes, size + 1), true);
        expect(said).toEqual(checked([bytes], false).said);
        told.forEach((what) => seen.add(what));
      }),
      runs(2, 30),
    );
    expect([...seen].toSorted()).toEqual(['refused', 'taken']);
  });

  it.each(bundled)('is checked alike however it is cut: %s', (name) => {
    const bytes = readFileSync(name);
    const { said } = checked([bytes], false);
    for (const size of isDeep ? [1, 333] : [1])
      expect(checked(portions(bytes, size), true).said).toEqual(said);
  });

  it('is checked alike in every shape, whether lines are taken as numbers or not', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(draws, fc.nat({ max: 3000 }), (draw, size) => {
        const lines = Array.from({ length: 1 + draw(12) }, () => anyShape(draw)).join('\n');
        const bytes = new TextEncoder().encode(`${lines}\n`);
        const { said, told } = checked(portions(bytes, 1 + size), true);
        expect(said).toEqual(checked([bytes], false).said);
        told.forEach((what) => seen.add(what));
      }),
      runs(8, 600),
    );
    // Few of these lines are taken, as few of their folders are plain.
    expect(seen).toContain(isDeep ? 'taken' : 'refused');
  });

  it('is read alike wherever it is cut', () => {
    const text = [
      ...life('a', 'SUCCESS'),
      ...life('ф', 'FAILED'),
      '',
      '{"folder_id":',
      ...life('b', 'DECLINED'),
    ];
    const bytes = new TextEncoder().encode(text.join('\r\n'));
    const whole = seenIn([bytes]);
    for (let at = 0; at <= bytes.length; at += isDeep ? 1 : 5) {
      expect(seenIn([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(whole);
    }
    expect(whole).toHaveLength(10);
  });
});
