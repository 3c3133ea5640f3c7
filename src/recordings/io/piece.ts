import type { Finding } from '../../observations/findings.ts';
import type { Observation, Where } from '../../observations/observation.ts';

/** Why a piece of a recording says nothing about statuses although it was understood. */
export const ignoredReasons = {
  otherRoute: 'the request is not one of the documented routes, or not below the prefix asked for',
  otherMethod: 'the method of the request answers with no folder and no analysis',
  errorAnswer: 'the answer is an error',
  noAnswer: 'the request has no answer in the recording: it was aborted, failed, or was still running',
  notAt: 'nothing that is JSON stands where --at points',
  emptyList: 'the list in the answer is empty',
  noBody: 'the answer has no body, or the recording does not hold it',
  notJson: 'the answer is declared to be something other than JSON, and is none',
} as const;

/** The name of a reason why something was ignored. */
export type IgnoredReason = keyof typeof ignoredReasons;

/** Of so many requests that are left aside it is kept what they are. */
export const maxShownRequests = 64;

/** What was read of one input. */
export interface Summary {
  readonly file: string;
  /** Lines begun, blank ones included; for compressed input, of what it unpacks to. */
  readonly lines: number;
  readonly observations: number;
  /** Answers understood and left aside, by reason. */
  readonly ignored: Readonly<Record<IgnoredReason, number>>;
  /** Of those whose route is not read, how often each was asked for, ids cut out; not more than `maxShownRequests`. */
  readonly requests: ReadonlyMap<string, number>;
  /** Whether it tells when any of its answers came; absent: it does not, but for the intervals of requests. */
  readonly isTimed?: true;
  /** The first answer that stands where `--at` does not point, as long as nothing else was read. */
  readonly missed?: Missed;
}

/** An answer that stands elsewhere. */
export interface Missed {
  readonly where: Where;
  readonly hint: string;
}

/** What reading yields, in order of arrival; the summary is the last. */
export type Piece =
  | { readonly type: 'observation'; readonly observation: Observation }
  | { readonly type: 'finding'; readonly finding: Finding }
  | { readonly type: 'summary'; readonly summary: Summary };
