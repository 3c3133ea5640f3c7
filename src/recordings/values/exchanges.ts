/** Requests with their answers as tools keep them. */
import { decodeBase64, isStructured, textOfBytes } from './bodies.ts';
import type { Way } from './context.ts';
import { isHarEntry } from './har.ts';
import { pointerTo } from '../../observations/where.ts';
import { hasAny, isObject, memberOf, type JsonObject } from './fields.ts';
import { momentOf } from './moments.ts';
import { valuesAt, type Found } from './pointers.ts';
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

/** Members that hold a request and its response, as tools call them. */
const pairNames = [
  ['request', 'response'],
  ['httpRequest', 'httpResponse'],
] as const;

/** The exchange that an object holds; undefined where it is none of these forms. */
export function keptExchange(object: JsonObject): Kept | undefined {
  for (const [asked, answered] of pairNames) {
    const request = memberOf(object, asked);
    const response = memberOf(object, answered);
    if (!isObject(request)) continue;
    if (isAnswer(response) && urlOf(request) !== undefined) {
      const asking = { url: urlOf(request), method: methodOf(request), status: memberOf(object, 'status') };
      return { ...asking, body: response, pointer: `/${answered}`, isEncoded: false, isElsewhere: false };
    }
    if (isObject(response)) return keptIn(request, response, `/${answered}`, object);
  }
  for (const name of ['http_buffered_trace', 'snapshot'] as const) {
    const inner = memberOf(object, name);
    const kept = isObject(inner) ? keptExchange(inner) : undefined;
    if (kept) return { ...kept, pointer: `/${name}${kept.pointer}` };
  }
  return keptOnce(object) ?? keptBeside(object);
}

/** The exchange of a snapshot of undici in which a request was answered once; of several the times are not known. */
function keptOnce(object: JsonObject): Kept | undefined {
  const request = memberOf(object, 'request');
  const responses = memberOf(object, 'responses');
  if (!isObject(request) || !Array.isArray(responses) || responses.length !== 1) return undefined;
  const [response] = responses as readonly unknown[];
  return isObject(response) ? keptIn(request, response, '/responses/0') : undefined;
}

/** Whether a response is what the API answers, by itself. */
function isAnswer(response: unknown): boolean {
  if (typeof response === 'string') return isStructured(response);
  const [one] = Array.isArray(response) ? (response as readonly unknown[]) : [response];
  return isObject(one) && hasAny(one, 'folder_id', 'analyse_id', 'analysis_id', 'items');
}

/** The exchange of an object that holds the response, and what is known of the request beside it. */
function keptBeside(object: JsonObject): Kept | undefined {
  const response = memberOf(object, 'response');
  const path = memberOf(object, 'path') ?? memberOf(object, 'url');
  if (response === undefined || typeof path !== 'string') return undefined;
  // A message with its headers is no body; some tools write the body beside it.
  if (typeof response === 'string' && /^HTTP\/\d/.test(response)) return undefined;
  const scope = memberOf(object, 'scope');
  const url = typeof scope === 'string' ? `${scope}${path}` : path;
  const method = methodOf(object);
  const status = memberOf(object, 'status');
  if (isObject(response) && hasBody(response))
    return { ...keptIn({ url, method }, response, '/response'), url, method };
  const spelled = Array.isArray(response) ? fromHex(response) : undefined;
  const plain = { isEncoded: false, isElsewhere: false, pointer: '/response' };
  return { url, method, status, body: spelled ?? response, ...plain };
}

const bodyNames = [
  'body',
  'jsonBody',
  'base64Body',
  'bodyAsBase64',
  'stream',
  'bodyFileName',
  'data',
  'raw',
] as const;
/** Members of a body that is an object and holds the text, or what it spells. */
const innerNames = [
  'string',
  'text',
  'json',
  'as_string',
  'base64_string',
  'encoded',
  'as_bytes',
  'base64Bytes',
] as const;
const encodedNames: ReadonlySet<string> = new Set([
  'base64Body',
  'bodyAsBase64',
  'base64_string',
  'encoded',
  'as_bytes',
  'base64Bytes',
]);

const hasBody = (response: JsonObject): boolean => bodyNames.some((name) => Object.hasOwn(response, name));

/** The exchange of a request and a response, or of one whose address stands in the object around them. */
function keptIn(request: JsonObject, response: JsonObject, pointer: string, around?: JsonObject): Kept {
  const asked = around && urlOf(request) === undefined ? around : request;
  const statuses = (['status', 'code', 'statusCode', 'status_code'] as const).map((name) => {
    const status = memberOf(response, name);
    return isObject(status) ? memberOf(status, 'code') : status;
  });
  const status = statuses.find((one) => typeof one === 'number') ?? statuses.find((one) => one !== undefined);
  const name = bodyNames.find((one) => memberOf(response, one) !== undefined) ?? 'body';
  const received = memberOf(response, name);
  const isWrapped = isObject(received) && !hasAny(received, 'folder_id', 'analyse_id', 'analysis_id');
  const inner = isWrapped ? innerNames.find((one) => memberOf(received, one) !== undefined) : undefined;
  const held = inner === undefined ? received : memberOf(received as JsonObject, inner);
  const value = name === 'raw' ? bodyOfMessage(received) : held;
  const isElsewhere = name === 'bodyFileName';
  return {
    url: urlOf(asked),
    method: methodOf(asked),
    status,
    body: name === 'stream' ? (textOfBytes(received) ?? received) : isElsewhere ? undefined : value,
    pointer: [name, ...(inner === undefined ? [] : [inner])].reduce(pointerTo, pointer),
    isEncoded: encodedNames.has(inner ?? name),
    isElsewhere,
  };
}

