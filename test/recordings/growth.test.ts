import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReadOptions } from '../../src/recordings/index.ts';
import { builtPackage } from '../cli/built.ts';
import { folderLine } from '../cli/sample-lines.ts';

let worker: Worker;
beforeAll(async () => {
  worker = new Worker(new URL('./counted-work.mjs', import.meta.url), {
    workerData: { builtPackage: builtPackage() },
  });
  await once(worker, 'message');
});
afterAll(() => worker.terminate());

type Limits = Partial<ReadOptions>;
type Way = 'values' | 'numbers' | 'places' | 'anew';

const folder = (id: number) =>
  folderLine(`f${id}`, 'FINISHED', 'SUCCESS', [[`a${id}`, 'QUALITY', 'SUCCESS']]);
const [one, other] = [folder(1), folder(2)];
/** About `length` characters of text, over and over. */
const many = (length: number, text: string) => text.repeat(Math.ceil(length / text.length));
/** About as many characters of folders. */
const folders = (length: number) =>
  Array.from({ length: Math.ceil(length / one.length) }, (_, at) => folder(at));
const list = (length: number) => `[${folders(length).join()}]`;
const pretty = (text: string) => JSON.stringify(JSON.parse(text), null, 2);
/** The first folder with another member before all others. */
const besides = (value: string) => one.replace('{', `{"media":${value},`);
const har = (bodies: readonly string[]) =>
  JSON.stringify({
    log: {
      entries: bodies.map((text) => ({
        startedDateTime: '2026-01-01T00:00:00.000Z',
        time: 1,
        request: { method: 'GET', url: 'https://api.example/api/folders/' },
        response: { status: 200, content: { mimeType: 'application/json', text } },
      })),
    },
  });

