import { describe, expect, it } from 'vitest';
import { readLines } from '../reading.ts';

describe('the request beside an answer', () => {
  const address = 'https://api.example/api/folders/f-1/analyses/';
  const local = '/api/folders/f-1/analyses/';
  it.each([
    ['ECS', '/http/response/body', { url: { original: address }, http: { request: { method: 'POST' } } }],
    ['Cloud Logging', '/jsonPayload', { httpRequest: { requestMethod: 'POST', requestUrl: address } }],
    ['Datadog', '/response', { http: { method: 'POST', url: address } }],
    ['attributes', '/message', { attributes: { 'http.request.method': 'POST', 'url.full': address } }],
    [
      'OpenTelemetry',
      '/body/stringValue',
      {
        attributes: [
          { key: 'http.method', value: { stringValue: 'POST' } },
          { key: 'http.target', value: { stringValue: local } },
        ],
      },
    ],
    [
      'Jaeger',
      '/logged',
      {
        tags: [
          { key: 'http.method', type: 'string', value: 'POST' },
          { key: 'http.url', type: 'string', value: address },
        ],
      },
    ],
    ['ZAP', '/responseBody', { requestHeader: `POST ${address} HTTP/1.1\r\nHost: api.example\r\n\r\n` }],
    ['Traefik, Serilog', '/ResponseBody', { RequestMethod: 'POST', RequestPath: local }],
    ['HAProxy', '/resp', { http_method: 'POST', request_uri: local }],
    ['Spring', '/responseBody', { method: 'POST', requestURI: local }],
    ['Application Insights', '/customDimensions/b', { name: 'POST Folders/Analyses', url: address }],
    ['Dio', '/data', { requestOptions: { method: 'POST', path: address } }],
    ['a gateway of AWS', '/answer', { event: { httpMethod: 'POST', path: local } }],
  ])('tells which analyses were posted together: %s', (_what, at, beside) => {
    const list = [{ analyse_id: 'a', type: 'QUALITY', state: 'PROCESSING' }];
    const [name = '', ...rest] = at.slice(1).split('/');
    const value = rest.reduceRight<unknown>((inner, one) => ({ [one]: inner }), list);
    const own = (beside as Record<string, unknown>)[name];
    const line = {
      ...beside,
      [name]: own === undefined ? value : { ...(own as object), ...(value as object) },
    };
    const { observations, findings } = readLines([line], { at: [at] });
    expect(findings).toEqual([]);
    expect(observations).toMatchObject([{ folderId: 'f-1', wholeGroup: true }]);
    expect(readLines([line]).findings[0]!.hint).toContain(`--at '${at}`);
  });

  it('counts in an envelope without an address, however it is called', () => {
    const body = [{ analyse_id: 'a', type: 'QUALITY', state: 'PROCESSING' }];
    const lines = [
      { http_method: 'POST', requestUri: local, body },
      { body: { folder_id: 'f-1', resolution_status: 'INITIAL' } },
    ];
    expect(readLines(lines).observations).toMatchObject([
      { folderId: 'f-1', wholeGroup: true },
      { folderId: 'f-1' },
    ]);
  });
});
