import { pointerTo } from '../../observations/where.ts';
import { quotedText } from '../../observations/quoting.ts';
import { placeOf, type Context } from './context.ts';

/**
 * Every member of an answer or a callback that reading looks at, and what it looks for: the value itself, the
 * elements of a list, those of a list or by name, only its folder, or only whether the member is there. No other can be
 * read, so that a recorder may drop all others.
 */
export const answerFields = {
  folder_id: 'value',
  resolution_status: 'value',
  system_resolution: 'value',
  analyses: 'members',
  analyse_id: 'value',
  analysis_id: 'value',
  group_id: 'value',
  type: 'value',
  state: 'value',
  resolution: 'value',
  results_data: 'presence',
  event_session_id: 'value',
  result_json: 'folder',
  items: 'list',
  error_code: 'presence',
  error_message: 'presence',
} as const;

type AnswerField = keyof typeof answerFields;

/** The members of what wraps an answer: an envelope, a HAR and its entries, or what other tools keep. */
type WrapperField =
  | 'started'
  | 'time'
  | 'method'
  | 'url'
  | 'status'
  | 'body'
  | 'postData'
  | 'log'
  | 'entries'
  | 'startedDateTime'
  | 'request'
  | 'response'
  | 'content'
  | 'mimeType'
  | '_file'
  | '_sha1'
  | 'encoding'
  | 'timings'
  | 'scope'
  | 'path'
  | 'host'
  | 'protocol'
  | 'query'
  | 'key'
  | 'value'
  | 'code'
  | 'statusCode'
  | 'jsonBody'
  | 'base64Body'
  | 'bodyAsBase64'
  | 'bodyFileName'
  | 'stream'
  | 'data'
  | 'loggedDate'
  | 'http'
  | 'attributes'
  | 'tags'
  | 'stringValue'
  | 'original'
  | 'full'
  | 'raw'
  | 'text'
  | 'httpRequest'
  | 'httpResponse'
  | 'http_buffered_trace'
  | 'snapshot'
  | 'consumer'
  | 'responses'
  | 'status_code'
  | 'string'
  | 'json'
  | 'as_string'
  | 'as_bytes'
  | 'base64_string'
  | 'base64Bytes'
  | 'encoded'
  | 'headers'
  | 'queryStringParameters'
  | 'params'
  | 'name'
  | 'columns'
  | 'rows'
  | 'values'
  | 'timestamp'
  | 'scenarioName'
  | 'requiredScenarioState'
  | 'newScenarioState'
  | 'uuid'
  | 'timeStarted'
  | 'source'
  | 'object'
  | 'line'
  | 'offset';

/** A member that is read by its name. */
export type MemberName = AnswerField | WrapperField;

/** Members that only answers of the API have, of which one is enough to know one by. */
export const ownNames = [
  'folder_id',
  'analyse_id',
  'analysis_id',
  'system_resolution',
  'resolution_status',
] as const;

/** A JSON object, its members not looked at yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a JSON value is an object: neither a list nor null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object's own member; undefined where it is absent or null. */
export function memberOf(object: JsonObject, key: MemberName): unknown {
  return Object.hasOwn(object, key) ? (object[key] ?? undefined) : undefined;
}

/** Whether the object has any of the members, null or not. */
export function hasAny(object: JsonObject, ...keys: readonly MemberName[]): boolean {
  return keys.some((key) => Object.hasOwn(object, key));
}

/** Names a received value in a message: its type, and of a text what can be quoted. */
export function describe(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (isObject(value)) return 'an object';
  if (typeof value === 'string') return quotedText(value);
  if (typeof value === 'number') return isExact(value) ? 'a number' : 'a number too large to be exact';
  return value === undefined ? 'nothing' : JSON.stringify(value);
}

const isExact = (value: number) => Math.abs(value) <= Number.MAX_SAFE_INTEGER;

/** Reports that a member is not what it should be. */
export function reportField(context: Context, pointer: string, expected: string, received: unknown): void {
  context.out.find('FIELD_UNREADABLE', placeOf(context, pointer), {
    message: `expected ${expected}, received ${describe(received)}`,
    observed: describe(received),
  });
}

/** A status or another text; undefined where it is absent, null, or reported as of another type. */
export function readText(
  object: JsonObject,
  key: MemberName,
  pointer: string,
  context: Context,
): string | undefined {
  const value = memberOf(object, key);
  if (value === undefined || typeof value === 'string') return value;
  reportField(context, pointerTo(pointer, key), `${key} to be a string`, value);
  return undefined;
}

/** An id as read: absent, or present but of no use (and reported as such), or a text. */
export type ReadId =
  | { readonly is: 'absent' }
  | { readonly is: 'unreadable' }
  | { readonly is: 'read'; readonly id: string };

/** An id by its name, a number as its digits; a whole number that JSON readers cannot keep exactly is unreadable. */
export function readId(object: JsonObject, key: MemberName, pointer: string, context: Context): ReadId {
  const value = memberOf(object, key);
  if (value === undefined || value === '') return { is: 'absent' };
  const isId = typeof value === 'string' || (typeof value === 'number' && isExact(value));
  if (isId) return { is: 'read', id: context.naming.id(String(value)) };
  reportField(context, pointerTo(pointer, key), `${key} to be a string or an exact number`, value);
  return { is: 'unreadable' };
}
