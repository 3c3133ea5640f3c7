import type { Interval } from '../../observations/observation.ts';
import { valueOfBody } from './bodies.ts';
import { placeOf, type Context, type Answer } from './context.ts';
import { admit, isNoStatus } from './envelopes.ts';
import { pointerTo } from '../../observations/where.ts';
import { describe, isObject, memberOf, readText } from './fields.ts';
import type { JsonObject } from './fields.ts';
import { withFolderSent } from './requests.ts';
import { readAnswer } from './shapes.ts';

/** Where in a HAR, or in a part of one, its entries stand. */
export interface HarEntries {
  readonly list: readonly unknown[];
  readonly pointer: string;
}

/** The pointer of the entries in a HAR. */
export const entriesPointer = '/log/entries';

/** The entries of a HAR 1.2, or of its `log` alone; undefined where the object is neither. */
export function harEntries(object: JsonObject): HarEntries | undefined {
  const log = memberOf(object, 'log');
  const entries = isObject(log) ? memberOf(log, 'entries') : undefined;
  if (Array.isArray(entries)) return { list: entries, pointer: entriesPointer };
  const own = memberOf(object, 'entries');
  return Array.isArray(own) && own.some(isHarEntry) ? { list: own, pointer: '/entries' } : undefined;
}

/** Whether a value is an entry of a HAR. */
export function isHarEntry(value: unknown): value is JsonObject {
  return isObject(value) && isObject(memberOf(value, 'request')) && 'startedDateTime' in value;
}

/** What an entry answers, and where it stands. */
export interface Entry {
  readonly response: JsonObject;
  readonly pointer: string;
  readonly answer: Answer;
  readonly interval: Interval | undefined;
  /** When it was complete, as far as that is known; not a number where nothing is. */
  readonly end: number;
}

/**
 * Reads the entries of a HAR in the order in which their responses ended, each with the interval of its request. One
 * whose times are not known has no interval; it is taken when it began, or behind the entry that stands before it.
 */
export function readHar({ list, pointer }: HarEntries, context: Context): void {
  if (list.length === 0) reportNoEntries(pointer, context);
  const entries = list.flatMap((value, at) => readEntry(value, pointerTo(pointer, at), context) ?? []);
  const ends = endsOf(entries.map(({ end }) => end));
  const order = entries.map((entry, at) => ({ entry, end: ends[at]! }));
  order.sort((one, other) => one.end - other.end);
  for (const { entry } of order) readContent(entry, context);
}

/** Reports that nothing was recorded. */
export function reportNoEntries(pointer: string, context: Context): void {
  context.out.find('INPUT_EMPTY', placeOf(context, pointer), {
    message: 'expected a HAR with entries, received one without any: no request was recorded',
    hint: 'Open the developer tools on the network page before the flow starts, and save when it has ended.',
  });
}

/** When entries were complete, by their order in the file; one of which nothing is known when the one before it was. */
export function endsOf(known: readonly number[]): readonly number[] {
  let last = -Infinity;
  // Two infinities have no difference.
  return known
    .map((end) => (last = Number.isNaN(end) ? last : end))
    .map((end) => Math.max(end, -Number.MAX_VALUE));
}

/** Reads all of an entry but its body; undefined, and reported or counted, where the body says nothing of folders. */
export function readEntry(value: unknown, pointer: string, context: Context): Entry | undefined {
  if (value === null) {
    context.out.ignore('noAnswer');
    return undefined;
  }
  const request = isObject(value) ? memberOf(value, 'request') : undefined;
  const response = isObject(value) ? memberOf(value, 'response') : undefined;
  if (!isObject(value) || !isObject(request) || !(response === undefined || isObject(response))) {
    context.out.find('SHAPE_UNKNOWN', placeOf(context, pointer), {
      message: `expected a HAR entry with request and response, received ${describe(value)} without`,
    });
    return undefined;
  }
  const requestPointer = pointerTo(pointer, 'request');
  const url = readText(request, 'url', requestPointer, context) ?? '';
  const method = readText(request, 'method', requestPointer, context);
  const answer = admit({ url, method, status: response && memberOf(response, 'status') }, context);
  if (!answer) return undefined;
  if (response && hasText(response)) {
    const asked = withFolderSent(answer, request, context);
    return { response, pointer, answer: asked, ...readTimes(value, pointer, context) };
  }
  const elsewhere = response && nameOfFile(response);
  if (elsewhere !== undefined)
    reportElsewhere(pointerTo(`${pointer}/response/content`, elsewhere), elsewhereHint, context);
  else context.out.ignore(response && Number(memberOf(response, 'status')) > 0 ? 'noBody' : 'noAnswer');
  return undefined;
}

