import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../../machines/index.ts';
import { createChecker } from '../../../src/conformance/index.ts';
import { longestFact } from '../../../src/reports/check/text.ts';
import { temporaryDirectory } from '../../tidy/temporary.mjs';
import { entry, exchanges, har, lines, text, withContent } from '../forms.ts';
import { readText } from '../reading.ts';

function verdictOf(recording: string) {
  const { observations, findings } = readText(recording);
  const checker = createChecker({ settings: defaultSettings });
  for (const observation of observations) checker.observe(observation);
  const folders = checker.finish().map(({ verdict, observations: count }) => [verdict, count]);
  return [folders.flat(), findings.map(({ code }) => code)];
}

/** A recording in lines, and as a HAR, with each body written in some way. */
const recordings = (write: (body: object) => string, content: object = {}) => [
  (result: string) =>
    lines(
      exchanges(result).map(({ method, path, status, body }) => ({
        method,
        url: path,
        status,
        body: write(body),
      })),
    ),
  (result: string) =>
    JSON.stringify(
      har(
        exchanges(result).map((one, at) =>
          withContent(entry(one, at), { ...content, text: write(one.body) }),
        ),
      ),
    ),
];

describe('a body', () => {
  it.each([
    ['with a sign that programs begin a text with', (body: object) => `\ufeff${text(body)}`],
    ['behind a line that keeps it from being run', (body: object) => `)]}'\n${text(body)}`],
    ['behind such a line with a comma', (body: object) => `)]}',${text(body)}`],
    ['behind a loop without an end', (body: object) => `while(1);${text(body)}`],
    ['behind another such loop', (body: object) => `for (;;);${text(body)}`],
    ['in a call', (body: object) => `callback(${text(body)});`],
    [
      'in a call as Express writes it',
      (body: object) => `/**/ typeof cb === 'function' && cb(${text(body)});`,
    ],
    ['in a call, in base64', (body: object) => btoa(`callback(${text(body)})`)],
  ])('is read: %s', (_what, write) => {
    for (const make of recordings(write)) {
      expect(verdictOf(make('DECLINED'))).toEqual([['conforms', 5], []]);
      expect(verdictOf(make('SUCCESS'))).toEqual([['violates', 5], []]);
    }
  });

  it.each([
    ['words', 'Service temporarily unavailable'],
    ['a word as long as a token', 'ServiceTemporarilyUnavailable!'],
    ['a call without its end', 'callback({"folder_id":"f-1"}'],
  ])('is told to be no JSON where it is %s', (_what, body) => {
    expect(verdictOf(lines([{ method: 'GET', url: '/api/folders/f-1', status: 200, body }]))).toEqual([
      [],
      ['JSON_INVALID'],
    ]);
  });
});

describe('a body that is not read', () => {
  const inBase64 = (pack: (input: string) => Buffer) => (body: object) => pack(text(body)).toString('base64');
  it.each([
    ['gzip in base64', inBase64(gzipSync)],
    ['deflate in base64', inBase64(deflateSync)],
    ['deflate without a head in base64', inBase64(deflateRawSync)],
    ['brotli in base64', inBase64(brotliCompressSync)],
    ['JSON as in an address', (body: object) => encodeURIComponent(text(body))],
    ['a form', (body: object) => new URLSearchParams({ at: '1', answer: text(body) }).toString()],
  ])('comes with a command that works: %s', (_what, write) => {
    for (const make of recordings(write, { encoding: 'base64' }).slice(0, write({}).includes('%') ? 1 : 2)) {
      const { observations, findings } = readText(make('DECLINED'));
      expect(observations).toEqual([]);
      const [hint] = new Set(findings.map((one) => one.hint ?? ''));
      expect(hint!.length).toBeLessThanOrEqual(longestFact);
      const script = /node -e '([^']+)' FILE \| oz-status check -/.exec(hint!)![1]!;
      const file = join(temporaryDirectory('bodies-'), 'recording');
      const readable = (recording: string) => {
        writeFileSync(file, recording);
        return execFileSync('node', ['-e', script, file], { encoding: 'utf8' });
      };
      expect(verdictOf(readable(make('DECLINED')))).toEqual([['conforms', 5], []]);
      expect(verdictOf(readable(make('SUCCESS')))).toEqual([['violates', 5], []]);
    }
  });
});
