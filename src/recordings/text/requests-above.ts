/** Which request an answer in a text belongs to: programs print what they ask for above what is answered. */
import type { AskedFor } from '../values/context.ts';

/** An address of the API, as far as a text shows it. */
const address = String.raw`[^\s"']{0,999}\/(?:folders|analyses)[^\s"'[]{0,999}`;
const method = '(GET|POST|PUT|PATCH|DELETE)';
/** What may stand between a method and an address: words that name the address, and a quote. */
const between = String.raw`(?:[\w ]{1,64}(?:[=|]|:(?!\/\/))\s{0,64})?["']?`;
/**
 * A line of an access log tells of a request when it has been answered, so that it is above nothing; urllib3 writes such a
 * line before the answer is printed.
 */
const isNoOutcome = String.raw`(?:(?<=\/\/\S{1,999} "\S{1,9} \S{1,2000})|(?!\S{0,999} HTTP\S{1,9}" \d))`;
/** A request, or the status with which an answer begins. */
const request = String.raw`\b${method},?\s{1,64}${between}(${address})`;
const status = String.raw`(?:HTTP\S{1,9}|<-{1,9}|esponse:?) \d{3}\b`;
const above = new RegExp(`${request}${isNoOutcome}|${status}`, 'g');
/** The same in a line in which the answer stands behind it. */
const beside = new RegExp(`${request}|${status}`, 'g');
/** A method at the end of a line whose address is in the next one, as databases print rows, or in the one before. */
const endsWithMethod = new RegExp(String.raw`\b${method}["']?\s{0,64}$`);
const addressAlone = new RegExp(String.raw`^\s{0,999}${between}(${address})["']?$`);

/** A request in pairs of names and values, as in `method=POST url=…`. */
const methodPair = new RegExp(String.raw`\b(?:http_?)?method["']?\s?[=:]\s?["']?${method}\b`, 'i');
const addressPair = new RegExp(
  String.raw`\b(?:url|uri|path|request_uri)["']?\s?[=:]\s?["']?(${address})`,
  'i',
);

/** The request that pairs of names and values tell of, also behind an answer; undefined where they tell of none. */
export function requestInPairs(text: string): AskedFor | undefined {
  const [, asked] = methodPair.exec(text) ?? [];
  const [, url] = addressPair.exec(text) ?? [];
  return asked !== undefined && url !== undefined ? { method: asked, url } : undefined;
}

/** What a text has told of requests so far. Of several that wait for an answer nobody can say whose it is. */
export class RequestsAbove {
  /** Those whose answer has not begun, in order. */
  #waiting: AskedFor[] = [];
  /** The one whose answer has begun. */
  #answered: AskedFor | undefined;
  /** Whether requests stand above their answers; undefined: neither a request nor an answer was seen. */
  #areAbove: boolean | undefined;
  /** The line before ended with this method, or was this address. */
  #before: Partial<AskedFor> = {};

  /** Whether what tells of no status is what was sent. */
  get areAbove(): boolean {
    return this.#areAbove === true;
  }

  /** Reads what stands in a line, or in a piece of one, that holds no JSON; behind it JSON may stand. */
  see(text: string, isBesideJson: boolean): void {
    const [, alone] = addressAlone.exec(text) ?? addressPair.exec(text) ?? [];
    const [, named] = endsWithMethod.exec(text) ?? methodPair.exec(text) ?? [];
    const before = this.#before;
    this.#before = alone !== undefined ? { url: alone } : named !== undefined ? { method: named } : {};
    const [url, asked] = [alone ?? before.url, named ?? before.method];
    if (url !== undefined && asked !== undefined) this.#ask({ url, method: asked }, false);
    else
      for (const [, name, of] of text.matchAll(isBesideJson ? beside : above)) {
        if (of === undefined) this.#begin();
        else this.#ask({ method: name!, url: of }, isBesideJson);
      }
  }

  #ask(asked: AskedFor, isBesideJson: boolean): void {
    const url = asked.url.replace(/[,|:;)>]+$/, '');
    if (isBesideJson) this.#areAbove = true;
    this.#areAbove ??= true;
    if (this.#answered) this.#waiting.push(this.#answered);
    this.#answered = undefined;
    // Some programs print a request in words and as it is sent.
    const last = this.#waiting.at(-1)?.url;
    if (last === undefined || !(last.endsWith(url) || url.endsWith(last)))
      this.#waiting.push({ ...asked, url });
  }

  /** An answer begins. */
  #begin(): void {
    const [first, ...others] = this.#waiting;
    this.#answered = others.length > 0 ? undefined : (first ?? this.#answered);
    this.#waiting = [];
  }

  /** The request of the answer that stands here; undefined where none is known. */
  answer(): AskedFor | undefined {
    this.#begin();
    this.#areAbove ??= false;
    const asked = this.#areAbove ? this.#answered : undefined;
    this.#answered = undefined;
    return asked;
  }

  /** Something else stands here, such as what was sent, or an error. */
  pass(): void {
    if (this.#waiting.length === 0) this.#answered = undefined;
  }
}
