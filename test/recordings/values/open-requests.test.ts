import { describe, expect, it } from 'vitest';
import { maxOpenRequests } from '../../../src/recordings/values/open-requests.ts';
import { readLines } from '../reading.ts';

const post = { method: 'POST', url: '/api/folders/f-1/analyses/' };
const get = { method: 'GET', url: '/api/folders/f-1?with_analyses=true' };
const posted = [
  { analyse_id: 'a-1', folder_id: 'f-1', type: 'QUALITY', state: 'PROCESSING' },
  { analyse_id: 'a-2', folder_id: 'f-1', type: 'BIOMETRY', state: 'PROCESSING' },
];
const folder = { folder_id: 'f-1', resolution_status: 'INITIAL', analyses: [] };
const sent = { analyses: [{ type: 'quality' }] };

/** What was read of lines: of each answer whether its request was known, and what was counted and found. */
function read(lines: readonly object[], at: readonly string[] = []) {
  const { observations, findings, summary } = readLines(lines, { at });
  return {
    known: observations.map(({ wholeGroup, complete }) => wholeGroup || complete),
    lines: observations.map(({ where }) => where.line),
    found: findings.map(({ code, where, message }) => [code, where.line, message]),
    ignored: Object.fromEntries(Object.entries(summary.ignored).filter(([, count]) => count > 0)),
    requests: [...summary.requests],
  };
}

/** What is read where both requests are known. */
const joined = { known: [true, true], lines: [2, 4], found: [], ignored: {}, requests: [] };

