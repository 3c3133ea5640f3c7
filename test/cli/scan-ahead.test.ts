import { appendFileSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { portionsAhead } from '../../src/cli/scan-ahead.ts';
import { memoryOf, scanPortion, type ScanTask } from '../../src/cli/scan-portion.ts';
import type { StartThread } from '../../src/cli/scan-threads.ts';
import { scanLines } from '../../src/recordings/scanned-lines.ts';
import { largeRecording } from '../recordings/large-recordings.ts';
import { directoryWith } from './fake-terminal.ts';

/** How the threads of a run behave, turn by turn of any of them; from then on they work. */
type Behaviour = readonly ('idle' | 'works' | 'ends')[];

const anyBehaviour = fc.array(
  fc.oneof(
    { arbitrary: fc.constant('works' as const), weight: 6 },
    { arbitrary: fc.constant('idle' as const), weight: 3 },
    { arbitrary: fc.constant('ends' as const), weight: 1 },
  ),
  { maxLength: 60 },
);

/** Threads that scan here, between the turns of the program, and lose the memory that they give away as real ones do. */
function threadsThat(behaviour: Behaviour) {
  const running = new Set<NodeJS.Immediate>();
  let turns = 0;
  let did = 0;
  const start: StartThread = (file, events) => {
    const waiting: ScanTask[] = [];
    let isReady = false;
    const turn = (): void => {
      running.delete(next);
      const what = behaviour[turns++] ?? 'works';
      if (what === 'ends') return events.ended('it was told to');
      if (!isReady) events.ready();
      isReady = true;
      const task = what === 'works' ? waiting.shift() : undefined;
      if (task) {
        did += 1;
        const scanned = scanPortion(file, task);
        events.scanned(structuredClone(scanned, { transfer: memoryOf(scanned) }));
      }
      next = setImmediate(turn);
      running.add(next);
    };
    let next = setImmediate(turn);
    running.add(next);
    return {
      scan: (task) => void waiting.push(structuredClone(task, { transfer: memoryOf(task) })),
      end: () => {
        clearImmediate(next);
        running.delete(next);
        return Promise.resolve();
      },
    };
  };
  return { start, done: () => did, running };
}

/** Reads a file ahead; what came out of it, each portion with whether the lines that go with it are its own. */
async function readAhead(
  path: string,
  behaviour: Behaviour,
  { threads = 3, portionBytes = 64, after = (_portions: number): void => undefined } = {},
) {
  const fake = threadsThat(behaviour);
  const reasons: string[] = [];
  const parts: Uint8Array[] = [];
  const warn = (reason: string): void => void reasons.push(reason);
  for await (const { bytes, lines } of portionsAhead(path, {
    threads,
    warn,
    portionBytes,
    start: fake.start,
  })) {
    parts.push(Uint8Array.from(bytes));
    if (lines) {
      const room = new Int32Array(portionBytes >> 3);
      expect(lines).toEqual(room.subarray(0, scanLines(bytes, room)));
    }
    after(parts.length);
  }
  return { bytes: Buffer.concat(parts), portions: parts.length, reasons, ...fake };
}

const line = (at: number): string => `{"folder_id":"folder-${at}","system_resolution":"SUCCESS"}\n`;
const manyLines = Array.from({ length: 200 }, (_, at) => line(at)).join('');

describe('a file that is scanned ahead', () => {
  it('is always handed over whole and in order, whenever threads answer and whichever fail', async () => {
    let done = 0;
    await fc.assert(
      fc.asyncProperty(
        largeRecording,
        fc.integer({ min: 1, max: 2000 }),
        fc.integer({ min: 1, max: 4 }),
        anyBehaviour,
        async (bytes, portionBytes, threads, behaviour) => {
          const path = join(directoryWith({ file: bytes }), 'file');
          const read = await readAhead(path, behaviour, { threads, portionBytes });
          expect(read.bytes.equals(bytes)).toBe(true);
          // No thread outlives the reading.
          expect(read.running.size).toBe(0);
          done += read.done();
        },
      ),
      { numRuns: 60 },
    );
    expect(done).toBeGreaterThan(60);
  });

  it('is scanned by its threads, of which none is told to have failed', async () => {
    const path = join(directoryWith({ file: manyLines }), 'file');
    const { done, portions, reasons } = await readAhead(path, ['works']);
    expect(portions).toBe(Math.ceil(manyLines.length / 64));
    expect([done() > portions / 4, reasons]).toEqual([true, []]);
  });

  it('is scanned without those that fail, each of which is told', async () => {
    const path = join(directoryWith({ file: manyLines }), 'file');
    const { bytes, done, reasons } = await readAhead(path, ['works', 'works', 'ends', 'ends', 'works']);
    expect([bytes.toString(), done() > 0]).toEqual([manyLines, true]);
    expect(reasons).toEqual(['it was told to', 'it was told to']);
  });

  it('ends where it was cut while it was read', async () => {
    const path = join(directoryWith({ file: manyLines }), 'file');
    const cut = manyLines.length >> 1;
    const after = (portions: number): void => {
      if (portions === 2) truncateSync(path, cut);
    };
    const { bytes } = await readAhead(path, ['works'], { after });
    expect(manyLines.startsWith(bytes.toString())).toBe(true);
    // What had been read by then was there.
    expect(bytes.length).toBeGreaterThanOrEqual(cut);
    expect(bytes.length).toBeLessThan(manyLines.length);
  });

  it('is read on where it has grown', async () => {
    const path = join(directoryWith({ file: manyLines }), 'file');
    const after = (portions: number): void => {
      if (portions === 5) appendFileSync(path, 'and more');
    };
    const { bytes } = await readAhead(path, ['works', 'idle'], { after });
    expect(bytes.toString()).toBe(`${manyLines}and more`);
  });

  it('is not scanned ahead where no line of it can be taken', async () => {
    const har = readFileSync('docs/examples/recordings/browser.har');
    const path = join(directoryWith({ file: har }), 'file');
    const { bytes, done, portions } = await readAhead(path, ['works']);
    expect([bytes.equals(har), done(), portions]).toEqual([true, 0, 1]);
  });

  it('ends its threads where nobody reads to the end', async () => {
    const path = join(directoryWith({ file: manyLines }), 'file');
    const { start, running } = threadsThat(['works']);
    const scanning = { threads: 3, warn: () => undefined, portionBytes: 64, start };
    for await (const { bytes } of portionsAhead(path, scanning)) {
      expect(manyLines.startsWith(Buffer.from(bytes).toString())).toBe(true);
      expect(running.size).toBe(2);
      break;
    }
    expect(running.size).toBe(0);
  });
});
