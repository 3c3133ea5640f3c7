import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gatherInto, type Receiver } from '../../src/recordings/io/receiver.ts';
import type { Piece } from '../../src/recordings/index.ts';
import { RecordingReader } from '../../src/recordings/reader/reader.ts';
import { readValue } from '../../src/recordings/values/values.ts';
import { repository } from '../cli/built.ts';
import { contextFor } from '../../src/recordings/reader/context.ts';
import { runs } from '../deep.ts';
import { portions } from './reading.ts';
import { observationIn } from './scan/unpacked-observation.ts';
import { anyHar } from './scan/har-beside-values.ts';
import { draws } from './scan/scan-beside-parse.ts';

/** What is read of a HAR that is parsed as a whole; undefined where it is no JSON. */
function asWhole(text: string): readonly Piece[] | undefined {
  const pieces: Piece[] = [];
  const plain = text.replace(/^\ufeff/, '');
  let value: unknown;
  try {
    value = JSON.parse(plain);
  } catch {
    return undefined;
  }
  const isLine = !plain.trimEnd().includes('\n');
  const context = contextFor({ file: 'x' }, gatherInto(pieces));
  readValue(value, { ...context, ...(isLine && { line: 1 }) });
  // Counts what was found more often than it is told.
  context.out.finish(1);
  return pieces;
}

/** What is read of the same in a stream, of which so many bytes are held. */
function inStream(text: string, size: number, held: number, inNumbers = true): readonly Piece[] {
  const pieces: Piece[] = [];
  const receiver = gatherInto(pieces);
  const observePacked: NonNullable<Receiver['observePacked']> = (...seen) => {
    receiver.observe(observationIn(...seen));
    return true;
  };
  const options = { file: 'x', maxDocumentBytes: held };
  const reader = new RecordingReader(options, inNumbers ? { ...receiver, observePacked } : receiver);
  for (const bytes of portions(new TextEncoder().encode(text), size)) reader.push(bytes);
  reader.end();
  return pieces;
}

const all = 1 << 27;

const folder = (at: number) =>
  JSON.stringify({
    folder_id: `f${at % 7}`,
    resolution_status: 'PROCESSING',
    system_resolution: 'PROCESSING',
    analyses: [{ analyse_id: `a${at % 7}`, type: 'QUALITY', resolution_status: 'PROCESSING' }],
  });

/** An entry that begins and takes so many milliseconds. */
const entry = (at: number, begin: number, time = 50, more = {}) => ({
  startedDateTime: new Date(Date.UTC(2026, 0, 1) + begin).toISOString(),
  time,
  request: { method: 'GET', url: `https://h.example/api/folders/f${at % 7}?with_analyses=true` },
  response: { status: 200, content: { mimeType: 'application/json', text: folder(at) } },
  ...more,
});

const har = (entries: readonly unknown[], space?: number): string =>
  JSON.stringify({ log: { version: '1.2', entries, comment: 'end' } }, null, space);

