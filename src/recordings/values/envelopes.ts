import { valueOfBody } from './bodies.ts';
import { placeOf, unknownAnswer, type Context, type Answer } from './context.ts';
import { requestIn, withFolderSent } from './requests.ts';
import { isAnswerApart, requestApart } from './requests-apart.ts';
import { holdsAnswer, shapeHint } from './hints.ts';
import { pointerTo } from '../../observations/where.ts';
import { hasAny, memberOf, readText, type JsonObject } from './fields.ts';
import { momentOf } from './moments.ts';
import { answerOf, isReadMethod, shownRequest } from './routes.ts';
import { readAnswer } from './shapes.ts';

/** Whether the object wraps an answer together with its request. */
export function isEnvelope(object: JsonObject): boolean {
  if (hasAny(object, 'folder_id', 'analyse_id', 'analysis_id', 'analyses')) return false;
  return hasAny(object, 'body') || (hasAny(object, 'url') && hasAny(object, 'method', 'status'));
}

/** A request and the outcome of it, from an envelope or from an entry of a HAR. */
export interface Exchange {
  readonly url: string | undefined;
  readonly method: string | undefined;
  readonly status: unknown;
}

/** What the exchange answers, or undefined, and counted, where its answer says nothing of folders. */
export function admit(exchange: Exchange, context: Context): Answer | undefined {
  const { url, method, status } = exchange;
  const answer = url === undefined ? context.answer : answerOf(url, method, context);
  if (!answer) context.out.ignoreRequest(context.out.wantsRequests ? shownRequest(url!, method) : undefined);
  else if (!isReadMethod(method)) context.out.ignore('otherMethod');
  else if (isError(status)) context.out.ignore('errorAnswer');
  else return answer;
  return undefined;
}

const isError = (status: unknown): boolean => statusOf(status) >= 400;

/** The number of a status, also of one with its words as in `502 Bad Gateway`; NaN where it is none. */
function statusOf(status: unknown): number {
  return typeof status === 'number' ? status : typeof status === 'string' ? Number.parseInt(status, 10) : NaN;
}

/** Whether a status is what programs write where there was no answer. */
export const isNoStatus = (status: unknown): boolean => statusOf(status) <= 0;

/**
 * What is answered in one of these objects, the nearest first, by the request of which it tells under another name than
 * an envelope does; undefined where none tells of one that is read.
 */
export function answerBeside(objects: readonly JsonObject[], context: Context): Answer | undefined {
  for (const object of objects) {
    const request = requestIn(object);
    const answer =
      request && isReadMethod(request.method) ? answerOf(request.url, request.method, context) : undefined;
    if (answer) return answer;
  }
  return undefined;
}

/**
 * Whether objects, the nearest first, tell of a request whose answer stands elsewhere, so that it waits for that; `body` is
 * what stands there as a body.
 */
export function lettingWait(objects: readonly JsonObject[], body: unknown, context: Context): boolean {
  const found = requestApart(objects, body, context.maxDepth);
  if (!found) {
    if (body === undefined && objects.some(requestIn)) context.requests.see(objects);
    return false;
  }
  const { asked, object, isMarked } = found;
  const isRead = isReadMethod(asked.method);
  const known = isRead ? answerOf(asked.url, asked.method, context) : undefined;
  const answer = known && withFolderSent(known, object, context);
  if (context.requests.ask(asked, answer, objects, context)) return true;
  if (isMarked) context.out.ignore('noAnswer');
  return isMarked;
}

/**
 * The context of a value in these objects with what another line says of its request; undefined, and counted, where that is
 * not read.
 */
export function withJoined(
  value: unknown,
  objects: readonly JsonObject[],
  pointer: string,
  context: Context,
): Context | undefined {
  if (!isAnswerApart(objects, value, context.maxDepth)) return context;
  const joined = context.requests.answer(value, objects, pointer, context);
  if (!joined) return context;
  if (joined.answer === undefined) {
    context.out.ignoreRequest(joined.other);
    return undefined;
  }
  const { answer, interval } = joined;
  return { ...context, answer, ...(interval && { interval }) };
}

/** Reads one `{started, time, method, url, status, body}`, in which only the body has to be there. */
export function readEnvelope(object: JsonObject, pointer: string, outer: Context): void {
  const objects = [object, ...(outer.around ?? [])];
  if (lettingWait(objects, memberOf(object, 'body'), outer)) return;
  const url = readText(object, 'url', pointer, outer);
  const beside = url === undefined ? answerBeside([object], outer) : undefined;
  const isApart = url === undefined && !beside && outer.answer === unknownAnswer;
  const context = isApart
    ? withJoined(memberOf(object, 'body'), objects, pointer, outer)
    : beside
      ? { ...outer, answer: beside }
      : outer;
  if (!context) return;
  const method = readText(object, 'method', pointer, context);
  const answer = admit({ url, method, status: memberOf(object, 'status') }, context);
  if (!answer) return;
  const timePointer = pointerTo(pointer, 'time');
  context.times.see(memberOf(object, 'time'), placeOf(context, timePointer), context.out);
  const interval = intervalOf(object);
  const answered = { ...context, answer, ...(interval && { interval }) };
  const body = memberOf(object, 'body');
  const bodyPointer = pointerTo(pointer, 'body');
  if (body === undefined || body === '') leaveAside(object, pointer, context);
  else if (typeof body === 'string') {
    const isBroken = isNoStatus(memberOf(object, 'status'));
    const read = valueOfBody(body, { isBroken }, bodyPointer, answered);
    if (read) readAnswer(read.value, bodyPointer, answered);
  } else readAnswer(body, bodyPointer, answered);
}

/** Leaves an exchange without a body aside, unless an answer stands elsewhere in it. */
export function leaveAside(object: JsonObject, pointer: string, context: Context): void {
  if (!holdsAnswer(object))
    context.out.ignore(isNoStatus(memberOf(object, 'status')) ? 'noAnswer' : 'noBody');
  else
    context.out.find('SHAPE_UNKNOWN', placeOf(context, pointer), {
      message: 'expected an exchange with the answer as its body, received one without',
      hint: shapeHint(object, pointer),
    });
}

/** From the time at which the request was sent to that at which its answer was complete, if both are of one kind. */
function intervalOf(object: JsonObject): Context['interval'] {
  const [started, time] = [memberOf(object, 'started'), memberOf(object, 'time')];
  const [start, end] = [momentOf(started), momentOf(time)];
  const areAlike = start !== undefined && start.kind === end?.kind;
  return areAlike && start.at <= end.at ? { start: start.at, end: end.at } : undefined;
}
