import { describe, expect, it } from 'vitest';
import { readLines, readText } from './reading.ts';

const folder = (status: string, members: object = {}) => ({
  folder_id: 'f-1',
  resolution_status: status,
  ...members,
});
const text = (status: string) => JSON.stringify(folder(status));
const path = '/api/folders/f-1?with_analyses=true';

/** What was read: the statuses of the folder, in order, and the codes of what was found. */
const said = ({ observations, codes }: ReturnType<typeof readText>) => [
  observations.map((one) => one.resolutionStatus),
  codes,
];

describe('a log, read where --at points', () => {
  it.each([
    [
      'a text in each line',
      '/log',
      [{ log: `${text('INITIAL')}\n`, stream: 'stdout' }, { log: text('FINISHED') }],
    ],
    ['an object', '/res/body', ['INITIAL', 'FINISHED'].map((status) => ({ res: { body: folder(status) } }))],
    [
      'an envelope as text',
      '/value',
      ['INITIAL', 'FINISHED'].map((status) => ({
        topic: 't',
        value: JSON.stringify({ method: 'GET', url: path, body: folder(status) }),
      })),
    ],
    [
      'an escaped name',
      '/a~1b/~0',
      ['INITIAL', 'FINISHED'].map((status) => ({ 'a/b': { '~': folder(status) } })),
    ],
    [
      'a text within a text',
      '/log/payload',
      ['INITIAL', 'FINISHED'].map((status) => ({ log: JSON.stringify({ payload: text(status) }) })),
    ],
  ])('gives what stands there: %s', (_what, at, lines) => {
    expect(said(readLines(lines, { at: [at] }))).toEqual([['INITIAL', 'FINISHED'], []]);
  });

  it('gives every element where the pointer has *', () => {
    const events = ['INITIAL', 'FINISHED'].map((status) => ({ message: text(status) }));
    expect(said(readText(JSON.stringify({ events }), { at: ['/events/*/message'] }))).toEqual([
      ['INITIAL', 'FINISHED'],
      [],
    ]);
  });

  it('takes the first of several pointers that leads to something, and counts what none leads to', () => {
    const lines = [{ a: text('INITIAL'), b: 7 }, { b: text('FINISHED') }, { a: 'started' }, { c: 1 }];
    const read = readLines(lines, { at: ['/a', '/b'] });
    expect(said(read)).toEqual([['INITIAL', 'FINISHED'], []]);
    expect(read.summary.ignored.notAt).toBe(2);
  });

  it.each([
    ['Docker', { log: text('INITIAL'), stream: 'stdout', time: '2026-01-12T09:00:00Z' }, '/log'],
    ['CloudWatch', { events: [{ timestamp: 1, message: text('INITIAL') }] }, '/events/*/message'],
    [
      'pino',
      { level: 30, req: { method: 'GET', url: path }, res: { statusCode: 200, body: folder('INITIAL') } },
      '/res/body',
    ],
    [
      'Fluent Bit',
      { date: 1768208400.1, kubernetes: { labels: { app: 'x' } }, log: text('INITIAL') },
      '/log',
    ],
    [
      'Elastic',
      { hits: { hits: [{ _id: '1', _source: { method: 'GET', url: path, body: folder('INITIAL') } }] } },
      '/hits/hits/*/_source',
    ],
    ['Kafka', { topic: 't', partition: 0, value: text('INITIAL') }, '/value'],
    ['nginx', { request_uri: path, status: 200, resp_body: text('INITIAL') }, '/resp_body'],
    [
      'an access log with an address',
      { method: 'GET', url: path, status: 200, resp_body: text('INITIAL') },
      '/resp_body',
    ],
    ['journald, as bytes', { PRIORITY: '6', MESSAGE: [...Buffer.from(text('INITIAL'))] }, '/MESSAGE'],
    ['a text written as JSON twice', { id: 1, response: JSON.stringify(text('INITIAL')) }, '/response'],
    ['Kinesis, in base64', { kinesis: { data: btoa(text('INITIAL')) } }, '/kinesis/data'],
    ['a wrapper', { data: folder('INITIAL'), type: 'result' }, '/data'],
    ['a wrapper in a wrapper', { response: { result: [folder('INITIAL')] } }, '/response/result'],
    ['a key that may be a name', { 'Jane Doe 7': { x: folder('INITIAL') } }, '/*/x'],
  ])('is refused with the pointer to use: %s', (_what, line, pointer) => {
    const { observations, findings } = readLines([line]);
    expect(observations).toEqual([]);
    expect(findings).toMatchObject([{ code: 'SHAPE_UNKNOWN' }]);
    expect(findings[0]!.hint).toContain(`--at '${pointer}'`);
    expect(readLines([line], { at: [pointer] }).observations).toHaveLength(1);
  });

  it.each([
    [
      { folderId: 'f', resolutionStatus: 'FINISHED', analyses: [] },
      'folder_id, resolution_status for folderId',
    ],
    [{ data: { folderId: 'f', systemResolution: 'SUCCESS' } }, 'folder_id, system_resolution for folderId'],
    [{ analyseId: 'a', type: 'QUALITY', state: 'FINISHED' }, 'analyse_id for analyseId'],
    [
      { url: path, method: 'GET', body: { FolderId: 'f', 'resolution-status': 'x' } },
      'for FolderId, resolution-status',
    ],
    [{ message: JSON.stringify({ analysisId: 'a' }) }, 'analysis_id for analysisId'],
  ])('is told which members are renamed: %j', (value, hint) => {
    const { findings } = readLines([value]);
    expect(findings[0]!.hint).toMatch(/^Its members are renamed: the API writes /);
    expect(findings[0]!.hint).toContain(hint);
  });
});

