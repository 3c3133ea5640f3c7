import { gzipSync } from 'node:zlib';

import { folderLine, life, lines } from '../cli/sample-lines.ts';

/** The mark that every secret of these recordings carries. */
export const mark = 's3cr3t';

const secret = (of: string) => `${mark}-${of}-Ivan Petrov +7 900 000-00-00`;
const long = `${mark.toUpperCase()}_`.repeat(20);
const lettersOnly = 'SECRETTOKEN'.repeat(4);

/** What no report may hold, whatever case it is in. */
export const secrets = new RegExp(`${mark}|SECRETTOKEN`, 'i');

/** Members beside those that matter: what the API and its clients record of persons and sessions. */
const around = {
  meta_data: { name: secret('name'), passport: secret('passport'), analyses: [secret('list')] },
  media: [{ original_name: secret('file'), original_url: `https://cdn.example/${mark}?sig=${mark}` }],
  results_data: { [secret('key')]: secret('value') },
  [secret('member')]: secret('value'),
};

const headers = [
  { name: 'X-Forensic-Access-Token', value: secret('token') },
  { name: 'Cookie', value: `session=${secret('cookie')}` },
];
const url = `https://${mark}:${mark}@api.example/api/folders/f1?with_analyses=true&token=${mark}#${mark}`;

/** An object of the API with all that stands around it, on one line. */
const withSecrets = (line: string) =>
  JSON.stringify({ ...around, ...(JSON.parse(line) as object), note: secret('note') });

const folder = (...args: Parameters<typeof folderLine>) => withSecrets(folderLine(...args));
const analysis = (members: object) => JSON.stringify({ ...around, analyse_id: 'a1', ...members });
const envelope = (members: object) =>
  JSON.stringify({ url, method: 'GET', status: 200, headers, requestBody: secret('body'), ...members });
const callback = (analyses: object) =>
  JSON.stringify({ state: 'finished', token: secret('token'), ...around, analyses });

const entry = (members: object, text: string, content: object = {}) => ({
  startedDateTime: '2026-01-01T00:00:00Z',
  time: 1,
  request: { method: 'GET', url, headers, cookies: headers, postData: { text: secret('post') } },
  response: {
    status: 200,
    headers,
    cookies: headers,
    content: { mimeType: 'application/json', text, ...content },
  },
  _user: secret('har'),
  ...members,
});
const har = (...entries: readonly unknown[]) =>
  JSON.stringify({ log: { creator: { name: secret('creator') }, pages: [secret('page')], entries } });

const watched = (resolution: string) => (analyse_id: string) => ({
  ...around,
  analyse_id,
  folder_id: 'partly',
  type: 'BIOMETRY',
  state: resolution === 'PROCESSING' ? resolution : 'FINISHED',
  resolution_status: resolution,
});

const violating = [
  folder('settled', 'FINISHED', 'DECLINED', [['s', 'QUALITY', 'DECLINED']]),
  folder('settled', 'FINISHED', 'SUCCESS', [['s', 'QUALITY', 'SUCCESS']]),
  folder('alphabet', long, 'SUCCESS'),
  folder('alphabet', 'FINISHED', lettersOnly),
  folder('mismatch', 'FINISHED', 'SUCCESS', [['m', 'QUALITY', 'SUCCESS']]).replace('"FINISHED"', '"FAILED"'),
  folder('liveness', 'FINISHED', 'OPERATOR_REQUIRED', [['l', 'QUALITY', 'OPERATOR_REQUIRED']]),
  analysis({ state: 'PROCESSING', resolution_status: 'SUCCESS' }),
  analysis({ state: secret('state'), resolution_status: secret('status'), resolution: secret('alias') }),
  analysis({ analyse_id: 'k', folder_id: 'kinds', type: secret('kind') }),
  analysis({ analyse_id: 'k', folder_id: 'kinds', type: long }),
  analysis({ analyse_id: 'k', folder_id: 'elsewhere', type: long }),
  analysis({ analyse_id: 'g', folder_id: 'groups', group_id: 'one' }),
  analysis({ analyse_id: 'g', folder_id: 'groups', group_id: 'two' }),
  folder('twice', 'PROCESSING', 'PROCESSING', [
    ['t', 'QUALITY', 'PROCESSING'],
    ['t', 'QUALITY', 'FAILED'],
  ]),
  folder('status', 'INITIAL', 'SUCCESS'),
  folder('system', 'FINISHED', 'INITIAL', [['y', 'QUALITY', 'SUCCESS']]),
  folder('person', 'FINISHED', 'OPERATOR_REQUIRED', [['p', 'BIOMETRY', 'OPERATOR_REQUIRED']]),
  folder('person', 'FINISHED', 'SUCCESS', [['p', 'BIOMETRY', 'SUCCESS']]),
  folder('gone', 'FINISHED', 'SUCCESS', [
    ['a', 'BIOMETRY', 'SUCCESS'],
    ['b', 'BIOMETRY', 'SUCCESS'],
  ]),
  folder('gone', 'FINISHED', 'SUCCESS', [['a', 'BIOMETRY', 'SUCCESS']]),
  ...[['b1', 'b2'], ['b1'], ['b2']].map((ids) =>
    folder(
      'back',
      'FINISHED',
      'SUCCESS',
      ids.map((id) => [id, 'BIOMETRY', 'SUCCESS']),
    ),
  ),
  folder('failed', 'FAILED', 'SUCCESS'),
  folder('running', 'FINISHED', 'SUCCESS', [['r', 'QUALITY', 'PROCESSING']]).replace(
    /"state":"PROCESSING",/,
    '',
  ),
  ...[['i'], ['i', 'j']].map((ids) =>
    folder(
      'impossible',
      'FINISHED',
      'SUCCESS',
      ids.map((id) => [id, 'BIOMETRY', 'SUCCESS']),
    ).replaceAll('"type"', '"group_id":"g","type"'),
  ),
  folder('apart', 'FINISHED', 'SUCCESS', [
    ['n', 'QUALITY', 'DECLINED'],
    ['o', 'BIOMETRY', 'SUCCESS'],
  ]),
  envelope({
    method: 'POST',
    url: '/api/folders/partly/analyses/',
    body: ['w', 'v'].map(watched('PROCESSING')),
  }),
  envelope({ url: '/api/analyses/w', body: watched('SUCCESS')('w') }),
  envelope({
    url: '/api/folders/partly',
    body: { folder_id: 'partly', resolution_status: 'FINISHED', system_resolution: 'DECLINED' },
  }),
  folder('told', 'FINISHED', 'SUCCESS', [['c', 'QUALITY', 'SUCCESS']]),
  JSON.stringify({
    ...around,
    folder_id: 'told',
    state: 'finished',
    analyses: {
      quality: { state: 'finished', resolution: 'declined', result_json: { note: secret('json') } },
    },
  }),
  JSON.stringify({ ...around, folder_id: 'silent', resolution_status: null, system_resolution: null }),
  ...life('unsettled', 'SUCCESS').slice(0, 2).map(withSecrets),
];

