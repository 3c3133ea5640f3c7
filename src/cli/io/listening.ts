import { fileReason } from './file-reasons.ts';

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'something else listens there',
  EADDRNOTAVAIL: 'this computer has no such address',
  EACCES: 'permission is denied, which ports below 1024 often need',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name of the host cannot be looked up now',
};

/** An address as URLs have it: those of IPv6 in brackets. */
export const hostInUrl = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** Why nothing can listen at an address, in words as far as there are any. */
export function listenReason(error: unknown): string {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND')
    return 'the optional packages hono and @hono/node-server are not installed: npm install hono @hono/node-server';
  return reasons[code] ?? fileReason(error);
}