describe('a request and its answer on lines of their own', () => {
  it.each<[how: string, lines: readonly object[], at?: string]>([
    [
      'as Logbook writes them',
      [
        { type: 'request', correlation: 'c1', method: 'POST', uri: `http://h${post.url}`, body: sent },
        { type: 'response', correlation: 'c1', status: 201, body: posted },
        { type: 'request', correlation: 'c2', method: 'GET', uri: get.url, path: '/api/folders/f-1' },
        { type: 'response', correlation: 'c2', status: 200, body: folder },
      ],
    ],
    [
      'under a member',
      [
        { http: { type: 'request', correlation: 'c1', ...post, body: sent } },
        { http: { type: 'response', correlation: 'c1', status: 201, body: posted } },
        { http: { type: 'request', correlation: 'c2', ...get } },
        { http: { type: 'response', correlation: 'c2', status: 200, body: folder } },
      ],
      '/http',
    ],
    [
      'under a member, with the pointer of the body',
      [
        { http: { type: 'request', correlation: 'c1', ...post, body: sent } },
        { http: { type: 'response', correlation: 'c1', status: 201, body: posted } },
        { http: { type: 'request', correlation: 'c2', ...get } },
        { http: { type: 'response', correlation: 'c2', status: 200, body: folder } },
      ],
      '/http/body',
    ],
    [
      'as text',
      [
        { message: JSON.stringify({ kind: 'REQUEST', id: 1, ...post, body: sent }) },
        { message: JSON.stringify({ kind: 'RESPONSE', id: 1, status: 201, body: posted }) },
        { message: JSON.stringify({ kind: 'REQUEST', id: 2, ...get }) },
        { message: JSON.stringify({ kind: 'RESPONSE', id: 2, status: 200, body: folder }) },
      ],
      '/message',
    ],
    [
      'with the id beside the text that holds them',
      [
        { ctx: { 'trace-id': 't1' }, line: JSON.stringify(post) },
        { ctx: { 'trace-id': 't1' }, line: JSON.stringify({ status: 201, body: posted }) },
        { ctx: { 'trace-id': 't2' }, line: JSON.stringify(get) },
        { ctx: { 'trace-id': 't2' }, line: JSON.stringify({ status: 200, body: folder }) },
      ],
      '/line',
    ],
    [
      'with the id in their headers',
      [
        { msg: 'outgoing request', req: { ...post, headers: { 'x-request-id': 'x1' } }, body: sent },
        { msg: 'answer', res: { headers: { 'X-Request-Id': ['x1'] } }, body: JSON.stringify(posted) },
        { msg: 'outgoing request', req: { ...get, headers: { 'x-request-id': 'x2' } } },
        { msg: 'answer', res: { headers: { 'X-Request-Id': ['x2'] } }, body: JSON.stringify(folder) },
      ],
      '/body',
    ],
    [
      'with the id in a list of scopes, as ASP.NET Core writes it',
      [
        { Message: 'Request:', State: { Method: 'POST', Path: post.url }, Scopes: [{ RequestId: '0H:1' }] },
        { State: { Body: JSON.stringify(posted) }, Scopes: [{ ConnectionId: '0H' }, { RequestId: '0H:1' }] },
        { Message: 'Request:', State: { Method: 'GET', Path: get.url }, Scopes: [{ RequestId: '0H:2' }] },
        { State: { Body: JSON.stringify(folder) }, Scopes: [{ ConnectionId: '0H' }, { RequestId: '0H:2' }] },
      ],
      '/State/Body',
    ],
    [
      'without being called so',
      [
        { request_id: 'r1', ...post },
        { request_id: 'r1', status: 201, body: posted },
        { request_id: 'r2', ...get },
        { request_id: 'r2', status: 200, body: folder },
      ],
    ],
  ])('are one exchange: %s', (_how, lines, at) => {
    expect(read(lines, at === undefined ? [] : [at])).toEqual(joined);
  });

  it('overlap with others from the one to the other', () => {
    const { observations } = readLines([
      { time: 1, reqId: 1, ...get },
      { time: 2, reqId: 2, ...get },
      { time: 3, reqId: 2, body: folder },
      { time: 4, reqId: 1, body: folder },
      { reqId: 3, ...get },
      { time: 5, reqId: 3, body: folder },
    ]);
    expect(observations.map(({ interval }) => interval)).toEqual([
      { start: 2, end: 3 },
      { start: 1, end: 4 },
      undefined,
    ]);
  });

  it('are counted where one of them has no other, and what is asked and does not count is not known', () => {
    const lines = [
      { reqId: 1, ...get },
      { reqId: 2, body: folder },
      { parent_span_id: 1, body: folder },
      { reqId: 'other', ...get },
    ];
    expect(read(lines)).toMatchObject({
      known: [false, false],
      found: [['REQUEST_UNKNOWN', 2, expect.stringContaining('for 1 of 1 answers')]],
      ignored: { noAnswer: 2 },
    });
  });

  it('are no pair where a service has logged what it was asked itself under the id of what it asks then', () => {
    const incoming = { reqId: 1, method: 'POST', url: '/checks/17', msg: 'incoming request' };
    const asking = { reqId: 1, ...post, msg: 'asking' };
    const lines = [
      incoming,
      asking,
      { reqId: 1, body: posted },
      { reqId: 1, status: 200, body: folder },
      { reqId: 1, body: folder },
      { reqId: 1, res: { statusCode: 200 }, msg: 'request completed' },
    ];
    expect(read(lines, ['/body'])).toMatchObject({
      known: [true, false, false],
      lines: [3, 4, 5],
      found: [],
    });
  });

  it('are not guessed where several requests with one id may be meant, unless they ask the same', () => {
    const both = [
      { reqId: 1, ...post },
      { reqId: 1, ...get },
      { reqId: 1, body: posted },
      { reqId: 1, body: folder },
    ];
    expect(read(both)).toMatchObject({
      known: [false, false],
      found: [['REQUEST_UNKNOWN', 3, expect.stringContaining('for 2 of 2 answers')]],
      ignored: {},
    });
    const again = [
      { reqId: 1, ...post },
      { reqId: 1, ...post },
      { reqId: 1, body: posted },
    ];
    expect(read(again)).toMatchObject({ known: [true], found: [], ignored: {} });
  });

  it('may stand between a request to a server and its answer that have the same id', () => {
    const lines = [
      { reqId: 1, method: 'POST', url: '/verify' },
      { reqId: 1, ...post },
      { reqId: 1, status: 201, body: posted },
      { reqId: 1, status: 200, body: { state: 'accepted' } },
    ];
    expect(read(lines)).toMatchObject({
      known: [true],
      found: [],
      ignored: { otherRoute: 1 },
      requests: [['POST /verify', 1]],
    });
  });

  it('are joined by what tells exchanges apart before what several of them share', () => {
    const lines = [
      { trace_id: 't', requestId: 1, ...post },
      { trace_id: 't', requestId: 2, ...get },
      { trace_id: 't', requestId: 2, body: folder },
      { trace_id: 't', requestId: 1, body: posted },
    ];
    expect(read(lines)).toMatchObject({ known: [true, true], found: [], ignored: {} });
  });

  it('are said not to be joined where the request comes after the answer', () => {
    const lines = [
      { reqId: 1, body: posted },
      { reqId: 1, req: post, res: { statusCode: 201 } },
    ];
    expect(read(lines, ['/body'])).toMatchObject({
      known: [false],
      found: [['REQUEST_UNKNOWN', 1, expect.stringContaining('for 1 of 1 answers')]],
      ignored: { notAt: 1 },
    });
  });

  it('are joined while no more requests wait than may, which is said', () => {
    const asked = Array.from({ length: maxOpenRequests + 1 }, (_, nth) => ({ reqId: nth, ...post }));
    const lines = [...asked, { reqId: 0, body: posted }, { reqId: 1, body: posted }];
    const message = new RegExp(
      `1 of 2 answers.*more than ${maxOpenRequests} \\(maxOpenRequests\\) waited.*: 1$`,
    );
    expect(read(lines)).toMatchObject({
      known: [false, true],
      found: [['REQUEST_UNKNOWN', asked.length + 1, expect.stringMatching(message)]],
      ignored: { noAnswer: maxOpenRequests },
    });
  });
});

