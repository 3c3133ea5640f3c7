import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { fileReason } from '../io/file-reasons.ts';
import { hostInUrl } from '../io/listening.ts';
import { endServer, patience, refusedBecause } from '../io/loopback.ts';
import { askOf, partOf, responseOf, type Answer, type Simulator } from '../../simulator/index.ts';

/** What the server is made of. */
export interface SimulatorServerOptions {
  readonly simulator: Simulator;
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Origins of pages that may ask. */
  readonly origins?: readonly string[];
  /** Hears of every answer. */
  readonly onAnswer?: (method: string, path: string, status: number) => void;
  /** Hears of what should not happen. */
  readonly onProblem?: (problem: string) => void;
  /** Waits for so many milliseconds; the clock of the system unless another is given. */
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}

/** A running server. */
export interface SimulatorServer {
  /** Its base URL, without a last stroke. */
  readonly url: string;
  /** Takes no more requests, and resolves when those that were under way are answered. */
  close(): Promise<void>;
}

/** The most connections at once. */
export const maxConnections = 2_000;

/** How many pieces a slow body comes in. */
const slowPieces = 4;

interface Outside {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
}

/** Starts the server; rejects with the error of the system, or where the packages for it are not installed. */
export async function startSimulatorServer(options: SimulatorServerOptions): Promise<SimulatorServer> {
  const { simulator, host, port, onAnswer, onProblem, pause = setTimeout } = options;
  const [{ Hono }, { createAdaptorServer }, { RESPONSE_ALREADY_SENT }] = await Promise.all([
    import('hono'),
    import('@hono/node-server'),
    import('@hono/node-server/utils/response'),
  ]);
  const origins: ReadonlySet<string> = new Set(options.origins ?? []);
  const app = new Hono<{ Bindings: Outside }>();
  app.all('*', async (context) => {
    const request = context.req.raw;
    const { outgoing } = context.env;
    const origin = request.headers.get('origin');
    const refusal = refusedBecause(host, request.headers.get('host') ?? '', origin, origins);
    if (refusal !== null) return context.json({ error_code: 9, error_message: refusal, details: null }, 403);
    if (origin !== null) for (const [name, value] of corsHeaders(origin)) context.header(name, value);
    if (origin !== null && request.method === 'OPTIONS') return context.body(null, 204);
    const ask = await askOf(request, simulator.maxBody);
    const answer = simulator.answer(ask);
    onAnswer?.(ask.method, ask.path, answer.status);
    const { mishap } = answer;
    if (!mishap) return withHeaders(responseOf(answer), origin);
    if (mishap.fault === 'latency') {
      await pause(mishap.delay);
      const { mishap: _, ...rest } = answer;
      return withHeaders(responseOf(rest), origin);
    }
    await meet(answer, outgoing, pause);
    return RESPONSE_ALREADY_SENT;
  });
  app.onError((error, context) => {
    if ('syscall' in error) {
      const problem = `what happens cannot be written down: ${fileReason(error)}`;
      onProblem?.(problem);
      context.header('retry-after', '5');
      return context.json({ error_code: 0, error_message: problem, details: null }, 503);
    }
    onProblem?.(error.message);
    return context.json({ error_code: 0, error_message: 'an error of the simulator', details: null }, 500);
  });
  const server = createAdaptorServer({ fetch: app.fetch, hostname: host, serverOptions: patience }) as Server;
  server.maxConnections = maxConnections;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  server.removeAllListeners('error').on('error', (error) => onProblem?.(error.message));
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${hostInUrl(host)}:${taken}`,
    close: () => endServer(server),
  };
}

const corsHeaders = (origin: string): readonly (readonly [string, string])[] => [
  ['access-control-allow-origin', origin],
  ['access-control-allow-methods', 'GET, POST, DELETE'],
  ['access-control-allow-headers', 'content-type, x-forensic-access-token'],
  ['vary', 'origin'],
];

function withHeaders(response: Response, origin: string | null): Response {
  if (origin !== null) for (const [name, value] of corsHeaders(origin)) response.headers.set(name, value);
  return response;
}

/** Lets an answer meet its fault on the way. */
async function meet(
  { status, body, mishap }: Answer,
  outgoing: ServerResponse,
  pause: NonNullable<SimulatorServerOptions['pause']>,
): Promise<void> {
  const { socket } = outgoing;
  if (mishap?.fault === 'reset') return void socket?.resetAndDestroy();
  const bytes = Buffer.from(body);
  outgoing.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length });
  if (mishap?.fault === 'truncated') {
    outgoing.write(partOf(body), () => socket?.destroy());
    return;
  }
  const size = Math.max(1, Math.ceil(bytes.length / slowPieces));
  for (let from = 0; from < bytes.length; from += size) {
    outgoing.write(bytes.subarray(from, from + size));
    // oxlint-disable-next-line no-await-in-loop -- the pieces come one after the other
    await pause((mishap?.delay ?? 0) / slowPieces);
  }
  outgoing.end();
}
