import type { Interval } from '../../observations/observation.ts';
import { isStructured, textOfBytes, valueOfBody } from './bodies.ts';
import { placeOf, type Context, type ValueInTexts, type Way } from './context.ts';
import { answerHint, wayToAnswer } from './hints.ts';
import {
  admit,
  answerBeside,
  isEnvelope,
  leaveAside,
  lettingWait,
  readEnvelope,
  withJoined,
} from './envelopes.ts';
import { exchangesIn, isExchange, keptExchange, type Exchanges } from './exchanges.ts';
import { pointerTo } from '../../observations/where.ts';
import { hasAny, isObject, memberOf, type JsonObject } from './fields.ts';
import {
  entriesPointer,
  harEntries,
  isHarEntry,
  readContent,
  readEntry,
  readHar,
  reportElsewhere,
} from './har.ts';
import { spelledValue } from '../json/text.ts';
import { objectsOn, parseWay, partsAt, timeIn, valuesAt, type Found, type Parted } from './pointers.ts';
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
  const all = partsIn(value, context);
  if (!all) return missAt({ value, pointer: '', around: [] }, context, context.ways);
  const behind = all.way.slice(all.way.lastIndexOf('*') + 1);
  for (const part of all.parts) {
    if (part.found.length === 0) missAt(part, context, [behind]);
    for (const one of part.found) readFound(one, context);
  }
}

/** The first of the pointers of `--at` that leads to something, with what stands there. */
function partsIn(
  value: unknown,
  { ways, maxDepth }: Context,
): { readonly way: Way; readonly parts: readonly Parted[] } | undefined {
  const spelled = (text: string): unknown => spelledValue(text, maxDepth);
  return ways
    .map((way) => ({ way, parts: partsAt(value, way, spelled) }))
    .find(({ parts }) => parts.some(({ found }) => found.length > 0));
}

/** Leaves a value aside in which nothing stands where a way leads, unless it is a request whose answer stands elsewhere. */
function missAt({ value, pointer, around }: Found, context: Context, ways: readonly Way[]): void {
  const spelled = (text: string): unknown => spelledValue(text, context.maxDepth);
  const [nearest = []] = ways
    .map((way) => objectsOn(value, way, spelled))
    .toSorted((one, other) => other.length - one.length);
  if (!lettingWait([...nearest, ...around], undefined, context))
    context.out.ignoreMissed(placeOf(context, pointer), () => answerHint(value));
}

/** Reads what is whole of a value that broke off: nothing that stands on the way to where it did. */
export function readBeginning(value: unknown, way: readonly string[], context: Context): void {
  if (context.ways.length === 0) readWhole(value, way, '', context);
  else
    for (const { found } of partsIn(value, context)?.parts ?? [])
      for (const one of wholeOf(found, way.reduce(pointerTo, ''))) readFound(one, context);
}

/** Those that do not stand on the way. */
const wholeOf = (found: readonly Found[], way: string): readonly Found[] =>
  found.filter(({ pointer }) => !`${way}/`.startsWith(`${pointer}/`));

/** Reads the elements of a list, or the exchanges in an object, that are whole. */
function readWhole(value: unknown, way: readonly string[], pointer: string, context: Context): void {
  const [name, ...rest] = way;
  if (Array.isArray(value)) {
    const whole = name === undefined ? value : value.slice(0, Number(name));
    if (whole.length > 0) readPlain(whole, pointer, context);
    if (name !== undefined) readWhole(value[Number(name)], rest, pointerTo(pointer, name), context);
  } else if (isObject(value) && !isAnswer(value)) {
    const broken = way.reduce(pointerTo, '');
    const { list, isUnordered } = exchangesIn(value);
    readKept({ list: wholeOf(list, broken), isUnordered }, pointer, context);
    const listed = lists.find((names) => names.every((one, at) => one === way[at]));
    for (const one of listed ? valuesAt(value, listed, () => undefined) : [])
      readWhole(one.value, way.slice(listed!.length), pointer + one.pointer, context);
    const isOther = list.length === 0 && !listed && !isEnvelope(value) && !isExchange(value);
    if (isOther && pointer === '') reportAt(value, broken, context);
  }
}

/** Reports where in an object that broke off at this place answers stand that are whole. */
function reportAt(value: JsonObject, broken: string, context: Context): void {
  const at = parseWay(wayToAnswer(value, '') ?? '');
  const spelled = (text: string): unknown => spelledValue(text, context.maxDepth);
  if (at && wholeOf(valuesAt(value, at, spelled), broken).length > 0) readAnswer(value, '', context);
}

/** Where objects that are read have lists. */
const lists = [['log', 'entries'], ['entries'], ['items']] as const satisfies readonly Way[];

