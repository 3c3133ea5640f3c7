import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Where } from '../../src/observations/observation.ts';
import { pointerTo } from '../../src/observations/where.ts';
import { placesIn } from '../../src/recordings/json/places.ts';
import { createNaming, findPositions, isPointed, LineMarks, readInto } from '../../src/recordings/index.ts';
import { portions, stream } from './reading.ts';

type Leaf = readonly [pointer: string, value: unknown];

/** Every pointer below a value that leads to no list and no object, with what stands there. */
function leavesOf(value: unknown, pointer = ''): Leaf[] {
  if (typeof value !== 'object' || value === null) return [[pointer, value]];
  return Object.entries(value).flatMap(([key, member]) => leavesOf(member, pointerTo(pointer, key)));
}

const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\\', '"', '~1/', '[{"', '\u2028'));
const anyDocument = fc
  .jsonValue({ maxDepth: 3 })
  .chain((value) =>
    fc
      .record({ value: fc.constant(value), key: anyText, text: anyText })
      .map((one) => ({ [one.key]: one.value, ...one })),
  );
const anySpace = fc.constantFrom(undefined, 2, '\t', '\n\r ');

const spelt = (value: unknown): string => JSON.stringify(value);

describe('the place of a value', () => {
  it('is always where its text begins, however it is laid out', () => {
    fc.assert(
      fc.property(anyDocument, anySpace, (value, space) => {
        const text = JSON.stringify(value, null, space);
        const leaves = leavesOf(value);
        const places = placesIn(
          text,
          leaves.map(([pointer]) => pointer),
        );
        for (const [pointer, leaf] of leaves) {
          const place = places.get(pointer)!;
          expect([place.pointer, text.startsWith(spelt(leaf), place.offset)]).toEqual([pointer, true]);
          expect(text[place.offset - 1] ?? ' ').toMatch(/[\s:,[{]/);
        }
      }),
    );
  });

  it('is always found in a body that is kept as text as well, escapes included', () => {
    fc.assert(
      fc.property(anyDocument, anySpace, (value, space) => {
        const text = spelt({ body: JSON.stringify(value, null, space) });
        const leaves = leavesOf(value, '/body');
        const places = placesIn(
          text,
          leaves.map(([pointer]) => pointer),
        );
        for (const [pointer, leaf] of leaves) {
          const inner = spelt(spelt(leaf)).slice(1, -1);
          expect(text.startsWith(inner, places.get(pointer)!.offset)).toBe(true);
        }
      }),
    );
  });

  it.each([
    ['the nearest value around one that is not there', '{"a": {"b": 1}}', '/a/c/d', '{"b": 1}}'],
    ['the last of a member that stands twice', '{"a": {"b": 1}, "a": {"b": 2}}', '/a/b', '2}}'],
    ['not of one before it that the last does not have', '{"a": {"b": 1}, "a": {}}', '/a/b', '{}}'],
    ['a text that spells something else', '{"a": "e30="}', '/a/b', '"e30="}'],
    ['a text that only begins as JSON does', '{"a": "[1"}', '/a/0', '"[1"}'],
    ['the whole', ' [1]', '', '[1]'],
  ])('is that of %s', (_name, text, pointer, rest) => {
    expect(text.slice(placesIn(text, [pointer]).get(pointer)!.offset)).toBe(rest);
  });

  it('names an alias as it is in the text', () => {
    const text = '{"state": "FINISHED", "resolution": "DECLINED"}';
    expect(placesIn(text, ['/resolution_status']).get('/resolution_status')).toEqual({
      pointer: '/resolution',
      offset: text.indexOf('"DECLINED"'),
    });
  });
});

/** Where places of a file are, as LINE:COLUMN. */
async function positions(bytes: Uint8Array, ...places: readonly (Partial<Where> | string)[]) {
  const wanted = places
    .map((place): Where => ({ file: 'f', ...(typeof place === 'string' ? { pointer: place } : place) }))
    .filter(isPointed);
  const options = { file: 'f', naming: createNaming() };
  const found = await findPositions(stream(portions(bytes, 7)), wanted, options);
  return wanted.map((place) => {
    const { line, column } = found.get(place) ?? {};
    return line === undefined ? 'nowhere' : `${line}:${column}`;
  });
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

describe('line and column', () => {
  it('count code units of UTF-16 from 1 and lines of the file', async () => {
    const text = '{\r\n "é": "😀", "a": 1,\n\n  "b": [2,\n 3]\n}\n';
    expect(await positions(bytesOf(text), '/a', '/b/0', '/b/1', '')).toEqual(['2:18', '4:9', '5:2', '1:1']);
  });

  it('are those of the value on its line in a file of lines', async () => {
    const text = '\ufeff{"a": 1}\n\n{"a": 2}\n {"b": 1, "a": 3}\n';
    const at = (line: number) => ({ line, pointer: '/a' });
    expect(await positions(bytesOf(text), at(4), at(1), at(3))).toEqual(['4:16', '1:7', '3:7']);
  });

  it('are found in documents that follow each other', async () => {
    const text = '\n{\n "a": 1\n}\n{\n "a": 2\n}\n';
    expect(await positions(bytesOf(text), { line: 2, pointer: '/a' }, { line: 5, pointer: '/a' })).toEqual([
      '3:7',
      '6:7',
    ]);
  });

  it('are those of the unpacked text where the file is packed', async () => {
    const text = '{\n "a": 1}\n';
    expect(await positions(gzipSync(text), '/a')).toEqual(await positions(bytesOf(text), '/a'));
  });

  it('are always the same by marks, wherever these are and whether all is read or not', async () => {
    const anyLines = fc.array(
      fc.oneof(
        fc.record({ a: fc.nat() }).map((value) => JSON.stringify(value)),
        fc.constantFrom('', ' {"b": "é😀", "a": 3}', '{"a":\r', '{"a": [\n1,\n2]\n}'),
      ),
      { maxLength: 30 },
    );
    let marked = 0;
    await fc.assert(
      fc.asyncProperty(
        anyLines,
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 2, max: 9 }),
        fc.func(fc.boolean()),
        async (lines, step, most, isWanted) => {
          const bytes = bytesOf(lines.map((line) => `${line}\n`).join(''));
          const marks = new LineMarks(step, most);
          const receiver = { observe: () => {}, find: () => {}, observePacked: () => true };
          await readInto(receiver, stream(portions(bytes, 11)), { file: 'f', marks });
          const places = Array.from({ length: lines.length }, (_, at) => ({
            file: 'f',
            line: at + 1,
            pointer: '/a',
          }));
          const wanted = places.filter(({ line }) => isWanted(line));
          const options = { file: 'f', naming: createNaming() };
          const all = await findPositions(stream(portions(bytes, 7)), wanted, options);
          expect(await findPositions(stream(portions(bytes, 7)), wanted, { ...options, marks })).toEqual(all);
          const [first] = wanted;
          if (!first) return;
          const from = marks.before(first.line);
          if (from.offset > 0) marked += 1;
          const rest = stream(portions(bytes.subarray(from.offset), 7));
          expect(await findPositions(rest, wanted, { ...options, marks, from })).toEqual(all);
        },
      ),
    );
    expect(marked).toBeGreaterThan(0);
  });

  it('are none where the file is no longer what it was', async () => {
    const gone = [
      { line: 1, pointer: '/a' },
      { line: 2, pointer: '/a' },
      { line: 9, pointer: '/a' },
    ];
    expect(await positions(bytesOf('{"a": 1,\n}}\n"a"'), ...gone)).toEqual(['nowhere', 'nowhere', 'nowhere']);
    expect(await positions(gzipSync('{"a": 1}').subarray(0, 12), { line: 1, pointer: '/a' })).toEqual([
      'nowhere',
    ]);
  });

  it('lead into the bodies of a HAR', async () => {
    const text = readFileSync('docs/examples/recordings/browser.har', 'utf8');
    const har = JSON.parse(text) as {
      log: { entries: { response: { content: { text: string; encoding?: string } } }[] };
    };
    const bodies = har.log.entries.map(({ response }, at) => ({ at, content: response.content }));
    const plain = bodies.filter(
      ({ content }) => content.text?.includes('system_resolution') && !content.encoding,
    );
    expect(plain.length).toBeGreaterThan(0);
    const pointers = plain.map(({ at }) => `/log/entries/${at}/response/content/text/system_resolution`);
    const lines = text.split('\n');
    const found = await positions(gzipSync(text), ...pointers);
    const shown = found.map((place) => {
      const [line = 0, column = 0] = place.split(':').map(Number);
      return /^\\"(\w+)\\"/.exec(lines[line - 1]!.slice(column - 1))?.[1];
    });
    expect(shown).toEqual(
      plain.map(
        ({ content }) => (JSON.parse(content.text) as { system_resolution: string }).system_resolution,
      ),
    );
    expect(gunzipSync(gzipSync(text)).toString()).toBe(text);
  });
});
