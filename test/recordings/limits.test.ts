import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { defaultLimits, readInto } from '../../src/recordings/index.ts';
import { RecordingReader } from '../../src/recordings/reader/reader.ts';
import { portions, readChunks, readLines, readText, stream } from './reading.ts';

const encoder = new TextEncoder();
const folder = (id: string) => ({ folder_id: id, resolution_status: 'INITIAL' });
const long = { ...folder('long'), filler: 'x'.repeat(100) };
/** Frees what nothing holds: engines differ in when they do so by themselves. */
setFlagsFromString('--expose-gc');
const free = runInNewContext('gc') as () => void;

const ids = (reading: ReturnType<typeof readLines>) => reading.observations.map(({ folderId }) => folderId);

describe('the limit of a line', () => {
  it.each([0, 1, 2])('leaves out a line over it and reads on (line %i)', (at) => {
    const reading = readLines([folder('a'), folder('b')].toSpliced(at, 0, long), { maxLineBytes: 80 });
    expect(ids(reading)).toEqual(['a', 'b']);
    expect(reading.findings).toMatchObject([
      {
        code: 'INPUT_LIMIT',
        where: { line: at + 1 },
        message: 'expected a line of at most 80 bytes (maxLineBytes), received more',
      },
    ]);
  });

  it('leaves out a line of blanks over it, and no line beside it', () => {
    const lines = [folder('a'), ' '.repeat(50), '', ' '.repeat(81), ' ', '', folder('b')];
    const reading = readLines(lines, { maxLineBytes: 80 });
    expect([ids(reading), reading.findings.map(({ code, where }) => [code, where.line])]).toEqual([
      ['a', 'b'],
      [['INPUT_LIMIT', 4]],
    ]);
  });

  it('reports two long lines in a row each', () => {
    const reading = readLines([long, long, folder('a')], { maxLineBytes: 80 });
    expect([ids(reading), reading.findings.map(({ where }) => where.line)]).toEqual([['a'], [1, 2]]);
  });

  it('does not count for a document of one line', () => {
    expect(ids(readLines([long, ''], { maxLineBytes: 80 }))).toEqual(['long']);
  });

  it('lets a line of 100 MB pass by without holding it', async () => {
    const megabyte = encoder.encode('x'.repeat(1024 * 1024));
    free();
    const beforehand = process.memoryUsage().arrayBuffers;
    let most = 0;
    function* chunks() {
      yield encoder.encode(`${JSON.stringify(folder('a'))}\n{"folder_id":"`);
      for (let count = 0; count < 100; count += 1) {
        yield megabyte;
        if (count % 10 > 0) continue;
        free();
        most = Math.max(most, process.memoryUsage().arrayBuffers);
      }
      yield encoder.encode(`"}\n${JSON.stringify(folder('b'))}\n`);
    }
    const reading = await readChunks(chunks());
    expect(ids(reading)).toEqual(['a', 'b']);
    expect(reading.findings).toMatchObject([{ code: 'INPUT_LIMIT', where: { line: 2 } }]);
    expect(most - beforehand).toBeLessThan(2 * defaultLimits.maxLineBytes);
  });
});

describe('what is held of a HAR', () => {
  it('is as much however long it is', () => {
    const entries = 2000;
    const entry = (at: number) => ({
      startedDateTime: new Date(Date.UTC(2026, 0, 1) + 100 * at).toISOString(),
      time: 50,
      request: { method: 'GET', url: `https://h.example/api/folders/f${at % 7}` },
      response: {
        status: 200,
        content: { mimeType: 'application/json', text: JSON.stringify(folder(`f${at % 7}`)) },
      },
      comment: 'x'.repeat(100_000),
    });
    const reader = new RecordingReader(
      { file: 'x' },
      { observe: () => {}, find: () => {}, observePacked: () => true },
    );
    reader.push(encoder.encode('{"log":{"entries":['));
    free();
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    for (let at = 0; at < entries; at += 1) {
      reader.push(encoder.encode(`${JSON.stringify(entry(at))},`));
      if (at % 200 > 0) continue;
      free();
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }
    reader.push(encoder.encode(`${JSON.stringify(entry(entries))}]}}`));
    expect(reader.end().observations).toBe(entries + 1);
    // Some 200 MB in all: it is a part of the whole that is held.
    expect(most).toBeLessThan(80 * 1024 * 1024);
  });
});

