import { describe, expect, it } from 'vitest';
import { readLines, readText } from './reading.ts';

const analysis = (status: string) => ({ analyse_id: 'a-1', type: 'QUALITY', resolution_status: status });
/** What was asked, and what was answered: an analysis is posted, then its folder is asked for. */
const exchanges = [
  {
    method: 'POST',
    path: '/api/folders/f-1/analyses/',
    sent: { analyses: [{ type: 'quality' }] },
    status: 201,
    body: [analysis('PROCESSING')],
  },
  {
    method: 'GET',
    path: '/api/folders/f-1?with_analyses=true',
    status: 200,
    body: { resolution_status: 'FINISHED', analyses: [analysis('SUCCESS')] },
  },
];

/** The folder of each observation, and what only its request tells of it: a whole group, a complete list. */
const known = ({ observations, findings }: ReturnType<typeof readText>) => [
  observations.map(({ folderId, wholeGroup, complete }) => [folderId, wholeGroup, complete]),
  findings.map(({ code }) => code),
];
const inFull = [
  [
    ['f-1', true, false],
    ['f-1', false, true],
  ],
  [],
];

describe('rows of Application Insights', () => {
  const told = exchanges.map(({ method, path, sent, status, body }, at) => ({
    timestamp: `2026-01-12T09:00:0${at}Z`,
    name: `${method} ${path.split('?')[0]!}`,
    address: `https://api.example${path}`,
    resultCode: String(status),
    customDimensions: JSON.stringify({
      RequestBody: JSON.stringify(sent),
      ResponseBody: JSON.stringify(body),
    }),
  }));
  const tableOf = (address: string) => {
    const columns = ['timestamp', 'name', address, 'success', 'resultCode', 'duration', 'customDimensions'];
    const rows = told.map((one) => [
      one.timestamp,
      one.name,
      one.address,
      'True',
      one.resultCode,
      12.5,
      one.customDimensions,
    ]);
    const typed = columns.map((name) => ({ name, type: 'string' }));
    return JSON.stringify({ tables: [{ name: 'PrimaryResult', columns: typed, rows }] });
  };

  it.each([
    ['requests', 'url'],
    ['dependencies', 'data'],
  ])('tell of their requests, as a table of %s', (_table, address) => {
    const at = '/tables/*/rows/*/6/ResponseBody';
    const text = tableOf(address);
    expect(readText(text).findings[0]!.hint).toContain(`--at '${at}'`);
    expect(known(readText(text, { at: [at] }))).toEqual(inFull);
    // The newest first, as they are mostly asked for.
    const { tables } = JSON.parse(text) as { readonly tables: [{ readonly rows: readonly unknown[] }] };
    const reversed = { tables: [{ ...tables[0], rows: tables[0].rows.toReversed() }] };
    expect(known(readText(JSON.stringify(reversed), { at: [at] }))).toEqual(inFull);
  });

  it.each([
    ['AppRequests', 'Url'],
    ['AppDependencies', 'Data'],
  ])('tell of their requests, as objects of the table %s', (_table, address) => {
    const at = '/*/Properties/ResponseBody';
    const rows = told.map((one) => ({
      Name: one.name,
      [address]: one.address,
      Properties: one.customDimensions,
    }));
    expect(readText(JSON.stringify(rows)).findings[0]!.hint).toContain(`--at '${at}'`);
    expect(known(readText(JSON.stringify(rows), { at: [at] }))).toEqual(inFull);
  });

  it('say nothing of a list in which no columns are named', () => {
    const text = JSON.stringify({ rows: told.map((one) => [one.name, one.customDimensions]) });
    const [observed] = known(readText(text, { at: ['/rows/*/1/ResponseBody'] }));
    expect(observed).toContainEqual([undefined, false, false]);
  });
});

describe('lines of Kong', () => {
  const lines = (held: 'body' | 'nothing') =>
    exchanges.map(({ method, path, sent, status, body }, at) => ({
      request: {
        id: `r${at}`,
        method,
        uri: path,
        url: `https://kong.example:8443${path}`,
        querystring: path.includes('?') ? { with_analyses: 'true' } : {},
        headers: { host: 'kong.example' },
        ...(sent && { body: JSON.stringify(sent) }),
      },
      response: { status, headers: {}, ...(held === 'body' && { body: JSON.stringify(body) }) },
      started_at: 1_767_225_600_000 + at,
      latencies: { request: 5 },
    }));

  it('are read where a custom field holds the body of the answer', () => {
    expect(known(readLines(lines('body')))).toEqual(inFull);
  });

  it('hold no answer without it: what was sent is none', () => {
    const { findings, summary } = readLines(lines('nothing'));
    expect(findings).toEqual([]);
    expect(summary.ignored.noBody).toBe(2);
  });
});

