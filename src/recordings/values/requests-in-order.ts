/** Requests and answers that nothing joins but their order and what they name, as of one writer of a log. */
import type { AskedFor } from './context.ts';
import { hasAny, isObject, memberOf, ownNames, type JsonObject, type MemberName } from './fields.ts';
import { usualId } from '../io/naming.ts';

/** Members that tell apart what writes into one log. */
const writerNames = [
  'partial_id',
  'container_id',
  'container_name',
  'stream',
  'hostname',
  'pid',
  'thread_name',
  'thread',
];

/** What tells who wrote a part of a log, by the objects in which it stands, the nearest first. */
export function writerOf(around: readonly JsonObject[]): string {
  const names = writerNames.map((name) => around.find((one) => Object.hasOwn(one, name))?.[name]);
  return JSON.stringify(names.map((name) => (typeof name === 'object' ? '' : name)));
}

/** So many requests wait; then the one that waits longest is given up. */
const mostWaiting = 64;
/** Of a request no answer is expected any more when so many others have come, and none is held for its own. */
const mostPassed = 16;
/** But what might be its answer is not taken for that of another request before so many have come. */
const longestWait = 256;

interface Waiter<Request> {
  readonly request: Request;
  /** How many answers have come since. */
  passed: number;
}

/** Requests whose answers have not come. An answer has its request where only one can be meant. */
export class RequestsInOrder<Request extends { readonly asked: AskedFor }> {
  #waiting: Waiter<Request>[] = [];
  /** Answers that have come to some of them, nobody knows to which. */
  #unclear = 0;
  readonly #giveUp: (request: Request) => void;

  /** `giveUp` is told of those to which no answer will be given. */
  constructor(giveUp: (request: Request) => void = () => undefined) {
    this.#giveUp = giveUp;
  }

  /** How many wait. */
  get size(): number {
    return this.#waiting.length;
  }

  /** Lets a request wait; one that is sent again waits once, unless each of them may have created something. */
  ask(request: Request): void {
    const { url, method } = request.asked;
    this.#waiting = this.#waiting.filter(
      ({ request: { asked } }) => asked.url !== url || asked.method !== method || method === 'POST',
    );
    this.#waiting.push({ request, passed: 0 });
    if (this.#waiting.length > mostWaiting) this.#giveUp(this.#waiting.shift()!.request);
  }

  /** The request that waits last. */
  get last(): Request | undefined {
    return this.#waiting.at(-1)?.request;
  }

  /** Takes the request that a value answers, of which it is known if it is the last; undefined where none may be meant, or several. */
  take(value: unknown, isOfLast = false): Request | undefined {
    const fits = this.#waiting.map(({ request }, at) =>
      isOfLast && at < this.#waiting.length - 1 ? 0 : fitOf(request.asked, value),
    );
    const best = Math.max(...fits);
    const meant = best > 0 ? this.#waiting.filter((_, at) => fits[at] === best) : [];
    for (const one of this.#waiting) one.passed += 1;
    const only = meant.length === 1 ? meant[0]! : undefined;
    if (meant.length > 1) this.#unclear += 1;
    for (const { request, passed } of this.#waiting) if (passed === longestWait) this.#giveUp(request);
    this.#keep((one) => one !== only && one.passed < longestWait);
    return only && only.passed <= mostPassed ? only.request : undefined;
  }

  /** Gives the only one up that waits, as it was answered by something else. */
  pass(): void {
    if (this.#waiting.length === 1) this.#waiting = [];
  }

  /** Gives all up. */
  end(): void {
    for (const { request } of this.#waiting.splice(0)) this.#giveUp(request);
  }

  /** All have been answered where as many answers have come as requests wait. */
  #keep(isKept: (one: Waiter<Request>) => boolean): void {
    this.#waiting = this.#waiting.filter(isKept);
    if (this.#unclear < this.#waiting.length) return;
    this.#waiting = [];
    this.#unclear = 0;
  }
}

const paths = /\/folders\/([^/?#]+)\/analyses\/?(?:[?#]|$)|\/(folders|analyses)\/?([^/?#]*)\/?(?:[?#]|$)/;

/** How well a value fits a request as its answer: 0 if it does not, 1 if nothing says so, 2 if it names what was asked for. */
type Fit = 0 | 1 | 2;

function fitOf({ url }: AskedFor, value: unknown): Fit {
  const [path, owner, route, id = ''] = paths.exec(url) ?? [];
  const objects = Array.isArray(value) ? value.filter(isObject) : isObject(value) ? [value] : [];
  const isKnown = objects.some((one) => hasAny(one, ...ownNames, 'items', 'analyses'));
  if (path === undefined || !isKnown) return 1;
  const areAnalyses = objects.some((one) => hasAny(one, 'analyse_id', 'analysis_id', 'state'));
  if (areAnalyses !== (owner !== undefined || route === 'analyses')) return 0;
  if (owner !== undefined) return fitOfIds(owner, objects, ['folder_id']);
  if (id === '') return 1;
  if (Array.isArray(value)) return 0;
  return fitOfIds(id, objects, route === 'analyses' ? ['analyse_id', 'analysis_id'] : ['folder_id']);
}

/** Whether all objects name this id, or none names one. */
function fitOfIds(id: string, objects: readonly JsonObject[], names: readonly MemberName[]): Fit {
  const named = objects.flatMap((one) => names.map((name) => memberOf(one, name))).filter(isText);
  if (named.some((one) => usualId(one) !== usualId(id))) return 0;
  return named.length > 0 ? 2 : 1;
}

const isText = (value: unknown): value is string => typeof value === 'string';
