import { isStructured, valueOfBody } from './bodies.ts';
import { placeOf, type Context } from './context.ts';
import { admit, answerBeside, isEnvelope, leaveAside, readEnvelope } from './envelopes.ts';
import { exchangesIn, isExchange, keptExchange, textOfBytes } from './exchanges.ts';
import { pointerTo } from '../../observations/where.ts';
import { hasAny, isObject, memberOf, type JsonObject } from './fields.ts';
import { entriesPointer, harEntries, isHarEntry, readContent, readEntry, readHar } from './har.ts';
import { spelledValue } from '../json/text.ts';
import { valuesAt, type Found } from './pointers.ts';
import { withFolderSent } from './requests.ts';
import { readAnswer } from './shapes.ts';

/** Reads one JSON value of a recording, or what stands in it where `--at` says. */
export function readValue(value: unknown, outer: Context): void {
  const source = sourceOf(value, outer);
  const context = source ? { ...outer, source } : outer;
  if (context.ways.length === 0) {
    readPlain(value, '', context);
    return;
  }
  const spelled = (text: string): unknown => spelledValue(text, context.maxDepth);
  const found = context.ways.map((way) => valuesAt(value, way, spelled)).find((some) => some.length > 0);
  if (!found) context.out.ignore('notAt');
  for (const one of found ?? []) readFound(one, context);
}

/** Reads what stands where `--at` says; a text may be one that has begun above. */
function readFound({ value, pointer, around }: Found, outer: Context): void {
  const answer = answerBeside(around, outer);
  const context = answer ? { ...outer, answer } : outer;
  const text = typeof value === 'string' ? value : textOfBytes(value);
  const whole =
    text !== undefined
      ? context.splits.take({ text, pointer, context, around })
      : { value, pointer, context };
  if (!whole) return;
  if (isObject(whole.value) || Array.isArray(whole.value))
    readPlain(whole.value, whole.pointer, whole.context);
  else context.out.ignore('notAt');
}

/**
 * Where a value says that it came from: `source`, with the name of an object, and a line in it, where the line begins
 * in bytes, or both. A member of that name that says something else is one like any other.
 */
function sourceOf(value: unknown, { naming }: Context): Context['source'] {
  const source = isObject(value) ? memberOf(value, 'source') : undefined;
  if (!isObject(source)) return undefined;
  const [object, line, offset] = [
    memberOf(source, 'object'),
    numberFrom(1, memberOf(source, 'line')),
    numberFrom(0, memberOf(source, 'offset')),
  ];
  if (typeof object !== 'string' || object === '' || (line === undefined && offset === undefined))
    return undefined;
  return {
    file: naming.isPlain ? object : naming.key(object),
    ...(line !== undefined && { line }),
    ...(offset !== undefined && { offset }),
  };
}

const numberFrom = (least: number, value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= least ? value : undefined;

/** Reads a HAR or a part of one, an envelope, what other tools keep of exchanges, a list of these, or an answer itself. */
function readPlain(value: unknown, pointer: string, context: Context): void {
  if (typeof value === 'string' && isStructured(value)) {
    const read = valueOfBody(value, {}, pointer, context);
    if (read) readPlain(read.value, pointer, context);
    return;
  }
  if (Array.isArray(value)) {
    readElements(value, pointer, context);
    return;
  }
  const entries = isObject(value) ? harEntries(value) : undefined;
  const kept = isObject(value) && !entries && !isAnswer(value) ? exchangesIn(value) : [];
  if (entries && !(isAnswer(value) && entries.pointer !== entriesPointer))
    readHar({ list: entries.list, pointer: pointer + entries.pointer }, context);
  else if (kept.length > 0) for (const one of kept) readEach(one.value, pointer + one.pointer, context);
  else readEach(value, pointer, context);
}

/** Reads the entries of a HAR, exchanges, envelopes or whole recordings that stand in a list, or an answer that is one. */
function readElements(list: readonly unknown[], pointer: string, context: Context): void {
  if (list.some(isHarEntry)) readHar({ list, pointer }, context);
  else if (list.some((one) => isObject(one) && !isAnswer(one) && holdsSeveral(one))) {
    for (const [at, element] of list.entries()) readPlain(element, pointerTo(pointer, at), context);
  } else if (list.some((one) => isObject(one) && !isAnswer(one) && (isExchange(one) || isEnvelope(one)))) {
    for (const [at, element] of list.entries()) readEach(element, pointerTo(pointer, at), context);
  } else readEach(list, pointer, context);
}

/** Whether an object is a HAR, or what a tool has kept of several exchanges. */
const holdsSeveral = (object: JsonObject): boolean =>
  harEntries(object) !== undefined || exchangesIn(object).length > 0;

/** Whether a value is what the API answers, whatever else is in it. */
const isAnswer = (value: unknown): boolean =>
  isObject(value) && hasAny(value, 'folder_id', 'analyse_id', 'analysis_id', 'analyses');

function readEach(value: unknown, pointer: string, context: Context): void {
  if (value === null) context.out.ignore('noBody');
  else if (isAnswer(value)) readAnswer(value, pointer, context);
  else if (isHarEntry(value)) {
    const entry = readEntry(value, pointer, context);
    if (entry) readContent(entry, context);
  } else if (isExchange(value)) readExchange(value, pointer, context);
  else if (isObject(value) && isEnvelope(value)) readEnvelope(value, pointer, context);
  else readAnswer(value, pointer, context);
}

function readExchange(object: JsonObject, pointer: string, outer: Context): void {
  const { url, method, status, body, pointer: inside, isEncoded, isElsewhere } = keptExchange(object)!;
  const admitted = admit({ url, method, status }, outer);
  if (!admitted) return;
  const request = memberOf(object, 'request');
  const answer = withFolderSent(admitted, isObject(request) ? request : object, outer);
  const context = { ...outer, answer };
  const bodyPointer = pointer + inside;
  if (isElsewhere)
    context.out.find('SHAPE_UNKNOWN', placeOf(context, bodyPointer), {
      message: 'expected the body of an answer, received the name of a file that holds it',
      hint: 'Put the body into the mapping (body or jsonBody), or check the file itself.',
    });
  else if (body === undefined || body === '') leaveAside(object, pointer, context);
  else if (typeof body === 'string') {
    const read = valueOfBody(body, { isEncoded }, bodyPointer, context);
    if (read) readAnswer(read.value, bodyPointer, context);
  } else readAnswer(body, bodyPointer, context);
}
