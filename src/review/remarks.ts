import {
  defaultReading,
  type ClauseId,
  type FolderEvent,
  type FolderFields,
  type Reading,
} from '../../machines/index.ts';

/**
 * Further places where the page can be read in more than one way, and that are no open questions of the
 * specification: each with the answer that is held, and why no other answer can be chosen.
 */

/** What the model does in the scenario: the fields that it shows at the end, or that it refuses the last event. */
export type Held = FolderFields | 'refused';

/** One remark. */
export interface Remark {
  readonly asks: string;
  readonly clauses: readonly ClauseId[];
  /** The answer of the specification, then the other one. */
  readonly answers: readonly [held: string, other: string];
  /** What happens, under which answers to the open questions, and what the specification says of it. */
  readonly scenario: {
    readonly events: readonly FolderEvent[];
    readonly under: Partial<Reading>;
    readonly held: Held;
  };
  /** Whether a client can tell the two answers apart, and by what. */
  readonly seenBy: string | null;
  /** Why it is no open question. */
  readonly because: string;
}

const post = (groupId: string, ...kinds: readonly string[]): FolderEvent => ({
  type: 'group.posted',
  groupId,
  analyses: kinds.map((kind, at) => ({ id: `${groupId}.a${at + 1}`, kind })),
});
const ends = (id: string, resolution: 'SUCCESS' | 'DECLINED' | 'OPERATOR_REQUIRED'): FolderEvent => ({
  type: 'analysis.finished',
  id,
  resolution,
});
const fails = (id: string): FolderEvent => ({ type: 'analysis.failed', id });

const processing = { resolution_status: 'PROCESSING', system_resolution: 'PROCESSING' } as const;

/** The remarks, in the order of the page. */
export const remarks = {
  'when-a-group-counts': {
    asks: 'From when on does a group count that was posted?',
    clauses: ['FOLDER-INITIAL-ONCE', 'FOLDER-INITIAL-MEANS', 'WORST-ORDER'],
    answers: ['at once: INITIAL is over with the answer to the POST', 'later, at a moment that nobody sees'],
    scenario: { events: [post('g1', 'BIOMETRY')], under: {}, held: processing },
    seenBy: 'a poll after the answer to the POST still shows INITIAL',
    because:
      'The other answer is about when a group shows, not about what statuses mean. It is a way of judging that somebody chooses: with `--fields stale` the fields may be older than the answer to the POST.',
  },
  'decision-and-last-group': {
    asks: 'Does an operator’s decision make its group the one that finished last?',
    clauses: ['OPERATOR-DECISION', 'FOLDER-RESULT-LAST-FINISHED'],
    answers: ['no: the order in which groups settled stays', 'yes'],
    scenario: {
      events: [
        post('g1', 'BIOMETRY'),
        ends('g1.a1', 'OPERATOR_REQUIRED'),
        post('g2', 'DOCUMENTS'),
        ends('g2.a1', 'SUCCESS'),
        { type: 'operator.decided', id: 'g1.a1', resolution: 'DECLINED' },
      ],
      under: { 'operator-decision': 'allowed' },
      held: { resolution_status: 'FINISHED', system_resolution: 'SUCCESS' },
    },
    seenBy: 'after the decision `system_resolution` is DECLINED instead of SUCCESS',
    because:
      'The page knows no decision at all, so it cannot say what one does to the order. The other answer is a way of judging that somebody chooses, with `--decided-group last`: an inference would have to keep every way to divide settled analyses into groups.',
  },
  'failed-is-final': {
    asks: 'May the service try a FAILED analysis again?',
    clauses: ['ANALYSIS-FINAL', 'STATE-FAILED-MEANS'],
    answers: ['no: what has settled stays', 'the page does not say'],
    scenario: {
      events: [post('g1', 'BIOMETRY'), fails('g1.a1'), ends('g1.a1', 'SUCCESS')],
      under: {},
      held: 'refused',
    },
    seenBy: 'an analysis shows PROCESSING or a result after FAILED',
    because:
      'The clause is marked as inferred, and the finding says so: whoever knows of such attempts objects to that clause.',
  },
  'liveness-beside-others': {
    asks: 'What does “except liveness” say of a folder that holds other analyses too?',
    clauses: ['LIVENESS-FOLDER-NO-OPERATOR', 'LIVENESS-ONLY-FOLDER'],
    answers: ['the others count', 'such a folder is never OPERATOR_REQUIRED'],
    scenario: {
      events: [
        post('g1', 'QUALITY', 'BIOMETRY'),
        ends('g1.a1', 'SUCCESS'),
        ends('g1.a2', 'OPERATOR_REQUIRED'),
      ],
      under: {},
      held: { resolution_status: 'FINISHED', system_resolution: 'OPERATOR_REQUIRED' },
    },
    seenBy: 'the folder shows something else than OPERATOR_REQUIRED',
    because:
      'The page would not say what such a folder shows instead: there is no second answer that could be modelled.',
  },
  'finished-successfully': {
    asks: 'Is a folder FINISHED whatever the results in it are?',
    clauses: ['FOLDER-FINISHED', 'FINISHED-WITH-ANY-RESULT'],
    answers: ['yes: the work is done', 'not with a DECLINED analysis'],
    scenario: {
      events: [post('g1', 'BIOMETRY'), ends('g1.a1', 'DECLINED')],
      under: {},
      held: { resolution_status: 'FINISHED', system_resolution: 'DECLINED' },
    },
    seenBy: 'the folder shows something else than FINISHED',
    because:
      'The column has no other status for it: the sentence on FINISHED asks for finished analyses only, and a declined one is.',
  },
  'one-snapshot': {
    asks: 'Are the fields of a folder and its list of analyses of one moment?',
    clauses: ['FOLDER-STAGE', 'FOLDER-STAGE-OF-ANALYSES'],
    answers: ['yes', 'the fields may lag behind the list'],
    scenario: {
      events: [post('g1', 'BIOMETRY'), ends('g1.a1', 'SUCCESS')],
      under: {},
      held: { resolution_status: 'FINISHED', system_resolution: 'SUCCESS' },
    },
    seenBy: 'PROCESSING beside a list in which everything has settled',
    because:
      'It is about the service, not about what statuses mean: a way of judging that somebody chooses with `--fields stale`, not an answer that is inferred. Even so the fields are not older than those shown before them.',
  },
  'two-at-once': {
    asks: 'Two groups finish at one moment: which is the last?',
    clauses: ['FOLDER-RESULT-LAST-FINISHED', 'WORST-ORDER'],
    answers: ['either, and both are tried', 'neither: the worst of both'],
    scenario: {
      events: [
        post('g1', 'BIOMETRY'),
        post('g2', 'DOCUMENTS'),
        ends('g1.a1', 'DECLINED'),
        ends('g2.a1', 'SUCCESS'),
      ],
      under: {},
      held: { resolution_status: 'FINISHED', system_resolution: 'SUCCESS' },
    },
    seenBy: null,
    because:
      'No answer of the API shows that two things happened at one moment, and the worst of both is what one of the orders gives.',
  },
} as const satisfies Readonly<Record<string, Remark>>;

/** The reading under which the scenario of a remark is played. */
export const readingOf = ({ scenario }: Remark): Reading => ({ ...defaultReading, ...scenario.under });
