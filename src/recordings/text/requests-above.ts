/** Which request an answer in a text belongs to: programs print what they ask for above what is answered. */
import type { AskedFor } from '../values/context.ts';
import { RequestsInOrder } from '../values/requests-in-order.ts';

/** An address of the API, as far as a text shows it. */
const address = String.raw`[^\s"'\x60<>(){}|,;]{0,999}\/(?:folders|analyses)[^\s"'\x60<>(){}|,;[\]\\]{0,999}`;
const method = '(GET|POST|PUT|PATCH|DELETE)';
/** What may stand behind a method: quotes or marks, signs that part cells, and words. */
const behindMethod = String.raw`["'\x60\])*]{0,3}[\s,;:|│]{1,64}["'\x60*]{0,2}(?:(?:request )?(?:to|for) )?`;
/** What may stand before an address: words that name it, and a quote. */
const between = String.raw`(?:[\w ]{1,64}(?:[=|]|:(?!\/\/))\s{0,64})?["'\x60]?`;
/**
 * A line of an access log tells of a request when it has been answered, so that it is above nothing; urllib3 writes such a
 * line before the answer is printed.
 */
const isNoOutcome = String.raw`(?:(?<=\/\/\S{1,999} "\S{1,9} \S{1,2000})|(?!\S{0,999} HTTP\S{1,9}" \d))`;
/** A request, also as a program calls for one, or the status with which an answer begins. */
const call = String.raw`\.(get|post|put|patch|delete)[ (]`;
const request = String.raw`(?:\b${method}${behindMethod}|${call})${between}(${address})`;
const status = String.raw`(?:HTTP[^\s\"]{1,9}|<-{1,9}|esponse:?) \d{3}\b`;
const above = new RegExp(`${request}${isNoOutcome}|${status}`, 'g');
/** What a line tells besides of a request that has been answered. */
const outcome = /(?:HTTP[^\s"]{1,9}"?|\/(?:folders|analyses)\S{0,999}) [1-5]\d\d\b/;
/** Any request, also of no route of the API. */
const ofAny = new RegExp(String.raw`\b${method} (?:https?:\/)?\/[^\s"']{0,999}${isNoOutcome}`);
/** The same in a line in which the answer stands behind it. */
const beside = new RegExp(`${request}|${status}`, 'g');
/** A method at the end of a line whose address is in the next one, as databases print rows, or in the one before. */
const endsWithMethod = new RegExp(String.raw`\b${method}["']?\s{0,64}$`);
const addressAlone = new RegExp(String.raw`^\s{0,999}${between}(${address})["']?$`);

/** A request in pairs of names and values, as in `method=POST url=…`. */
const equals = String.raw`["']?\s{0,16}[=:|]\s{0,16}`;
const methodPair = new RegExp(
  String.raw`\b(?:http_?)?method${equals}(?:HttpMethod\(value=)?["']?${method}\b`,
  'i',
);
const addressPair = new RegExp(
  String.raw`\b(?:(?:request_?)?(?:url|uri|path)|request)${equals}["'\x60]?(${address})`,
  'i',
);

/** The request that pairs of names and values tell of, also behind an answer; undefined where they tell of none. */
function requestInPairs(text: string): AskedFor | undefined {
  const [, asked] = methodPair.exec(text) ?? [];
  const [, url] = addressPair.exec(text) ?? [];
  return asked !== undefined && url !== undefined ? { method: asked, url } : undefined;
}

/** The request in the words behind an answer in its line, where that is all that stands there; undefined where none does. */
function requestBehind(text: string): AskedFor | undefined {
  const [[, name, called, url] = [], ...others] = /[[{]/.test(text) ? [] : text.matchAll(beside);
  if (url === undefined || others.length > 0) return undefined;
  return { method: name ?? called?.toUpperCase(), url: bareAddress(url) };
}

/** An address without what stands behind it in a sentence. */
const bareAddress = (url: string): string => url.replace(/[.:-]+$/, '');

/** What a text has told of requests so far. */
export class RequestsAbove {
  readonly #isWhole: boolean;
  readonly #waiting = new RequestsInOrder<{ readonly asked: AskedFor; readonly isAnswered: boolean }>();
  /** Whether an answer has begun since the last request. */
  #hasBegun = false;
  /** Whether the last request stands in the line that is read. */
  #isBeside = false;
  /** Whether requests stand above their answers; undefined: neither a request nor an answer was seen. */
  #areAbove: boolean | undefined;
  /** The line before ended with this method, or was this address. */
  #before: Partial<AskedFor> = {};

  /** Of a text that is not read whole the requests are known that stand in the lines of their answers. */
  constructor(isWhole: boolean) {
    this.#isWhole = isWhole;
  }

  /** Whether what tells of no status is what was sent. */
  get areAbove(): boolean {
    return this.#areAbove === true;
  }

  /** Reads what stands in a line, or in a piece of one, that holds no JSON; behind it JSON may stand. */
  see(
    text: string,
    { isBesideJson, isRest }: { readonly isBesideJson: boolean; readonly isRest: boolean },
  ): void {
    const [, alone] = addressAlone.exec(text) ?? addressPair.exec(text) ?? [];
    const [, named] = endsWithMethod.exec(text) ?? methodPair.exec(text) ?? [];
    const before = this.#before;
    this.#before = alone !== undefined ? { url: alone } : named !== undefined ? { method: named } : {};
    if (!isRest) this.#isBeside = false;
    const isAnswered = outcome.test(text);
    const [url, asked] = [alone ?? before.url, named ?? before.method];
    if (url !== undefined && asked !== undefined) this.#ask({ url, method: asked }, isAnswered, false);
    else {
      let isAsked = false;
      for (const [, name, called, of] of text.matchAll(isBesideJson ? beside : above)) {
        if (of !== undefined) {
          this.#ask({ method: name ?? called?.toUpperCase(), url: of }, isAnswered, isBesideJson);
          isAsked = true;
        } else this.#hasBegun ||= !isAsked;
      }
    }
    if (this.#areAbove === undefined && ofAny.test(text)) this.#areAbove = true;
  }

  #ask({ url, method: verb }: AskedFor, isAnswered: boolean, isBesideJson: boolean): void {
    const asked = { method: verb, url: bareAddress(url) };
    if (isBesideJson) this.#areAbove = true;
    this.#areAbove ??= true;
    this.#isBeside = isBesideJson;
    // Some programs print a request in words and as it is sent.
    const last = this.#waiting.last;
    const isTwin =
      last !== undefined &&
      !this.#hasBegun &&
      last.asked.method === asked.method &&
      !(last.isAnswered && isAnswered) &&
      (last.asked.url.endsWith(asked.url) || asked.url.endsWith(last.asked.url));
    if (!isTwin) this.#waiting.ask({ asked, isAnswered });
    this.#hasBegun = false;
  }

  /** The request of the answer that stands here, before and behind other text; undefined where none is known. */
  answer(value: unknown, before: string, behind: string): AskedFor | undefined {
    this.#hasBegun = false;
    this.#areAbove ??= false;
    const isKnown = this.#areAbove && (this.#isWhole || this.#isBeside);
    const asked = this.#waiting.take(value, this.#isBeside)?.asked;
    this.#isBeside = false;
    const inPairs = requestInPairs(before) ?? requestInPairs(behind);
    return inPairs ?? (isKnown ? asked : requestBehind(behind));
  }

  /** Something else stands here, such as what was sent, or an error. */
  pass(): void {
    // What was sent may stand between a request and its answer in one line.
    if (this.#hasBegun && !this.#isBeside) this.#waiting.pass();
    this.#hasBegun = false;
  }
}
