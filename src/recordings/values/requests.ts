/** Requests as tools and logs write them, beside their answers. */
import { isStructured } from './bodies.ts';
import type { Answer, AskedFor, Context } from './context.ts';
import { spelledValue } from '../json/text.ts';
import { isObject, memberOf, type JsonObject } from './fields.ts';

/** A value that is a text. */
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Members that hold what was sent. */
export const requestNames = ['request', 'req', 'originalRequest', 'config', 'httpRequest'] as const;

/** Names that were made bare before: those of a log are the same on every line. */
const madeBare = new Map<string, string>();
const mostMadeBare = 1024;
const longestMadeBare = 64;

/** A name without what programs change of it. */
export function bare(name: string): string {
  const known = madeBare.get(name);
  if (known !== undefined) return known;
  const made = name.replaceAll(/[^A-Za-z]/g, '').toLowerCase();
  if (madeBare.size < mostMadeBare && name.length <= longestMadeBare) madeBare.set(name, made);
  return made;
}

/** Members that may tell of the request of what stands beside them, and of a request its address and method, by their bare names. */
const holderNames: readonly string[] = [
  ...requestNames.map(bare),
  'http',
  'event',
  'requestoptions',
  'requestheader',
  'span',
];
const addressNames: readonly string[] = (
  'url absoluteurl urlpath path uri requesturi requesturl requestpath ' +
  'fullurl originalurl urlfull httpurl httptarget httppath httprequestfulluri httphttprequestfulluri'
).split(' ');
const methodNames: readonly string[] =
  'method requestmethod httpmethod httprequestmethod httphttprequestmethod verb'.split(' ');
/** The longest name of them. */
const longestName = 26;

/** The members that have one of these bare names, in the order of the names. */
export function membersNamed(object: JsonObject, names: readonly string[]): readonly unknown[] {
  const found: unknown[] = [];
  for (const key of Object.keys(object)) {
    const at = key.length > longestName ? -1 : names.indexOf(bare(key));
    if (at >= 0) found[at] ??= object[key] ?? undefined;
  }
  return found.filter((one) => one !== undefined);
}

/** Members of an address that is an object and has it whole. */
const wholeNames = ['raw', 'original', 'full'] as const;

/** The request that an object tells of, in a member or by its own ones; undefined without an address. */
export function requestIn(object: JsonObject): AskedFor | undefined {
  for (const request of membersNamed(object, holderNames)) {
    if (typeof request === 'string') {
      const [, verb, address] = requestLine.exec(request) ?? [];
      if (address !== undefined) return { url: address, method: verb };
    }
    const url = isObject(request) ? urlOf(request) : undefined;
    if (url !== undefined) return { url, method: methodOf(request as JsonObject) };
  }
  const own = { ...attributesOf(object), ...object };
  const url = urlOf(own);
  return url === undefined ? undefined : { url, method: methodBeside(own) };
}

/** The attributes of a record, which OpenTelemetry writes as a list of typed values, and Jaeger of plain ones. */
function attributesOf(object: JsonObject): JsonObject {
  const attributes = memberOf(object, 'attributes') ?? memberOf(object, 'tags');
  if (!Array.isArray(attributes)) return isObject(attributes) ? attributes : {};
  const named = attributes.filter(isObject).map((one): [string, unknown] => {
    const value = memberOf(one, 'value');
    return [textOf(memberOf(one, 'key')) ?? '', isObject(value) ? memberOf(value, 'stringValue') : value];
  });
  return Object.fromEntries(named);
}

/** The method of a request whose address stands beside it. */
function methodBeside(object: JsonObject): string | undefined {
  const http = memberOf(object, 'http');
  const request = isObject(http) ? memberOf(http, 'request') : undefined;
  const [, verb] = /^([A-Z]+) \S/.exec(textOf(membersNamed(object, ['name'])[0]) ?? '') ?? [];
  return methodOf(object) ?? (isObject(request) ? methodOf(request) : undefined) ?? verb ?? verbIn(object);
}

/** The method of a request whose first line is the name of a member, as tshark has it. */
function verbIn(object: JsonObject): string | undefined {
  const line = Object.keys(object).find((key) => requestLine.test(key) && key.includes(' HTTP/'));
  return line && requestLine.exec(line)?.[1];
}

/** A request as servers write it into their logs, `GET /path HTTP/1.1`, also with its headers below. */
const requestLine = /^([A-Z]+) (\S+)(?: HTTP\/\S+)?(?:\r?\n|$)/;

/** The method of a request. */
export const methodOf = (request: JsonObject): string | undefined =>
  spelledBy(membersNamed(request, methodNames)[0]) ?? headerOf(request, ':method');

