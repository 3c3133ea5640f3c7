import { describe, expect, it } from 'vitest';
import { parseRoute } from '../../../src/recordings/values/routes.ts';
import type { OwnRoute } from '../../../src/recordings/values/context.ts';
import { exchanges, text } from '../forms.ts';
import { readText } from '../reading.ts';

const all = exchanges('DECLINED');
const [path, asked] = [(one: string) => one.split('?')[0]!, (one: string) => one.split('?')[1] ?? ''];
const exact = (value: string) => [{ matcher: 'exact', value }];

/** Forms that no tool wrote here: as their documentation and public files show them. */
const forms: Readonly<Record<string, () => unknown>> = {
  'a simulation of Hoverfly': () => ({
    data: {
      pairs: all.map((one) => ({
        request: {
          path: exact(path(one.path)),
          method: exact(one.method),
          destination: exact('api.example'),
          query: asked(one.path) === '' ? {} : { with_analyses: exact('true') },
        },
        response: { status: one.status, body: text(one.body), encodedBody: false },
      })),
    },
    meta: { schemaVersion: 'v5' },
  }),
  'an older simulation of Hoverfly, bodies in base64': () => ({
    data: {
      pairs: all.map((one) => ({
        request: {
          path: path(one.path),
          method: one.method,
          query: asked(one.path),
          destination: 'api.example',
        },
        response: { status: one.status, body: btoa(text(one.body)), encodedBody: true },
      })),
    },
  }),
  'the journal of Hoverfly, the newest first': () => ({
    journal: all
      .map((one, at) => ({
        request: {
          path: path(one.path),
          method: one.method,
          query: asked(one.path),
          destination: 'api.example',
        },
        response: { status: one.status, body: text(one.body) },
        timeStarted: `2026-01-12T10:00:0${at}.000+00:00`,
      }))
      .toReversed(),
  }),
  'a session of Charles with bytes': () =>
    all.map((one) => ({
      method: one.method,
      path: path(one.path),
      query: asked(one.path),
      request: { body: null },
      response: { status: one.status, body: { encoding: 'base64', encoded: btoa(text(one.body)) } },
    })),
  'taps of Envoy': () =>
    all.map((one, at) => ({
      http_buffered_trace: {
        request: {
          headers: [
            { key: ':method', value: one.method },
            { key: ':path', value: one.path },
          ],
        },
        response: { body: at % 2 === 0 ? { as_string: text(one.body) } : { as_bytes: btoa(text(one.body)) } },
      },
    })),
  'lines with the answer as the response': () =>
    all.map((one, at) => ({
      request: { method: one.method, url: one.path },
      response: at % 2 === 0 ? one.body : text(one.body),
    })),
  'cassettes of go-vcr': () => ({
    version: 2,
    interactions: all.map((one) => ({
      request: { method: one.method, url: `https://api.example${one.path}`, body: '{}' },
      response: { status: `${one.status} OK`, code: one.status, body: text(one.body) },
    })),
  }),
};

describe('exchanges as tools keep them', () => {
  it.each(Object.entries(forms))('are read in full with their requests: %s', (_name, form) => {
    const { observations, findings } = readText(JSON.stringify(form()));
    expect(findings).toEqual([]);
    expect(observations.map(({ resolutionStatus }) => resolutionStatus)).toEqual([
      'INITIAL',
      undefined,
      'PROCESSING',
      undefined,
      'FINISHED',
    ]);
    expect(observations.map(({ wholeGroup }) => wholeGroup)).toEqual([false, true, false, false, false]);
    expect(observations.map(({ complete }) => complete)).toEqual([false, false, true, false, true]);
  });

  it.each([
    [
      'stubs of Mountebank',
      { imposters: [{ stubs: [{ responses: [{ is: { body: all[0]!.body } }] }] }] },
      'mb with --debug',
    ],
    [
      'one imposter',
      { protocol: 'http', port: 1, stubs: [{ responses: [{ is: { body: all[0]!.body } }] }] },
      'mb with --debug',
    ],
    [
      'an export of Insomnia',
      { _type: 'export', __export_format: 4, resources: [{ url: all[0]!.path, body: {} }] },
      'export its requests as HAR',
    ],
    [
      'a log with what was sent beside what was answered',
      { request_body: text({ folder_id: 'f-1' }), resp_body: text(all[0]!.body) },
      "--at '/resp_body'",
    ],
  ])('are named where they cannot be read: %s', (_what, value, hint) => {
    const { observations, findings } = readText(JSON.stringify(value));
    expect(observations).toEqual([]);
    expect(findings[0]?.hint).toContain(hint);
  });
});

describe('an answer on a route of somebody’s own that names no folder', () => {
  const routes = [parseRoute('POST /x=folders') as OwnRoute];
  const { folder_id: folderId, ...unnamed } = all[2]!.body as { folder_id: string; analyses: object[] };
  const har = (request: object, answer: object = unnamed) => ({
    startedDateTime: '2026-01-12T09:00:00.000Z',
    time: 1,
    request: { method: 'POST', url: 'https://shop.example/x', ...request },
    response: { status: 200, content: { text: text(answer) } },
  });

  it.each([
    ['the body of the request in a HAR', har({ postData: { text: text({ folder_id: folderId }) } })],
    ['the query', har({ url: `https://shop.example/x?folder_id=${folderId}` })],
    [
      'the body of the request beside the response',
      { method: 'POST', path: '/x', body: { folder_id: folderId }, status: 200, response: unnamed },
    ],
    [
      'its analyses',
      har({}, { ...unnamed, analyses: unnamed.analyses.map((one) => ({ ...one, folder_id: folderId })) }),
    ],
  ])('belongs to the folder that is named by %s', (_where, value) => {
    const { observations, findings } = readText(JSON.stringify([value]), { routes });
    expect(observations).toMatchObject([{ folderId, resolutionStatus: 'PROCESSING' }]);
    expect(findings).toEqual([]);
  });

  it('is judged by its analyses alone where nothing does, and told how to name it', () => {
    const { observations, findings } = readText(JSON.stringify([har({})]), { routes });
    expect(observations.map(({ unnamed: isUnnamed, analyses }) => [isUnnamed, analyses[0]?.id])).toEqual([
      [true, 'a-1'],
      [true, 'a-2'],
    ]);
    expect(findings).toMatchObject([{ code: 'ID_MISSING' }]);
    expect(findings[0]?.hint).toMatch(/\{folder_id\} into the path of --route.* judged by themselves\.$/);
  });

  it('is told apart from one that holds nothing of the API', () => {
    const { findings } = readText(JSON.stringify([har({}, { passed: true })]), { routes });
    expect(findings[0]?.hint).toContain('between your server and the API');
  });
});
