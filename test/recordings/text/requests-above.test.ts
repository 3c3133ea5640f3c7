import { describe, expect, it } from 'vitest';
import { exchanges, text } from '../forms.ts';
import { readText } from '../reading.ts';

const json = text(exchanges('DECLINED')[0]!.body);
const note = 'TEXT_AROUND_JSON';
describe('a request that stands beside its answer in a text', () => {
  const hex = (body: object) => text(body).replaceAll('"', String.raw`\x22`);
  type Exchanged = ReturnType<typeof exchanges>[number];
  it.each<[string, (one: Exchanged, at: number) => string]>([
    ['tabs', (one, at) => `${at}\t${one.method}\t${one.path}\t${text(one.body)}`],
    ['a log', (one) => `[9:00] INFO [main] ${one.method} ${one.path} ${one.status} 12ms ${text(one.body)}`],
    ['pairs', (one) => `INFO method=${one.method} url=${one.path} status=200 body=${text(one.body)}`],
    [
      'pairs behind it',
      (one) => `INFO answer body=${text(one.body)} url='${one.path}' method='${one.method}'`,
    ],
    ['a colon', (one) => `2026-01-12 09:00:00 <- ${one.method} ${one.path}: ${text(one.body)}`],
    [
      'an access log',
      (one) => `- [12/Jan/2026] "${one.method} ${one.path} HTTP/1.1" ${one.status} "-" ${text(one.body)}`,
    ],
    ['a table', (one) => `${one.method}|${one.path}|${text(one.body)}`],
    [
      'an insert',
      (one, at) =>
        `INSERT INTO log VALUES (${at}, '${one.method}', '${one.path}', 200, '${text(one.body)}');`,
    ],
    [
      'an access log with what was sent',
      (one) =>
        `- "${one.method} ${one.path} HTTP/1.1" ${one.status} <"${hex({ analyses: [] })}" >"${hex(one.body)}"`,
    ],
    ['a span', (one) => `INFO request{method="${one.method}" url=${one.path}}: t: answer ${text(one.body)}`],
    [
      'pairs with commas',
      (one) => `method=${one.method}, url=${one.path}, status=200, body=${text(one.body)}`,
    ],
    ['a sentence', (one) => `Sent ${one.method} to ${one.path}. Got 200: ${text(one.body)}`],
    ['words behind it', (one) => `Response: ${text(one.body)} for ${one.method} ${one.path}`],
    [
      'a log that tells not of all',
      (one, at) => `[9:00] ${at === 0 ? 'created' : `${one.method} ${one.path}`} ${text(one.body)}`,
    ],
  ])('is kept with it: %s', (_what, write) => {
    const recording = exchanges('DECLINED')
      .map((one, at) => `${write(one, at)}\n`)
      .join('');
    const { observations, findings } = readText(recording);
    expect(observations.map(({ folderId, wholeGroup }) => [folderId, wholeGroup])).toEqual([
      ['f-1', false],
      ['f-1', true],
      ['f-1', false],
      [undefined, false],
      ['f-1', false],
    ]);
    expect(findings.map(({ code }) => code)).toEqual([note]);
  });
});

describe('requests that stand above answers in a text', () => {
  const readLines = (recording: readonly string[]) =>
    readText(recording.map((line) => `${line}\n`).join('')).observations.map(
      ({ folderId, analyses, wholeGroup }) => [folderId ?? analyses.map(({ id }) => id).join(), wholeGroup],
    );
  const list = '[{"analyse_id": "a-1", "state": "PROCESSING"}]';
  const posted = (id: string) => `--> POST https://api.example/api/folders/${id}/analyses/`;
  const answered = (id: string) => `<-- 201 Created\n[{"analyse_id": "a-${id}", "state": "PROCESSING"}]`;

  it('are kept with them, what was sent is not taken for an answer', () => {
    const sent = '{"analyses": [{"type": "quality"}], "folder_id": "f-3"}';
    expect(readLines([posted('f-1'), sent, answered('f-1'), posted('f-2'), sent, answered('f-2')])).toEqual([
      ['f-1', true],
      ['f-2', true],
    ]);
  });

  it('are not kept where several wait for their answers, nor where answers stand above requests', () => {
    const several = [posted('f-1'), posted('f-2'), answered('f-2'), answered('f-1')];
    expect(readLines([...several, posted('f-3'), answered('f-3')])).toEqual([
      ['a-f-2', false],
      ['a-f-1', false],
      ['f-3', true],
    ]);
    const late = (id: string) => [`took [{"analyse_id": "a-${id}", "state": "PROCESSING"}]`, posted(id)];
    expect(readLines([...late('f-1'), ...late('f-2')])).toEqual([
      ['a-f-1', false],
      ['a-f-2', false],
    ]);
  });

  it('are told of in two lines, or in pairs', () => {
    const dio = ['*** Request ***', 'uri: https://api.example/api/folders/f-1/analyses/', 'method: POST'];
    expect(readLines([...dio, '*** Response ***', list].map((line) => `I/flutter (1): ${line}`))).toEqual([
      ['f-1', true],
    ]);
    expect(readLines(['level=info method=POST url=/api/folders/f-1/analyses/', list])).toEqual([
      ['f-1', true],
    ]);
    const spring = [
      'INFO i: URI         : http://api.example/api/folders/f-1/analyses/',
      'INFO i: Method      : POST',
    ];
    expect(readLines([...spring, 'INFO i: Status code  : 201', `INFO i: ${list}`])).toEqual([['f-1', true]]);
    const ktor = ['REQUEST: http://api.example/api/folders/f-1/analyses/', 'METHOD: HttpMethod(value=POST)'];
    expect(readLines([...ktor, 'RESPONSE: 201 Created', list])).toEqual([['f-1', true]]);
    const ruby = 'RestClient.post "http://api.example/api/folders/f-1/analyses/", "{}"';
    expect(readLines([ruby, '# => 201 Created', list])).toEqual([['f-1', true]]);
  });

  it('are kept behind a request of no route of the API', () => {
    const own = ['> POST /backend/start HTTP/1.1', '< HTTP/1.1 201 Created', json];
    expect(readLines([...own, posted('f-1'), answered('f-1')])).toEqual([
      ['f-1', false],
      ['f-1', true],
    ]);
  });

  it('are not known of two that were sent alike', () => {
    const sent = ['http://h:80 "POST /api/folders/f-1/analyses/ HTTP/1.1" 201 50'];
    expect(readLines([...sent, list])).toEqual([['f-1', true]]);
    expect(readLines([...sent, ...sent, list])).toEqual([['a-1', false]]);
    const twice = [posted('f-1'), '<-- 201 Created', posted('f-1'), '<-- 201 Created', list];
    expect(readLines(twice)).toEqual([['a-1', false]]);
  });

  it('are not those of an error, or of another route', () => {
    const failed = [posted('f-1'), '<-- 500', '{"error_code": 1}', `INFO ${list}`];
    expect(readLines(failed)).toEqual([['a-1', false]]);
    const other = ['--> DELETE https://api.example/api/folders/f-1', '<-- 200', json];
    expect(readLines(other)).toEqual([]);
  });
});