describe('a list that a log gives', () => {
  const field = (name: string, value: string) => ({ field: name, value });
  const at = (second: number) => `2026-01-12T09:00:0${second}Z`;
  const folder = (status: string) => JSON.stringify({ folder_id: 'f-1', resolution_status: status });
  const inOrder = ['INITIAL', 'PROCESSING', 'FINISHED'];
  const newestFirst = inOrder.map((status, nth) => ({ nth, body: folder(status) })).toReversed();
  const statusesOf = (value: unknown, pointer: string) => {
    const { observations, codes } = readText(JSON.stringify(value), { at: pointer === '' ? [] : [pointer] });
    return [observations.map(({ resolutionStatus }) => resolutionStatus), codes];
  };

  it.each([
    [
      'CloudWatch Insights',
      {
        results: newestFirst.map(({ nth, body }) => [field('@timestamp', at(nth)), field('@message', body)]),
      },
      '/results/*/1/value',
    ],
    [
      'the console of CloudWatch Insights',
      newestFirst.map(({ nth, body }) => ({
        '@timestamp': `2026-01-12 09:00:0${nth}.000`,
        '@message': body,
      })),
      '/*/@message',
    ],
    [
      'Google Cloud',
      newestFirst.map(({ nth, body }) => ({ textPayload: body, timestamp: at(nth), insertId: 'x' })),
      '/*/textPayload',
    ],
    [
      'Loki, in two streams',
      {
        data: {
          result: [0, 1].map((odd) => ({
            stream: { pod: odd },
            values: newestFirst
              .filter(({ nth }) => nth % 2 === odd)
              .map(({ nth, body }) => [`176820840${nth}000000000`, body]),
          })),
        },
      },
      '/data/result/*/values/*/1',
    ],
    [
      'Elastic',
      { hits: { hits: newestFirst.map(({ nth, body }) => ({ _source: { '@timestamp': at(nth), body } })) } },
      '/hits/hits/*/_source',
    ],
    [
      'Elastic, its fields',
      {
        hits: {
          hits: newestFirst.map(({ nth, body }) => ({ fields: { '@timestamp': [at(nth)], m: [body] } })),
        },
      },
      '/hits/hits/*/fields/m/*',
    ],
    [
      'Datadog',
      { data: newestFirst.map(({ nth, body }) => ({ attributes: { timestamp: at(nth), message: body } })) },
      '/data/*/attributes/message',
    ],
    [
      'New Relic',
      newestFirst.map(({ nth, body }) => ({ timestamp: 1768208400000 + nth, message: body })),
      '/*/message',
    ],
    [
      'webhook.site',
      {
        data: newestFirst.map(({ nth, body }) => ({ content: body, created_at: `2026-01-12 09:00:0${nth}` })),
      },
      '/data/*/content',
    ],
    [
      'MongoDB',
      newestFirst.map(({ nth, body }) => ({ at: 1, time: { $date: at(nth) }, response: body })),
      '/*/response',
    ],
    ['a program, as envelopes', newestFirst.map(({ nth, body }) => ({ time: at(nth), body })), ''],
    [
      'ngrok, messages in base64',
      {
        requests: newestFirst.map(({ nth, body }) => ({
          start: at(nth),
          request: { method: 'GET', uri: '/api/folders/f-1', raw: btoa('GET / HTTP/1.1\r\n\r\n') },
          response: { status_code: 200, raw: btoa(`HTTP/1.1 200 OK\r\nAge: 0\r\n\r\n${body}`) },
        })),
      },
      '',
    ],
  ])('with the newest first is read from its end: %s', (_what, value, pointer) => {
    expect(statusesOf(value, pointer)).toEqual([inOrder, []]);
  });

  it.each([
    ['the oldest first', [0, 1, 2].map(at)],
    ['all at one time', [1, 1, 1].map(at)],
    ['times in no direction', [1, 2, 0].map(at)],
    ['durations', [30, 20, 10]],
    ['one without a time', [at(2), undefined, at(0)]],
  ])('is read as it stands: %s', (_what, times) => {
    const value = inOrder.map((status, nth) => ({ time: times[nth], message: folder(status) }));
    expect(statusesOf(value, '/*/message')[0]).toEqual(inOrder);
  });
});

describe('lines of a log with the newest first', () => {
  const lines = ['FINISHED', 'INITIAL'].map((status, nth) => ({
    result: {
      _raw: JSON.stringify({ folder_id: 'f-1', resolution_status: status }),
      _time: 1768208400 - nth,
    },
  }));

  it('are judged as they come, and it is told how to turn them around', () => {
    const { observations, findings } = readLines(lines, { at: ['/result/_raw'] });
    expect(observations.map(({ resolutionStatus }) => resolutionStatus)).toEqual(['FINISHED', 'INITIAL']);
    expect(findings).toMatchObject([{ code: 'TIME_OUT_OF_ORDER', where: { line: 2 } }]);
    expect(findings[0]!.hint).toContain('tac FILE | oz-status check -');
  });

  it('are told of in another way where times had gone forward before', () => {
    const mixed = [lines[1]!, lines[0]!, lines[1]!];
    const [note] = readLines(mixed, { at: ['/result/_raw'] }).findings;
    expect(note).toMatchObject({ code: 'TIME_OUT_OF_ORDER', where: { line: 3 } });
    expect(note!.hint).toContain('If several recordings were merged');
  });
});
