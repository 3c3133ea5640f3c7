import type { Interval } from '../../observations/observation.ts';
import { placeOf, type Answer, type Context } from './context.ts';
import { admit, readAnswerText } from './envelopes.ts';
import { describe, isObject, memberOf, pointerTo, readText, reportField } from './fields.ts';
import type { JsonObject } from './fields.ts';

/** The entries of a HAR 1.2, or undefined where the object is none. */
export function harEntries(object: JsonObject): readonly unknown[] | undefined {
  const log = memberOf(object, 'log');
  const entries = isObject(log) ? memberOf(log, 'entries') : undefined;
  return Array.isArray(entries) ? entries : undefined;
}

/** What an entry answers, and where it stands. */
export interface Entry {
  readonly response: JsonObject;
  readonly pointer: string;
  readonly answer: Answer;
  readonly interval: Interval | undefined;
}

/** The pointer of the entries in a HAR. */
export const entriesPointer = '/log/entries';

/**
 * Reads the entries of a HAR in the order in which their responses ended, each with the interval of its request.
 * Where one of the entries that count has no valid time, the order of the file is taken and no interval is given.
 */
export function readHar(list: readonly unknown[], context: Context): void {
  const entries = list.flatMap((value, at) => readEntry(value, pointerTo(entriesPointer, at), context) ?? []);
  const isTimed = entries.every(({ interval }) => interval !== undefined);
  if (isTimed) entries.sort((one, other) => one.interval!.end - other.interval!.end);
  for (const entry of entries) readContent(entry, isTimed, context);
}

/** Reads all of an entry but its body; undefined, and reported or counted, where the body says nothing of folders. */
export function readEntry(value: unknown, pointer: string, context: Context): Entry | undefined {
  const request = isObject(value) ? memberOf(value, 'request') : undefined;
  const response = isObject(value) ? memberOf(value, 'response') : undefined;
  if (!isObject(value) || !isObject(request) || !isObject(response)) {
    context.out.find('SHAPE_UNKNOWN', placeOf(context, pointer), {
      message: `expected a HAR entry with request and response, received ${describe(value)} without`,
    });
    return undefined;
  }
  const requestPointer = pointerTo(pointer, 'request');
  const url = readText(request, 'url', requestPointer, context) ?? '';
  const method = readText(request, 'method', requestPointer, context);
  const answer = admit({ url, method, status: memberOf(response, 'status') }, context);
  return answer && { response, pointer, answer, interval: readInterval(value, pointer, context) };
}

function readInterval(entry: JsonObject, pointer: string, context: Context): Interval | undefined {
  const started = memberOf(entry, 'startedDateTime');
  const time = memberOf(entry, 'time');
  const start = typeof started === 'string' ? Date.parse(started) : NaN;
  if (Number.isNaN(start)) {
    reportField(context, pointerTo(pointer, 'startedDateTime'), 'a date and time', started);
    return undefined;
  }
  if (typeof time !== 'number' || !(time >= 0) || !Number.isFinite(time)) {
    reportField(context, pointerTo(pointer, 'time'), 'a duration in milliseconds', time);
    return undefined;
  }
  return { start, end: start + time };
}

/** Reads the body of an entry, with the interval of its request if all entries `areTimed`. */
export function readContent(entry: Entry, areTimed: boolean, outer: Context): void {
  const { response, answer, interval } = entry;
  const context = { ...outer, answer, ...(areTimed && interval && { interval }) };
  const pointer = `${entry.pointer}/response/content`;
  const content = memberOf(response, 'content');
  const text = isObject(content) ? readText(content, 'text', pointer, context) : undefined;
  if (!isObject(content) || !text) {
    context.out.ignore('noBody');
    return;
  }
  const type = memberOf(content, 'mimeType');
  if (typeof type === 'string' && type !== '' && !isJsonType(type)) {
    context.out.ignore('notJson');
    return;
  }
  const textPointer = pointerTo(pointer, 'text');
  const isEncoded = memberOf(content, 'encoding') === 'base64';
  const decoded = isEncoded ? decodeBase64(text) : text;
  if (decoded === undefined) reportField(context, textPointer, 'UTF-8 text in base64', text);
  else readAnswerText(decoded, textPointer, context);
}

/** Whether a body of this type is JSON. */
export const isJsonType = (type: string): boolean => /json/i.test(type);

function decodeBase64(text: string): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