/**
 * What a route of somebody's own answers, with the folder that the body of the request names if the address names none;
 * the body stands there as a value, as text, or as HAR has it.
 */
export function withFolderSent(answer: Answer, request: JsonObject, context: Context): Answer {
  if (context.routes.length === 0 || answer.folderId !== undefined) return answer;
  const posted = memberOf(request, 'postData');
  const body = isObject(posted) ? memberOf(posted, 'text') : memberOf(request, 'body');
  const isText = typeof body === 'string' && isStructured(body);
  const value = isText ? spelledValue(body, context.maxDepth) : body;
  const sent = isObject(value) ? memberOf(value, 'folder_id') : undefined;
  return typeof sent === 'string' && sent !== ''
    ? { ...answer, sentFolderId: context.naming.id(sent) }
    : answer;
}

/** A text, also where it is what a mock asks for: a list of matchers, the first of which has the value. */
function spelledBy(value: unknown): string | undefined {
  const [matcher] = Array.isArray(value) ? (value as readonly unknown[]) : [];
  return textOf(isObject(matcher) ? memberOf(matcher, 'value') : value);
}

/** A header that is kept in a list of names and values, as Envoy keeps the address. */
function headerOf(request: JsonObject, name: string): string | undefined {
  const headers = memberOf(request, 'headers');
  if (!Array.isArray(headers)) return undefined;
  const found = headers.find((one) => isObject(one) && memberOf(one, 'key') === name) as
    | JsonObject
    | undefined;
  return found && textOf(memberOf(found, 'value'));
}

/** The address of a request, also where it is kept in parts. */
export function urlOf(request: JsonObject): string | undefined {
  const all = membersNamed(request, addressNames);
  const [given] = all;
  // Beside a path there may be the address with its query.
  const asking = all.map(spelledBy).find((one) => one?.includes('?'));
  const address = asking ?? spelledBy(given) ?? headerOf(request, ':path') ?? dependencyOf(request);
  if (address !== undefined) {
    const query = queryNames.map((name) => memberOf(request, name)).find((one) => one !== undefined);
    const [asked, full] = [queryOf(query), behindBase(address, request)];
    return asked === '' || full.includes('?') ? full : `${full}?${asked}`;
  }
  if (!isObject(given)) return undefined;
  const whole = wholeNames.map((name) => memberOf(given, name)).find((one) => typeof one === 'string');
  if (typeof whole === 'string') return whole;
  const joined = (name: 'host' | 'path', by: string): string => {
    const parts = memberOf(given, name);
    return Array.isArray(parts) ? parts.join(by) : (textOf(parts) ?? '');
  };
  const host = joined('host', '.');
  const asked = queryOf(memberOf(given, 'query'));
  const origin = host === '' ? '' : `${textOf(memberOf(given, 'protocol')) ?? 'http'}://${host}`;
  return `${origin}/${joined('path', '/')}${asked === '' ? '' : `?${asked}`}`;
}

/** Members that hold the query of an address. */
const queryNames = ['query', 'queryStringParameters', 'params'] as const;

/** An address behind the base that a client puts before it, as axios does, unless it is whole. */
function behindBase(address: string, request: JsonObject): string {
  const base = textOf(membersNamed(request, ['baseurl', 'prefixurl'])[0]);
  const isWhole = base === undefined || base === '' || /^[a-z][a-z\d+.-]*:\/\/|^\/\//i.test(address);
  return isWhole ? address : `${base.replace(/\/+$/, '')}/${address.replace(/^\/+/, '')}`;
}

/** The address of a dependency, as Application Insights keeps it, and what is no body. */
function dependencyOf(object: JsonObject): string | undefined {
  const data = textOf(membersNamed(object, ['data'])[0]);
  return data !== undefined && /^https?:\/\/\S+$/.test(data) ? data : undefined;
}

/** A query as it stands in an address, from a text, a list of names and values, or an object of them. */
function queryOf(query: unknown): string {
  if (typeof query === 'string') return query;
  const pairs: readonly (readonly [name: unknown, value: unknown])[] = Array.isArray(query)
    ? query
        .filter(isObject)
        .map((one) => [
          memberOf(one, 'key') ?? memberOf(one, 'name'),
          memberOf(one, 'value') ?? memberOf(one, 'values'),
        ])
    : Object.entries(isObject(query) ? query : {});
  const first = (value: unknown): string =>
    (value === true ? 'true' : spelledBy(value)) ?? (Array.isArray(value) ? (textOf(value[0]) ?? '') : '');
  return pairs.map(([name, value]) => `${textOf(name) ?? ''}=${first(value)}`).join('&');
}
