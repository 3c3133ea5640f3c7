/** What to do with a value that is none of the known shapes: the commonest reasons first. */
import { isObject, memberOf, type JsonObject } from './fields.ts';
import { parseJsonText } from '../json/text.ts';
import { parseWay, pointerOf, valuesAt } from './pointers.ts';

const usual =
  'Read are answers of the API, bare, in envelopes {time, method, url, status, body} or in a HAR, and callbacks.';

/** Members of an answer, of which one is enough to know it by. */
const telling = ['folder_id', 'analyse_id', 'analysis_id', 'system_resolution', 'resolution_status'] as const;
/** A name without what programs change of it. */
const bare = (name: string): string => name.replaceAll(/[_-]/g, '').toLowerCase();
const bareNames: ReadonlyMap<string, string> = new Map(telling.map((name) => [bare(name), name]));

/** Whether a value is an answer of the API, or an exchange with one. */
function isAnswer(value: unknown): boolean {
  const [one] = Array.isArray(value) ? (value as readonly unknown[]) : [value];
  if (!isObject(one)) return false;
  if (telling.some((name) => Object.hasOwn(one, name))) return true;
  return Object.hasOwn(one, 'body') && Object.hasOwn(one, 'url');
}

/** The members of an object, or of the first of a list, that are called otherwise than in the API. */
function renamedIn(value: unknown): readonly string[] {
  const [one] = Array.isArray(value) ? (value as readonly unknown[]) : [value];
  if (!isObject(one)) return [];
  return Object.keys(one).filter((key) => (bareNames.get(bare(key)) ?? key) !== key);
}

const isRenamed = (value: unknown): boolean => renamedIn(value).length > 0;

/** What to do with an object whose members are called otherwise than in the API; undefined if they are not. */
export function renamedHint(value: unknown): string | undefined {
  const renamed = renamedIn(value);
  if (renamed.length === 0) return undefined;
  const names = renamed.map((key) => bareNames.get(bare(key))!);
  return `Its members are renamed: the API writes ${names.join(', ')} for ${renamed.join(', ')}. Record what the API has answered, before it is converted.`;
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

const valueAt = (value: unknown, pointer: string): unknown => {
  const inside = valuesAt(value, parseWay(pointer)!, spelled)[0]?.value;
  return typeof inside === 'string' ? spelled(inside) : inside;
};

/** What to do with a value that has none of the known shapes. */
export function shapeHint(value: unknown, pointer: string): string {
  const way = wayToAnswer(value, pointer);
  if (way !== undefined) return `An answer of the API stands at ${way}: check with --at '${way}'.`;
  const own = renamedHint(value);
  if (own !== undefined) return own;
  const inside = pointerOf(value, isRenamed, spelled);
  if (inside !== undefined) return renamedHint(valueAt(value, inside)) ?? usual;
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
