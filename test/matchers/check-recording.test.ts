import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import {
  checkRecording,
  type CheckedRecording,
  type GivenReading,
  type RecordingInput,
} from '../../src/index.ts';
import { repository } from '../cli/built.ts';

const directory = join(repository, 'docs/examples/recordings');
const bytesOf = (file: string): Buffer => readFileSync(join(directory, file));
const manifest = JSON.parse(bytesOf('index.json').toString()) as readonly {
  readonly file: string;
  readonly expected: {
    readonly exitCode: number;
    readonly verdicts: object;
    readonly codes: readonly string[];
  };
}[];
const isValid = new Ajv2020({ strict: false, allErrors: true }).compile(
  JSON.parse(readFileSync(join(repository, 'docs/schemas/report.schema.json'), 'utf8')) as object,
);

/** A check in the form in which the manifest expects it. */
function given({ exitCode, folders, unreadable }: CheckedRecording) {
  const findings = [...folders.flatMap((folder) => [...folder.findings, ...folder.hazards]), ...unreadable];
  return {
    exitCode,
    verdicts: Object.fromEntries(folders.map(({ folderId, verdict }) => [folderId ?? '', verdict])),
    codes: [...new Set(findings.map(({ code }) => code))].toSorted(),
  };
}

async function* inPortions(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const two = (first: string, second: string) =>
  [first, second].map((status) => ({ folder_id: 'f', resolution_status: status }));

describe('checking a recording in code', () => {
  test.each(manifest.map(({ file, expected }) => [file, expected] as const))(
    'gives of %s what the manifest expects, from bytes and from a stream, in the shape of the report',
    async (file, expected) => {
      const bytes = bytesOf(file);
      const checked = await checkRecording(bytes, { file });
      expect(given(checked)).toEqual(expected);
      const { exitCode: _, ...report } = checked;
      expect([isValid(JSON.parse(JSON.stringify(report))), isValid.errors]).toEqual([true, null]);
      expect(await checkRecording(inPortions(bytes, 97), { file })).toEqual(checked);
      const view = new Uint8Array(bytes);
      expect(await checkRecording(view.buffer, { file })).toEqual(checked);
      expect(await checkRecording(new DataView(view.buffer), { file })).toEqual(checked);
    },
  );

  test.each(
    manifest
      .filter(({ file }) => !file.endsWith('.gz'))
      .map(({ file, expected }) => [file, expected] as const),
  )('gives the same of the text of %s, and of what is parsed', async (file, expected) => {
    const text = bytesOf(file).toString();
    expect(given(await checkRecording(text, { file }))).toEqual(expected);
    if (expected.codes.includes('INPUT_UNREADABLE') || expected.exitCode === 3) return;
    const lines = text.trim().split('\n');
    const parsed = file.endsWith('.ndjson')
      ? lines.map((line) => JSON.parse(line) as object)
      : (JSON.parse(text) as object);
    expect(given(await checkRecording(parsed, { file }))).toEqual(expected);
  });

  test('takes one answer, a list of answers, and text in a stream', async () => {
    const [, last] = two('INITIAL', 'PROCESSING');
    expect((await checkRecording(last!)).summary).toMatchObject({ folders: 1, observations: 1 });
    expect((await checkRecording(two('INITIAL', 'PROCESSING'))).exitCode).toBe(0);
    const backwards = two('PROCESSING', 'INITIAL');
    expect((await checkRecording(backwards)).exitCode).toBe(1);
    const lines = (async function* () {
      for (const one of backwards) yield `${JSON.stringify(one)}\n`;
    })();
    const { folders, exitCode, reading } = await checkRecording(lines);
    expect(exitCode).toBe(1);
    expect(folders).toMatchObject([{ folderId: 'f', verdict: 'violates' }]);
    expect(folders[0]?.findings[0]?.where).toMatchObject({ file: 'recording', line: 2 });
    expect(reading).toMatchObject({ 'result-scope': 'last-finished-group' });
  });

  test('takes the options of a check, a reading in part', async () => {
    const recording = [...two('FAILED', 'PROCESSING'), ...two('FINISHED', 'FINISHED')];
    expect((await checkRecording(recording)).exitCode).toBe(1);
    const reading = { 'status-scope': 'last-applied-group' } as const;
    const checked = await checkRecording(recording, { readings: [reading], file: 'poll.ndjson' });
    expect([checked.exitCode, checked.reading]).toMatchObject([0, reading]);
    expect((await checkRecording(recording, { readings: 'any' })).reading).toBe('any');
    expect((await checkRecording(two('INITIAL', 'PROCESSING'), { strict: true })).exitCode).toBe(1);
  });

  test('admits the readings of a list and no other, and one of them for all that a folder shows', async () => {
    const listed = (id: string, stage: string, result: string, ...analyses: readonly string[]) => ({
      folder_id: id,
      resolution_status: stage,
      system_resolution: result,
      analyses: analyses.map((each, at) => ({
        analyse_id: `${id}${at}`,
        type: 'DOCUMENTS',
        resolution_status: each,
      })),
    });
    const failedFirst = { 'status-precedence': 'failed-first' } as const;
    const all = { 'result-scope': 'all-analyses' } as const;
    const one = listed('f', 'FAILED', 'PROCESSING', 'FAILED', 'PROCESSING');
    const codes = async (recording: readonly object[], readings: readonly GivenReading[]) => {
      const { folders, reading } = await checkRecording(recording, { readings });
      return [folders.map(({ verdict }) => verdict), Array.isArray(reading) ? reading.length : 1];
    };
    expect(await codes([one], [{}])).toEqual([['violates'], 1]);
    expect(await codes([one], [{}, all])).toEqual([['violates'], 2]);
    expect(await codes([one], [{}, failedFirst, {}])).toEqual([['conforms'], 2]);
    // One poll needs the precedence of each of the two readings.
    const other = listed('f', 'PROCESSING', 'PROCESSING', 'FAILED', 'PROCESSING');
    expect(await codes([other], [{}, failedFirst])).toEqual([['conforms'], 2]);
    expect(await codes([one, other], [{}, failedFirst])).toEqual([['violates'], 2]);
  });

  test('says by which readings was judged, as the schema has it', async () => {
    const readings = [{ 'status-precedence': 'failed-first' }, {}] as const;
    const { exitCode: _, ...report } = await checkRecording(two('INITIAL', 'x'), { readings });
    expect(isValid(report), JSON.stringify(isValid.errors)).toBe(true);
  });

  test('says in the result what cannot be read, and of a check of nothing that nothing was judged', async () => {
    const broken = (async function* () {
      yield new TextEncoder().encode(`${JSON.stringify(two('INITIAL', 'x')[0])}\n`);
      await Promise.resolve();
      throw new Error('connection lost');
    })();
    for (const input of [
      '{"folder_id":',
      '',
      [],
      {},
      new Uint8Array([0, 255]),
      broken,
      (async function* () {
        yield 7;
      })(),
    ]) {
      const checked = await checkRecording(input as RecordingInput);
      expect(checked.exitCode).toBe(3);
      expect(checked.summary.observations === 0 || checked.unreadable.length > 0).toBe(true);
    }
  });

  test.each<readonly [unknown, object | undefined, string]>([
    [undefined, undefined, 'expected a recording'],
    [7, undefined, 'expected a recording'],
    [null, undefined, 'expected a recording'],
    [Promise.resolve(''), undefined, 'await it first'],
    [Response.json({}), undefined, 'received a body: await its text() first'],
    [new Blob(['{}']), undefined, 'received a body: await its text() first'],
    [[1], undefined, 'received 1 at [0]'],
    ['', { readins: [] }, 'did you mean readings?'],
    ['', { readings: [{ 'result-scop': 'all-analyses' }] }, 'did you mean result-scope?'],
    ['', { readings: [{ 'result-scope': 'all-analysis' }] }, 'did you mean all-analyses?'],
    ['', { strict: 'yes' }, 'options.strict: expected true or false'],
  ])('refuses what is no recording and options that are wrong: %o, %o', async (input, options, message) => {
    const checked = checkRecording(input as RecordingInput, options);
    await expect(checked).rejects.toThrow(TypeError);
    await expect(checkRecording(input as RecordingInput, options)).rejects.toThrow(message);
  });
});
