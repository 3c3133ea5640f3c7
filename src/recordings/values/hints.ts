/** What to do with a value that is none of the known shapes: the commonest reasons first. */
import { documentedKinds } from '../../../machines/analysis/model.ts';
import { placeOf, type Context } from './context.ts';
import { pointerTo } from '../../observations/where.ts';
import { hasAny, isObject, memberOf, ownNames, type JsonObject } from './fields.ts';
import { spelledValue } from '../json/text.ts';
import { isRequestInWords } from '../text-commands.ts';
import { isLiteral } from '../text-forms.ts';
import { dynamoHint, http2Hint, mapsHint, otherFiles, withoutAnswers } from '../tool-files.ts';
import { parseWay, pointerOf, valuesAt } from './pointers.ts';
import { bare as letters, requestIn, requestNames } from './requests.ts';

const usual =
  'Read are answers of the API, bare, in envelopes {time, method, url, status, body} or in a HAR, and callbacks.';

/** What to do with a line of a log that is no answer. */
const ofLines = `${usual} If other lines are answers, take those: grep -E '"(folder|analyse|analysis)_id' FILE | oz-status check -; where the hint on another line names --at, do that instead, as it keeps the requests.`;

/** What to do with what was sent to the API, and stands among its answers; undefined where it is none of several lines. */
export const sentHint = (pointer: string, { line, answer }: Context): string | undefined =>
  line !== undefined && pointer === '' && answer.holds === undefined
    ? "If this is what was sent, and other lines are answers, take those: grep -E '\"(folder|analyse|analysis)_id' FILE | oz-status check -"
    : undefined;

/** A name without what programs change of it. */
const bare = (name: string): string => name.replaceAll(/[_-]/g, '').toLowerCase();
const bareNames: ReadonlyMap<string, string> = new Map(ownNames.map((name) => [bare(name), name]));

/** Whether a value is an answer of the API, or an exchange with one. */
function isAnswer(value: unknown): boolean {
  const [one] = Array.isArray(value) ? (value as readonly unknown[]) : [value];
  if (!isObject(one)) return false;
  if (ownNames.some((name) => Object.hasOwn(one, name))) return true;
  if (Object.hasOwn(one, 'analyses')) return !isRenamed(one);
  const items = memberOf(one, 'items');
  if (Array.isArray(items) && items.length > 0 && isAnswer(items)) return true;
  if ('startedDateTime' in one && isObject(memberOf(one, 'request'))) return true;
  const log = memberOf(one, 'log');
  if (isObject(log) && Array.isArray(memberOf(log, 'entries'))) return true;
  return Object.hasOwn(one, 'body') && Object.hasOwn(one, 'url');
}

/** What the API calls a member that is called otherwise; undefined where it is not renamed. */
export function apiNameOf(key: string): string | undefined {
  // As short as the shortest of them, and as long as the longest with a sign between its words.
  if (key.length < 8 || key.length > 24) return undefined;
  const name = bareNames.get(bare(key));
  return name === key ? undefined : name;
}

/** The members of an object, or of the first of a list, that are called otherwise than in the API. */
function renamedIn(value: unknown): readonly string[] {
  const [one] = Array.isArray(value) ? (value as readonly unknown[]) : [value];
  return isObject(one) ? Object.keys(one).filter((key) => apiNameOf(key) !== undefined) : [];
}

/** Reports members of an answer that say nothing because they are called otherwise than in the API. */
export function reportRenamed(object: JsonObject, pointer: string, context: Context): void {
  for (const key of Object.keys(object)) {
    const name = apiNameOf(key);
    if (name === undefined || Object.hasOwn(object, name)) continue;
    context.out.find('FIELD_UNREADABLE', placeOf(context, pointerTo(pointer, key)), {
      message: `expected ${name}, received ${key}, which is not read`,
      hint: renamedHint(object)!,
    });
  }
}

const isRenamed = (value: unknown): boolean => renamedIn(value).length > 0;

/** What to do with an object whose members are called otherwise than in the API; undefined if they are not. */
export function renamedHint(value: unknown): string | undefined {
  const renamed = renamedIn(value);
  if (renamed.length === 0) return undefined;
  const names = renamed.map((key) => apiNameOf(key)!);
  return `Its members are renamed: the API writes ${names.join(', ')} for ${renamed.join(', ')}. Record what the API has answered, before it is converted.`;
}

/** Names in a pointer that are shown; any other may be a person's or a token. */
const plainName = /^(?:[A-Za-z_@][A-Za-z_@.-]{0,31}|\d{1,2}|\*)$/;

