/** Requests with their answers as tools keep them: nock, WireMock, Newman. */
import { isHarEntry } from './har.ts';
import { pointerTo } from '../../observations/where.ts';
import { isObject, memberOf, type JsonObject } from './fields.ts';
import { methodOf, urlOf } from './requests.ts';

/** A request and its answer, in whatever form a tool has kept them. */
export interface Kept {
  readonly url: string | undefined;
  readonly method: string | undefined;
  readonly status: unknown;
  /** The answer: a value, or a text that spells it; undefined where the tool has kept none here. */
  readonly body: unknown;
  /** Where it stands below the exchange. */
  readonly pointer: string;
  readonly isEncoded: boolean;
  /** The answer stands in another file. */
  readonly isElsewhere: boolean;
}

/** A list of exchanges, where it stands, and whether the newest comes first. */
export interface KeptList {
  readonly list: readonly unknown[];
  readonly pointer: string;
}

/** The exchange that an object holds; undefined where it is none of these forms. */
export function keptExchange(object: JsonObject): Kept | undefined {
  const request = memberOf(object, 'request');
  const response = memberOf(object, 'response');
  if (response === undefined) return undefined;
  if (isObject(request) && isObject(response)) return keptIn(request, response);
  const path = memberOf(object, 'path') ?? memberOf(object, 'url');
  if (typeof path !== 'string') return undefined;
  const scope = memberOf(object, 'scope');
  const url = typeof scope === 'string' ? `${scope}${path}` : path;
  const method = methodOf(object);
  const status = memberOf(object, 'status');
  if (isObject(response) && hasBody(response)) return { ...keptIn({ url, method }, response), url, method };
  const spelled = Array.isArray(response) ? fromHex(response) : undefined;
  const plain = { isEncoded: false, isElsewhere: false, pointer: '/response' };
  return { url, method, status, body: spelled ?? response, ...plain };
}

const bodyNames = ['body', 'jsonBody', 'base64Body', 'bodyAsBase64', 'stream', 'bodyFileName'] as const;
const encodedNames: ReadonlySet<string> = new Set(['base64Body', 'bodyAsBase64']);

const hasBody = (response: JsonObject): boolean => bodyNames.some((name) => Object.hasOwn(response, name));

function keptIn(request: JsonObject, response: JsonObject): Kept {
  const [url, method] = [urlOf(request), methodOf(request)];
  const statuses = (['status', 'code', 'statusCode'] as const).map((name) => memberOf(response, name));
  const status = statuses.find((one) => typeof one === 'number') ?? statuses.find((one) => one !== undefined);
  const name = bodyNames.find((one) => memberOf(response, one) !== undefined) ?? 'body';
  const received = memberOf(response, name);
  const isElsewhere = name === 'bodyFileName';
  const body = name === 'stream' ? fromBuffer(received) : isElsewhere ? undefined : received;
  const pointer = pointerTo('/response', name);
  return { url, method, status, body, pointer, isEncoded: encodedNames.has(name), isElsewhere };
}

/** The text of a buffer of Node as JSON writes it. */
function fromBuffer(value: unknown): unknown {
  const data = isObject(value) ? memberOf(value, 'data') : undefined;
  const isBytes = Array.isArray(data) && data.every((byte) => Number.isInteger(byte));
  return isBytes ? new TextDecoder().decode(Uint8Array.from(data as number[])) : value;
}

/** The text of an answer that nock has kept as hexadecimal digits; undefined where it is no such list. */
function fromHex(list: readonly unknown[]): string | undefined {
  const isHex =
    list.length > 0 && list.every((part) => typeof part === 'string' && /^(?:[0-9a-f]{2})+$/i.test(part));
  if (!isHex) return undefined;
  const digits = (list as readonly string[]).join('').match(/../g) ?? [];
  return new TextDecoder().decode(Uint8Array.from(digits, (two) => Number.parseInt(two, 16)));
}

/** The exchanges that an object holds in a list, in the order in which they were made as far as it says so. */
export function keptList(object: JsonObject): KeptList | undefined {
  const run = memberOf(object, 'run');
  const executions = isObject(run) ? memberOf(run, 'executions') : undefined;
  if (Array.isArray(executions)) return { list: executions, pointer: '/run/executions' };
  for (const name of ['mappings', 'requests'] as const) {
    const list = memberOf(object, name);
    if (Array.isArray(list) && list.some((one) => isObject(one) && keptExchange(one)))
      return { list, pointer: `/${name}` };
  }
  return undefined;
}

/** Positions of exchanges in the order in which they were logged, where each says when that was; else as they stand. */
export function orderOf(list: readonly unknown[]): readonly number[] {
  const positions = list.map((_, at) => at);
  const times = list.map((one) => {
    const request = isObject(one) ? memberOf(one, 'request') : undefined;
    const logged = isObject(request) ? memberOf(request, 'loggedDate') : undefined;
    return typeof logged === 'number' ? logged : NaN;
  });
  if (times.some(Number.isNaN)) return positions;
  // The newest comes first, also of those of one millisecond.
  const isNewestFirst = times.length > 1 && times[0]! > times.at(-1)!;
  const stable = isNewestFirst ? positions.toReversed() : positions;
  return stable.toSorted((one, other) => times[one]! - times[other]!);
}

/** Whether a value is one exchange in one of the forms that are read one by one. */
export function isExchange(value: unknown): value is JsonObject {
  return isObject(value) && (isHarEntry(value) || keptExchange(value) !== undefined);
}
