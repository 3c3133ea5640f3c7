import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run } from '../../../src/cli/run.ts';
import type { Terminal } from '../../../src/cli/io/terminal.ts';
import { portions } from '../../recordings/reading.ts';
import { repository } from '../built.ts';
import { directoryWith, runHere, today } from '../fake-terminal.ts';
import { bad, lines, unfinished } from '../sample-lines.ts';

interface Line {
  readonly type: string;
  readonly folderId: string | null;
  readonly code: string;
  readonly hint: unknown;
}

const parsed = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

const recordings = join(repository, 'docs/examples/recordings');
const names = ['broken', 'two-steps', 'finality-violated', 'callbacks', 'groups-unknown'];

describe('lines of JSON on standard output', () => {
  test('are in the order in which it was found: findings as they are read, then what the end shows', async () => {
    const stdin = lines(...unfinished.trimEnd().split('\n'), '{', ...bad.trimEnd().split('\n'), '{');
    const { stdout } = await runHere(['check', '--format', 'ndjson', '-'], { stdin });
    expect(parsed(stdout).map(({ type, folderId, code }) => [type, folderId, code])).toEqual([
      ['finding', null, 'JSON_INVALID'],
      ['finding', 'bad', 'SETTLED_ANALYSIS_CHANGED'],
      ['finding', null, 'JSON_INVALID'],
      ['finding', 'unfinished', 'ENDS_UNSETTLED'],
      ['folder', 'unfinished', undefined],
      ['folder', 'bad', undefined],
      ['summary', undefined, undefined],
    ]);
    expect(parsed(stdout).slice(-3)).toMatchObject([
      { verdict: 'conforms', observations: 2, findings: 0, hazards: 1 },
      { verdict: 'violates', observations: 4, findings: 1, hazards: 0 },
      { formatVersion: 1, partial: null, folders: 2, violates: 1, hazards: 1, exitCode: 1 },
    ]);
  });

  test('never depend on the portions in which the input arrives', async () => {
    const bytes = new TextEncoder().encode(`${unfinished}{\n${bad}{"a"\n${bad.replaceAll('bad', 'new')}`);
    const outputOf = async (stdin: Iterable<Uint8Array>) =>
      (await runHere(['check', '--format', 'ndjson', '-'], { stdin })).stdout;
    const whole = await outputOf([bytes]);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: bytes.length }), async (size) => {
        expect(await outputOf(portions(bytes, size))).toBe(whole);
      }),
      { numRuns: 30 },
    );
  });

  test('are the same in a file, and say what the JSON report says', async () => {
    const cwd = directoryWith({});
    const paths = names.map((name) => join(recordings, `${name}.ndjson`));
    const asked = ['--format', 'ndjson', '--format', 'json=report.json', '--all'];
    const streamed = await runHere(['check', ...asked, ...paths], { cwd });
    await runHere(['check', '--format', 'ndjson', '--output', 'lines', '--all', ...paths], { cwd });
    expect(readFileSync(join(cwd, 'lines'), 'utf8')).toBe(streamed.stdout);

    type Findings = readonly Line[];
    const report = JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8')) as {
      readonly folders: readonly { folderId: string; findings: Findings; hazards: Findings }[];
      readonly unreadable: Findings;
    };
    // Hints may need the whole folder, columns another look at the file; the order is another one.
    const early = (key: string, value: unknown) => (key === 'hint' || key === 'column' ? 0 : value);
    const plain = (all: readonly object[]) => all.map((one) => JSON.stringify(one, early)).toSorted();
    const told = parsed(streamed.stdout)
      .filter(({ type }) => type === 'finding')
      .map(({ type, folderId, ...one }) => ({ ...one, folderId, isToldAs: type }));
    const reported = report.folders.flatMap(({ folderId, findings, hazards }) =>
      [...findings, ...hazards].map((one) => ({ ...one, folderId, isToldAs: 'finding' })),
    );
    const outside = report.unreadable.map((one) => ({ ...one, folderId: null, isToldAs: 'finding' }));
    expect(plain(told)).toEqual(plain([...reported, ...outside]));
  });

  test('hold back the reading while nobody takes them', async () => {
    const pieces = Array.from({ length: 20 }, (_, at) => bad.replaceAll('bad', `bad-${at}`));
    let taken = 0;
    let written = '';
    let release = () => {};
    const waited: number[] = [];
    const io: Terminal = {
      cwd: recordings,
      env: {},
      async *stdin() {
        for (const piece of pieces) {
          taken += 1;
          yield await Promise.resolve(new TextEncoder().encode(piece));
        }
      },
      stdout: {
        write: (content) => void (written += String(content)),
        isTerminal: false,
        isOpen: true,
        ready: () => {
          waited.push(taken);
          return new Promise((resolve) => (release = resolve));
        },
      },
      stderr: { write: () => undefined, isTerminal: false, isOpen: true, ready: () => Promise.resolve() },
      interrupts: () => new AbortController().signal,
      today: () => today,
      now: () => 0,
      time: () => 0,
    };
    const ended = run(['check', '--format', 'ndjson', '-'], io);
    const end = ended.then(() => true);
    // Each turn lets everything go on that can.
    const turn = () => new Promise<false>((resolve) => setImmediate(() => resolve(false)));
    while (!(await Promise.race([end, turn()]))) release();
    expect(await ended).toBe(1);
    // It waited after each piece, with none but that one and the next asked for, and after the end of the report.
    expect(waited).toEqual([...pieces.map((_, at) => at + 1), pieces.length]);
    expect(parsed(written).filter(({ type }) => type === 'finding')).toHaveLength(pieces.length);
  });
});