/** The pointer without what may not be shown. */
const general = (pointer: string): string =>
  pointer
    .split('/')
    .map((name) => (name === '' || plainName.test(name) ? name : '*'))
    .join('/');

/** The same for every element of a list. */
const ofAll = (pointer: string): string => general(pointer).replaceAll(/\/\d+(?=\/|$)/g, '/*');

const spelled = (text: string): unknown => spelledValue(text, maxDepth);
const maxDepth = 64;

/** Whether a value that was sent tells of statuses: what asks for analyses names them without. */
function isSentAnswer(value: unknown): boolean {
  if (!isAnswer(value)) return false;
  const [one] = Array.isArray(value) ? (value as readonly unknown[]) : [value];
  if (!isObject(one)) return false;
  return hasAny(one, ...sentNamesOfAnswers) || isObject(memberOf(one, 'analyses'));
}
const sentNamesOfAnswers = ownNames.filter((name) => name !== 'folder_id');

/** Whether a member of this name holds what was sent. */
const isSent = (name: string): boolean => sent.test(letters(name));
const sent = new RegExp(
  `^(?:${requestNames.map(letters).join('|')}|postdata|(?:http)?req(?:uest)?(?:body|payload|data|content|text))$`,
);

/** Where within the value at `pointer` an answer stands, as `--at` takes it; undefined where none is seen. */
export function wayToAnswer(value: unknown, pointer: string): string | undefined {
  if (typeof value === 'string' && isAnswer(spelled(value))) return ofAll(pointer);
  // What was sent is no answer, but callbacks are sent.
  const inside = pointerOf(value, isAnswer, spelled, isSent) ?? pointerOf(value, isSentAnswer, spelled);
  return inside === undefined ? undefined : ofAll(pointer) + general(inside);
}

/** Whether an answer stands within the value, as a value, as a text, or in a text among other words. */
export const holdsAnswer = (value: unknown): boolean =>
  wayToAnswer(value, '') !== undefined || pointerOf(value, isAmongWords, spelled) !== undefined;

const hintOfWay = (way: string): string => `An answer of the API stands at ${way}: check with --at '${way}'.`;

/** What to do with a value in which an answer stands elsewhere than it was looked for; undefined where none is seen. */
export function answerHint(value: unknown): string | undefined {
  if (isAnswer(value)) return 'The value is an answer of the API itself: check without --at.';
  const way = wayToAnswer(value, '');
  return way === undefined ? undefined : hintOfWay(way);
}

const valueAt = (value: unknown, pointer: string): unknown => {
  const inside = valuesAt(value, parseWay(pointer)!, spelled)[0]?.value;
  return typeof inside === 'string' ? spelled(inside) : inside;
};

/** What to do with a value that has none of the known shapes. */
export function shapeHint(value: unknown, pointer: string, isOnRoute = false, isLine = false): string {
  const other = isObject(value) ? otherFileHint(value) : undefined;
  if (other !== undefined) return other;
  if (pointerOf(value, isHttp2, spelled) !== undefined) return http2Hint;
  if (pointerOf(value, isDynamoAnswer, spelled) !== undefined) return dynamoHint;
  const way = wayToAnswer(value, pointer);
  if (way !== undefined) return hintOfWay(way);
  const begun = pointerOf(value, isBegun, spelled);
  if (begun !== undefined) {
    const at = ofAll(pointer) + general(begun);
    return `A text at ${at} begins as an answer and does not end: check with --at '${at}', which joins what a log has split.`;
  }
  if (pointerOf(value, isTypedAnswer, spelled) !== undefined) return mapsHint;
  const own = renamedHint(value);
  if (own !== undefined) return own;
  const inside = pointerOf(value, isRenamed, spelled);
  if (inside !== undefined) return renamedHint(valueAt(value, inside)) ?? usual;
  return (
    (isObject(value) ? withoutAnswersHint(value) : undefined) ??
    amongWordsHint(value, pointer) ??
    requestInWordsHint(value, pointer) ??
    (isOnRoute ? converted : tellsOfRequest(value) ? withoutAnswer : isLine ? ofLines : usual)
  );
}

const hasRequest = (value: unknown): boolean => isObject(value) && requestIn(value) !== undefined;

/** Whether a value tells of a request, by itself or in a text within it. */
const tellsOfRequest = (value: unknown): boolean =>
  hasRequest(value) || pointerOf(value, hasRequest, spelled) !== undefined;

