import type { FindingCode } from '../../observations/findings.ts';
import type { AnalysisBody, FolderBody } from '../routes/shapes.ts';

/** One way in which a service can break the specification, on purpose. */
interface IllegalHistory {
  readonly lesson: string;
  /** The execution that goes well with it, by its name. */
  readonly path: string;
  /** What has to be set of whoever judges it. */
  readonly judgedWith?: { readonly operatorRequired: 'never' };
  /** Whether answers have to show groups for it. */
  readonly groups?: 'shown';
  /** Whether it is the plugin's callbacks that say something else than the answers. */
  readonly lyingCallbacks?: true;
  /** Changes an answer; `read` counts the answers since all has settled, from 1, and is 0 before. */
  readonly lie: (body: FolderBody, read: number) => unknown;
}

const twoPass = 'post-liveness-face.1-success.2-success';
const oneDeclined = 'post-liveness-face.1-declined.2-success';
const oneUnclear = 'post-liveness-face.1-success.2-operator_required';

/** The body with one analysis changed, of those that it lists. */
function withAnalysis(body: FolderBody, at: number, change: Partial<AnalysisBody>): FolderBody {
  const analyses = body.analyses?.map((analysis, index) =>
    index === at ? { ...analysis, ...change } : analysis,
  );
  return analyses ? { ...body, analyses } : body;
}

const shows = (resolution: string, state = 'FINISHED'): Partial<AnalysisBody> => ({
  state,
  resolution_status: resolution,
  resolution,
});

const from =
  (first: number, lie: (body: FolderBody) => unknown) =>
  (body: FolderBody, read: number): unknown =>
    read >= first ? lie(body) : body;

const only =
  (read: number, lie: (body: FolderBody) => unknown) =>
  (body: FolderBody, at: number): unknown =>
    at === read ? lie(body) : body;

/** Illegal histories by the code of the finding that each is to give; they begin as an execution does. */
export const illegalHistories = {
  STATUS_NOT_IN_FIELD: {
    lesson: 'A status that the field does not have: neither a pass nor a decline.',
    path: twoPass,
    // Wherever a client looks: some read the folder alone, some its analyses.
    lie: from(1, (body) => ({
      ...withAnalysis(body, 1, { resolution_status: 'ACCEPTED', resolution: 'ACCEPTED' }),
      system_resolution: 'ACCEPTED',
    })),
  },
  STATE_RESULT_MISMATCH: {
    lesson: 'A result of an analysis that has not finished: believe neither of its fields.',
    path: twoPass,
    lie: from(1, (body) => withAnalysis(body, 1, { state: 'PROCESSING' })),
  },
  OPERATOR_FOR_LIVENESS: {
    lesson: 'Liveness never needs an operator.',
    path: twoPass,
    lie: from(1, (body) => withAnalysis(body, 0, shows('OPERATOR_REQUIRED'))),
  },
  OPERATOR_NOT_ENABLED: {
    lesson: 'OPERATOR_REQUIRED where the biometry settings do not provide for it.',
    path: twoPass,
    judgedWith: { operatorRequired: 'never' },
    lie: from(1, (body) => withAnalysis(body, 1, shows('OPERATOR_REQUIRED'))),
  },
  SETTLED_ANALYSIS_CHANGED: {
    lesson: 'A result is final: a decline that becomes a pass is none.',
    path: oneDeclined,
    lie: from(2, (body) => ({ ...withAnalysis(body, 0, shows('SUCCESS')), system_resolution: 'SUCCESS' })),
  },
  ANALYSIS_CONTRADICTS_ITSELF: {
    lesson: 'One analysis twice in a list, with two results.',
    path: oneDeclined,
    lie: from(1, (body) => {
      const [first] = body.analyses ?? [];
      return first ? { ...body, analyses: [...body.analyses!, { ...first, ...shows('SUCCESS') }] } : body;
    }),
  },
  ANALYSIS_IDENTITY_CHANGED: {
    lesson: 'The kind of an analysis never changes.',
    path: twoPass,
    lie: from(2, (body) => withAnalysis(body, 0, { type: 'DOCUMENTS' })),
  },
  ANALYSIS_LEFT_OUT: {
    lesson: 'A list that leaves out an analysis is not the list.',
    path: twoPass,
    lie: only(2, (body) => (body.analyses ? { ...body, analyses: body.analyses.slice(1) } : body)),
  },
  GROUP_CHANGED: {
    lesson: 'Analyses never move to another group.',
    path: twoPass,
    groups: 'shown',
    lie: from(2, (body) => withAnalysis(body, 0, { group_id: body.folder_id })),
  },
  FOLDER_STATUS_IMPOSSIBLE: {
    lesson: 'A stage that the analyses do not give.',
    path: oneDeclined,
    lie: from(2, (body) => ({ ...body, resolution_status: 'PROCESSING' })),
  },
  SYSTEM_RESOLUTION_IMPOSSIBLE: {
    lesson: 'A pass of the folder over a declined analysis of its only group.',
    path: oneDeclined,
    lie: from(1, (body) => ({ ...body, system_resolution: 'SUCCESS' })),
  },
  ANALYSIS_STATUS_IMPOSSIBLE: {
    lesson: 'An analysis that still runs in a folder that is done.',
    path: twoPass,
    // Without its state, that analysis is the least to put right.
    lie: only(1, (body) => withAnalysis(body, 1, { ...shows('PROCESSING'), state: undefined })),
  },
  OBSERVATION_IMPOSSIBLE: {
    lesson: 'A list that is shorter than what the folder has shown needs: no status in it explains that.',
    path: 'post-liveness.1-declined',
    // A pass beside a decline needs a second group, which the whole list then does not hold.
    lie: (body, read) => {
      const { analyses: _, ...fields } = body;
      return read === 0 || read > 2
        ? body
        : read === 1
          ? fields
          : { ...fields, system_resolution: 'SUCCESS' };
    },
  },
  CALLBACK_DISAGREES: {
    lesson: 'A callback says another result than the API: decide by the API, on the server.',
    path: oneDeclined,
    lyingCallbacks: true,
    lie: (body) => body,
  },
  OPERATOR_DECIDED: {
    lesson: 'A person replaced OPERATOR_REQUIRED: the page does not say that this may be.',
    path: oneUnclear,
    lie: from(2, (body) => ({ ...withAnalysis(body, 1, shows('SUCCESS')), system_resolution: 'SUCCESS' })),
  },
  ANALYSIS_DISAPPEARED: {
    lesson: 'An analysis is gone for good: the page knows no deletion.',
    path: twoPass,
    lie: from(2, (body) => (body.analyses ? { ...body, analyses: body.analyses.slice(1) } : body)),
  },
  RESOLUTION_ALIAS_DISAGREES: {
    lesson: '`resolution` is documented nowhere: decide by `resolution_status`.',
    path: oneDeclined,
    lie: from(1, (body) => withAnalysis(body, 0, { resolution: 'SUCCESS' })),
  },
  FIELD_UNREADABLE: {
    lesson: 'A status that is no text at all.',
    path: oneDeclined,
    lie: from(1, (body) => ({ ...body, resolution_status: 3 })),
  },
  ID_MISSING: {
    lesson: 'An analysis without an id cannot be followed.',
    path: oneDeclined,
    lie: from(1, (body) => {
      const analyses = body.analyses?.map((analysis) => ({ ...analysis, analyse_id: undefined }));
      return analyses ? { ...body, analyses } : body;
    }),
  },
  NO_STATUS_SEEN: {
    lesson: 'A folder without any status: there is nothing to decide by.',
    // Nothing is posted: the answer to a POST would show a status.
    path: '',
    lie: ({ folder_id: id, meta_data: meta }) => ({ folder_id: id, meta_data: meta }),
  },
  SHAPE_UNKNOWN: {
    lesson: 'An answer of another shape, with status 200: it says nothing.',
    path: oneDeclined,
    lie: from(1, () => ({ result: 'ok' })),
  },
  JSON_INVALID: {
    lesson: 'A page of a gateway with status 200: it is no answer.',
    path: oneDeclined,
    lie: from(1, () => '<html><body>Please stand by</body></html>'),
  },
} as const satisfies Partial<Record<FindingCode, IllegalHistory>>;

