/** Requests as tools and logs write them, beside their answers. */
import { isStructured } from './bodies.ts';
import type { Answer, Context } from './context.ts';
import { spelledValue } from '../json/text.ts';
import { isObject, memberOf, type JsonObject } from './fields.ts';

/** A value that is a text. */
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Members that may hold the request of what stands beside them. */
export const requestNames = ['request', 'req', 'originalRequest', 'config'] as const;
/** Members that may hold the address of a request, in any form. */
export const addressNames = ['url', 'absoluteUrl', 'urlPath', 'path', 'uri', 'request_uri'] as const;

const methodNames = ['method', 'request_method', 'httpMethod'] as const;

/** A request by what is known of it. */
export interface AskedFor {
  readonly url: string;
  readonly method: string | undefined;
}

/** The request that an object tells of, in a member or by its own ones; undefined without an address. */
export function requestIn(object: JsonObject): AskedFor | undefined {
  for (const name of requestNames) {
    const request = memberOf(object, name);
    if (typeof request === 'string') {
      const [, verb, address] = requestLine.exec(request) ?? [];
      if (address !== undefined) return { url: address, method: verb };
    }
    const url = isObject(request) ? urlOf(request) : undefined;
    if (url !== undefined) return { url, method: methodOf(request as JsonObject) };
  }
  const url = urlOf(object);
  return url === undefined ? undefined : { url, method: methodOf(object) };
}

/** A request as servers write it into their logs: `GET /path HTTP/1.1`. */
const requestLine = /^([A-Z]+) (\S+)(?: HTTP\/\S+)?$/;

/** The method of a request. */
export const methodOf = (request: JsonObject): string | undefined =>
  spelledBy(methodNames.map((name) => memberOf(request, name)).find((one) => one !== undefined)) ??
  headerOf(request, ':method');

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
  const given = addressNames.map((name) => memberOf(request, name)).find((one) => one !== undefined);
  const address = spelledBy(given) ?? headerOf(request, ':path');
  if (address !== undefined) {
    const asked = queryOf(memberOf(request, 'query') ?? memberOf(request, 'queryStringParameters'));
    return asked === '' || address.includes('?') ? address : `${address}?${asked}`;
  }
  if (!isObject(given)) return undefined;
  const raw = memberOf(given, 'raw');
  if (typeof raw === 'string') return raw;
  const joined = (name: 'host' | 'path', by: string): string => {
    const parts = memberOf(given, name);
    return Array.isArray(parts) ? parts.join(by) : (textOf(parts) ?? '');
  };
  const host = joined('host', '.');
  const asked = queryOf(memberOf(given, 'query'));
  const origin = host === '' ? '' : `${textOf(memberOf(given, 'protocol')) ?? 'http'}://${host}`;
  return `${origin}/${joined('path', '/')}${asked === '' ? '' : `?${asked}`}`;
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
    spelledBy(value) ?? (Array.isArray(value) ? (textOf(value[0]) ?? '') : '');
  return pairs.map(([name, value]) => `${textOf(name) ?? ''}=${first(value)}`).join('&');
}
