import type { LineMarks } from './lines/marks.ts';
import type { Naming } from './io/naming.ts';
import type { OwnRoute } from './values/context.ts';

/** How a recording is read: its name, which of its requests count, and the limits. */
export interface ReadOptions {
  /** The name of the input as it stands in every place that is reported. */
  readonly file: string;
  /** Only requests whose URL or path begins with this text are read. Default: any prefix. */
  readonly routePrefix?: string;
  /** Routes whose answers are read beside those of the documented ones. */
  readonly routes?: readonly OwnRoute[];
  /** JSON pointers, with `*` for every element: the first that leads to something in a value leads to the recording. */
  readonly at?: readonly string[];
  /**
   * Whether the recording is read whole, from its beginning, as it takes to read text in which JSON stands, and to join requests
   * with answers by their order. Default: true.
   */
  readonly isWhole?: boolean;
  /** What ids and keys are called; one for all recordings of a check. Default: ids as received. */
  readonly naming?: Naming;
  /** Takes marks of where lines begin, by which `findPositions` finds them again. */
  readonly marks?: LineMarks;
  /** The longest line of a file of lines, in bytes. */
  readonly maxLineBytes?: number;
  /** The longest single JSON document, in bytes: it has to be held whole. */
  readonly maxDocumentBytes?: number;
  /** The most bytes that compressed input may unpack to. */
  readonly maxUnpackedBytes?: number;
  /** The deepest nesting of lists and objects. */
  readonly maxDepth?: number;
  /** The most findings of one code that are given one by one; the rest are counted in one more. */
  readonly maxFindingsPerCode?: number;
}

/** Which part of a recording is read, and how long a line or a document of it may be. */
export type WhereToRead = Pick<
  ReadOptions,
  'routePrefix' | 'routes' | 'at' | 'maxLineBytes' | 'maxDocumentBytes'
>;

/** The limits of a reading, each settled. */
export type ReadLimits = Required<
  Omit<ReadOptions, 'file' | 'routePrefix' | 'routes' | 'at' | 'isWhole' | 'naming' | 'marks'>
>;

const mebibyte = 1024 * 1024;

/** The limits where `ReadOptions` names none. */
export const defaultLimits: ReadLimits = {
  maxLineBytes: 16 * mebibyte,
  maxDocumentBytes: 128 * mebibyte,
  maxUnpackedBytes: 4096 * mebibyte,
  maxDepth: 256,
  maxFindingsPerCode: 20,
};

/** The option of `check` that sets a limit on lines or documents. */
export function optionFor(limit: 'maxLineBytes' | 'maxDocumentBytes'): string {
  return limit === 'maxLineBytes' ? '--max-line-bytes' : '--max-document-bytes';
}

/** How to make lines of a document that is too long to be held. */
const divideHint =
  "or write each exchange on a line: jq -c '.[]' FILE | oz-status check - (of WireMock .mappings[], or '.requests | sort_by(.request.loggedDate)[]'; of Newman .run.executions[]).";

/** What to do with a line or a document that is longer than its limit. */
export function limitHint(limit: 'maxLineBytes' | 'maxDocumentBytes'): string {
  const raise = `Raise the limit: ${optionFor(limit)} BYTES`;
  return limit === 'maxLineBytes' ? `${raise}.` : `${raise}; ${divideHint}`;
}

/** The longest text that the language can hold. */
const longestText = 0x1fffffe8;

/** The limits that `options` ask for, the defaults elsewhere. */
export function limitsOf(options: ReadOptions): ReadLimits {
  return {
    maxLineBytes: Math.min(longestText, options.maxLineBytes ?? defaultLimits.maxLineBytes),
    maxDocumentBytes: Math.min(longestText, options.maxDocumentBytes ?? defaultLimits.maxDocumentBytes),
    maxUnpackedBytes: options.maxUnpackedBytes ?? defaultLimits.maxUnpackedBytes,
    maxDepth: options.maxDepth ?? defaultLimits.maxDepth,
    maxFindingsPerCode: options.maxFindingsPerCode ?? defaultLimits.maxFindingsPerCode,
  };
}