const directories = ['docs/examples/recordings', 'test/recordings/recorded'];
const hars = directories.flatMap((directory) =>
  readdirSync(join(repository, directory), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.har'))
    .map((name) => join(directory, name)),
);

describe('a HAR that is read in a stream', () => {
  it.each(hars)('says what it says parsed as a whole, however it is cut: %s', (name) => {
    const text = readFileSync(join(repository, name), 'utf8');
    const whole = asWhole(text);
    expect(whole?.length).toBeGreaterThan(0);
    for (const size of [1, 77, 100_000]) {
      for (const inNumbers of [false, true]) expect(inStream(text, size, all, inNumbers)).toEqual(whole);
    }
  });

  it('always says what it says parsed as a whole', () => {
    let compared = 0;
    fc.assert(
      fc.property(draws, (draw) => {
        const text = anyHar(draw);
        const whole = /^\ufeff?\s*\n/.test(text) ? undefined : asWhole(text);
        if (!whole) return;
        compared += 1;
        expect(inStream(text, 1 + draw(400), all, draw(2) === 0)).toEqual(whole);
      }),
      runs(110, 1000),
    );
    expect(compared).toBeGreaterThan(50);
  });

  it('says the same of entries in order, however little of them is held', () => {
    const entries = Array.from({ length: 60 }, (_, at) => entry(at, 100 * at, at % 5 === 0 ? 250 : 30));
    for (const space of [undefined, 1]) {
      const text = har(entries, space);
      const whole = asWhole(text)!;
      for (const held of [3000, 9000, 20_000]) {
        for (const size of [1, 999, 100_000]) expect(inStream(text, size, held)).toEqual(whole);
      }
    }
  });

  it('judges an entry that ended long before others when it comes, and says so once', () => {
    const entries = Array.from({ length: 60 }, (_, at) => entry(at, at >= 50 ? at : 100 * at));
    const read = inStream(har(entries), 500, 6000);
    const found = read.flatMap((piece) => (piece.type === 'finding' ? [piece.finding] : []));
    expect(found.map(({ code, where }) => [code, where.pointer])).toEqual([
      ['TIME_OUT_OF_ORDER', '/log/entries/50'],
    ]);
    expect(read.filter(({ type }) => type === 'observation')).toHaveLength(60);
    expect(inStream(har(entries), 500, all)).toEqual(asWhole(har(entries)));
  });

  it.each([
    ['in an entry', (text: string) => text.slice(0, -120), 'the end', 2],
    ['behind an entry', (text: string) => text.replace(/\s*\],\s*"comment".*$/s, ''), 'the end', 3],
    ['behind a comma', (text: string) => text.replace(/\s*\],\s*"comment".*$/s, ','), 'the end', 3],
    ['behind the list', (text: string) => text.replace(/,\s*"comment".*$/s, ''), 'the end', 3],
    ['with a mistake', (text: string) => text.replace('"f2', '"f2" "'), 'something else', 2],
    ['with something behind it', (text: string) => `${text}}`, 'something else', 3],
    ['in its first entry', (text: string) => text.slice(0, 200), 'received the end', 0],
  ])('is judged before the break where all of it is held: %s', (_what, broken, received, judged) => {
    const entries = Array.from({ length: 3 }, (_, at) => entry(at, 100 * at));
    for (const [space, size] of [
      [undefined, 7],
      [2, 7],
      [undefined, 100_000],
    ] as const) {
      const read = inStream(broken(har(entries, space)), size, all);
      const found = read.flatMap((piece) => (piece.type === 'finding' ? [piece.finding] : []));
      expect(read.filter(({ type }) => type === 'observation')).toHaveLength(judged);
      expect(found).toMatchObject([{ code: 'JSON_INVALID' }]);
      expect(found[0]!.message).toContain(received);
    }
  });

  it('is told of in lines that follow it, though it breaks off', () => {
    const text = har([entry(0, 0), entry(1, 100)]);
    const read = inStream(`${text.slice(0, -120)}\n${folder(5)}\n`, 50, all);
    expect(read.filter(({ type }) => type === 'observation')).toHaveLength(2);
    expect(read.filter(({ type }) => type === 'finding')).toHaveLength(1);
  });

  it.each([
    ['breaks off', (text: string) => text.slice(0, -900), 'JSON_INVALID'],
    ['has something behind it', (text: string) => `${text}x`, 'JSON_INVALID'],
    ['has a mistake in an entry', (text: string) => text.replace('"f5', '"f5" "'), 'JSON_INVALID'],
    [
      'has a second list',
      (text: string) => text.replace('"comment"', '"entries":[],"comment"'),
      'JSON_INVALID',
    ],
    [
      'has an entry that is too long',
      (text: string) => text.replace(/(.*)f5/s, `$1f5${'x'.repeat(9000)}`),
      'INPUT_LIMIT',
    ],
  ])('says what was judged and where it ended where it %s', (_what, broken, code) => {
    const entries = Array.from({ length: 61 }, (_, at) => entry(at < 60 ? at % 5 : 5, 100 * at));
    const read = inStream(broken(har(entries)), 700, 6000);
    const found = read.flatMap((piece) => (piece.type === 'finding' ? [piece.finding] : []));
    expect(found).toMatchObject([{ code, where: { file: 'x', line: 1 } }]);
    expect(read.filter(({ type }) => type === 'observation').length).toBeGreaterThan(55);
  });

  it('reads what follows it, line by line', () => {
    const text = `${har(Array.from({ length: 60 }, (_, at) => entry(at, 100 * at)))}\n${folder(1)}\n${folder(2)}\n`;
    const places = inStream(text, 700, 6000).flatMap((piece) =>
      piece.type === 'observation' ? [piece.observation.where] : [],
    );
    expect(places.slice(59)).toMatchObject([{ line: 1 }, { line: 2, pointer: '' }, { line: 3, pointer: '' }]);
  });
});
