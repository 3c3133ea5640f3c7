import type { FolderEvent } from '../../machines/index.ts';

/** Asks for something, as `fetch` does. */
export type Fetch = (request: Request) => Promise<Response>;

/** How often an answer that did not come is asked for again. */
const maxTries = 10;

/** Asks until an answer comes: faults of the way are no answers. Undefined: none came, or it is no JSON. */
export async function asked(fetch: Fetch, make: () => Request): Promise<unknown> {
  for (let at = 0; at < maxTries; at++) {
    try {
      const response = await fetch(make());
      const text = await response.text();
      if (response.status === 429 || response.status >= 500) continue;
      return JSON.parse(text) as unknown;
    } catch (error) {
      // A body that is no JSON is an answer, if a strange one; a connection that broke is none.
      if (error instanceof SyntaxError) return undefined;
    }
  }
  return undefined;
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;

/** The folder that was played in. */
export interface Played {
  readonly folder: string;
  /** How many answers were seen. */
  readonly polls: number;
}

/**
 * Plays the part of a client in an execution against a service: creates a folder, posts the groups as they come, and
 * polls after each of the other events, and a few times more.
 */
export async function playClient(
  fetch: Fetch,
  baseUrl: string,
  execution: readonly FolderEvent[],
  pollsAtEnd = 4,
): Promise<Played> {
  const ask = (method: string, path: string, body?: unknown): Promise<unknown> =>
    asked(fetch, () => {
      const sent =
        body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
      return new Request(`${baseUrl}${path}`, { method, ...sent });
    });
  const created = await ask('POST', '/api/folders/', {});
  const folder = String(member(created, 'folder_id'));
  let polls = 0;
  const poll = async (): Promise<void> => {
    await ask('GET', `/api/folders/${folder}?with_analyses=true`);
    polls += 1;
  };
  for (const event of execution) {
    if (event.type === 'group.posted') {
      const analyses = event.analyses.map(({ kind }) => ({ type: kind.toLowerCase() }));
      await ask('POST', `/api/folders/${folder}/analyses/`, { analyses });
    }
    await poll();
  }
  for (let at = 0; at < pollsAtEnd; at++) await poll();
  return { folder, polls };
}