/** Reads what stands where `--at` says; a text may be one that has begun above. */
function readFound({ value, pointer, around }: Found, outer: Context): void {
  if (lettingWait(around, value, outer)) return;
  const context = { ...outer, around };
  const isTimed = isObject(value) && memberOf(value, 'time') !== undefined;
  if (!isTimed) context.times.seeLogged(timeIn(around), placeOf(context, pointer), context.out);
  const text = typeof value === 'string' ? value : textOfBytes(value);
  if (text === undefined) readTaken({ value, pointer, context });
  else for (const one of context.splits.take({ text, pointer, context, around })) readTaken(one);
}

/** Reads what stands where `--at` says, or in texts that do. */
export function readTaken({ value, pointer, context, asked }: Omit<ValueInTexts, 'text' | 'around'>): void {
  if (!isObject(value) && !Array.isArray(value)) {
    context.out.ignore('notAt');
    return;
  }
  // What stands beside an answer tells more of its request than what stands above it.
  const isAbove = asked !== undefined && !answerBeside(context.around ?? [], context);
  const answer = isAbove ? admit({ ...asked, status: undefined }, context) : undefined;
  const known = isAbove ? answer && { ...context, answer } : withRequest(value, pointer, context);
  if (known) readPlain(value, pointer, known);
}

/** The context of what was found, with its request, which stands beside it or on another line; undefined: that is not read. */
function withRequest(value: unknown, pointer: string, context: Context): Context | undefined {
  const around = context.around ?? [];
  const answer = answerBeside(around, context);
  if (answer) {
    context.requests.know(around);
    return { ...context, answer };
  }
  const isWrapped = isObject(value) && !isAnswer(value) && isEnvelope(value);
  return isWrapped ? context : withJoined(value, around, pointer, context);
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
  const kept = isObject(value) && !entries && !isAnswer(value) ? exchangesIn(value) : undefined;
  if (entries && !(isAnswer(value) && entries.pointer !== entriesPointer))
    readHar({ list: entries.list, pointer: pointer + entries.pointer }, context);
  else if (kept?.list.length) readKept(kept, pointer, context);
  else readEach(value, pointer, context);
}

/** One time for all, so that any may have come before any other. */
const anyTime: Interval = { start: 0, end: 1 };

function readKept({ list, isUnordered }: Exchanges, pointer: string, outer: Context): void {
  const context = isUnordered ? { ...outer, interval: anyTime } : outer;
  for (const one of list) readEach(one.value, pointer + one.pointer, context);
}

/** Reads the entries of a HAR, exchanges, envelopes or whole recordings that stand in a list, or an answer that is one. */
function readElements(list: readonly unknown[], pointer: string, context: Context): void {
  if (list.some(isHarEntry)) readHar({ list, pointer }, context);
  else if (list.some((one) => isObject(one) && !isAnswer(one) && holdsSeveral(one))) {
    for (const one of elementsIn(list)) readPlain(one.value, pointer + one.pointer, context);
  } else if (list.some((one) => isObject(one) && !isAnswer(one) && (isExchange(one) || isEnvelope(one)))) {
    for (const one of elementsIn(list)) readEach(one.value, pointer + one.pointer, context);
  } else readEach(list, pointer, context);
}

/** The elements of a list, the oldest first. */
const elementsIn = (list: readonly unknown[]): Found[] => valuesAt(list, ['*'], () => undefined);

/** Whether an object is a HAR, or what a tool has kept of several exchanges. */
const holdsSeveral = (object: JsonObject): boolean =>
  harEntries(object) !== undefined || exchangesIn(object).list.length > 0;

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
  else if (!isObject(value) || !lettingWait([value, ...(context.around ?? [])], undefined, context))
    readAnswer(value, pointer, context);
}

function readExchange(object: JsonObject, pointer: string, outer: Context): void {
  const { url, method, status, body, pointer: inside, isEncoded, isElsewhere } = keptExchange(object)!;
  const admitted = admit({ url, method, status }, outer);
  if (!admitted) return;
  const request = memberOf(object, 'request');
  const answer = withFolderSent(admitted, isObject(request) ? request : object, outer);
  // A mapping of WireMock in a file of its own: the names of such files tell nothing of their order.
  const isMapping = isObject(request) && memberOf(object, 'uuid') !== undefined && !outer.interval;
  const context = { ...outer, answer, ...(isMapping && { interval: anyTime }) };
  const bodyPointer = pointer + inside;
  if (isElsewhere)
    reportElsewhere(
      bodyPointer,
      'Put the body into the mapping (body or jsonBody), or check the file itself.',
      context,
    );
  else if (body === undefined || body === '') leaveAside(object, pointer, context);
  else if (typeof body === 'string') {
    const read = valueOfBody(body, { isEncoded }, bodyPointer, context);
    if (read) readAnswer(read.value, bodyPointer, context);
  } else readAnswer(body, bodyPointer, context);
}
