/** Requests of a log whose answers stand on lines of their own, joined by an id that both lines have, or by their order. */
import type { Where } from '../../observations/observation.ts';
import type { Collector } from '../io/collector.ts';
import {
  placeOf,
  type Answer,
  type AskedFor,
  type Context,
  type JoinedRequest,
  type JoinsRequests,
} from './context.ts';
import { isObject, type JsonObject } from './fields.ts';
import { momentOf, type Moment } from './moments.ts';
import { bare } from './requests.ts';
import { isOwnAnswer } from './requests-apart.ts';
import { RequestsInOrder, writerOf } from './requests-in-order.ts';
import { shownRequest } from './routes.ts';
import { spelledValue } from '../json/text.ts';

/** A request whose answer has not come. */
interface OpenRequest {
  readonly asked: AskedFor;
  /** Undefined: its route is not read. */
  readonly answer: Answer | undefined;
  readonly sent: Moment | undefined;
  /** The ids that its answer may have, as texts that are equal for equal names and values. */
  readonly keys: readonly string[];
  /** Whether one with its id was answered before: what a program writes while it answers tells of its request as well. */
  readonly isAgain: boolean;
}

/** The order of so many writers is looked at. */
const mostWriters = 256;

/** So many requests may wait for their answers; then the one that waits longest is given up. */
export const maxOpenRequests = 4096;

/**
 * Names that logs give the id of an exchange, those that tell single exchanges apart first: an answer has its request by the
 * first of them that requests have.
 */
const idNames = [
  'correlation',
  'exchangeid',
  'spanid',
  'reqid',
  'requestid',
  'transactionid',
  'correlationid',
  'traceid',
  'tcpstream',
] as const;
/** And one that is looked at only where it stands by itself. */
const plainName = 'id';
const allNames = [...idNames, plainName] as const;
/** An id is not looked for deeper than this, nor in more members. */
const deepest = 3;
const mostMembers = 256;
const mostElements = 4;
const longestId = 200;
const longestName = 64;

const timeNames: readonly string[] = ['time', 'timestamp', 'ts', 'datetime'];

/** The requests of one log that wait for their answers. */
export class OpenRequests implements JoinsRequests {
  readonly #isWhole: boolean;
  readonly #open = new Set<OpenRequest>();
  readonly #byKey = new Map<string, Set<OpenRequest>>();
  /** Those without an id, by who has written them. */
  readonly #inOrder = new Map<string, RequestsInOrder<OpenRequest>>();
  /** The names of ids that requests have. */
  readonly #names = new Set<string>();
  /** Where answers stand whose request is not known and may come yet. */
  readonly #without = new Map<string, Where>();
  /** The ids of the last requests that were answered. */
  readonly #answered = new Set<string>();
  #joined = 0;
  #unknown = 0;
  #givenUp = 0;
  /** The first answer whose request is not known. */
  #first: Where | undefined;

  /** Requests and answers are joined by their order only in a log that is read whole. */
  constructor(isWhole: boolean) {
    this.#isWhole = isWhole;
  }

