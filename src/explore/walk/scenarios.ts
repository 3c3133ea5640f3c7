import { defaultSettings, type FolderEvent, type Reading, type Settings } from '../../../machines/index.ts';

/** One execution that is worth knowing, as the events that happen in a folder. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  /** What a client learns from it. */
  readonly lesson: string;
  readonly events: readonly FolderEvent[];
  /** The answers without which an event would be refused; absent: the default reading. */
  readonly answers?: Partial<Reading>;
}

const kinds = { liveness: 'QUALITY', face: 'BIOMETRY', document: 'DOCUMENTS' } as const;

function posted(groupId: string, ...names: readonly (keyof typeof kinds)[]): FolderEvent {
  const analyses = names.map((name) => ({ id: `${groupId}-${name}`, kind: kinds[name] }));
  return { type: 'group.posted', groupId, analyses };
}
const failed = (id: string): FolderEvent => ({ type: 'analysis.failed', id });
const passed = (id: string): FolderEvent => ({ type: 'analysis.finished', id, resolution: 'SUCCESS' });
const declined = (id: string): FolderEvent => ({ type: 'analysis.finished', id, resolution: 'DECLINED' });
const unclear = (id: string): FolderEvent => ({
  type: 'analysis.finished',
  id,
  resolution: 'OPERATOR_REQUIRED',
});

/** The scenarios that the documentation shows, the plainest first; ids are stable. */
export const scenarios: readonly Scenario[] = [
  {
    id: 'ordinary-life',
    title: 'The ordinary life of a folder',
    lesson:
      'Both fields start at INITIAL and show PROCESSING until the last check has ended; only then do stage and result part.',
    events: [posted('first', 'liveness', 'face'), passed('first-liveness'), passed('first-face')],
  },
  {
    id: 'two-steps',
    title: 'Two steps, and the second hides the first',
    lesson:
      'The liveness check is declined; face matching, posted later into the same folder, is passed. The folder ends as SUCCESS: keep the result of every step.',
    events: [
      posted('first', 'liveness'),
      declined('first-liveness'),
      posted('second', 'face'),
      passed('second-face'),
    ],
  },
  {
    id: 'two-groups-settle',
    title: 'Two groups settle between two polls',
    lesson:
      'The group that was posted first finishes last and decides. Two polls, one before and one after, do not show which group that was.',
    events: [
      posted('first', 'liveness'),
      posted('second', 'face'),
      passed('second-face'),
      declined('first-liveness'),
    ],
  },
  {
    id: 'finished-is-no-pass',
    title: 'Client mistake 1: FINISHED read as a pass',
    lesson:
      'The stage reaches FINISHED although a check was declined: it says that the checks are done. Whether they were passed is what system_resolution says.',
    events: [posted('first', 'liveness', 'face'), declined('first-liveness'), passed('first-face')],
  },
  {
    id: 'initial-is-not-done',
    title: 'Client mistake 2: INITIAL taken as done',
    lesson:
      'A poll that overtakes the POST sees INITIAL, which is not PROCESSING and yet no end. Wait for a status that means the end.',
    events: [posted('first', 'liveness'), passed('first-liveness')],
  },
  {
    id: 'one-analysis-watched',
    title: 'Client mistake 3: one analysis of a group watched',
    lesson:
      'The check that is watched is passed early; the other one of the group is declined later, and the group is as good as its worst.',
    events: [posted('first', 'liveness', 'face'), passed('first-liveness'), declined('first-face')],
  },
  {
    id: 'a-check-fails',
    title: 'Client mistake 4: FAILED folded into pass or decline',
    lesson: 'A system error ended the check: nobody knows the result. Post a new group instead of deciding.',
    events: [posted('first', 'liveness', 'face'), failed('first-liveness'), passed('first-face')],
  },
  {
    id: 'a-person-is-needed',
    title: 'Client mistake 4, again: OPERATOR_REQUIRED folded into pass or decline',
    lesson: 'A person has to look at the result. It is neither a pass nor a decline, and it may stay so.',
    events: [posted('first', 'liveness', 'face'), passed('first-liveness'), unclear('first-face')],
  },
  {
    id: 'later-success-masks',
    title: 'Client mistake 5: a later group covers an earlier one',
    lesson:
      'The first group needs a person; a group posted later is passed, and the folder has forgotten the first.',
    events: [
      posted('first', 'face', 'document'),
      unclear('first-face'),
      passed('first-document'),
      posted('second', 'liveness'),
      passed('second-liveness'),
    ],
  },
  {
    id: 'one-poll',
    title: 'Client mistake 6: a single poll',
    lesson: 'PROCESSING is no answer yet: here one check has ended and the other still runs.',
    events: [posted('first', 'liveness', 'face'), passed('first-liveness')],
  },
  {
    id: 'completed-twice',
    title: 'Client mistake 6, the other way: completion on every poll',
    lesson:
      'A folder reaches the same pair of statuses twice, because another group was posted. Act once for each group, not on every poll that shows an end.',
    events: [
      posted('first', 'liveness'),
      passed('first-liveness'),
      posted('second', 'face'),
      passed('second-face'),
    ],
  },
  {
    id: 'failed-with-success',
    title: 'FAILED and SUCCESS at once',
    lesson:
      'The first attempt fails and the second is passed. The stage looks at all analyses, the result at the group that finished last: clients that read one field each decide differently.',
    events: [
      posted('first', 'liveness'),
      failed('first-liveness'),
      posted('second', 'liveness'),
      passed('second-liveness'),
    ],
  },
  {
    id: 'failed-beside-running',
    title: 'A failure beside a running check',
    lesson:
      'Under the default reading the folder is PROCESSING until nothing runs; under status-precedence=failed-first it is FAILED at once.',
    events: [posted('first', 'liveness', 'face'), failed('first-face'), passed('first-liveness')],
  },
  {
    id: 'operator-decides',
    title: 'An operator decides',
    lesson:
      'A person replaces OPERATOR_REQUIRED. The page does not say whether that may be: settle the question operator-decision for your installation.',
    events: [
      posted('first', 'liveness', 'face'),
      passed('first-liveness'),
      unclear('first-face'),
      { type: 'operator.decided', id: 'first-face', resolution: 'DECLINED' },
    ],
    answers: { 'operator-decision': 'allowed' },
  },
];

/** The settings under which every event of a scenario is legal: the given ones with the answers that it needs. */
export function settingsFor({ answers }: Scenario, settings: Settings = defaultSettings): Settings {
  return { ...settings, reading: { ...settings.reading, ...answers } };
}
