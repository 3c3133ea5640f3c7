import type { KeptFolder } from '../session/kept-folder.ts';
import { uuidOf } from '../session/random.ts';
import { failure, json, type Answer } from '../transport/answer.ts';
import {
  addMedia,
  createFolder,
  deleteFolder,
  getAnalyses,
  getAnalysis,
  getFolder,
  instantFolder,
  missing,
  postGroup,
  type Call,
} from './folders.ts';
import { listFolders } from './list.ts';
import { isMembers } from './read-body.ts';

type Route = (call: Call, folder: KeptFolder, id: string) => Answer;
type Methods = Readonly<Partial<Record<string, Route>>>;

/** Tokens that are refused wherever they are sent. */
const refusedTokens = { invalid: 'wrong-token', expired: 'old-token', forbidden: 'forbidden' } as const;

/** How long an access token is said to be good for, in seconds. */
const tokenSeconds = 900;

const routes = {
  '/api/folders': { GET: listFolders, POST: createFolder },
  '/api/instant/folders': { POST: instantFolder },
  '/api/folders/{folder_id}': { GET: getFolder, DELETE: deleteFolder },
  '/api/folders/{folder_id}/analyses': { GET: getAnalyses, POST: postGroup },
  '/api/folders/{folder_id}/media': { POST: addMedia },
  '/api/analyses/{analyse_id}': { GET: getAnalysis },
  '/api/authorize/session_token': { GET: sessionToken },
  '/api/authorize/refresh': { POST: refreshToken },
} as const satisfies Record<string, Methods>;

/** Every route with its methods. */
export const apiRoutes: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(routes).map(([path, methods]) => [path, Object.keys(methods)]),
);

/** The text of an id in a path; undefined where its escapes mean nothing. */
function decoded(part: string): string | undefined {
  if (!part.includes('%')) return part;
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

interface Found {
  readonly methods: Methods;
  readonly of?: 'folder' | 'analysis';
  readonly id: string;
}

/** The route of a path below the base URL, without its query; undefined: there is none. */
function find(path: string): Found | undefined {
  const plain = path.endsWith('/') ? path.slice(0, -1) : path;
  const [, , first = '', second, third, ...more] = plain.split('/');
  if (more.length > 0) return undefined;
  if (first === 'folders' || first === 'analyses') {
    if (second === undefined)
      return first === 'folders' ? { methods: routes['/api/folders'], id: '' } : undefined;
    const id = decoded(second);
    if (id === undefined || id === '') return undefined;
    if (first === 'analyses') {
      const methods = routes['/api/analyses/{analyse_id}'];
      return third === undefined ? { methods, of: 'analysis', id } : undefined;
    }
    if (third === undefined) return { methods: routes['/api/folders/{folder_id}'], of: 'folder', id };
    const below = `/api/folders/{folder_id}/${third}`;
    return Object.hasOwn(routes, below)
      ? { methods: routes[below as keyof typeof routes], of: 'folder', id }
      : undefined;
  }
  return Object.hasOwn(routes, plain) ? { methods: routes[plain as keyof typeof routes], id: '' } : undefined;
}

/** Answers a request to the API of a session; `path` is below its base URL and has no query. */
export function answerApi(call: Call, path: string): Answer {
  const found = find(path);
  if (!found) return failure('missing', `there is no route ${path.slice(0, 100)}`);
  const refusal = refuseToken(call);
  if (refusal) return refusal;
  const route = Object.hasOwn(found.methods, call.ask.method) ? found.methods[call.ask.method] : undefined;
  if (!route) {
    const allow = Object.keys(found.methods).join(', ');
    const message = `expected ${allow}, received ${call.ask.method.slice(0, 20)}`;
    return failure('unknown', message, { status: 405, headers: { allow } });
  }
  const { session } = call;
  const { id, of } = found;
  const folder = of === 'analysis' ? session.homeOf(id) : session.folders.get(id);
  if (of !== undefined && !folder) return missing(of, id);
  return route(call, folder as KeptFolder, id);
}

function refuseToken({ session, ask }: Call): Answer | undefined {
  const { token } = ask;
  if (token === null)
    return session.settings.token === 'required'
      ? failure('no-token', 'expected the header X-Forensic-Access-Token, received none')
      : undefined;
  if (!Object.hasOwn(refusedTokens, token)) return undefined;
  return failure(refusedTokens[token as keyof typeof refusedTokens], `the token is ${token}`);
}

function sessionToken({ session }: Call): Answer {
  return json(200, { session_token: uuidOf(`${session.key} token ${session.now}`) });
}

function refreshToken({ session, ask }: Call): Answer {
  const value = ask.content.is === 'json' ? ask.content.value : undefined;
  const given = isMembers(value) ? value['expire_token'] : undefined;
  if (typeof given !== 'string') return failure('structure', 'expire_token: expected a text');
  if (Object.hasOwn(refusedTokens, given))
    return failure(refusedTokens[given as keyof typeof refusedTokens], `the token is ${given}`);
  return json(200, {
    access_token: uuidOf(`${session.key} ${given} access`),
    expire_date: Math.floor(session.now / 1000) + tokenSeconds,
    expire_token: uuidOf(`${session.key} ${given} expire`),
  });
}
