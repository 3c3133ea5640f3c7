import type { Answer } from './answer.ts';

const jsonType = 'application/json';

/** A connection that broke before the answer came, as `fetch` reports it. */
export class ConnectionReset extends TypeError {
  constructor() {
    super('fetch failed', { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) });
  }
}

/** The response of an answer; throws as `fetch` does where the connection breaks. */
export function responseOf({ status, body, type, headers, mishap }: Answer): Response {
  if (mishap?.fault === 'reset') throw new ConnectionReset();
  // Made anew each time: some servers write into the headers that they are given.
  const all = { 'content-type': type ?? jsonType, ...headers };
  if (status === 204) return new Response(null, { status, headers: { ...headers } });
  if (mishap?.fault === 'truncated') return new Response(brokenOff(body), { status, headers: all });
  return new Response(body, { status, headers: all });
}

/** The part of a body that arrives before it breaks off. */
export const partOf = (body: string): string => body.slice(0, Math.floor(body.length / 2));

/** A body of which half arrives, and then an error. */
function brokenOff(body: string): ReadableStream<Uint8Array> {
  let isBroken = false;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      if (isBroken) return controller.error(new ConnectionReset());
      isBroken = true;
      controller.enqueue(new TextEncoder().encode(partOf(body)));
    },
  });
}
