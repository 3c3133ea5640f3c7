import { clauses, type ClauseId, type Evidence } from '../../machines/clauses.ts';
import type { Field } from '../../machines/statuses.ts';
import type { Where } from './observation.ts';

/** How much a finding weighs: `violation` fails a check; `unspecified` and `hazard` fail a strict one. */
export type Severity = 'violation' | 'unspecified' | 'hazard' | 'unreadable' | 'note';

interface CodeText {
  readonly severity: Severity;
  /** The clause that a finding with this code rests on, unless the finding names a nearer one. */
  readonly clause: ClauseId | null;
  readonly means: string;
}

/** Every code that a finding can carry. Codes are stable: they are never renamed or reused. */
export const findingCodes = {
  STATUS_NOT_IN_FIELD: {
    severity: 'violation',
    clause: null,
    means: 'A field shows a status outside its column of the table.',
  },
  STATE_RESULT_MISMATCH: {
    severity: 'violation',
    clause: 'RESULT-INHERITS-STATE',
    means: 'State and result of one analysis contradict each other.',
  },
  OPERATOR_FOR_LIVENESS: {
    severity: 'violation',
    clause: 'LIVENESS-NO-OPERATOR',
    means: 'A liveness analysis shows OPERATOR_REQUIRED.',
  },
  OPERATOR_NOT_ENABLED: {
    severity: 'violation',
    clause: 'OPERATOR-SETTING',
    means: 'OPERATOR_REQUIRED appears although the settings say that it is not enabled.',
  },
  SETTLED_ANALYSIS_CHANGED: {
    severity: 'violation',
    clause: 'ANALYSIS-FINAL',
    means: 'An analysis that had settled shows another status.',
  },
  ANALYSIS_CONTRADICTS_ITSELF: {
    severity: 'violation',
    clause: 'ANALYSIS-IDENTITY',
    means: 'One list holds the same analysis twice, with different contents.',
  },
  ANALYSIS_IDENTITY_CHANGED: {
    severity: 'violation',
    clause: 'ANALYSIS-IDENTITY',
    means: 'An analysis shows another kind or another folder than before.',
  },
  ANALYSIS_LEFT_OUT: {
    severity: 'violation',
    clause: 'ANALYSIS-IDENTITY',
    means: 'A complete list leaves out an analysis that was seen before it and is seen again after it.',
  },
  GROUP_CHANGED: {
    severity: 'violation',
    clause: 'GROUP-CONSTANT',
    means: 'A group gains an analysis, or an analysis shows another group than before.',
  },
  FOLDER_STATUS_IMPOSSIBLE: {
    severity: 'violation',
    clause: 'FOLDER-STAGE-OF-ANALYSES',
    means: 'No execution gives the folder this resolution_status.',
  },
  SYSTEM_RESOLUTION_IMPOSSIBLE: {
    severity: 'violation',
    clause: 'FOLDER-RESULT',
    means: 'No execution gives the folder this system_resolution.',
  },
  ANALYSIS_STATUS_IMPOSSIBLE: {
    severity: 'violation',
    clause: 'RESULT-AFTER-FINISH',
    means: 'No execution gives the analysis this status beside the rest of the observation.',
  },
  OBSERVATION_IMPOSSIBLE: {
    severity: 'violation',
    clause: 'FOLDER-RESULT',
    means:
      'No execution explains the observation, whatever statuses it shows; or a limit ended the search for those to blame.',
  },
  OPERATOR_DECIDED: {
    severity: 'unspecified',
    clause: 'OPERATOR-DECISION',
    means:
      'Only a person’s decision on OPERATOR_REQUIRED explains the observation; the page is silent on it.',
  },
  ANALYSIS_DISAPPEARED: {
    severity: 'unspecified',
    clause: 'DELETION',
    means: 'An analysis is missing from a later complete list; the page knows no deletion.',
  },
  MASKED_RESULT: {
    severity: 'hazard',
    clause: 'FOLDER-RESULT-LAST-FINISHED',
    means:
      'The folder shows a better result than one of its groups: whoever reads only the folder misses that.',
  },
  FAILED_WITH_SUCCESS: {
    severity: 'hazard',
    clause: 'FOLDER-FAILED-MEANS',
    means: 'The folder is FAILED and SUCCESS at once: two clients reading one field each decide differently.',
  },
  ENDS_UNSETTLED: {
    severity: 'hazard',
    clause: 'FOLDER-PROCESSING-MEANS',
    means: 'The recording ends before the folder settled: a client that stops here has no result.',
  },
  GROUP_PARTLY_WATCHED: {
    severity: 'hazard',
    clause: 'GROUP-RESULT-WORST',
    means: 'Only part of a group was watched to its end: the rest may have settled otherwise.',
  },
  NEEDS_SEPARATE_GROUPS: {
    severity: 'hazard',
    clause: 'GROUP-IS-ONE-POST',
    means: 'Analyses first seen together must have been posted separately; the recording does not show it.',
  },
  CALLBACK_DISAGREES: {
    severity: 'hazard',
    clause: null,
    means: 'A callback of the plugin gives a different result for an analysis than the API.',
  },
  RESOLUTION_ALIAS_DISAGREES: {
    severity: 'hazard',
    clause: null,
    means: 'The undocumented alias `resolution` differs from `resolution_status`; the latter is judged.',
  },
  TIME_WITHOUT_ZONE: {
    severity: 'note',
    clause: null,
    means: 'A time in the recording names no zone; such times are taken as UTC.',
  },
  TIME_UNREADABLE: {
    severity: 'note',
    clause: null,
    means: 'A time in the recording cannot be read; the answer is judged without it.',
  },
  TIME_OUT_OF_ORDER: {
    severity: 'note',
    clause: null,
    means: 'Times in the recording contradict its order; the order of arrival is judged.',
  },
  TEXT_AROUND_JSON: {
    severity: 'note',
    clause: null,
    means:
      'A recording is text in which values stand; what was asked for is taken from the text above an answer.',
  },
  REQUEST_UNKNOWN: {
    severity: 'note',
    clause: null,
    means: 'Which request in a log an answer belongs to is not known.',
  },
  SEARCH_LIMIT: {
    severity: 'note',
    clause: null,
    means:
      'A named limit, of the folder or of the whole check, ended the search for an explanation: the folder is inconclusive.',
  },
  NO_STATUS_SEEN: {
    severity: 'unreadable',
    clause: null,
    means: 'No status was seen of a folder: there is nothing to judge, and it has not passed.',
  },
  INPUT_UNREADABLE: { severity: 'unreadable', clause: null, means: 'A file or stream could not be read.' },
  INPUT_EMPTY: { severity: 'unreadable', clause: null, means: 'An input is empty.' },
  JSON_INVALID: { severity: 'unreadable', clause: null, means: 'A piece of the input is not valid JSON.' },
  TEXT_INVALID: {
    severity: 'unreadable',
    clause: null,
    means: 'A piece of the input is not valid UTF-8 text.',
  },
  SHAPE_UNKNOWN: {
    severity: 'unreadable',
    clause: null,
    means: 'A value has none of the known shapes of a recording.',
  },
  FIELD_UNREADABLE: {
    severity: 'unreadable',
    clause: null,
    means: 'A field that matters has the wrong type.',
  },
  ID_MISSING: {
    severity: 'unreadable',
    clause: null,
    means: 'A folder or an analysis has no id, so it cannot be followed.',
  },
  BASELINE_EXPIRED: {
    severity: 'hazard',
    clause: null,
    means: 'An entry of the baseline has expired: what it accepted counts again.',
  },
  BASELINE_UNUSED: {
    severity: 'hazard',
    clause: null,
    means: 'An entry of the baseline matches no finding: what it accepted is gone.',
  },
  BASELINE_REASON_MISSING: {
    severity: 'hazard',
    clause: null,
    means: 'An entry of the baseline does not say why it is accepted.',
  },
  FOLDER_NOT_GROUPED: {
    severity: 'unreadable',
    clause: null,
    means: 'A folder comes back after it had ended, in input that is said to be grouped by folder.',
  },
  INPUT_LIMIT: {
    severity: 'unreadable',
    clause: null,
    means: 'A piece of the input is larger or deeper than a named limit allows.',
  },
} as const satisfies Record<string, CodeText>;