/** What to do where Playwright has put bodies into files: HARs name those beside them, traces all below one directory. */
const elsewhereHint = `Playwright has put the bodies into files: record with content: 'embed', or put them in: node -e 'const [f] = process.argv.slice(1), { readFileSync: read } = require("fs"), path = require("path"), text = read(f, "utf8"); const put = (_, v) => { const name = v?._file ?? (v?._sha1 && "resources/" + v._sha1); if (name) v.text = read(path.join(path.dirname(f), name), "utf8"); return v }; for (const one of /^\\s*{\\s*"log"/.test(text) ? [text] : text.trim().split("\\n")) { const v = JSON.parse(one, put); console.log(JSON.stringify(v.snapshot ?? v)) }' FILE | oz-status check -`;

/** The member that names a file in which the body of a response is kept. */
function nameOfFile(response: JsonObject): string | undefined {
  const content = memberOf(response, 'content');
  const names = ['_file', '_sha1'] as const;
  return isObject(content) ? names.find((name) => typeof memberOf(content, name) === 'string') : undefined;
}

/** Reports a body that is kept in a file of its own. */
export function reportElsewhere(pointer: string, hint: string, context: Context): void {
  context.out.find('SHAPE_UNKNOWN', placeOf(context, pointer), {
    message: 'expected the body of an answer, received the name of a file that holds it',
    hint,
  });
}

/** Whether the response has a body; what is there and no text is reported when it is read. */
function hasText(response: JsonObject): boolean {
  const content = memberOf(response, 'content');
  const text = isObject(content) ? memberOf(content, 'text') : undefined;
  return text !== undefined && text !== '';
}

function readTimes(entry: JsonObject, pointer: string, context: Context): Pick<Entry, 'interval' | 'end'> {
  const started = memberOf(entry, 'startedDateTime');
  const time = memberOf(entry, 'time');
  const place = (name: string) => placeOf(context, pointerTo(pointer, name));
  const moment = context.times.read(started, place('startedDateTime'), context.out);
  const start = moment?.kind === 'date' ? moment.at : undefined;
  const note = (name: string, expected: string, received: unknown): void => {
    const message = `expected ${expected}, received ${describe(received)}: the answer is judged without it`;
    context.out.find('TIME_UNREADABLE', place(name), { message, observed: describe(received) });
  };
  if (start === undefined) {
    note('startedDateTime', 'a date and time', started);
    return { interval: undefined, end: NaN };
  }
  if (typeof time !== 'number' || !(time >= 0) || !Number.isFinite(time)) {
    note('time', 'a duration in milliseconds', time);
    return { interval: undefined, end: start + durationOf(memberOf(entry, 'timings')) };
  }
  return { interval: { start, end: start + time }, end: start + time };
}

/** How long a request took by its timings, of which those that do not apply are -1. */
function durationOf(timings: unknown): number {
  if (!isObject(timings)) return 0;
  const parts = Object.values(timings).filter((part): part is number => typeof part === 'number' && part > 0);
  const sum = parts.reduce((all, part) => all + part, 0);
  return Number.isFinite(sum) ? sum : 0;
}

/** Reads the body of an entry. */
export function readContent({ response, answer, interval, pointer: entry }: Entry, outer: Context): void {
  const context = { ...outer, answer, ...(interval && { interval }) };
  const pointer = `${entry}/response/content`;
  const content = memberOf(response, 'content') as JsonObject;
  const received = memberOf(content, 'text');
  if (typeof received === 'object') {
    // Some tools parse what is JSON.
    readAnswer(received, pointerTo(pointer, 'text'), context);
    return;
  }
  const text = readText(content, 'text', pointer, context);
  if (text === undefined) return;
  const type = memberOf(content, 'mimeType');
  const encoding = memberOf(content, 'encoding');
  const declared = {
    ...(typeof type === 'string' && { type }),
    isEncoded: typeof encoding === 'string' && encoding.toLowerCase() === 'base64',
    isBroken:
      Object.hasOwn(response, '_error') ||
      Object.hasOwn(response, '_failureText') ||
      isNoStatus(memberOf(response, 'status')),
  };
  const read = valueOfBody(text, declared, pointerTo(pointer, 'text'), context);
  if (read) readAnswer(read.value, pointerTo(pointer, 'text'), context);
}
