import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the server answers to one request: a status and a body, or a function that answers by itself. */
export type Reply =
  | { readonly status?: number; readonly body: unknown; readonly type?: string }
  | ((request: IncomingMessage, response: ServerResponse) => void);

/** A server on this machine, with what it received. */
export interface ApiServer {
  readonly origin: string;
  readonly received: { readonly line: string; readonly token: string | undefined; readonly body: string }[];
  close(): Promise<void>;
}

/** Starts a server that gives the replies under `METHOD /path` one after the other, the last one again and again. */
export async function startApi(replies: Readonly<Record<string, readonly Reply[]>>): Promise<ApiServer> {
  const received: ApiServer['received'] = [];
  const given = new Map<string, number>();
  const server: Server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      const line = `${request.method} ${request.url?.split('?')[0]}`;
      received.push({ line, token: request.headers['x-forensic-access-token']?.toString(), body });
      const list = replies[line] ?? [{ status: 404, body: { error_code: 10, error_message: 'none' } }];
      const number = given.get(line) ?? 0;
      given.set(line, number + 1);
      send(list[Math.min(number, list.length - 1)] as Reply, request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    received,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(reply: Reply, request: IncomingMessage, response: ServerResponse): void {
  if (typeof reply === 'function') {
    reply(request, response);
    return;
  }
  const { status = 200, body, type = 'application/json' } = reply;
  response.writeHead(status, { 'content-type': type });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

/** What must be in no recording: tokens, media, names, scores. */
export const secrets = [
  'header-token',
  'query-token',
  'user-name',
  'pass-word',
  'fragment-part',
  'Jane Doe',
  'media-link',
  'base64-face',
  'refresh-token',
  '0.987',
] as const;

/** An analysis as the API shows it, with what a recorder has to leave out. */
export function analysis(id: string, type: string, state: string, resolution = state): object {
  return {
    analyse_id: id,
    folder_id: 'f-1',
    type,
    state,
    resolution_status: resolution,
    results_data: { confidence_spoofing: 0.987, name: 'Jane Doe' },
    results_media: [{ original_url: 'media-link' }],
    source_media: [{ payload: 'base64-face' }],
  };
}

/** A folder as the API shows it, with what a recorder has to leave out. */
export function folder(stage: string, result: string, analyses: readonly object[]): object {
  return {
    folder_id: 'f-1',
    resolution_status: stage,
    system_resolution: result,
    analyses,
    media: [{ original_url: 'media-link' }],
    meta_data: { name: 'Jane Doe', state: 'Jane Doe' },
    time_created: 1,
  };
}

/** The life of a folder whose face does not match, as the routes of the API answer to a client that polls. */
export const declinedFolder: Readonly<Record<string, readonly Reply[]>> = {
  'POST /api/authorize/auth': [{ body: { access_token: 'refresh-token' } }],
  'POST /api/folders/': [{ status: 201, body: folder('INITIAL', 'INITIAL', []) }],
  'POST /api/folders/f-1/analyses/': [
    { status: 201, body: [analysis('a', 'QUALITY', 'PROCESSING'), analysis('b', 'BIOMETRY', 'PROCESSING')] },
  ],
  'GET /api/folders/f-1': [
    {
      body: folder('PROCESSING', 'PROCESSING', [
        analysis('a', 'QUALITY', 'FINISHED', 'SUCCESS'),
        analysis('b', 'BIOMETRY', 'PROCESSING'),
      ]),
    },
    {
      body: folder('FINISHED', 'DECLINED', [
        analysis('a', 'QUALITY', 'FINISHED', 'SUCCESS'),
        analysis('b', 'BIOMETRY', 'FINISHED', 'DECLINED'),
      ]),
    },
  ],
};
