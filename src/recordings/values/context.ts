import type { Interval, Where } from '../../observations/observation.ts';
import type { Collector } from '../io/collector.ts';
import type { TextProblem } from '../json/text.ts';
import type { Naming } from '../io/naming.ts';
import type { TimeOrder } from './time-order.ts';

/** What the request says of its answer: ids from its path, and what was asked for. */
export interface Answer {
  readonly folderId?: string;
  readonly analysisId?: string;
  /** The folder that the body of the request names, where nothing else does. */
  readonly sentFolderId?: string;
  /** The object that the route answers with, where it is known. */
  readonly holds?: 'folder' | 'analysis';
  /** Whether the route is one of somebody's own. */
  readonly isOwn?: boolean;
  /** What the request created. */
  readonly created?: 'folder' | 'analyses';
  /** Whether the request is known to have asked for the analyses of folders. */
  readonly withAnalyses: boolean;
}

/** A route of somebody's own, that gives on what the API has answered. */
export interface OwnRoute {
  /** In capitals; absent: any. */
  readonly method?: string;
  readonly path: RegExp;
  /** What it answers with. */
  readonly answer: Pick<Answer, 'holds' | 'created'>;
}

/** A JSON pointer (RFC 6901) in which `*` stands for every element of a list, or every member of an object. */
export type Way = readonly string[];

/** The answer to a request of which nothing is known. */
export const unknownAnswer: Answer = { withAnalyses: false };

/** What it takes to read one value: where it stands, what it answers, and where to put what it says. */
export interface Context {
  readonly out: Collector;
  readonly times: TimeOrder;
  /** Texts of a log of which a part has come. */
  readonly splits: JoinsTexts;
  /** Requests of a log whose answers stand on lines of their own. */
  readonly requests: JoinsRequests;
  readonly routePrefix: string;
  /** Routes of somebody's own, beside the documented ones. */
  readonly routes: readonly OwnRoute[];
  /** Where in each value the recording stands; none: it is the value. */
  readonly ways: readonly Way[];
  readonly naming: Naming;
  readonly maxDepth: number;
  /** The line of the value; absent in a document of several lines. */
  readonly line?: number;
  readonly answer: Answer;
  readonly interval?: Interval;
  /** The objects in which it stands, the nearest first, where `--at` says so. */
  readonly around?: readonly Readonly<Record<string, unknown>>[];
  /** Where the value came from, as it says itself. */
  readonly source?: Where;
}

/** A text as it stands in a log. */
export interface LoggedText {
  readonly text: string;
  readonly pointer: string;
  readonly context: Context;
  /** The objects in which it stands, the nearest first. */
  readonly around: readonly Readonly<Record<string, unknown>>[];
}

/** A value that texts of a log hold, with the text in which it begins. */
export interface ValueInTexts extends LoggedText {
  readonly value: unknown;
  /** The request that stands above it. */
  readonly asked?: AskedFor;
}

/** Takes values out of the texts of a log: one may be split, or stand among other text. */
export interface JoinsTexts {
  /** The values that end with a text. */
  take(one: LoggedText): readonly ValueInTexts[];
  /** Those that end with the last one; reports all that has begun and not ended. */
  end(): readonly ValueInTexts[];
}

/** What is known of the request of an answer by another line: what it asked for, or a request that is not read. */
export type JoinedRequest =
  | { readonly answer: Answer; readonly interval?: Interval; readonly other?: never }
  | { readonly other: string; readonly answer?: never };

/** Joins requests and answers that stand on lines of their own. */
export interface JoinsRequests {
  /** Lets a request wait for its answer; false where nothing may tell which that is. */
  ask(
    asked: AskedFor,
    answer: Answer | undefined,
    objects: readonly Readonly<Record<string, unknown>>[],
    context: Context,
  ): boolean;
  /** Takes note of an answer in these objects whose request stands beside it. */
  know(objects: readonly Readonly<Record<string, unknown>>[]): void;
  /** Takes note of a request that is told of with its outcome: its answer may have come before. */
  see(objects: readonly Readonly<Record<string, unknown>>[]): void;
  /**
   * The request of the answer in these objects; undefined, and counted, where none waits for it or several do. What is an
   * answer of the API is none to a request on another route: a service logs what it is asked for itself, and what it asks for
   * then, under one id.
   */
  answer(
    value: unknown,
    objects: readonly Readonly<Record<string, unknown>>[],
    pointer: string,
    context: Context,
  ): JoinedRequest | undefined;
  /** Says what has stayed without its answer, or without its request. */
  end(out: Collector): void;
}

/** A request by what is known of it. */
export interface AskedFor {
  readonly url: string;
  readonly method: string | undefined;
}

/** The place of `pointer` in the value that is read. */
export function placeOf(context: Context, pointer: string): Where {
  const { out, line, source } = context;
  if (source) return { ...source, pointer };
  return { file: out.file, ...(line !== undefined && { line }), pointer };
}

/** Reports a text inside the value, such as a body kept as a string, that could not be read. */
export function reportText(context: Context, pointer: string, problem: TextProblem): void {
  const { code, message, line, column, hint } = problem;
  const within = column === null ? '' : ` at line ${line}, column ${column} of the text`;
  context.out.find(code, placeOf(context, pointer), { message: `${message}${within}`, hint });
}