describe('a request of which several lines tell', () => {
  const req = { reqId: 1, req: post };
  it.each<[string, readonly object[]]>([
    [
      'that stands beside its answer',
      [req, { ...req, msg: 'x' }, { ...req, payload: posted }, { ...req, msg: 'y' }],
    ],
    ['that stands above its answer', [req, req, { reqId: 1, payload: posted }, { ...req, msg: 'y' }]],
  ])('has one answer: %s', (_where, lines) => {
    expect(read(lines, ['/payload'])).toMatchObject({ known: [true], found: [], ignored: { noBody: 1 } });
  });

  it('may be asked again with the same id', () => {
    const asked = { trace_id: 't', ...get };
    const answered = { trace_id: 't', body: folder };
    expect(read([asked, answered, asked, answered])).toMatchObject({ known: [true, true], ignored: {} });
  });
});

describe('what was sent', () => {
  it('is no answer where it is called a request, also without an id', () => {
    const lines = [
      { type: 'request', ...post, body: sent },
      { msg: 'HttpRequest', ...post, body: JSON.stringify(sent) },
      { event: 'request_started', method: 'POST', url: '/api/folders/', body: {} },
    ];
    expect(read(lines)).toMatchObject({ known: [], found: [], ignored: { noAnswer: 3 } });
  });

  it('does not take the place of an answer', () => {
    const lines = [
      { reqId: 1, req: post, msg: 'incoming request' },
      { reqId: 1, body: sent, msg: 'parsed body' },
      { reqId: 1, payload: JSON.stringify(posted), msg: 'response body' },
    ];
    expect(read(lines, ['/payload', '/body']).known).toEqual([true]);
    expect(read(lines, ['/payload'])).toMatchObject({ known: [true], found: [], ignored: { notAt: 1 } });
  });

  it.each<readonly [string, object]>([
    ['it has a status', { type: 'request', ...post, status: 201, body: posted }],
    ['its body is an answer', { msg: 'request to the API', ...post, body: posted }],
    ['it is called finished', { msg: 'request completed', ...post, body: posted }],
    ['it is called nothing', { id: 7, ...post, body: posted }],
  ])('is not seen in an envelope with its answer: %s', (_why, line) => {
    expect(read([line, line])).toMatchObject({ known: [true, true], found: [], ignored: {} });
  });
});

describe('a list in which --at leads to something in some elements only', () => {
  it('is read where it does, and the others are counted, or wait for their answers', () => {
    const events = [
      { message: 'started' },
      { message: JSON.stringify({ reqId: 1, req: post }) },
      { message: JSON.stringify({ reqId: 1, body: posted }) },
      { other: 1 },
    ];
    expect(read([{ events }], ['/events/*/message/body'])).toMatchObject({
      known: [true],
      found: [],
      ignored: { notAt: 2 },
    });
  });
});