const unreadable = [
  folder('first', 'INITIAL', 'INITIAL'),
  `{"folder_id": "x", "name": "${secret('unclosed')}`,
  `{"folder_id": ${secret('bare')}}`,
  secret('not json at all'),
  `"${secret('a text')}"`,
  JSON.stringify({ [secret('unknown shape')]: secret('value') }),
  JSON.stringify({ ...around, resolution_status: [secret('list')], folder_id: 'x', analyses: [secret('a')] }),
  JSON.stringify({ ...around, folder_id: { [mark]: mark }, system_resolution: { [mark]: mark } }),
  JSON.stringify({ ...around, folder_id: 2 ** 60, system_resolution: 79000000000 }),
  JSON.stringify({ ...around, resolution_status: 'INITIAL', system_resolution: 'INITIAL' }),
  analysis({ analysis_id: 'a2' }),
  envelope({ body: `{"folder_id": "${secret('in a body')}` }),
  envelope({ body: secret('no json') }),
  envelope({ url: [secret('url')], method: { [mark]: mark }, body: {} }),
  envelope({ time: '2026-01-02T00:00:00Z', body: JSON.parse(folder('f1', 'INITIAL', 'INITIAL')) as object }),
  envelope({
    time: `1 Jan 2026 00:00:00 GMT (${secret('time')})`,
    body: JSON.parse(folder('f1', 'INITIAL', 'INITIAL')) as object,
  }),
  envelope({ time: '2026-01-03T00:00:00', body: JSON.parse(folder('f1', 'INITIAL', 'INITIAL')) as object }),
];

/** Recordings in every format, full of secrets, in which nearly everything is wrong that can be. */
export const secretRecordings: Readonly<Record<string, string | Uint8Array>> = {
  'violating.ndjson': lines(...violating),
  'unreadable.ndjson': lines(...unreadable),
  'apart.ndjson': lines(
    envelope({ status: undefined, requestBody: undefined, reqId: secret('id'), traceId: secret('trace') }),
    JSON.stringify({ reqId: secret('another id'), body: { ...around, folder_id: 'apart' } }),
  ),
  'broken.json': `{\n  "meta_data": "${secret('a document')}",\n  "folder_id": ${mark}\n}\n`,
  'log.txt': [
    `[${secret('words')}] POST ${url} ${secret('words')}`,
    `INFO ${secret('words')} ${folder('fl', 'PROCESSING', 'PROCESSING', [['al', 'QUALITY', 'PROCESSING']])}`,
    `INFO ${secret('words')} {"folder_id":"${mark}","name":"${secret('broken')}",${mark}}`,
    `INFO {'folder_id': '${secret('text')}'}`,
    '',
  ].join('\n'),
  'callbacks.ndjson': lines(
    callback({ [secret('a key')]: { state: 'finished', resolution: long.toLowerCase() } }),
    callback({ [secret('a key')]: secret('a member'), quality: { state: secret('state'), resolution: '' } }),
    callback({ [secret('another key')]: { state: 'finished', resolution: 'success' } }),
    callback({ [secret('another key')]: { state: 'finished', resolution: 'declined' } }),
  ),
  'browser.har': har(
    entry({}, folder('f1', 'FINISHED', secret('in a HAR'))),
    entry({ startedDateTime: secret('a date'), time: secret('a duration') }, '{}'),
    entry({}, `{"${secret('broken')}`),
    entry({}, Buffer.from(`\u00ff${mark}`, 'latin1').toString('base64'), { encoding: 'base64' }),
    entry({}, secret('base64'), { encoding: 'base64' }),
    secret('an entry'),
  ),
  'overlapping.har': har(
    ...Array.from({ length: 16 }, (_, at) =>
      entry(
        { time: 1000 + at },
        analysis({ ...watched('PROCESSING')(`overlapping-${at}`), folder_id: 'f2' }),
      ),
    ),
  ),
  'latin.ndjson': Buffer.from(`{"folder_id":"x","name":"\u00e9 ${mark}"}\n`, 'latin1'),
  'cut.ndjson.gz': gzipSync(lines(...violating, ...unreadable)).subarray(0, 300),
  'deep.json': `{"${mark}":${'['.repeat(400)}"${mark}"${']'.repeat(400)}}`,
  'empty.json': '',
};
