import type { Allowance } from './allowance.ts';
import type { Changed } from '../blame/culprit.ts';
import type { Claim, Claimed } from '../blame/claims.ts';
import type { Finding, Severity } from '../../observations/findings.ts';
import type { Observation, Where } from '../../observations/observation.ts';
import type { Constraint } from '../belief/constraint.ts';
import type { CheckOptions } from '../../observations/results.ts';
import type { Standing } from './standing.ts';

/**
 * By what a folder is judged. The engine counts what its searches cost, also of what is only tried: that is all that a step
 * changes.
 */
export interface FolderContext {
  readonly engine: Allowance;
  readonly options: CheckOptions;
}

/** An observation that is judged, each of its analyses once. */
export interface Judged {
  readonly observation: Observation;
  readonly claimed: Claimed;
  /** Where the check stood before it. */
  readonly before: Standing;
  readonly context: FolderContext;
}

/** The same in the terms of the belief, once its analyses are known. */
export interface Constrained extends Judged {
  readonly constraint: Constraint;
}

/** What is asked of a correction. */
export interface AskedCorrection {
  /** What may be found of an observation that is corrected. */
  readonly spared?: Severity;
  /** What is allowed in this claim is asked for. */
  readonly about?: Claim | undefined;
  /** Those of groups, unless the members have taken them in. */
  readonly claims?: string;
}

/** What is to be worked out of a finding before it is told: a correction that goes with it, or what is to blame. */
export interface OpenBlame {
  readonly judged: Judged;
  readonly of: 'correction' | 'culprit' | 'late identity';
  readonly asked: AskedCorrection;
  /** What shows something else than it had settled with. */
  readonly changed?: Changed | undefined;
}

/** What was found, as far as that takes no search of its own. */
export interface Detected {
  readonly finding: Finding;
  readonly open?: OpenBlame;
}

/** What an observation has led to. */
export interface FolderStep {
  /** Where the check stood when it judged: what is said of identities is known, what is shown not believed yet. */
  readonly at: Standing;
  /** Where the folder had shown the same before. */
  readonly seenBefore: Where | undefined;
  readonly detected: readonly Detected[];
  /** Where the check stands now. */
  readonly standing: Standing;
  /** Whether something was shown late, so that all that was seen before was looked at again. */
  readonly looksBack?: boolean;
  /** Goes on where nothing explains the observation, or a limit leaves that open. */
  readonly goOn?: () => FolderStep;
  /** What is to be judged next: some of it was judged before. */
  readonly again?: readonly Observation[];
}

/** Whether a violation was found. */
export const violates = ({ detected }: FolderStep): boolean =>
  detected.some(({ finding }) => finding.severity === 'violation');

/** Whether a limit was met. */
export const isCut = ({ detected }: FolderStep): boolean =>
  detected.some(({ finding }) => finding.code === 'SEARCH_LIMIT');
