import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { printable } from '../../text/escape.ts';
import { hostInUrl } from '../io/listening.ts';
import { endServer, patience, refusedBecause } from '../io/loopback.ts';

/** What the endpoint is made of. */
export interface EndpointOptions {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Origins of pages that may post. */
  readonly origins: readonly string[];
  /** What has to be shown as a bearer token; absent: nothing. */
  readonly token?: string;
  /** The largest body, in bytes. */
  readonly maxBody: number;
  /** Takes what was posted, and resolves when it is kept; `key`: by which it is known when it comes again. */
  readonly take: (body: Uint8Array, key: string | undefined) => Promise<object>;
  readonly metrics: () => string;
  /** Why nothing is taken now; null: it is. */
  readonly problem: () => string | null;
}

/** A running endpoint. */
export interface Endpoint {
  /** Its base URL, without a last stroke. */
  readonly url: string;
  /** Takes no more requests, and resolves when those that were under way are answered. */
  close(): Promise<void>;
}

/** The most connections at once. */
const maxConnections = 500;

/** The most bytes of bodies that are held at once, in bodies of the largest size. */
const heldBodies = 4;

/** Starts it; rejects with the error of the system. */
export async function startEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const { host, port } = options;
  const running = new Running(options);
  // Who posts now and then does so by the same connection.
  const server = createServer({ ...patience, keepAliveTimeout: 60_000 }, (request, response) => {
    running.answer(request, response).catch(() => response.destroy());
  });
  server.maxConnections = maxConnections;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  server.removeAllListeners('error').on('error', () => undefined);
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${hostInUrl(host)}:${taken}`,
    close: () => endServer(server),
  };
}

class Running {
  readonly #options: EndpointOptions;
  readonly #origins: ReadonlySet<string>;
  #held = 0;

  constructor(options: EndpointOptions) {
    this.#options = options;
    this.#origins = new Set(options.origins);
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('error', () => undefined);
    const { headers, method = '', url = '' } = request;
    const { origin = null } = headers as { readonly origin?: string };
    response.setHeader('cache-control', 'no-store');
    response.setHeader('x-content-type-options', 'nosniff');
    const refusal = refusedBecause(this.#options.host, headers.host ?? '', origin, this.#origins);
    if (refusal !== null) return refuse(response, 403, refusal);
    if (origin !== null) {
      response.setHeader('access-control-allow-origin', origin);
      response.setHeader('access-control-allow-headers', 'content-type, authorization, idempotency-key');
      response.setHeader('vary', 'origin');
      if (method === 'OPTIONS') return void response.writeHead(204).end();
    }
    const [path = ''] = url.split('?', 1);
    const expected = Object.hasOwn(methods, path) ? methods[path] : undefined;
    if (expected === undefined)
      return refuse(
        response,
        404,
        `path: expected ${Object.keys(methods).join(' or ')}, received ${printable(path, 100)}`,
      );
    // A HEAD asks what a GET would; the server leaves out the body.
    if (method !== expected && !(method === 'HEAD' && expected === 'GET')) {
      response.setHeader('allow', expected);
      return refuse(response, 405, `method: expected ${expected}, received ${printable(method, 20)}`);
    }
    if (!this.#isAllowed(headers.authorization))
      return refuse(response, 401, 'authorization: expected the bearer token of this monitor');
    if (path === '/metrics') {
      response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
      response.end(this.#options.metrics());
    } else if (path === '/health') this.#tellHealth(response);
    else await this.#take(request, response);
  }

  #tellHealth(response: ServerResponse): void {
    const problem = this.#options.problem();
    if (problem === null) send(response, 200, { status: 'ok' });
    else send(response, 503, { status: 'failing', problem });
  }

  #isAllowed(given = ''): boolean {
    const { token } = this.#options;
    if (token === undefined) return true;
    const shown = given.replace(/^bearer /i, 'Bearer ');
    const [one, other] = [`Bearer ${token}`, shown].map((text) => createHash('sha256').update(text).digest());
    return timingSafeEqual(one!, other!);
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { maxBody, problem, take } = this.#options;
    const { headers } = request;
    const key = headers['idempotency-key'];
    const encoding = headers['content-encoding'] ?? 'identity';
    if (encoding !== 'identity')
      return refuse(response, 415, `content-encoding: expected none, received ${printable(encoding, 60)}`);
    if (typeof key === 'string' && !/^[\x21-\x7e]{1,200}$/.test(key))
      return refuse(response, 400, 'idempotency-key: expected at most 200 visible characters');
    const failing = problem();
    if (failing !== null || this.#held >= heldBodies * maxBody) {
      response.setHeader('retry-after', '5');
      return refuse(response, 503, failing ?? 'more was sent than can be judged now');
    }
    let size = 0;
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) {
        size += chunk.length;
        this.#held += chunk.length;
        if (size > maxBody) return refuse(response, 413, `body: expected at most ${maxBody} bytes`);
        chunks.push(chunk);
      }
      send(response, 200, await take(Buffer.concat(chunks), key as string | undefined));
    } finally {
      this.#held -= size;
    }
  }
}

const methods: Readonly<Record<string, string>> = { '/answers': 'POST', '/metrics': 'GET', '/health': 'GET' };

function send(response: ServerResponse, status: number, content: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(content)}\n`);
}

/** Answers, and has done with the connection: what was sent may not have been read. */
function refuse(response: ServerResponse, status: number, error: string): void {
  response.setHeader('connection', 'close');
  send(response, status, { error });
}