  ask(
    asked: AskedFor,
    answer: Answer | undefined,
    objects: readonly JsonObject[],
    context: Context,
  ): boolean {
    const { out } = context;
    const ids = idsIn(objects);
    const keys = [...ids].map(([name, value]) => keyOf(name, value));
    const isAgain = keys.some((key) => this.#answered.has(key));
    const request = { asked, answer, sent: momentIn(objects), keys, isAgain };
    if (ids.size === 0) return this.#askInOrder(request, objects, context);
    for (const name of ids.keys()) this.#names.add(name);
    this.#open.add(request);
    for (const key of keys) this.#byKey.set(key, (this.#byKey.get(key) ?? new Set()).add(request));
    if (this.#open.size <= maxOpenRequests) return true;
    const [longest] = this.#open;
    this.#close(longest!);
    this.#givenUp += 1;
    leave(longest!, out);
    return true;
  }

  answer(
    value: unknown,
    objects: readonly JsonObject[],
    pointer: string,
    context: Context,
  ): JoinedRequest | undefined {
    const isOwn = () => isOwnAnswer(value, context.maxDepth);
    const ids = idsIn(objects);
    const name = allNames.find((one) => ids.has(one) && this.#names.has(one));
    if (name === undefined) {
      const inOrder = this.#inOrder.get(writerOf(objects));
      if (inOrder && inOrder.size > 0 && isOwn()) {
        const asked = inOrder.take(typeof value === 'string' ? spelledValue(value, context.maxDepth) : value);
        if (asked) return this.#join(asked, objects);
        this.#miss(placeOf(context, pointer));
        return undefined;
      }
      this.#await(ids, placeOf(context, pointer));
      return undefined;
    }
    const open = [...(this.#byKey.get(keyOf(name, ids.get(name)!)) ?? [])];
    // Who is asked may have to ask others, with the same id, before it can answer.
    const read = open.filter(({ answer }) => answer !== undefined);
    if (read.length === 0 && open.length > 0 && isOwn()) return undefined;
    const some = read.length > 0 ? read : open;
    const [request, ...others] = some;
    for (const one of some) {
      this.#close(one);
      this.#noteAnswered(one.keys);
    }
    if (!request || others.some(({ asked }) => !isSame(asked, request.asked))) {
      this.#miss(placeOf(context, pointer));
      return undefined;
    }
    return this.#join(others.length === 0 ? request : { ...request, sent: undefined }, objects);
  }

  /** What is known of the request of the answer in these objects. */
  #join({ asked, answer, sent }: OpenRequest, objects: readonly JsonObject[]): JoinedRequest {
    this.#joined += 1;
    if (!answer) return { other: shownRequest(asked.url, asked.method) };
    const came = momentIn(objects);
    const isTimed = sent !== undefined && sent.kind === came?.kind && sent.at <= came.at;
    return { answer, ...(isTimed && { interval: { start: sent.at, end: came.at } }) };
  }

  /** Lets a request without an id wait among those of its writer, where all that is read is looked at in order. */
  #askInOrder(request: OpenRequest, objects: readonly JsonObject[], { ways, out }: Context): boolean {
    if (!request.answer || !this.#isWhole || ways.length === 0) return false;
    const writer = writerOf(objects);
    const inOrder = this.#inOrder.get(writer) ?? new RequestsInOrder((one) => leave(one, out));
    if (!this.#inOrder.has(writer) && this.#inOrder.size === mostWriters) return false;
    this.#inOrder.set(writer, inOrder);
    inOrder.ask(request);
    return true;
  }

  /** Remembers an answer of which no request is known so far. */
  #await(ids: ReadonlyMap<string, string>, where: Where): void {
    const name = allNames.find((one) => ids.has(one));
    if (name === undefined) return;
    this.#without.set(keyOf(name, ids.get(name)!), where);
    const [oldest] = this.#without.keys();
    if (this.#without.size > maxOpenRequests) this.#without.delete(oldest!);
  }

  know(objects: readonly JsonObject[]): void {
    const keys = [...idsIn(objects)].map(([name, value]) => keyOf(name, value));
    for (const key of keys) for (const one of this.#byKey.get(key) ?? []) this.#close(one);
    this.#noteAnswered(keys);
  }

  #noteAnswered(keys: readonly string[]): void {
    for (const key of keys) {
      this.#answered.add(key);
      const [oldest] = this.#answered;
      if (this.#answered.size > maxOpenRequests) this.#answered.delete(oldest!);
    }
  }

  see(objects: readonly JsonObject[]): void {
    if (this.#without.size === 0) return;
    for (const [name, value] of idsIn(objects)) {
      const where = this.#without.get(keyOf(name, value));
      if (!where) continue;
      this.#without.delete(keyOf(name, value));
      this.#miss(where);
    }
  }

  #miss(where: Where): void {
    this.#unknown += 1;
    this.#first ??= where;
  }

  end(out: Collector): void {
    for (const one of this.#open) leave(one, out);
    for (const one of this.#inOrder.values()) one.end();
    const where = this.#first;
    if (!where) return;
    const all = this.#joined + this.#unknown;
    const limit =
      this.#givenUp === 0
        ? ''
        : `; requests given up because more than ${maxOpenRequests} (maxOpenRequests) waited for their answers: ${this.#givenUp}`;
    out.find('REQUEST_UNKNOWN', where, {
      message: `expected above each answer one request that it answers, by its id or alone, found none or several for ${this.#unknown} of ${all} answers, the first of them here: what those were asked is not known${limit}`,
      hint: 'Log the request before its answer, each exchange under an id of its own: only the answer to a POST says which analyses were sent together.',
    });
  }

  #close(request: OpenRequest): void {
    this.#open.delete(request);
    for (const key of request.keys) {
      const same = this.#byKey.get(key);
      same?.delete(request);
      if (same?.size === 0) this.#byKey.delete(key);
    }
  }
}

/** Counts a request whose answer has not come. */
function leave({ asked, answer, isAgain }: OpenRequest, out: Collector): void {
  if (answer) out.ignore(isAgain ? 'noBody' : 'noAnswer');
  else out.ignoreRequest(shownRequest(asked.url, asked.method));
}

const isSame = (one: AskedFor, other: AskedFor): boolean =>
  one.url === other.url && one.method === other.method;

const keyOf = (name: string, value: string): string => `${name} ${value}`;

/** The ids of an exchange that objects have, by their names; the nearest object counts, and what stands least deep in it. */
function idsIn(objects: readonly JsonObject[]): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  for (const object of objects) {
    let left = mostMembers;
    let level: (readonly [path: string, JsonObject])[] = [['', object]];
    for (let depth = 0; depth < deepest && level.length > 0; depth += 1) {
      const next: (readonly [path: string, JsonObject])[] = [];
      for (const [path, inner] of level) {
        for (const [key, value] of Object.entries(inner)) {
          if (left-- <= 0) break;
          if (key.length > longestName) continue;
          const name = path + bare(key);
          const inside = Array.isArray(value) ? value.slice(0, mostElements).filter(isObject) : [];
          if (isObject(value)) next.push([name, value]);
          else if (inside.length > 0) next.push(...inside.map((one) => [name, one] as const));
          else noteId(ids, name, value);
        }
      }
      level = next;
    }
  }
  return ids;
}

function noteId(ids: Map<string, string>, path: string, received: unknown): void {
  // Headers have lists of values.
  const value: unknown = Array.isArray(received) && received.length === 1 ? received[0] : received;
  const isId = typeof value === 'number' || (typeof value === 'string' && value !== '');
  if (!isId || String(value).length > longestId || path.includes('parent')) return;
  const name = path === plainName ? path : idNames.find((one) => path.endsWith(one));
  if (name !== undefined && !ids.has(name)) ids.set(name, String(value));
}

/** When a line was written, by the nearest object that says it. */
function momentIn(objects: readonly JsonObject[]): Moment | undefined {
  for (const object of objects) {
    const key = Object.keys(object).find((one) => timeNames.includes(bare(one)));
    if (key !== undefined) return momentOf(object[key]);
  }
  return undefined;
}