/** The body of a message that is kept with its headers, as it is or in base64; the text itself where it is none. */
function bodyOfMessage(message: unknown): unknown {
  const text = typeof message === 'string' ? (decodeBase64(message) ?? message) : '';
  return /^HTTP\/[^]*?\r?\n\r?\n([^]*)$/.exec(text)?.[1] ?? message;
}

/** The text of an answer that nock has kept as hexadecimal digits; undefined where it is no such list. */
function fromHex(list: readonly unknown[]): string | undefined {
  const isHex =
    list.length > 0 && list.every((part) => typeof part === 'string' && /^(?:[0-9a-f]{2})+$/i.test(part));
  if (!isHex) return undefined;
  const digits = (list as readonly string[]).join('').match(/../g) ?? [];
  return new TextDecoder().decode(Uint8Array.from(digits, (two) => Number.parseInt(two, 16)));
}

/** Where WireMock keeps them. */
const ofMappings: Way = ['mappings', '*'];

/** Where tools keep exchanges: Newman, WireMock, VCR, vcrpy and go-vcr, Hoverfly, Mountebank, Bruno. */
const placesOfExchanges: readonly Way[] = [
  ['run', 'executions', '*'],
  ofMappings,
  ['requests', '*'],
  ['http_interactions', '*'],
  ['interactions', '*'],
  ['data', 'pairs', '*'],
  ['journal', '*'],
  ['stubs', '*', 'matches', '*'],
  ['imposters', '*', 'stubs', '*', 'matches', '*'],
  ['results', '*'],
];

/** The exchanges that an object holds, in the order in which they were made as far as that is known. */
export interface Exchanges {
  readonly list: readonly Found[];
  /** Whether each of them may have been made before or after each other one. */
  readonly isUnordered: boolean;
}

/** The exchanges that an object holds. */
export function exchangesIn(object: JsonObject): Exchanges {
  // A contract of Pact holds examples, each of which stands for itself.
  if (hasAny(object, 'consumer')) return { list: [], isUnordered: false };
  for (const place of placesOfExchanges) {
    if (!Object.hasOwn(object, place[0]!)) continue;
    const found = valuesAt(object, place, () => undefined);
    if (found.some(({ value }) => isObject(value) && keptExchange(value)))
      return inOrder(found, place === ofMappings);
  }
  return { list: [], isUnordered: false };
}

/**
 * The same in the order in which they were logged, where each says when that was; else as they stand. Mappings of WireMock
 * stand in one order or the other, which shows only where one request was answered in several ways.
 */
function inOrder(found: readonly Found[], areMappings: boolean): Exchanges {
  const times = new Map(found.map((one) => [one, isObject(one.value) ? loggedAt(one.value) : NaN]));
  const known = [...times.values()];
  const areKnown = !known.some(Number.isNaN);
  const direction = orderOfScenarios(found);
  // The newest comes first, also of those of one moment.
  const isNewestFirst =
    (areKnown && known.length > 1 && known[0]! > known.at(-1)!) || direction === 'newest first';
  const stable = isNewestFirst ? found.toReversed() : found;
  const list = areKnown ? stable.toSorted((one, other) => times.get(one)! - times.get(other)!) : stable;
  return { list, isUnordered: areMappings && !areKnown && direction === undefined && found.length > 1 };
}

/** When an exchange was logged, as WireMock, Mountebank and Hoverfly say it; not a number where it is not said. */
function loggedAt(exchange: JsonObject): number {
  const request = memberOf(exchange, 'request');
  const logged = isObject(request) ? memberOf(request, 'loggedDate') : undefined;
  if (typeof logged === 'number') return logged;
  return momentOf(memberOf(exchange, 'timestamp') ?? memberOf(exchange, 'timeStarted'))?.at ?? NaN;
}

/** In which order mappings of WireMock stand, by the states of which one leads to another; undefined where none does. */
function orderOfScenarios(found: readonly Found[]): 'newest first' | 'oldest first' | undefined {
  const required = new Set<string>();
  const made = new Set<string>();
  for (const { value } of found) {
    const scenario = isObject(value) ? memberOf(value, 'scenarioName') : undefined;
    if (typeof scenario !== 'string') continue;
    const stateOf = (name: 'requiredScenarioState' | 'newScenarioState'): string | undefined => {
      const state = memberOf(value as JsonObject, name);
      return typeof state === 'string' ? JSON.stringify([scenario, state]) : undefined;
    };
    const [from, to] = [stateOf('requiredScenarioState'), stateOf('newScenarioState')];
    if (to !== undefined && required.has(to)) return 'newest first';
    if (from !== undefined && made.has(from)) return 'oldest first';
    if (from !== undefined) required.add(from);
    if (to !== undefined) made.add(to);
  }
  return undefined;
}

/** Whether a value is one exchange in one of the forms that are read one by one. */
export function isExchange(value: unknown): value is JsonObject {
  return isObject(value) && (isHarEntry(value) || keptExchange(value) !== undefined);
}