/** What to do with a value in which a text tells of a request in words; undefined where none does. */
function requestInWordsHint(value: unknown, pointer: string): string | undefined {
  const isTold = (one: unknown) => typeof one === 'string' && isRequestInWords(one.slice(0, looked));
  const inside = pointerOf(value, isTold, spelled);
  // What tshark says of a packet is no part of it.
  if (inside === undefined || inside.includes('/_ws.')) return undefined;
  const way = ofAll(pointer) + general(inside);
  return `A text at ${way} tells of a request in words; if answers stand there too: check with --at '${way}'.`;
}

const withoutAnswer =
  'It tells of a request and holds no answer, as the lines of an access log do: record answers in the client or with a proxy; where the log has answers as well, the hint on the first of them says how both are read.';

const converted =
  'The answer holds none of the fields that the API answers with: record between your server and the API.';

/** Whether a value is a text that begins as an answer and breaks off. */
const isBegun = (value: unknown): boolean =>
  typeof value === 'string' &&
  value.slice(0, looked).search(anAnswer) === 0 &&
  spelled(value) === undefined &&
  !/[\]}]\s*$/.test(value);

/** Whether a value is a text that holds an answer, or an exchange with one, among other words. */
function isAmongWords(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const text = value.slice(0, looked);
  return text.search(anAnswer) > 0 || ofQuoted.test(text) || isLiteral(text);
}
const anAnswer = new RegExp(String.raw`\{\s*"(?:${[...ownNames, 'method', 'url'].join('|')})"\s*:`);
/** An answer within a text, its quotes escaped. */
const ofQuoted = new RegExp(String.raw`\{\s*\\"(?:${ownNames.join('|')})\\"\s*:`);
/** So much of a text is looked at. */
const looked = 4096;

/** What to do with a value in which a text holds an answer among other words; undefined where none is seen. */
function amongWordsHint(value: unknown, pointer: string): string | undefined {
  const inside = pointerOf(value, isAmongWords, spelled);
  if (inside === undefined) return undefined;
  const way = ofAll(pointer) + general(inside);
  return `A text at ${way} holds an answer among other words: check with --at '${way}'.`;
}

/** A pointer as jq has it. */
export function jqPath(pointer: string): string {
  const steps = pointer
    .split('/')
    .slice(1)
    .map((name) =>
      /^\w+$/.test(name) ? (/^\d/.test(name) ? `[${name}]` : `.${name}`) : name === '*' ? '[]' : `."${name}"`,
    );
  const path = steps.join('');
  return path.startsWith('.') ? path : `.${path}`;
}

/** Whether a value is what tshark writes of a packet of HTTP/2. */
const isHttp2 = (value: unknown): boolean =>
  isObject(value) && Object.keys(value).some((key) => /^http2(?:_http2_streamid)?$/.test(key));

const otherFileHint = (object: JsonObject): string | undefined => hintBy(otherFiles, object);

/** Whether a value is a map of OpenTelemetry that holds an answer. */
function isTypedAnswer(value: unknown): boolean {
  if (!isObject(value)) return false;
  const name = memberOf(value, 'key');
  return typeof name === 'string' && (ownNames as readonly string[]).includes(name) && 'value' in value;
}

/** Whether a value is an answer in a map of DynamoDB. */
function isDynamoAnswer(value: unknown): boolean {
  const [one] = ([...ownNames, 'body', 'url'] as const)
    .map((name) => (isObject(value) ? memberOf(value, name) : undefined))
    .filter(isObject);
  return one !== undefined && ['S', 'N', 'NULL'].includes(Object.keys(one)[0] ?? '');
}

/** What to do with a file of a tool that holds no answers; undefined if it is none of those that are known. */
export function withoutAnswersHint(object: JsonObject): string | undefined {
  return hintBy(withoutAnswers, object);
}

const hintBy = (files: typeof otherFiles, object: JsonObject): string | undefined =>
  files.find(([members]) => members.every((name) => Object.hasOwn(object, name)))?.[1];

/** Whether an object that might be an analysis shows no sign of being one but a common name. */
export function isHardlyAnalysis(object: JsonObject): boolean {
  if (memberOf(object, 'results_data') !== undefined) return false;
  return !isOfKnownKind(object) || wayToAnswer(object, '') !== undefined;
}

/** Whether an object has a state, or is of a documented kind. */
function isOfKnownKind(object: JsonObject): boolean {
  const kind = memberOf(object, 'type');
  const isKind = typeof kind === 'string' && documented.has(kind.toUpperCase());
  return isKind || hasAny(object, 'state', 'resolution', 'resolution_status');
}
const documented: ReadonlySet<string> = new Set(documentedKinds);
