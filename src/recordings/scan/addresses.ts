/**
 * What requests ask for, from the bytes of their addresses: those that differ in an id only ask alike, which is worked out
 * once. All else is left to the function that reads texts.
 */
import { GrowingBytes } from '../../observations/packed/byte-text.ts';
import { slack, type ByteView } from '../../observations/packed/byte-view.ts';
import { endOfPlain } from '../json/skip.ts';
import { usualId } from '../io/naming.ts';
import { unknownAnswer, type Answer, type Context } from '../values/context.ts';
import { answerOf, isReadMethod } from '../values/routes.ts';
import type { Asked } from './bodies.ts';
import { isDigit } from '../json/bytes.ts';
import { textAt } from './moments.ts';
import { Words } from './names.ts';
import { mayBeUnusual } from './texts.ts';

/** The text in bytes, followed by as much as is looked at beside it. */
function spelled(text: string): GrowingBytes {
  const bytes = new GrowingBytes(new Uint8Array(3 * text.length + slack + 1));
  bytes.write(text);
  return bytes;
}

/** What a request asks for, apart from ids. */
export interface Request {
  /** Undefined: its address is not read, or its method answers nothing of folders. */
  readonly answer: Pick<Answer, 'holds' | 'created' | 'withAnalyses'> | undefined;
  /** Whether the id in the address is that of the folder. */
  readonly namesFolder: boolean;
  /** What makes it differ from others, in bytes of its own. */
  readonly before: ByteView;
  readonly after: ByteView;
  readonly hasId: boolean;
  readonly method: number;
}

/** A request of which nothing is known. */
export const unknownRequest: Request = {
  answer: unknownAnswer,
  namesFolder: false,
  before: spelled(''),
  after: spelled(''),
  hasId: false,
  method: 0,
};

/** What a request asks of the body that answers it, where the id of its address stands at these bounds of the same bytes. */
export function askedBy({ answer, namesFolder }: Request, id: number, idEnd: number): Asked {
  return {
    withAnalyses: answer!.withAnalyses,
    holds: answer!.holds,
    created: answer!.created,
    folder: namesFolder ? id : -1,
    folderEnd: namesFolder ? idEnd : -1,
  };
}

/** An address with an id: the origin, the path, the id, within which nothing is special to addresses or routes, the rest. */
const withId = /^((?:https?:\/\/[^/?#\\]+)?)((?:\/[\w-]+)*\/(?:folders|analyses)\/)([\w-]*\d[\w-]*)(.*)$/;
const mostKnown = 8;

/** The methods that are told apart, each in quotes; 0: none is given. */
const methods = ['GET', 'POST', 'PATCH', 'PUT'] as const;
const words = new Words(Object.fromEntries(methods.map((method, at) => [method, at + 1])));

/** The number of the method in quotes at `from`, or -1. */
export function methodAt({ view }: ByteView, from: number): number {
  const word = words.find(view, from);
  return word < 0 ? -1 : words.meaningOf(word);
}

/** Addresses of one recording. */
export class Addresses {
  /** Bounds of the id in the address that was looked at last. */
  id = -1;
  idEnd = -1;
  readonly #context: Context;
  readonly #known: (Request & Lengths)[] = [];
  #next = 0;

  constructor(context: Context) {
    this.#context = context;
  }

  /** What the request asks for whose address is the string whose text has these bounds; undefined where it has to be read as a text. */
  read(text: ByteView, from: number, to: number, method: number): Request | undefined {
    for (let at = 0; at < this.#known.length; at += 1) {
      const known = this.#known[at]!;
      if (known.method === method && this.#fits(known, text, from, to)) return known;
    }
    if (endOfPlain(text, from) !== to) return undefined;
    const address = textAt(text, from, to);
    const request = this.#learn(address, method);
    if (!request || !this.#fits(request, text, from, to)) return undefined;
    this.#known[this.#next++ % mostKnown] = request;
    return request;
  }

  #learn(address: string, method: number): (Request & Lengths) | undefined {
    const context = this.#context;
    const verb = method === 0 ? undefined : methods[method - 1];
    const known = isReadMethod(verb) ? answerOf(address, verb, context) : undefined;
    const [, origin = '', path = '', id = '', rest = ''] = withId.exec(address) ?? [];
    const own = known?.folderId ?? known?.analysisId;
    // A prefix that goes on into the id would tell ids apart, and so may a route of somebody's own.
    const isAlike = context.routes.length === 0 && context.routePrefix.length <= path.length;
    const hasId = id !== '' && isAlike && (own === undefined || own === usualId(id));
    if (!hasId && own !== undefined) return undefined;
    const [before, after] = hasId ? [spelled(origin + path), spelled(rest)] : [spelled(address), spelled('')];
    return {
      answer: known,
      namesFolder: known?.folderId !== undefined,
      before,
      after,
      beforeLength: before.end,
      afterLength: after.end,
      hasId,
      method,
    };
  }

  #fits(request: Request & Lengths, text: ByteView, from: number, to: number): boolean {
    const { before, after, beforeLength, afterLength, hasId, answer } = request;
    const end = to - afterLength;
    if (hasId ? end <= from + beforeLength : end !== from + beforeLength) return false;
    if (!isAt(before, beforeLength, text, from) || !isAt(after, afterLength, text, end)) return false;
    this.id = this.idEnd = -1;
    if (!hasId) return true;
    this.id = from + beforeLength;
    this.idEnd = end;
    return isId(text, this.id, end) && (answer === undefined || !mayBeUnusual(text, this.id, end));
  }
}

interface Lengths {
  readonly beforeLength: number;
  readonly afterLength: number;
}

/** Whether the text stands at `from`. */
function isAt(known: ByteView, length: number, { view }: ByteView, from: number): boolean {
  let at = 0;
  for (; at + slack <= length; at += slack) {
    if (known.view.getInt32(at, true) !== view.getInt32(from + at, true)) return false;
  }
  for (; at < length; at += 1) if (known.bytes[at] !== view.getUint8(from + at)) return false;
  return true;
}

/** What a byte is in an id within which nothing is special: 1, or 2 for a digit; 0: it may be special. */
const inIds = Uint8Array.from({ length: 256 }, (_, byte) =>
  isDigit(byte) ? 2 : /[\w-]/.test(String.fromCharCode(byte)) ? 1 : 0,
);

/** Whether the text is such an id with a digit in it. */
function isId({ bytes }: ByteView, from: number, to: number): boolean {
  let kinds = 0;
  for (let at = from; at < to; at += 1) {
    const kind = inIds[bytes[at]!]!;
    if (kind === 0) return false;
    kinds |= kind;
  }
  return kinds >= 2;
}
