import type { ClauseId } from './clauses.ts';
import type { Answer, Question } from './readings.ts';

/**
 * The register of open questions in words: why each is open and by which clauses, why the default is the default,
 * and what each answer means for who integrates the API. The answers themselves stand in readings.ts: a client that
 * bundles the readings carries no prose.
 */
export const questions = {
  'result-scope': {
    asks: 'Whose worst analysis is `system_resolution`?',
    why: 'The page speaks of all analyses and of the group that finished last, in one paragraph; another page of the vendor speaks of the group that was applied last.',
    clauses: ['FOLDER-RESULT', 'FOLDER-RESULT-LAST-FINISHED', 'GROUP-RESULT-WORST'],
    defaultBecause: 'It is the most specific statement on the page, put there as a note to the general one.',
    answers: {
      'last-finished-group': 'the group that finished last',
      'last-applied-group': 'the group that was posted last',
      'all-analyses': 'every analysis of the folder',
    },
    consequences: {
      'last-finished-group':
        'A declined liveness is hidden by a group that finishes later with SUCCESS: keep the result of every step.',
      'last-applied-group':
        'Posting another group hides the result of all groups before it at once, even while those still run.',
      'all-analyses':
        'One declined or failed analysis stands for ever: a folder cannot be repaired by another attempt, so use a new one.',
    },
  },
  'result-while-running': {
    asks: 'One group has settled and another runs: what is `system_resolution`?',
    why: 'The table gives PROCESSING while analyses are in progress, yet the group that finished last is still the first one.',
    clauses: ['SYSTEM-PROCESSING', 'FOLDER-RESULT-LAST-FINISHED'],
    defaultBecause: 'It is what the table itself says of analyses in progress.',
    answers: {
      processing: 'PROCESSING',
      hold: 'the result of the settled group is kept',
    },
    consequences: {
      processing:
        'While anything runs no result shows: waiting for one is safe, and a result read between two steps is lost.',
      hold: 'The result of the first step still shows while the second runs: whoever waits for any result takes the old one.',
    },
  },
  'result-while-earlier-runs': {
    asks: 'The group that was posted last has settled and an earlier one still runs: what is `system_resolution`?',
    why: 'The page that speaks of the group applied last says nothing of earlier ones; the table gives PROCESSING while analyses are in progress.',
    clauses: ['SYSTEM-PROCESSING', 'FOLDER-RESULT-WHEN-FINISHED', 'FOLDER-RESULT-LAST-FINISHED'],
    defaultBecause: 'The page that names the group applied last speaks of that group alone.',
    answers: {
      'group-result': 'the result of the group that was posted last',
      processing: 'PROCESSING until nothing runs',
    },
    consequences: {
      'group-result':
        'A result does not say that nothing runs: whoever stops there misses what an earlier group finds.',
      processing:
        'A result says that nothing runs; an earlier group that is slow holds back the result of the last one.',
    },
  },
  'status-precedence': {
    asks: 'A failed analysis stands beside a running one: what is `folder.resolution_status`?',
    why: 'The severity order puts PROCESSING before FAILED; the folder text wants FAILED as soon as any analysis failed.',
    clauses: ['WORST-ORDER', 'FOLDER-FAILED-MEANS', 'FOLDER-PROCESSING-MEANS'],
    defaultBecause: 'It is the printed order of severity.',
    answers: {
      'processing-first': 'PROCESSING, and FAILED once nothing runs',
      'failed-first': 'FAILED at once',
    },
    consequences: {
      'processing-first':
        'A failure shows only when nothing runs any more: FAILED and FINISHED both say that nothing runs.',
      'failed-first':
        'FAILED does not say that nothing runs: whoever stops there misses the results still to come.',
    },
  },
  'status-scope': {
    asks: 'Whose stage is `folder.resolution_status`?',
    why: 'The page speaks of any of the analyses; the vendor’s object reference speaks of the latter one.',
    clauses: ['FOLDER-STAGE', 'FOLDER-FAILED-MEANS'],
    defaultBecause: 'The page speaks of any of the analyses.',
    answers: {
      'all-analyses': 'every analysis of the folder',
      'last-applied-group': 'the group that was posted last',
      'last-settled-group': 'the group that settled last, once nothing runs',
    },
    consequences: {
      'all-analyses': 'A folder with a failure stays FAILED, whatever succeeds in it later.',
      'last-applied-group': 'FINISHED says nothing of earlier groups, which may have failed or still run.',
      'last-settled-group': 'A later group without a failure makes a FAILED folder FINISHED again.',
    },
  },
  'failed-beside-declined': {
    asks: 'Which is worse, FAILED or DECLINED?',
    why: 'The printed order puts FAILED first; the folder text wants DECLINED as soon as one analysis was declined.',
    clauses: ['WORST-ORDER', 'SYSTEM-DECLINED-MEANS'],
    defaultBecause: 'It is the printed order of severity.',
    answers: {
      failed: 'FAILED, as printed',
      declined: 'DECLINED: the two are swapped',
    },
    consequences: {
      failed:
        'FAILED can hide a declined check: a client that repeats on FAILED gives a spoof another attempt.',
      declined: 'DECLINED can hide a failed check: not everything was checked when the folder is declined.',
    },
  },
  'result-precedence': {
    asks: 'A failed analysis stands beside a running one: what is `system_resolution`?',
    why: 'The sentence that wants FAILED as soon as any analysis failed stands with `folder.resolution_status`, and the order that puts PROCESSING before FAILED with `system_resolution`.',
    clauses: ['WORST-ORDER', 'FOLDER-FAILED-MEANS', 'SYSTEM-PROCESSING'],
    defaultBecause: 'It is the printed order of severity, which stands with the result.',
    answers: {
      'processing-first': 'PROCESSING: the order of severity decides',
      'failed-first': 'FAILED at once, as in `folder.resolution_status`',
    },
    consequences: {
      'processing-first':
        'The stage can be FAILED while the result is PROCESSING: whoever waits for a result waits until nothing runs.',
      'failed-first':
        'FAILED is no end: once nothing runs the result can be another one, where a later group decides.',
    },
  },
  'failed-group-finishes': {
    asks: 'Does a group with a FAILED analysis count as finished for `system_resolution`?',
    why: '“Not finished” covers FAILED in one sentence, and the folder result is promised when all analyses are finished.',
    clauses: ['RESULT-INHERITS-STATE', 'FOLDER-RESULT-LAST-FINISHED', 'FOLDER-RESULT-WHEN-FINISHED'],
    defaultBecause:
      'Otherwise a failed group would leave an earlier result standing as if it were the answer.',
    answers: {
      yes: 'it does',
      no: 'it never does, so an earlier group keeps the word',
      'folder-fails': 'it does not, and while the folder holds a failure its result is FAILED',
    },
    consequences: {
      yes: 'A later success hides an earlier failure: `system_resolution` can be SUCCESS in a folder that is FAILED.',
      no: 'A second step that fails leaves the result of the first standing as the result of the folder.',
      'folder-fails':
        'One failure makes the result FAILED for good once nothing runs: a repeated step needs a new folder.',
    },
  },
  'operator-decision': {
    asks: 'May a person later replace OPERATOR_REQUIRED by SUCCESS or DECLINED?',
    why: 'Operators decide in the vendor’s web interface; the page has no such transition.',
    clauses: ['OPERATOR-DECISION', 'RESULT-OPERATOR_REQUIRED-MEANS', 'ANALYSIS-FINAL'],
    defaultBecause: 'The page has no such transition, and does not forbid it.',
    answers: {
      unspecified: 'the page does not say: a recording that needs it is neither right nor wrong',
      allowed: 'yes',
      forbidden: 'no: a result is final',
    },
    consequences: {
      unspecified: 'Do not rely on either: be ready for a change of OPERATOR_REQUIRED, and for none.',
      allowed: 'OPERATOR_REQUIRED is not the end: go on polling, or ask again later.',
      forbidden: 'OPERATOR_REQUIRED is the end: the decision of a person never shows in the API.',
    },
  },
} as const satisfies { readonly [Q in Question]: QuestionText & TextsOf<Q> };

/** What the register says of one question. */
export interface QuestionText {
  readonly asks: string;
  readonly why: string;
  /** The statements that contradict each other here, or the one that says that the page is silent. */
  readonly clauses: readonly ClauseId[];
  readonly defaultBecause: string;
  readonly answers: Readonly<Record<string, string>>;
  /** By answer: what whoever integrates the API has to expect under it. */
  readonly consequences: Readonly<Record<string, string>>;
}

/** A text for every answer to question `Q`. */
interface TextsOf<Q extends Question> {
  readonly answers: Readonly<Record<Answer<Q>, string>>;
  readonly consequences: Readonly<Record<Answer<Q>, string>>;
}
