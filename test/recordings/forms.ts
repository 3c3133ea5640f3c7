/** The same exchanges in the forms in which tools and logs write them. */

/** One request and its answer. */
interface Exchanged {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly body: object;
}

const analysis = (id: string, type: string, resolution: string) => ({
  analyse_id: id,
  type,
  state: resolution === 'PROCESSING' ? resolution : 'FINISHED',
  resolution_status: resolution,
});

/**
 * A folder whose two analyses were posted together: only the answer to that says so, and only with it are the results
 * SUCCESS of the folder and DECLINED of one of them a contradiction.
 */
export function exchanges(result: string): readonly Exchanged[] {
  const folder = (status: string, system: string, ...analyses: object[]) => ({
    folder_id: 'f-1',
    resolution_status: status,
    system_resolution: system,
    analyses,
  });
  const settled = [analysis('a-1', 'QUALITY', 'DECLINED'), analysis('a-2', 'BIOMETRY', 'SUCCESS')];
  const running = [analysis('a-1', 'QUALITY', 'PROCESSING'), analysis('a-2', 'BIOMETRY', 'PROCESSING')];
  const path = '/api/folders/f-1?with_analyses=true';
  return [
    { method: 'POST', path: '/api/folders/', status: 201, body: folder('INITIAL', 'INITIAL') },
    { method: 'POST', path: '/api/folders/f-1/analyses/', status: 201, body: running },
    { method: 'GET', path, status: 200, body: folder('PROCESSING', 'PROCESSING', ...running) },
    { method: 'GET', path: '/api/analyses/a-1', status: 200, body: settled[0]! },
    { method: 'GET', path, status: 200, body: folder('FINISHED', result, ...settled) },
  ];
}

/** A body as text. */
export const text = (body: object) => JSON.stringify(body);
/** Values as the lines of a recording. */
export const lines = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).join('\n');
const host = 'https://api.example.test';

/** An exchange as the entry of a HAR. */
export function entry({ method, path, status, body }: Exchanged, at: number) {
  const content = { size: 1, mimeType: 'application/json', text: text(body) as unknown };
  return {
    startedDateTime: `2026-01-12T09:00:0${at}.000Z`,
    time: 40.5,
    request: { method, url: `${host}${path}` },
    response: { status, content },
  };
}
type HarEntry = ReturnType<typeof entry>;
/** A HAR of these entries. */
export const har = (entries: readonly unknown[]) => ({ log: { version: '1.2', entries } });
const changed = (all: readonly Exchanged[], change: (one: HarEntry, at: number) => unknown) =>
  JSON.stringify(har(all.map((one, at) => change(entry(one, at), at))));
/** The entry with these members of its content. */
export const withContent = (one: HarEntry, content: object) => ({
  ...one,
  response: { ...one.response, content: { ...one.response.content, ...content } },
});

type Form = (all: readonly Exchanged[]) => string;

