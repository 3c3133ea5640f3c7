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