/** Recordings of about as many bytes as asked for. */
const shapes: Readonly<Record<string, (length: number) => string>> = {
  'nothing but spaces': (length) => many(length, ' '),
  'nothing but empty lines': (length) => many(length, '\n'),
  'nothing but empty lines that end with CRLF': (length) => many(length, '\r\n'),
  'a byte order mark and empty lines before a folder': (length) => `\ufeff${many(length, '\n')}${one}`,
  'spaces before a folder': (length) => `${many(length, ' ')}${one}`,
  'spaces before a HAR': (length) => `\ufeff${many(length, ' \t')}${har([one])}`,
  'empty lines within the beginning of a HAR': (length) => har([one]).replace('{', `{${many(length, '\n')}`),
  'empty lines within a list': (length) => `[${many(length, '\n')}${one}\n]\n`,
  'spaces within a list': (length) => `[\n${many(length, ' ')}${one}\n]\n`,
  'blank lines between two lines': (length) => `${one}\n${many(length, ' \t\r\n\n')}${other}`,
  'blank lines between two documents': (length) => `${pretty(one)}\n${many(length, '\n')}${pretty(other)}\n`,
  'blanks behind a folder': (length) => `${one}${many(length, ' ')}${many(length, '\n')}`,
  'lines, the last without a newline': (length) => folders(length).join('\n'),
  'lines that end with CRLF': (length) => folders(length).join('\r\n'),
  'one line with a list': list,
  'a list in many lines': (length) => pretty(list(length)),
  'documents of many lines': (length) => folders(length).map(pretty).join('\n\n'),
  'a long text': (length) => besides(`"${many(length, 'é')}"`),
  'a long text of quotes': (length) => besides(`"${many(length, String.raw`\"`)}"`),
  'a long text of backslashes in the second line': (length) =>
    `${other}\n${besides(`"${many(length, String.raw`\\`)}"`)}\n`,
  'a long number': (length) => besides(many(length, '1')),
  'a long number on a line of a list': (length) => `[\n${many(length, '1')}\n]`,
  'deep nesting': (length) => `${'['.repeat(length / 2)}${']'.repeat(length / 2)}`,
  'lines that nest too deep': (length) => `${one}\n${many(length, `${'['.repeat(99)}${']'.repeat(99)}\n`)}`,
  'a document with a mistake and empty lines': (length) => `{"a":\n}\n${many(length, '\n')}`,
  'a document with a mistake and lines that are none': (length) => `{"a":\n}\n${many(length, '{\n')}`,
  'lines with a mistake': (length) => `${one}\n${many(length, '{"a":1,}\n')}`,
  'text with folders in it': (length) =>
    folders(length)
      .map((text) => `INFO ${text}\n`)
      .join(''),
  'text with folders in one line': (length) => `INFO ${folders(length).join(' ')}\n`,
  'text with folders over lines': (length) =>
    folders(length)
      .map((text) => `INFO ${pretty(text)}\n`)
      .join(''),
  'text with what begins as a value': (length) => `INFO ${one}\n${many(length, '{"a" ')}`,
  'text with values as programs print them': (length) =>
    `INFO ${one}\n${many(length, `INFO {'a': ['b']}\n`)}`,
  'text with what begins as a value that programs print': (length) => `INFO ${one}\n${many(length, `{a:'`)}`,
  'text with what begins as a value in escaped quotes': (length) =>
    `INFO ${one}\n${many(length, String.raw`{\"`)}`,
  'text with requests in one line': (length) =>
    `INFO ${one}\n${many(length, 'POST /api/folders/f/analyses/ ')}`,
  'text with a request in each line': (length) =>
    `INFO ${one}\n${many(length, `POST /api/folders/f\n${one}\n`)}`,
  'text with a body in chunks that does not end': (length) =>
    `INFO ${one}\nTransfer-Encoding: chunked\n\nfffffff\n${many(length, 'a\n')}`,
  'text with values that go on': (length) => `INFO ${one}\n${many(length, '[\n')}`,
  'text with values that break off in later lines': (length) => `INFO ${one}\n${many(length, '{"a": {},\n')}`,
  'a repeated key, the last time with folders': (length) =>
    `{"items":${many(length / 2, '[],"items":')}${list(length / 2)}}`,
  'a repeated body, the last time with folders': (length) =>
    `{"url":"/api/folders/","method":"GET","body":${many(length / 2, '"[]","body":')}${JSON.stringify(list(length / 2))}}`,
  'an envelope with a long address': (length) =>
    `{"url":"/${many(length, 'api/folders/')}","method":"GET","body":${one}}`,
  'a callback of many kinds': (length) =>
    JSON.stringify({
      state: 'processing',
      analyses: Object.fromEntries(folders(length).map((_, at) => [`kind ${at}`, { state: 'processing' }])),
    }),
  'a HAR of many entries': (length) => har(folders(length)),
  'a HAR in many lines': (length) => pretty(har(folders(length))),
  'a HAR with one large body': (length) => har([list(length)]),
  'a HAR with many lines and a large body in one entry': (length) =>
    har([list(length / 2)]).replace('"request"', `${many(length / 2, '\n')}"request"`),
};

const small = 8192;
const growth = 4;
/** So small that every shape is beyond the limits that it meets in both sizes. */
const limits: Limits = { maxDepth: 64 };
/** So small that a fixed cost for each portion does not hide what grows with all that came before. */
const smallPortion = 64;

async function workFor(
  text: string,
  way: Way,
  isPacked: boolean,
  options: Limits,
  portion: number,
): Promise<number> {
  const plain = new TextEncoder().encode(text);
  // Stored and not compressed: what is unpacked then comes in small portions, too.
  const bytes = isPacked ? new Uint8Array(gzipSync(plain, { level: 0 })) : plain;
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  worker.postMessage({ bytes, way, portion, limits: { ...limits, ...options } });
  const [{ work }] = (await once(worker, 'message')) as [{ readonly work: number }];
  return work;
}

/** How many times as much work it is to read a recording that is four times as long. */
async function growthOf(
  shape: (length: number) => string,
  way: Way,
  isPacked = false,
  options: Limits = {},
  portion = smallPortion,
): Promise<number> {
  const less = await workFor(shape(small), way, isPacked, options, portion);
  const more = await workFor(shape(growth * small), way, isPacked, options, portion);
  return more / less;
}

describe('the work of reading', () => {
  test.each(Object.entries(shapes))('grows no faster than the input: %s', async (_name, shape) => {
    for (const way of ['values', 'numbers', 'places'] as const) {
      for (const isPacked of [false, true]) {
        expect([way, isPacked, await growthOf(shape, way, isPacked)]).toEqual([
          way,
          isPacked,
          expect.toSatisfy((factor: number) => factor < 1.1 * growth),
        ]);
      }
    }
  });

  test.each([
    ['a line', 'lines, the last without a newline', { maxLineBytes: 100 }],
    ['a line of spaces', 'spaces before a folder', { maxDocumentBytes: 1000 }],
    ['a document', 'a list in many lines', { maxDocumentBytes: 1000 }],
    ['a document of empty lines', 'empty lines within a list', { maxDocumentBytes: 1000 }],
    ['a HAR', 'a HAR in many lines', { maxDocumentBytes: 1000 }],
  ])('grows no faster beyond the limit of %s', async (_name, shape, options) => {
    expect(await growthOf(shapes[shape]!, 'numbers', false, options)).toBeLessThan(1.1 * growth);
  });

  test('is seen to grow faster where all is read again with every portion', async () => {
    for (const shape of ['nothing but spaces', 'a list in many lines']) {
      expect(await growthOf(shapes[shape]!, 'anew', false, {}, 1024)).toBeGreaterThan(3 * growth);
    }
  });
});