/** The code of a finding that can be brought about on purpose. */
export type IllegalCode = keyof typeof illegalHistories;

const isLegal = 'legal, and a scenario shows it';
const isRecorded = 'said of what a recording says of its own making, not of what a service answers';
const isInput = 'said of a file or stream, not of an answer: answers are texts of the simulator';
const isBaseline = 'said of a list of known deviations';

/** Why no illegal history gives the other codes. */
export const codesOfNoHistory = {
  MASKED_RESULT: isLegal,
  FAILED_WITH_SUCCESS: isLegal,
  ENDS_UNSETTLED: 'legal: a client has stopped',
  GROUP_PARTLY_WATCHED: 'legal: a client watches a part',
  NEEDS_SEPARATE_GROUPS: 'legal: a client has not recorded its POSTs',
  TIME_WITHOUT_ZONE: isRecorded,
  TIME_UNREADABLE: isRecorded,
  TIME_OUT_OF_ORDER: isRecorded,
  TEXT_AROUND_JSON: isRecorded,
  REQUEST_UNKNOWN: isRecorded,
  SEARCH_LIMIT: 'said of a search that was ended, whatever was answered',
  INPUT_UNREADABLE: isInput,
  INPUT_EMPTY: isInput,
  TEXT_INVALID: isInput,
  INPUT_LIMIT: isInput,
  FOLDER_NOT_GROUPED: 'said of the order of a recording that is checked with --grouped',
  BASELINE_EXPIRED: isBaseline,
  BASELINE_UNUSED: isBaseline,
  BASELINE_REASON_MISSING: isBaseline,
} as const satisfies Record<Exclude<FindingCode, IllegalCode>, string>;

/** Whether a text is such a code. */
export const isIllegalCode = (text: string): text is IllegalCode => Object.hasOwn(illegalHistories, text);

/** What an illegal history answers instead of a body: a body, or a text that is none. */
export function tellLie(code: IllegalCode, body: FolderBody, read: number): unknown {
  return illegalHistories[code].lie(body, read);
}
