import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { parseRecord, type InspectionRecord } from '../../inspection/records.ts';
import { InspectionSession, type SessionLimits } from '../../inspection/session.ts';
import { printable } from '../../text/escape.ts';
import { connectionLimits, ConnectionGuard, type Clock } from './guard.ts';
import type { ServedPage } from './page.ts';
import { loadSockets, type Sockets } from './sockets.ts';
import { Viewer } from './viewers.ts';

/** What the server of `inspect` is made of. */
export interface InspectServerOptions {
  readonly page: ServedPage;
  /** The page that passes records on to an inspector elsewhere. */
  readonly hosted?: ServedPage | undefined;
  /** 0: any that is free. */
  readonly port: number;
  /** Origins of pages that may send records. */
  readonly origins?: readonly string[];
  /** Hears every record that is taken. */
  readonly onRecord?: (record: InspectionRecord) => void;
  /** Hears what was wrong with something that came in. */
  readonly onProblem?: (problem: string) => void;
  readonly limits?: Partial<SessionLimits>;
  /** Tells when a connection has waited too long. Default: the clock of the system. */
  readonly clock?: Clock;
}

/** A running server. */
export interface InspectServer {
  /** Where the page is, with the token that lets in. */
  readonly url: string;
  /** False: the package that it takes is not installed. */
  readonly takesSockets: boolean;
  readonly session: InspectionSession;
  close(): Promise<void>;
}

/** The only interface of the network that it listens at. */
const loopback = '127.0.0.1';

/** The most bytes of one message. */
export const maxMessage = 8_000_000;

/** The most pages that watch. */
export const maxViewers = 16;
const maxToldAtOnce = 20;

/** Starts the server. Rejects with the error of the system where the port cannot be had. */
export async function startInspectServer(options: InspectServerOptions): Promise<InspectServer> {
  const sockets = await loadSockets(maxMessage);
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, loopback, resolve);
  });
  return new Running(server, sockets, options);
}

class Running implements InspectServer {
  readonly url: string;
  readonly takesSockets: boolean;
  readonly session: InspectionSession;
  readonly #server: Server;
  readonly #sockets: Sockets | null;
  readonly #options: InspectServerOptions;
  readonly #token = randomBytes(24).toString('base64url');
  readonly #hosts: readonly string[];
  readonly #origins: readonly string[];
  readonly #viewers = new Set<Viewer>();
  readonly #guard: ConnectionGuard;

