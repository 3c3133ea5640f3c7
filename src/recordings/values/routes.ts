import type { Answer, Context } from './context.ts';

/** The methods whose answers hold folders or analyses. */
export const readMethods: ReadonlySet<string> = new Set(['GET', 'POST', 'PATCH', 'PUT']);

/** Whether the answer to a request of this method may hold folders or analyses; an absent method may be any. */
export function isReadMethod(method: string | undefined): boolean {
  return method === undefined || readMethods.has(method.toUpperCase());
}

/** The documented routes under any prefix, with or without the last slash. */
export const routes =
  /^.*\/api\/(?:folders|folders\/(?<folder>[^/]+)|folders\/(?<owner>[^/]+)\/analyses|analyses\/(?<analysis>[^/]+))\/?$/;

/** The host that a path is read against. */
const relativeHost = 'recording.invalid';

/**
 * What the answer to the request is, or undefined where its URL is none of the documented routes or does not agree
 * with the prefix asked for. Of a folder creation and a POST of analyses it says what was created.
 */
export function answerOf(
  url: string,
  method: string | undefined,
  { routePrefix, naming }: Pick<Context, 'routePrefix' | 'naming'>,
): Answer | undefined {
  const parsed = parseUrl(url);
  if (!parsed) return undefined;
  if (!parsed.pathname.startsWith(routePrefix) && !url.startsWith(routePrefix)) return undefined;
  const match = routes.exec(parsed.pathname);
  if (!match) return undefined;
  const { folder, owner, analysis } = match.groups ?? {};
  const nameOf = (segment: string) => naming.id(decode(segment));
  const withAnalyses = asksForAnalyses(parsed);
  const isPost = method?.toUpperCase() === 'POST';
  if (analysis) return { analysisId: nameOf(analysis), holds: 'analysis', withAnalyses };
  if (folder) return { folderId: nameOf(folder), holds: 'folder', withAnalyses };
  if (!owner) return { holds: 'folder', ...(isPost && { created: 'folder' }), withAnalyses };
  const created = isPost ? ({ created: 'analyses' } as const) : {};
  return { folderId: nameOf(owner), holds: 'analysis', ...created, withAnalyses };
}

/** The address of a documented route without what `answerOf` does not read: credentials, other queries, the fragment. */
export function leanAddress(url: string): string {
  const parsed = parseUrl(url);
  if (!parsed) return '';
  const isHost = /^https?:$/.test(parsed.protocol) && parsed.hostname !== relativeHost;
  const origin = isHost ? parsed.origin : '';
  return `${origin}${parsed.pathname}${asksForAnalyses(parsed) ? '?with_analyses=true' : ''}`;
}

function asksForAnalyses({ searchParams }: URL): boolean {
  return /^(?:true|1)$/i.test(searchParams.get('with_analyses') ?? '');
}

function parseUrl(url: string): URL | undefined {
  try {
    return new URL(url, `http://${relativeHost}`);
  } catch {
    return undefined;
  }
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
