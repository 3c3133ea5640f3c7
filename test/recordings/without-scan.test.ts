import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { defaultSettings } from '../../machines/index.ts';
import { createPackedChecker } from '../../src/conformance/check/checker.ts';
import { readInto } from '../../src/recordings/index.ts';
import { LineScanner } from '../../src/recordings/scan/lines.ts';
import { HarScanner } from '../../src/recordings/scan/har-entries.ts';
import { exitCodeOf, reportModel } from '../../src/reports/index.ts';
import type { Finding } from '../../src/observations/findings.ts';
import { repository } from '../cli/built.ts';
import { line, recording } from '../fuzz/mutation.ts';
import { harEntries } from '../fuzz/har.ts';
import { anyHar } from './scan/har-beside-values.ts';
import { anyCallbackLines } from './scan/any-callback.ts';
import { anyLine, draws } from './scan/scan-beside-parse.ts';
import { isJson, portions, stream } from './reading.ts';

/** Whether `scan` is left out: then no depth of nesting is small enough for it, so that every value is parsed. */
const left = vi.hoisted(() => ({ out: false }));

vi.mock('../../src/recordings/scan/lines.ts', async (original) => {
  const actual = await original<typeof import('../../src/recordings/scan/lines.ts')>();
  return Object.defineProperty({ ...actual }, 'deepestLine', {
    get: () => (left.out ? Infinity : actual.deepestLine),
  });
});
vi.mock('../../src/recordings/scan/har-entries.ts', async (original) => {
  const actual = await original<typeof import('../../src/recordings/scan/har-entries.ts')>();
  return Object.defineProperty({ ...actual }, 'deepestHar', {
    get: () => (left.out ? Infinity : actual.deepestHar),
  });
});

const takenLines = vi.spyOn(LineScanner.prototype, 'take');
const takenEntries = vi.spyOn(HarScanner.prototype, 'entry');
const scanned = (): number => takenLines.mock.calls.length + takenEntries.mock.calls.length;

afterEach(() => void vi.clearAllMocks());

/** The whole report of a check of these bytes, and how it ends. */
async function checked(bytes: Uint8Array): Promise<string> {
  const options = { settings: defaultSettings, proposesReadings: false };
  const checker = createPackedChecker(options);
  const input: Finding[] = [];
  const receiver = { ...checker, find: (finding: Finding) => void input.push(finding) };
  const { ignored } = await readInto(receiver, stream(portions(bytes, 5000)), { file: 'recording' });
  const model = reportModel({ options, folders: checker.finish(), input, ignored }, { all: true });
  return JSON.stringify({ ...model, exitCode: exitCodeOf(model.summary, true) }, null, 1);
}

async function withoutScan(bytes: Uint8Array): Promise<string> {
  const before = scanned();
  left.out = true;
  const report = await checked(bytes).finally(() => (left.out = false));
  expect(scanned()).toBe(before);
  return report;
}

/** The report is the same, with the scan and without it. */
async function expectSame(bytes: Uint8Array): Promise<void> {
  const report = await checked(bytes);
  expect(await withoutScan(bytes)).toBe(report);
}

/** So many vectors of a set are judged, evenly chosen. */
const maxVectors = 150;

const filesIn = (directory: string) =>
  readdirSync(join(repository, directory))
    .filter((name) => /\.\w+$/.test(name) && !name.endsWith('.md') && name !== 'index.json')
    .map((name) => `${directory}/${name}`);

describe('without the scan of bytes', () => {
  test.each(['docs/examples/recordings', 'test/recordings/recorded'].flatMap(filesIn))(
    '%s is judged the same',
    async (name) => expectSame(readFileSync(join(repository, name))),
  );

  test('a recording of lines and a HAR are read otherwise', async () => {
    for (const name of ['ordinary-life.ndjson', 'browser.har']) {
      await expectSame(readFileSync(join(repository, 'docs/examples/recordings', name)));
      expect(scanned()).toBeGreaterThan(0);
      vi.clearAllMocks();
    }
  });

  test.each(readdirSync(join(repository, 'test/vectors')).filter((name) => name.endsWith('.jsonl')))(
    'the observations of %s are judged the same',
    async (name) => {
      interface Vector {
        readonly observations?: readonly object[];
      }
      const text = readFileSync(join(repository, 'test/vectors', name), 'utf8');
      const lines = text
        .trim()
        .split('\n')
        .filter((_, at, all) => at % Math.ceil(all.length / maxVectors) === 0)
        .flatMap((vector, at) =>
          ((JSON.parse(vector) as Vector).observations ?? []).map((shown) =>
            JSON.stringify(shown, (key, value: unknown) =>
              key.endsWith('_id') ? `${at}-${String(value)}` : value,
            ),
          ),
        );
      await expectSame(new TextEncoder().encode(lines.join('\n')));
    },
  );

  const encoded = (texts: fc.Arbitrary<string>) => texts.map((text) => new TextEncoder().encode(text));
  const lines = draws.map((draw) => Array.from({ length: 4 }, () => anyLine(draw)).join('\n'));
  const hars = fc.oneof(
    draws.map((draw) => anyHar(draw)),
    harEntries.map((entries) => JSON.stringify({ log: { entries } })),
  );
  // Of one that breaks off, only what reads it in a stream has the entries before.
  const wholeHars = hars.filter(isJson);
  test.each([
    [
      'of lines',
      fc.oneof(
        lines,
        fc.array(line, { maxLength: 6 }).map((some) => some.join('\n')),
      ),
    ],
    ['of callbacks', draws.map(anyCallbackLines)],
    ['of HARs', wholeHars],
    ['of documents', recording],
  ])('random input %s is always judged the same', async (_kind, texts) => {
    await fc.assert(fc.asyncProperty(encoded(texts), expectSame), { numRuns: 40 });
  });
});
