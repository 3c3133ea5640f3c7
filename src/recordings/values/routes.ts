import { isQuotable } from '../../observations/quoting.ts';
import type { Answer, Context, OwnRoute } from './context.ts';

/** The methods whose answers hold folders or analyses. */
export const readMethods: ReadonlySet<string> = new Set(['GET', 'POST', 'PATCH', 'PUT']);

/** Whether the answer to a request of this method may hold folders or analyses; an absent method may be any. */
export function isReadMethod(method: string | undefined): boolean {
  return method === undefined || readMethods.has(method.toUpperCase());
}

/** What a route can answer with. */
export const routeKinds = {
  folders: { holds: 'folder' },
  analyses: { holds: 'analysis' },
  'new-folder': { holds: 'folder', created: 'folder' },
  'new-analyses': { holds: 'analysis', created: 'analyses' },
} as const satisfies Record<string, Pick<Answer, 'holds' | 'created'>>;

/** Every documented route, without its last slash. */
export const documentedRoutes = [
  '/api/folders',
  '/api/instant/folders',
  '/api/folders/{folder_id}',
  '/api/folders/{folder_id}/analyses',
  '/api/analyses/{analyse_id}',
] as const;

/** The documented routes under any prefix, with or without the last slash. */
export const routes =
  /^.*\/api\/(?:folders|instant\/folders|folders\/(?<folder>[^/]+)|folders\/(?<owner>[^/]+)\/analyses|analyses\/(?<analysis>[^/]+))\/?$/;

/** Names that stand for an id in the path of a route. */
const idNames = { folder_id: 'folder', analyse_id: 'analysis', analysis_id: 'analysis' } as const;

const routeText = /^(?:([A-Za-z]+)\s+)?(\/\S*)=([a-z-]+)$/;

/** A route as it is written, `METHOD /path=kind`, or what was expected instead. */
export function parseRoute(text: string): OwnRoute | { readonly expected: string } {
  const [, method, path = '', kind = ''] = routeText.exec(text.trim()) ?? [];
  if (path === '') return { expected: 'METHOD /path=KIND' };
  if (!Object.hasOwn(routeKinds, kind))
    return { expected: `one of ${Object.keys(routeKinds).join(', ')} after =` };
  const taken = new Set<string>();
  const parts = path.replace(/\/$/, '').split('/').slice(1);
  const pattern = parts.map((part) => {
    if (part === '*') return '/[^/]+';
    const [, name = ''] = /^\{(\w+)\}$/.exec(part) ?? [];
    if (!Object.hasOwn(idNames, name)) return `/${part.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)}`;
    const group = idNames[name as keyof typeof idNames];
    if (taken.has(group)) return '/[^/]+';
    taken.add(group);
    return `/(?<${group}>[^/]+)`;
  });
  return {
    ...(method === undefined ? {} : { method: method.toUpperCase() }),
    path: new RegExp(`^.*${pattern.join('')}/?$`),
    answer: routeKinds[kind as keyof typeof routeKinds],
  };
}

/** The host that a path is read against. */
const relativeHost = 'recording.invalid';

/**
 * What the answer to the request is, or undefined where its URL is none of the routes or does not agree with the prefix
 * asked for. Of a folder creation and a POST of analyses it says what was created.
 */
export function answerOf(
  url: string,
  method: string | undefined,
  context: Pick<Context, 'routePrefix' | 'naming'> & Partial<Pick<Context, 'routes'>>,
): Answer | undefined {
  const { routePrefix, naming } = context;
  const parsed = parseUrl(url);
  if (!parsed) return undefined;
  // Servers take several slashes for one.
  const pathname = parsed.pathname.replaceAll(/\/{2,}/g, '/');
  if (!parsed.pathname.startsWith(routePrefix) && !url.startsWith(routePrefix)) return undefined;
  const nameOf = (segment: string) => naming.id(decode(segment));
  const withAnalyses = asksForAnalyses(parsed);
  for (const own of context.routes ?? []) {
    const match = own.path.exec(pathname);
    if (!match || (own.method !== undefined && own.method !== method?.toUpperCase())) continue;
    const { folder = parsed.searchParams.get('folder_id') ?? undefined, analysis } = match.groups ?? {};
    return {
      ...own.answer,
      isOwn: true,
      ...(folder !== undefined && { folderId: nameOf(folder) }),
      ...(analysis !== undefined && { analysisId: nameOf(analysis) }),
      withAnalyses,
    };
  }
  const match = routes.exec(pathname);
  if (!match) return undefined;
  const { folder, owner, analysis } = match.groups ?? {};
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

/** More parts of a path than this are cut off where it is shown. */
const maxParts = 8;

/**
 * A request as a report may show it: its method and its path, with `*` for every part that may be an id, a name or a
 * token; nothing else of the address.
 */
export function shownRequest(url: string, method: string | undefined): string {
  const parts = (parseUrl(url)?.pathname ?? '/*').split('/').slice(1);
  const shown = parts.slice(0, maxParts).map((part) => {
    const isWord = part === '' || isQuotable(part) || /^v\d{1,2}$/.test(part);
    return isWord ? part : '*';
  });
  const rest = parts.length > maxParts ? '/…' : '';
  const verb = method !== undefined && isQuotable(method) ? `${method.toUpperCase()} ` : '';
  return `${verb}/${shown.join('/')}${rest}`;
}

/** Whether a request that is left aside looks like one that is read, as a gateway may have it. */
export const isLikeRead = (shown: string): boolean => /\/(?:folders|analyses)(?:\/|$)/i.test(shown);

/** A route as `--route` takes it for a request as a report shows it, by what its path is like. */
export function routeLike(shown: string): string {
  const path = shown
    .replace(/(\/folders)\/\*/i, '$1/{folder_id}')
    .replace(/(\/analyses)\/\*/i, '$1/{analyse_id}')
    .replace(/\/$/, '');
  const isPost = shown.startsWith('POST ');
  if (/\/analyses(?:\/\{analyse_id\})?$/i.test(path))
    return `${path}=${isPost ? 'new-analyses' : 'analyses'}`;
  return `${path}=${isPost && /\/folders$/i.test(path) ? 'new-folder' : 'folders'}`;
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