describe('what other tools keep of exchanges', () => {
  it.each([
    [
      'nock',
      [
        {
          scope: 'https://api.example:443',
          method: 'GET',
          path,
          body: { asked: 1 },
          status: 200,
          response: folder('INITIAL'),
        },
      ],
    ],
    [
      'nock, in hexadecimal',
      [
        {
          scope: 'https://api.example:443',
          method: 'GET',
          path,
          body: '',
          status: 200,
          response: [Buffer.from(text('INITIAL')).toString('hex')],
        },
      ],
    ],
    [
      'a request body beside the response',
      { method: 'POST', url: '/api/folders/', body: { media: 1 }, status: 201, response: folder('INITIAL') },
    ],
    [
      'WireMock, a mapping',
      { request: { method: 'GET', url: path }, response: { status: 200, jsonBody: folder('INITIAL') } },
    ],
    [
      'WireMock, mappings',
      {
        mappings: [
          {
            id: 'm',
            request: { method: 'GET', urlPath: '/api/folders/f-1' },
            response: { status: 200, base64Body: Buffer.from(text('INITIAL')).toString('base64') },
          },
        ],
      },
    ],
    [
      'WireMock, the journal',
      {
        requests: [
          {
            request: { method: 'GET', url: path, loggedDate: 5 },
            response: { status: 200, body: text('INITIAL') },
          },
        ],
      },
    ],
    [
      'Newman',
      {
        collection: {},
        run: {
          executions: [
            {
              request: {
                method: 'GET',
                url: {
                  protocol: 'https',
                  host: ['api', 'example'],
                  path: ['api', 'folders', 'f-1'],
                  query: [{ key: 'with_analyses', value: 'true' }],
                },
              },
              response: {
                code: 200,
                status: 'OK',
                stream: { type: 'Buffer', data: [...Buffer.from(text('INITIAL'))] },
              },
            },
          ],
        },
      },
    ],
  ])('is read: %s', (_what, value) => {
    expect(said(readText(JSON.stringify(value)))).toEqual([['INITIAL'], []]);
    expect(said(readText(JSON.stringify(value, null, 2)))).toEqual([['INITIAL'], []]);
  });

  it('leaves aside an entry of a HAR that is nothing', () => {
    const entry = {
      startedDateTime: '2026-01-12T10:00:00Z',
      time: 1,
      request: { method: 'GET', url: path },
      response: { status: 200, content: { text: text('INITIAL') } },
    };
    const read = readText(JSON.stringify({ log: { entries: [null, entry] } }));
    expect(said(read)).toEqual([['INITIAL'], []]);
    expect(read.summary.ignored.noAnswer).toBe(1);
  });

  it.each([[[]], [{ items: [] }], [{ url: '/api/folders/', body: { items: [] } }]])(
    'says that a list is empty: %j',
    (value) => expect(readText(JSON.stringify(value)).summary.ignored.emptyList).toBe(1),
  );

  it('is read in the order in which it was logged, as the journal of WireMock says', () => {
    const requests = ['FINISHED', 'PROCESSING', 'INITIAL'].map((status, at) => ({
      request: { method: 'GET', url: path, loggedDate: at === 2 ? 1 : 2 },
      response: { status: 200, body: text(status) },
    }));
    expect(said(readText(JSON.stringify({ requests })))).toEqual([['INITIAL', 'PROCESSING', 'FINISHED'], []]);
  });

  it.each([
    [
      'a body in another file',
      { request: { method: 'GET', url: path }, response: { status: 200, bodyFileName: 'f.json' } },
      'bodyFileName',
    ],
    [
      'compressed bytes',
      { scope: 'https://h:443', method: 'GET', path, status: 200, response: ['1f8b08'] },
      'Accept-Encoding',
    ],
    [
      'a HAR with bodies in files',
      {
        startedDateTime: '2026-01-12T10:00:00Z',
        time: 1,
        request: { method: 'GET', url: path },
        response: { status: 200, content: { _file: 'a.json' } },
      },
      '/response/content/_file Playwright',
    ],
    [
      'a contract of Pact',
      {
        consumer: {},
        provider: {},
        interactions: [
          { request: { method: 'GET', path }, response: { status: 200, body: folder('FINISHED') } },
        ],
      },
      'contract of Pact',
    ],
    ['a message left out by journald', { __REALTIME_TIMESTAMP: '1', MESSAGE: null }, '--all'],
    [
      'a line of an access log',
      { request: { method: 'GET', host: 'h', uri: path }, status: 200, size: 3 },
      'holds no answer, as the lines of an access log',
    ],
    ['a network log of Chromium', { constants: {}, events: [], polledData: {} }, 'FILTERED_BYTES_READ'],
    ['a collection of Postman', { info: { name: 'x' }, item: [] }, 'newman'],
  ])('is named with what to do: %s', (_what, value, hint) => {
    const { findings } = readText(JSON.stringify(value));
    expect(findings).toMatchObject([{ code: 'SHAPE_UNKNOWN' }]);
    expect(`${findings[0]!.where.pointer} ${findings[0]!.hint}`).toContain(hint);
  });
});