  constructor(server: Server, sockets: Sockets | null, options: InspectServerOptions) {
    this.#server = server;
    this.#sockets = sockets;
    this.#options = options;
    this.takesSockets = sockets !== null;
    this.session = new InspectionSession(options.limits);
    const { port } = server.address() as AddressInfo;
    this.#hosts = [`${loopback}:${port}`, `localhost:${port}`];
    this.#origins = this.#hosts.map((host) => `http://${host}`);
    this.url = `http://${loopback}:${port}/${this.#token}/`;
    this.#guard = new ConnectionGuard(options.clock);
    server.on('connection', (socket) => this.#guard.accept(socket));
    server.on('request', (request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
    server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
  }

  async close(): Promise<void> {
    for (const viewer of this.#viewers) viewer.end();
    this.#sockets?.close();
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  /** Why a request is not let in; null if it is. A page elsewhere cannot name this host, this origin or the token. */
  #refusal({ headers, url = '' }: IncomingMessage): string | null {
    const { host = '', origin } = headers;
    if (!this.#hosts.includes(host))
      return `host: expected ${this.#hosts[0]}, received “${printable(host, 60)}”`;
    const mayAsk =
      origin === undefined || [...this.#origins, ...(this.#options.origins ?? [])].includes(origin);
    if (!mayAsk)
      return `origin: expected one that was named by --allow-origin, received “${printable(origin, 60)}”`;
    const given = url.split(/[/?]/, 2)[1] ?? '';
    return isSame(given, this.#token) ? null : 'token: expected the address that oz-status inspect printed';
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('error', () => undefined);
    const { headers, method = '' } = request;
    for (const [name, value] of Object.entries(commonHeaders)) response.setHeader(name, value);
    const refusal = this.#refusal(request);
    if (refusal !== null) return refuse(response, 403, refusal);
    const { socket } = request;
    if (!this.#guard.letIn(socket))
      return refuse(
        response,
        503,
        `expected at most ${connectionLimits.known} connections, received one more`,
      );
    response.on('close', () => this.#guard.rest(socket));
    if (headers.origin !== undefined) response.setHeader('access-control-allow-origin', headers.origin);
    const { pathname, searchParams } = new URL(request.url ?? '', this.url);
    const path = pathname.slice(this.#token.length + 1);
    const expected = path === '/events' ? 'POST' : 'GET';
    const { page, hosted } = this.#options;
    const isKnown = ['', '/', '/events', '/stream'].includes(path) || (path === '/hosted' && hosted);
    if (!isKnown) return end(response, 404, 'there is nothing here');
    if (method !== expected) {
      response.setHeader('allow', expected);
      return end(response, 405, `expected ${expected}, received ${printable(method, 20)}`);
    }
    if (path === '/events') return this.#take(request, response, searchParams);
    if (path === '/stream') return this.#watch(response);
    // Without the last stroke, what the page asks for would be looked for beside the token.
    if (path === '') return void response.writeHead(302, { location: `/${this.#token}/` }).end();
    const { html, policy } = path === '/hosted' && hosted ? hosted : page;
    response.setHeader('content-security-policy', policy);
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
  }

  #watch(response: ServerResponse): void {
    if (this.#viewers.size >= maxViewers)
      return end(response, 503, `expected at most ${maxViewers} pages that watch, received one more`);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    this.#guard.letStay(response.req.socket);
    const viewer = new Viewer(response, this.session);
    this.#viewers.add(viewer);
    response.on('close', () => this.#viewers.delete(viewer));
  }

  async #take(request: IncomingMessage, response: ServerResponse, query: URLSearchParams): Promise<void> {
    const source = query.get('source') ?? '';
    if (!/^[\w-]{0,40}$/.test(source))
      return end(response, 400, 'source: expected at most 40 letters, digits and dashes');
    const body = await readBody(request);
    if (body === null) {
      response.setHeader('connection', 'close');
      return end(response, 413, `expected at most ${maxMessage} bytes, received more`);
    }
    const dropped = Number(query.get('dropped') ?? 0);
    if (Number.isSafeInteger(dropped) && dropped > 0) this.session.noteDropped(dropped);
    const lines = body.split('\n').filter((line) => line.trim() !== '');
    const problems = this.#takeAll(lines, source);
    const answer = { taken: lines.length - problems.length, problems: problems.slice(0, maxToldAtOnce) };
    response.writeHead(200, { 'content-type': 'application/json' }).end(`${JSON.stringify(answer)}\n`);
  }

  /** Takes records, and returns what was wrong with those that were not taken. */
  #takeAll(lines: readonly string[], source: string): readonly string[] {
    const problems: string[] = [];
    for (const line of lines) {
      const read = parseRecord(line);
      const record = read.ok ? { ...read.record, ...(source === '' ? {} : { source }) } : null;
      const problem = record ? this.session.add(record) : read.ok ? null : read.problem;
      if (problem !== null) problems.push(problem);
      if (record) this.#options.onRecord?.(record);
    }
    for (const viewer of this.#viewers) viewer.tell();
    for (const problem of new Set(problems.slice(0, maxToldAtOnce))) {
      this.#options.onProblem?.(problem);
      for (const viewer of this.#viewers) viewer.warn(problem);
    }
    return problems;
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => undefined);
    const refusal = this.#refusal(request) ?? (this.#sockets ? null : 'the package ws is not installed');
    const isLetIn = refusal === null && this.#guard.letIn(request.socket);
    if (!isLetIn || this.#sockets === null) {
      const answer = `HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n${refusal ?? 'too many connections'}\n`;
      socket.end(answer, () => socket.destroy());
      return;
    }
    this.#guard.letStay(request.socket);
    this.#sockets.take(request, socket, head, (message, source) => {
      if (message === null) this.#options.onProblem?.('expected a text, received bytes');
      else this.#takeAll([message], source);
    });
  }
}

const commonHeaders = {
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  vary: 'origin',
};

/** Answers, and has done with the connection. */
function refuse(response: ServerResponse, status: number, text: string): void {
  response.setHeader('connection', 'close');
  end(response, status, text);
}

function end(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}

function isSame(one: string, other: string): boolean {
  const [first, second] = [one, other].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(first!, second!);
}

/** The body as a text; null if it is too long. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxMessage) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
