import { documentedKinds } from '../../machines/analysis/model.ts';
import { answerFields, isObject } from '../recordings/values/fields.ts';

/** A list of folders, the list of analyses in each, and nothing below. */
export const deepest = 3;

/** What stands for a text that is no JSON: reading reports it as such. */
export const notJson = 'not JSON';

/** What stands for a JSON value that is neither an object nor a list. */
export const scalar = '';

/** The kinds of analyses that a recording keeps as keys. */
export const knownKinds: ReadonlySet<string> = new Set(documentedKinds);

/**
 * The body of an answer with nothing in it but what reading looks at, as an envelope keeps it: names, media, scores
 * and all else that is unknown are gone. Read, it gives the same observations and the same finding codes, but for
 * analyses in callbacks that are of no documented kind.
 */
export function leanBody(text: string): unknown {
  const answer = spelledBy(text);
  if (answer === undefined) return notJson;
  if (Array.isArray(answer)) return leanList(answer, deepest);
  // Bare text in the place of a body would be read as JSON text itself.
  return isObject(answer) ? leanObject(answer, deepest) : JSON.stringify(scalar);
}

/** The value that a text spells; undefined, which no text spells, where it is no JSON. */
function spelledBy(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function leanList(list: readonly unknown[], room: number): unknown[] {
  return list.map((element) => {
    if (Array.isArray(element)) return [];
    return isObject(element) ? leanObject(element, room - 1) : scalar;
  });
}

function leanObject(object: object, room: number): object {
  const kept = Object.entries(object).filter(([key]) => Object.hasOwn(answerFields, key));
  return Object.fromEntries(
    kept.map(([key, value]) => [
      key,
      leanMember(answerFields[key as keyof typeof answerFields], value, room),
    ]),
  );
}

function leanMember(
  sought: (typeof answerFields)[keyof typeof answerFields],
  value: unknown,
  room: number,
): unknown {
  if (sought === 'presence') return null;
  if (sought === 'folder') return room > 1 ? leanFolder(value) : null;
  if (Array.isArray(value)) return sought !== 'value' && room > 1 ? leanList(value, room) : [];
  if (isObject(value)) return sought === 'members' && room > 1 ? leanByKind(value, room) : {};
  // JSON has no infinity, but its numbers can be too large for any reader.
  return typeof value === 'number' && !Number.isFinite(value) ? Math.sign(value) * Number.MAX_VALUE : value;
}

/** Of what was found, which may be kept as text, only the folder that it names. */
function leanFolder(given: unknown): object | null {
  const found = typeof given === 'string' ? spelledBy(given) : given;
  if (!isObject(found)) return null;
  const { folder_id: id } = found;
  return id === undefined ? {} : { folder_id: leanMember('value', id, 0) };
}

/**
 * The analyses of a callback, which stand under their kinds. Another key may be anything, a name as well, so that what
 * stands under it is left out.
 */
function leanByKind(analyses: object, room: number): object {
  const entries = Object.entries(analyses).filter(([key]) => knownKinds.has(key.toUpperCase()));
  return Object.fromEntries(entries.map(([kind, analysis]) => [kind, leanList([analysis], room)[0]]));
}