/** The code of a finding. */
export type FindingCode = keyof typeof findingCodes;

/** What a field of a folder, or of one of its analyses, shows. */
export interface Shown {
  readonly field: Field;
  /** The id of the analysis; null: the field is one of the folder. */
  readonly analysis: string | null;
  readonly value: string;
}

/** An observation in short. */
export interface Before {
  readonly where: Where;
  /** What it showed: the fields of the folder, then of its analyses, those first of which the finding speaks. */
  readonly shown: readonly Shown[];
  /** How many analyses more it showed. */
  readonly more: number;
}

/** A value that would have to be another. */
export interface Change extends Shown {
  readonly observed: string;
}

/** What was found, where, against which clause, and what would have been legal. */
export interface Finding {
  readonly code: FindingCode;
  readonly clause: ClauseId | null;
  readonly evidence: Evidence | null;
  readonly severity: Severity;
  /** One sentence: where, expected, received. Holds text of the input as received: escape it for any output. */
  readonly message: string;
  /** The id of the analysis that it is about; null: it is about the folder, several analyses or the input. */
  readonly analysis: string | null;
  readonly where: Where;
  readonly observed: string | null;
  /** What would have been legal; empty where the question makes no sense. */
  readonly allowed: readonly string[];
  /** The last observation of the folder that was explained before this one; null: there is none. */
  readonly before: Before | null;
  /**
   * The nearest legal continuation: the fewest values that would have to be others, `value` instead of `observed`, for an
   * execution to explain the observation. Empty where it is legal, no others make it so, or a limit ended the search.
   */
  readonly nearest: readonly Change[];
  readonly hint: string | null;
  /** Present if a baseline knows the finding: then it is reported, and does not fail the check. */
  readonly known?: Known;
}

/** What a baseline says of a finding that it knows. */
export interface Known {
  /** Why it is accepted; empty: nobody has said so. */
  readonly reason: string;
  /** The last day on which it is, YYYY-MM-DD; null: for ever. */
  readonly expires: string | null;
}

/** A finding with the severity, the clause and the evidence that its code stands for. */
export function finding(
  code: FindingCode,
  details: Pick<Finding, 'message' | 'where'> &
    Partial<Pick<Finding, 'clause' | 'analysis' | 'observed' | 'allowed' | 'before' | 'nearest' | 'hint'>>,
): Finding {
  const { severity, clause: usual }: CodeText = findingCodes[code];
  const clause = details.clause ?? usual;
  return {
    code,
    clause,
    evidence: clause && clauses[clause].evidence,
    severity,
    message: details.message,
    analysis: details.analysis ?? null,
    where: details.where,
    observed: details.observed ?? null,
    allowed: details.allowed ?? [],
    before: details.before ?? null,
    nearest: details.nearest ?? [],
    hint: details.hint ?? null,
  };
}
