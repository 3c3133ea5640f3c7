/** What to do with a value that is none of the known shapes: the commonest reasons first. */
import { documentedKinds } from '../../../machines/analysis/model.ts';
import { placeOf, type Context } from './context.ts';
import { pointerTo } from '../../observations/where.ts';
import { hasAny, isObject, memberOf, ownNames, type JsonObject } from './fields.ts';
import { spelledValue } from '../json/text.ts';
import { outOfLines } from '../text-commands.ts';
import { parseWay, pointerOf, valuesAt } from './pointers.ts';
import { bare as letters, requestIn, requestNames } from './requests.ts';

const usual =
  'Read are answers of the API, bare, in envelopes {time, method, url, status, body} or in a HAR, and callbacks.';

/** What to do with a line of a log that is no answer. */
const ofLines = `${usual} If other lines are answers, take those: grep -E '"(folder|analyse|analysis)_id' FILE | oz-status check -`;

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
    (isOnRoute ? converted : isObject(value) && requestIn(value) ? withoutAnswer : isLine ? ofLines : usual)
  );
}

const withoutAnswer =
  'It tells of a request and holds no answer, as the lines of an access log do: record answers in the client or with a proxy; in a log that has both, take the lines with answers.';

const converted =
  'The answer holds none of the fields that the API answers with: record between your server and the API.';

/** Whether a value is a text that begins as an answer and breaks off. */
const isBegun = (value: unknown): boolean =>
  typeof value === 'string' &&
  value.slice(0, looked).search(anAnswer) === 0 &&
  spelled(value) === undefined &&
  !/[\]}]\s*$/.test(value);

/** Whether a value is a text that holds an answer, or an exchange with one, among other words. */
const isAmongWords = (value: unknown): boolean =>
  typeof value === 'string' && value.slice(0, looked).search(anAnswer) > 0;
const anAnswer = new RegExp(String.raw`\{\s*"(?:${[...ownNames, 'method', 'url'].join('|')})"\s*:`);
/** So much of a text is looked at. */
const looked = 4096;

/** What to do with a value in which a text holds an answer among other words; undefined where none is seen. */
function amongWordsHint(value: unknown, pointer: string): string | undefined {
  const inside = pointerOf(value, isAmongWords, spelled);
  if (inside === undefined) return undefined;
  const way = ofAll(pointer) + general(inside);
  return `A text at ${way} holds an answer among other words: jq -r '${jqPath(way)}' FILE | ${outOfLines} | oz-status check -`;
}

/** A pointer as jq has it. */
function jqPath(pointer: string): string {
  const steps = pointer
    .split('/')
    .slice(1)
    .map((name) =>
      /^\w+$/.test(name) ? (/^\d/.test(name) ? `[${name}]` : `.${name}`) : name === '*' ? '[]' : `."${name}"`,
    );
  const path = steps.join('');
  return path.startsWith('.') ? path : `.${path}`;
}

/** What to do with a tap of Envoy in segments. */
const segmentsHint = `This is a tap of Envoy in segments: put them together: jq -sc 'def of(f): [.[] | f | .headers[]? | {(.key): .value}] | add // {}; [.[] | .http_streamed_trace_segment // empty] | to_entries | map(.value + {at: .key}) | group_by(.trace_id) | sort_by(.[-1].at)[] | of(.request_headers // empty) as $q | {method: $q[":method"], url: $q[":path"], status: (of(.response_headers // empty)[":status"] | tonumber? // null), body: ([.[] | .response_body_chunk // empty | .as_string // (.as_bytes | @base64d)] | add)}' FILE | oz-status check -`;

const stubsHint =
  'These are stubs of Mountebank, whose answers stand by request and not in order of time: run mb with --debug, and check what /imposters/PORT answers: its matches are read.';

