import type { Server } from 'node:http';
import { printable } from '../../text/escape.ts';

/**
 * How long a client may take, in milliseconds, how often that is looked at, and how much it may send ahead of its body, in
 * bytes. Node looks every half a minute if nothing is said, so that slow clients could hold all connections for so long.
 */
export const patience = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
  maxHeaderSize: 16_384,
} as const;

const loopbackNames: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

/** Whether an address is reached from this computer alone. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);

/**
 * Why a request is not let in to a server that listens at `host`; null if it is. A page elsewhere can neither name this
 * host nor be of an allowed origin.
 */
export function refusedBecause(
  host: string,
  named: string,
  origin: string | null,
  origins: ReadonlySet<string>,
): string | null {
  const name = named.replace(/:\d*$/, '').toLowerCase();
  if (isLoopback(host) && name !== host && !loopbackNames.includes(name))
    return `host: expected ${loopbackNames.join(' or ')}, received ${printable(named, 60)}`;
  if (origin === null || origins.has(origin) || origin === `http://${named}`) return null;
  return `origin: expected one that was named by --allow-origin, received ${printable(origin, 60)}`;
}

/** How long open requests are waited for at the end, in milliseconds. */
const graceful = 3_000;

/** Lets a server take no more requests, and resolves when those that were under way are answered. */
export async function endServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
  server.closeIdleConnections();
  const late = setTimeout(() => server.closeAllConnections(), graceful);
  await closed;
  clearTimeout(late);
}