/** Forms in which tools and logs write the same exchanges; with the pointer that `--at` needs. */
export const forms: Readonly<Record<string, readonly [form: Form, at?: string]>> = {
  'an address called path': [
    (all) => lines(all.map(({ method, path, status, body }) => ({ method, path, status, body }))),
  ],
  'variables of nginx': [
    (all) =>
      lines(
        all.map(({ method, path, body }) => ({
          request_method: method,
          request_uri: path,
          status: '200',
          body: text(body),
        })),
      ),
  ],
  'messages of httpx beside the body': [
    (all) =>
      lines(
        all.map(({ method, path, status, body }) => ({
          url: `${host}${path}`,
          method,
          status_code: status,
          request: `${method} ${path} HTTP/1.1\r\nHost: api.example.test\r\n\r\n`,
          response: `HTTP/1.1 ${status} OK\r\n\r\n${text(body)}`,
          body: text(body),
        })),
      ),
  ],
  'the line of a request': [
    (all) =>
      lines(
        all.map(({ method, path, body }) => ({ request: `${method} ${path} HTTP/1.1`, body: text(body) })),
      ),
  ],
  'members of a gateway': [
    (all) =>
      lines(
        all.map(({ method, path, status, body }) => ({
          httpMethod: method,
          path,
          response: { statusCode: status, body: text(body) },
        })),
      ),
  ],
  'bodies as texts of texts': [
    (all) =>
      lines(all.map(({ path, body, ...rest }) => ({ url: path, body: JSON.stringify(text(body)), ...rest }))),
  ],
  'marks of byte order before each line': [
    (all) =>
      all.map(({ method, path, body }) => `\ufeff${JSON.stringify({ method, url: path, body })}\n`).join(''),
  ],
  'a list that begins with nothing': [
    (all) => JSON.stringify([null, ...all.map(({ path, ...rest }) => ({ url: path, ...rest }))]),
  ],
  'envelopes as texts': [
    (all) => lines(all.map(({ path, ...rest }) => JSON.stringify({ url: path, ...rest }))),
  ],
  'a list of HARs': [(all) => JSON.stringify(all.map((one, at) => har([entry(one, at)])))],
  'a HAR with the newest entry first': [
    (all) => JSON.stringify(har(all.map((one, at) => entry(one, at)).toReversed())),
  ],
  'a HAR whose bodies are parsed': [
    (all) => changed(all, (one, at) => withContent(one, { text: all[at]!.body })),
  ],
  'a HAR with seven digits of a second': [
    (all) =>
      `\ufeff${changed(all, (one, at) => ({ ...one, startedDateTime: `2026-01-12T09:00:0${at}.1234567+00:00` }))}`,
  ],
  'a HAR with a zone without colon, bodies in base64': [
    (all) =>
      changed(all, (one, at) => ({
        ...withContent(one, { text: btoa(text(all[at]!.body)), encoding: 'Base64' }),
        startedDateTime: `2026-01-12T12:00:0${at}.000+0300`,
      })),
  ],
  'a log with the request beside the answer': [
    (all) =>
      lines(
        all.map(({ method, path, status, body }) => ({
          req: { method, url: path },
          res: { statusCode: status, body },
        })),
      ),
    '/res/body',
  ],
  'answers of axios': [
    (all) =>
      lines(
        all.map(({ method, path, status, body }) => ({
          status,
          headers: {},
          config: { method: method.toLowerCase(), url: `${host}${path}` },
          data: body,
        })),
      ),
    '/data',
  ],
  'answers of axios with a base and parameters': [
    (all) =>
      lines(
        all.map(({ method, path, status, body }) => {
          const [, url, query] = /^\/api\/([^?]*)(?:\?(.*))?$/.exec(path)!;
          const params = query === undefined ? {} : { params: { with_analyses: true } };
          return { status, config: { baseURL: `${host}/api/`, method, url, ...params }, data: body };
        }),
      ),
    '/data',
  ],
  'exchanges whose answer is called data': [
    (all) =>
      lines(
        all.map(({ method, path, status, body }) => ({
          request: { method, url: `${host}${path}` },
          response: { status, data: body },
        })),
      ),
  ],
  'a session of Charles': [
    (all) =>
      JSON.stringify(
        all.map(({ method, path, status, body }) => ({
          status: 'COMPLETE',
          method,
          path: path.split('?')[0],
          query: path.split('?')[1] ?? null,
          response: { status, mimeType: 'application/json', body: { text: text(body), charset: 'UTF-8' } },
        })),
      ),
  ],
  'a cassette of VCR': [
    (all) =>
      JSON.stringify({
        http_interactions: all.map(({ method, path, status, body }) => ({
          request: { method: method.toLowerCase(), uri: `${host}${path}` },
          response: { status: { code: status }, body: { encoding: 'UTF-8', string: text(body) } },
        })),
      }),
  ],
  'saved examples of Postman': [
    (all) =>
      JSON.stringify({
        info: { name: 'Oz' },
        item: all.map(({ method, path, status, body }) => ({
          name: 'x',
          response: [
            {
              originalRequest: { method, url: { raw: `{{host}}${path}` } },
              code: status,
              body: text(body),
            },
          ],
        })),
      }),
    '/item/*/response/*/body',
  ],
  'an answer of Loki': [
    (all) =>
      JSON.stringify({
        data: {
          result: [{ values: all.map(({ path, ...rest }) => ['17', lines([{ url: path, ...rest }])]) }],
        },
      }),
    '/data/result/*/values/*/1',
  ],
  'logs of OpenTelemetry': [
    (all) => {
      const logRecords = all.map(({ path, ...rest }) => ({
        body: { stringValue: lines([{ url: path, ...rest }]) },
      }));
      return JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] });
    },
    '/resourceLogs/*/scopeLogs/*/logRecords/*/body/stringValue',
  ],
};