/** Files of tools in which what looks like an answer is none, or none of a known time, by the members that each has. */
const otherFiles: readonly (readonly [members: readonly string[], hint: string])[] = [
  [['imposters'], stubsHint],
  [['protocol', 'port', 'stubs'], stubsHint],
  [
    ['_type', '__export_format', 'resources'],
    'This is an export of Insomnia, which holds no answers: export its requests as HAR.',
  ],
  [
    ['consumer', 'provider', 'interactions'],
    'This is a contract of Pact, whose answers are examples that stand for themselves and no recording: record what the provider answers.',
  ],
  [
    ['hash', 'snapshot'],
    `This is a snapshot of undici, in which one request has several answers: put them in order of time, as their dates tell it: jq -c '[.[].snapshot | .request as $r | .responses[] | (.headers.date | strptime("%a, %d %b %Y %H:%M:%S GMT") | mktime * 1000) as $t | {started: $t, time: ($t + 999), method: $r.method, url: $r.url, status: .statusCode, body: .body}] | sort_by(.started)[]' FILE | oz-status check -`,
  ],
  [['http_streamed_trace_segment'], segmentsHint],
  [
    ['entries', 'filename', 'success'],
    `This is a report of Hurl, whose bodies stand in files: put them in: node -e 'const [f] = process.argv.slice(1), fs = require("fs"), path = require("path"); for (const { entries } of [JSON.parse(fs.readFileSync(f, "utf8"))].flat()) for (const { calls } of entries) for (const { request: q, response: r } of calls) console.log(JSON.stringify({ method: q.method, url: q.url, status: r.status, body: r.body && fs.readFileSync(path.join(path.dirname(f), r.body), "utf8") }))' FILE | oz-status check -`,
  ],
  [
    ['constants', 'events', 'polledData'],
    `This is a network log of Chromium: if it was made with raw bytes, take the answers out of it: jq -r '.constants.logEventTypes.URL_REQUEST_JOB_FILTERED_BYTES_READ as $t | [.events[] | select(.type == $t and .params.bytes)] | group_by(.source.id)[] | map(.params.bytes | @base64d) | add' FILE | grep '^[[{]' | oz-status check -; else save a HAR.`,
  ],
];

/** What to do with records of OpenTelemetry whose bodies are maps. */
const mapsHint = `These are values of OpenTelemetry, typed one by one: make them plain: jq -c 'def v: if type != "object" then . elif has("kvlistValue") then (.kvlistValue.values | map({(.key): (.value | v)}) | add // {}) elif has("arrayValue") then (.arrayValue.values | map(v)) else .[] end; .resourceLogs[].scopeLogs[].logRecords[].body | v' FILE | oz-status check -`;

const otherFileHint = (object: JsonObject): string | undefined => hintBy(otherFiles, object);

/** Whether a value is a map of OpenTelemetry that holds an answer. */
function isTypedAnswer(value: unknown): boolean {
  if (!isObject(value)) return false;
  const name = memberOf(value, 'key');
  return typeof name === 'string' && (ownNames as readonly string[]).includes(name) && 'value' in value;
}

/** What to do with items of DynamoDB whose members are typed one by one. */
const dynamoHint = `These are values of DynamoDB, typed one by one: make them plain: jq -c 'def v: if has("M") then .M | map_values(v) elif has("L") then .L | map(v) elif has("NULL") then null else .[] end; (.Items // [.Item // .])[] | map_values(v)' FILE | oz-status check -`;

/** Whether a value is an answer in a map of DynamoDB. */
function isDynamoAnswer(value: unknown): boolean {
  const [one] = ownNames.map((name) => (isObject(value) ? memberOf(value, name) : undefined)).filter(isObject);
  return one !== undefined && ['S', 'N', 'NULL'].includes(Object.keys(one)[0] ?? '');
}

/** Files of tools that hold requests and no answers, by the members that each has, with what to do. */
const withoutAnswers: readonly (readonly [members: readonly string[], hint: string])[] = [
  [
    ['MESSAGE', '__REALTIME_TIMESTAMP'],
    'This is an entry of journald without an answer in it; journalctl leaves long messages out: export with journalctl -o json --all, and check with --at /MESSAGE.',
  ],
  [
    ['info', 'item'],
    'This is a collection of Postman, which holds no answers: run it with newman and its reporter json, and check that file.',
  ],
  [
    ['collection_id', 'results', 'totalPass'],
    'These are results of the collection runner of Postman, which hold no answers: run the collection with newman and its reporter json, and check that file.',
  ],
  [
    ['metric', 'type', 'data'],
    'These are metrics of k6, which hold no answers: let the script write res.body by console.log, with --console-output FILE --log-format raw.',
  ],
];

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
