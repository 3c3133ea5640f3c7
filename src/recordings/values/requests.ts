/** Requests as tools and logs write them, beside their answers. */
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
  textOf(methodNames.map((name) => memberOf(request, name)).find((one) => one !== undefined));

/** The address of a request, also where it is kept in parts. */
export function urlOf(request: JsonObject): string | undefined {
  const given = addressNames.map((name) => memberOf(request, name)).find((one) => one !== undefined);
  if (typeof given === 'string') {
    const asked = memberOf(request, 'query');
    return typeof asked === 'string' && !given.includes('?') ? `${given}?${asked}` : given;
  }
  if (!isObject(given)) return undefined;
  const raw = memberOf(given, 'raw');
  if (typeof raw === 'string') return raw;
  const joined = (name: 'host' | 'path', by: string): string => {
    const parts = memberOf(given, name);
    return Array.isArray(parts) ? parts.join(by) : (textOf(parts) ?? '');
  };
  const host = joined('host', '.');
  const query = memberOf(given, 'query');
  const asked = (Array.isArray(query) ? query : [])
    .filter(isObject)
    .map((one) => `${textOf(memberOf(one, 'key')) ?? ''}=${textOf(memberOf(one, 'value')) ?? ''}`);
  const origin = host === '' ? '' : `${textOf(memberOf(given, 'protocol')) ?? 'http'}://${host}`;
  return `${origin}/${joined('path', '/')}${asked.length === 0 ? '' : `?${asked.join('&')}`}`;
}
