import { severityOrder } from '../../../machines/severity.ts';
import { normalizeReading, type Settings } from '../../../machines/readings.ts';

/**
 * What a reading says, as numbers for the oracle: how resolutions are written as codes, which of them may follow
 * which, and which parts of a folder its two fields look at.
 */

/** The resolution of an analysis as a code; an analysis that was not posted yet is `unborn`. */
export const codes = {
  unborn: 0,
  PROCESSING: 1,
  FAILED: 2,
  DECLINED: 3,
  OPERATOR_REQUIRED: 4,
  SUCCESS: 5,
} as const;

/** The literal of each code. */
export const literals = [
  undefined,
  'PROCESSING',
  'FAILED',
  'DECLINED',
  'OPERATOR_REQUIRED',
  'SUCCESS',
] as const;

/** Bits of what a settled group holds; the bits from `memberShift` on say which named members need a person. */
export const bit = { failed: 1, declined: 2, operator: 4 } as const;
/** Where the mask of members that need a person begins. */
export const memberShift = 3;
/** Says that there is such a group at all. */
export const exists = 1 << 20;

/** A reading taken apart. */
export interface Rules {
  readonly result: 'last-finished-group' | 'last-applied-group' | 'all-analyses';
  readonly stage: 'all-analyses' | 'last-applied-group' | 'last-settled-group';
  readonly holds: boolean;
  /** Whether the result of the group posted last waits for all other groups. */
  readonly awaitsEarlier: boolean;
  readonly failedFirst: boolean;
  /** Whether a failure shows in the result at once. */
  readonly resultFailsFirst: boolean;
  readonly declinedIsWorse: boolean;
  readonly failedFinishes: 'yes' | 'no' | 'folder-fails';
  /** Whether a person may decide; `silent` where the page does not say. */
  readonly decision: 'forbidden' | 'silent' | 'allowed';
  readonly operatorRequired: boolean;
  /** Whether the group posted last matters. */
  readonly usesApplied: boolean;
  /** Whether the group that settled last matters, at all and while something runs. */
  readonly usesSettled: boolean;
  readonly keepsSettled: boolean;
  /** The same of the group that settled last without a failure, where that may be another one. */
  readonly usesFinished: boolean;
  readonly keepsFinished: boolean;
  /** Whether it matters that anything in the folder failed. */
  readonly usesFailure: boolean;
  /** The codes that may follow a code, as a mask. */
  readonly next: readonly number[];
}

/** The rules of a reading under a biometry setting. */
export function rulesOf({ reading, operatorRequired }: Settings): Rules {
  const asked = normalizeReading(reading);
  const [result, stage] = [asked['result-scope'], asked['status-scope']];
  const [holds, failedFinishes] = [asked['result-while-running'] === 'hold', asked['failed-group-finishes']];
  const awaitsEarlier =
    result === 'last-applied-group' && asked['result-while-earlier-runs'] === 'processing';
  const isLastFinished = result === 'last-finished-group';
  const order = severityOrder(asked);
  const failedFirst = asked['status-precedence'] === 'failed-first';
  const declinedIsWorse = order.indexOf('DECLINED') < order.indexOf('FAILED');
  const resultFailsFirst = failedFirst && !declinedIsWorse && reading['result-precedence'] === 'failed-first';
  const decision = asked['operator-decision'] === 'unspecified' ? 'silent' : asked['operator-decision'];
  const usesFinished =
    isLastFinished && (failedFinishes === 'no' || (failedFinishes === 'folder-fails' && holds));
  return {
    result,
    stage,
    holds,
    awaitsEarlier,
    failedFirst,
    resultFailsFirst,
    declinedIsWorse,
    failedFinishes,
    decision,
    operatorRequired: operatorRequired === 'allowed',
    usesApplied: result === 'last-applied-group' || stage === 'last-applied-group',
    usesSettled: isLastFinished || stage === 'last-settled-group',
    keepsSettled: isLastFinished && holds && failedFinishes === 'yes',
    usesFinished,
    keepsFinished: usesFinished,
    usesFailure:
      stage !== 'last-applied-group' ||
      result === 'all-analyses' ||
      (awaitsEarlier && resultFailsFirst) ||
      (isLastFinished && (resultFailsFirst || failedFinishes === 'folder-fails')),
    next: [
      0b111111,
      0b111110,
      1 << codes.FAILED,
      1 << codes.DECLINED,
      decision === 'forbidden' ? 1 << codes.OPERATOR_REQUIRED : 0b111000,
      1 << codes.SUCCESS,
    ],
  };
}

/** What a group holds without what can no longer change its worst: beside DECLINED it does not matter who decides. */
export function canonical(content: number): number {
  return content & bit.declined ? content & (exists | bit.failed | bit.declined) : content;
}

/** The code of the worst that a settled group holds. */
export function worstOf(content: number, rules: Rules): number {
  const [failed, declined] = [content & bit.failed, content & bit.declined];
  if (failed && !(declined && rules.declinedIsWorse)) return codes.FAILED;
  if (declined) return codes.DECLINED;
  return (content & ~exists) === 0 ? codes.SUCCESS : codes.OPERATOR_REQUIRED;
}
