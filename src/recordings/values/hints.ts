/** What to do with a value that is none of the known shapes: the commonest reasons first. */
import { isObject, memberOf, type JsonObject } from './fields.ts';
import { parseJsonText } from '../json/text.ts';
import { pointerOf } from './pointers.ts';

const usual =
  'Read are answers of the API, bare, in envelopes {time, method, url, status, body} or in a HAR, and callbacks.';

/** Members of an answer, of which one is enough to know it by. */
const telling = ['folder_id', 'analyse_id', 'analysis_id', 'system_resolution', 'resolution_status'] as const;
/** The same as programs rename them. */
const renamed: ReadonlySet<string> = new Set(
  telling.map((name) => name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())),
);

/** Whether a value is an answer of the API, or an exchange with one. */
function isAnswer(value: unknown): boolean {
  const [one] = Array.isArray(value) ? (value as readonly unknown[]) : [value];
  if (!isObject(one)) return false;
  if (telling.some((name) => Object.hasOwn(one, name))) return true;
  return Object.hasOwn(one, 'body') && Object.hasOwn(one, 'url');
}

function isRenamed(value: unknown): boolean {
  const [one] = Array.isArray(value) ? (value as readonly unknown[]) : [value];
  return isObject(one) && Object.keys(one).some((key) => renamed.has(key));
}

/** Names in a pointer that are shown; any other may be a person's or a token. */
const plainName = /^(?:[A-Za-z_@][A-Za-z_@.-]{0,31}|\*)$/;

/** The pointer without what may not be shown, and for every element of a list. */
const general = (pointer: string): string =>
  pointer
    .split('/')
    .map((name) => (name === '' || plainName.test(name) ? name : '*'))
    .join('/');

const spelled = (text: string): unknown => {
  const parsed = parseJsonText(text, maxDepth);
  return 'problem' in parsed ? undefined : parsed.value;
};
const maxDepth = 64;

/** Where within the value at `pointer` an answer stands, as `--at` takes it; undefined where none is seen. */
export function wayToAnswer(value: unknown, pointer: string): string | undefined {
  const inside = pointerOf(value, isAnswer, spelled);
  return inside === undefined ? undefined : general(pointer + inside);
}

/** What to do with a value that has none of the known shapes. */
export function shapeHint(value: unknown, pointer: string): string {
  const way = wayToAnswer(value, pointer);
  if (way !== undefined) return `An answer of the API stands at ${way}: check with --at '${way}'.`;
  const isOwn = isRenamed(value) || pointerOf(value, isRenamed, spelled) !== undefined;
  if (isOwn)
    return `Its members are renamed: the API writes ${telling.join(', ')}. Record what the API has answered, before it is converted.`;
  if (isObject(value) && isPostman(value))
    return 'This is a collection of Postman, which holds no answers: run it with newman and its reporter json, and check that file.';
  return usual;
}

const isPostman = (object: JsonObject): boolean =>
  Object.hasOwn(object, 'info') && Array.isArray(Object.hasOwn(object, 'item') ? object['item'] : undefined);

/** Whether an object that might be an analysis shows no sign of being one but a common name. */
export function isHardlyAnalysis(object: JsonObject): boolean {
  return memberOf(object, 'results_data') === undefined && wayToAnswer(object, '') !== undefined;
}
