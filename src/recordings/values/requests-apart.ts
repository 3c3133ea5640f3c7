/** Tells requests that have a line of their own in a log from answers. */
import { isStructured } from './bodies.ts';
import type { AskedFor } from './context.ts';
import { hasAny, isObject, memberOf, ownNames, type JsonObject, type MemberName } from './fields.ts';
import { spelledValue } from '../json/text.ts';
import { bare, membersNamed, requestIn } from './requests.ts';

/** A request whose answer stands elsewhere. */
export interface RequestApart {
  readonly asked: AskedFor;
  /** The object that tells of it. */
  readonly object: JsonObject;
  /** Whether it is called a request. */
  readonly isMarked: boolean;
}

/**
 * The request of which objects, the nearest first, tell where they tell nothing of an answer; undefined where they tell of
 * none. What is called a request may have a body, if that is no answer.
 */
export function requestApart(
  objects: readonly JsonObject[],
  body: unknown,
  maxDepth: number,
): RequestApart | undefined {
  if (objects.some(hasOutcome)) return undefined;
  for (const object of objects) {
    const asked = requestIn(object);
    if (!asked) continue;
    const isMarked = objects.some(isCalledRequest);
    const hasBody = body !== undefined && body !== null && body !== '';
    return hasBody && (!isMarked || tellsAny(body, maxDepth)) ? undefined : { asked, object, isMarked };
  }
  return undefined;
}

/** Whether a value in objects is an answer: it tells what only an answer tells, or stands beside the outcome of a request. */
export function isAnswerApart(objects: readonly JsonObject[], value: unknown, maxDepth: number): boolean {
  return tellsAny(value, maxDepth) || objects.some(hasOutcome);
}

const outcome = /^(?:http)?(?:res(?:ponse)?(?:status(?:code)?|code|body|time|data)?|status(?:code)?)$/;

/** Whether an object tells of an answer. */
function hasOutcome(object: JsonObject): boolean {
  const http = memberOf(object, 'http');
  const isHere = Object.keys(object).some(
    (key) => key.length <= 24 && outcome.test(bare(key)) && object[key] !== null,
  );
  return isHere || (isObject(http) && hasOutcome(http));
}

/** Members by which a log says what its line is, and the longest text that does. */
const lineNames: readonly string[] = [
  'type',
  'kind',
  'event',
  'direction',
  'phase',
  'msg',
  'message',
  'name',
];
const longestCall = 80;
const ofAnswers =
  /^(?:res|resp\w*|repl(?:y|ied)|answer\w*|complete[ds]?|finish(?:ed)?|end(?:ed)?|done|handled|processed|success\w*|fail\w*|error|took)$/;

/** Members by which tshark says that a packet is a request. */
const marks: readonly string[] = ['httprequest', 'httphttprequest'];

/** Whether an object is called a request, as in `"type": "request"` or `"msg": "incoming request"`. */
function isCalledRequest(object: JsonObject): boolean {
  if (membersNamed(object, marks).some((one) => one === '1' || one === true)) return true;
  return membersNamed(object, lineNames).some((text) => {
    if (typeof text !== 'string' || text.length > longestCall) return false;
    const words = text
      .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .split(/[^a-z]+/);
    return words.some((word) => /^req(?:uest)?$/.test(word)) && !words.some((word) => ofAnswers.test(word));
  });
}

/** Whether a body tells what only an answer tells: ids, or statuses. */
const tellsAny = (body: unknown, maxDepth: number): boolean => hasIn(body, [...ownNames, 'state'], maxDepth);

/** Whether a body tells what only an answer of the API tells, whatever was asked for it. */
export const isOwnAnswer = (body: unknown, maxDepth: number): boolean => hasIn(body, ownNames, maxDepth);

function hasIn(body: unknown, names: readonly MemberName[], maxDepth: number): boolean {
  const value = typeof body === 'string' && isStructured(body) ? spelledValue(body, maxDepth) : body;
  if (Array.isArray(value)) return value.some((one) => hasIn(one, names, maxDepth));
  if (!isObject(value)) return false;
  const inner = memberOf(value, 'analyses') ?? memberOf(value, 'items');
  return hasAny(value, ...names) || hasIn(inner, names, maxDepth);
}