describe('the limit of a document', () => {
  it('ends the reading of a longer document with one finding', async () => {
    const text = JSON.stringify([long, long, long], null, 1);
    let taken = 0;
    function* chunks() {
      for (const chunk of portions(encoder.encode(text.repeat(50)), 64)) {
        taken += 1;
        yield chunk;
      }
    }
    const reading = await readChunks(chunks(), { maxDocumentBytes: 200 });
    expect(reading.observations).toEqual([]);
    expect(reading.findings).toMatchObject([{ code: 'INPUT_LIMIT', where: { line: 1 } }]);
    expect(taken).toBeLessThan(10);
  });

  it('says how to read what is longer than any limit', () => {
    const exchange = { method: 'GET', path: '/api/folders/a', status: 200, response: folder('a') };
    const [{ hint } = {}] = readText(JSON.stringify([exchange, exchange], null, 1), {
      maxDocumentBytes: 60,
    }).findings;
    expect(hint).toMatch(
      /--max-document-bytes BYTES; .*jq -c '\.\[\]'.*\.mappings\[\].*\.run\.executions\[\]/,
    );
    // What jq writes of it.
    expect(readLines([exchange, exchange]).observations).toHaveLength(2);
  });

  it('ends the reading at the same line in whatever portions blank lines come', async () => {
    // 5 bytes, then 5 lines of 2, then a line of 6 that does not fit.
    const text = encoder.encode(`[\n1,\n${' \n'.repeat(5)}      \n${'\n'.repeat(9)}1]\n`);
    for (const size of [1, 2, 3, 7, 20, text.length]) {
      for (const takes of [false, true]) {
        const pieces: unknown[] = [];
        const keep = (piece: unknown) => pieces.push(piece) > 0;
        const receiver = { observe: keep, find: keep, ...(takes && { observePacked: () => true }) };
        const options = { file: 'sample', maxDocumentBytes: 20 };
        const { lines } = await readInto(receiver, stream(portions(text, size)), options);
        expect([lines, pieces]).toMatchObject([8, [{ code: 'INPUT_LIMIT', where: { line: 1 } }]]);
      }
    }
  });

  it('leaves out a first line over it and reads on', () => {
    const reading = readLines([long, folder('a')], { maxDocumentBytes: 80, maxLineBytes: 80 });
    expect([ids(reading), reading.codes]).toEqual([['a'], ['INPUT_LIMIT']]);
  });
});

describe('the limit of depth', () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

  it('leaves out a line that nests deeper and reads on', () => {
    const deep = `{"folder_id":"x","media":${nested(3)}}`;
    expect(ids(readLines([folder('a'), deep, folder('b')], { maxDepth: 4 }))).toEqual(['a', 'x', 'b']);
    const reading = readLines([folder('a'), deep, folder('b')], { maxDepth: 3 });
    expect([ids(reading), reading.codes]).toEqual([['a', 'b'], ['INPUT_LIMIT']]);
    expect(ids(readLines([deep, folder('b')], { maxDepth: 3 }))).toEqual(['b']);
  });

  it('counts the lines up to where it ends the reading, in whatever portions they come', async () => {
    const text = encoder.encode(`{\n"deep":${nested(300)}\n}\n${'{}\n'.repeat(9)}`);
    for (const size of [1, 100, text.length]) {
      expect((await readChunks(portions(text, size))).summary.lines).toBe(2);
    }
  });

  it('holds for a million levels, in a line, in a document and in a body', () => {
    const deep = nested(1_000_000);
    const body = { url: '/api/folders/', body: deep };
    for (const text of [
      deep,
      `${JSON.stringify(folder('a'))}\n${deep}`,
      `[\n${deep}\n]`,
      JSON.stringify(body),
    ]) {
      expect(readText(text).codes).toEqual(['INPUT_LIMIT']);
    }
  });

  it('does not count brackets in strings', () => {
    expect(readLines([{ ...folder('a'), note: `\\"${'['.repeat(999)}` }]).codes).toEqual([]);
  });
});

describe('the limit of findings', () => {
  it('gives the first of a code one by one and counts the rest in one more', () => {
    const lines = [folder('a'), ...Array<string>(500).fill('{oops'), { hello: 1 }, { hello: 2 }];
    const { findings } = readLines(lines, { maxFindingsPerCode: 3 });
    expect(findings.map(({ code, where }) => [code, where.line])).toEqual([
      ['JSON_INVALID', 2],
      ['JSON_INVALID', 3],
      ['JSON_INVALID', 4],
      ['SHAPE_UNKNOWN', 502],
      ['SHAPE_UNKNOWN', 503],
      ['JSON_INVALID', 5],
    ]);
    expect(findings.at(-1)?.message).toBe('497 more like this in the file, the first of them here');
  });
});
