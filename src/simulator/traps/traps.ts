import { needsEnd } from './needs-end.ts';

/** What a client can decide of a person. Nobody knows more than `undecided`: failed, an operator, no end, no answer. */
export const outcomes = ['passed', 'declined', 'undecided'] as const;

/** What a client decided. */
export type ClientOutcome = (typeof outcomes)[number];

/** One situation in which a client that makes a known mistake decides wrongly. */
export interface Trap {
  readonly id: string;
  /** What a client does that falls into it. */
  readonly mistake: string;
  readonly lesson: string;
  /** The base URL below the name of the session: what happens in it. */
  readonly settings: string;
  /** What a client that is right may decide. */
  readonly right: readonly ClientOutcome[];
  /** Whether the web plugin has posted the folder, so that there are callbacks. */
  readonly plugin?: true;
  /** Whether the client has to see an end before it decides: it must not decide while the folder runs. */
  readonly ends: boolean;
}

/**
 * The traps. In each the client is given a folder, is to find out whether a person passed liveness and face matching,
 * and polls until it knows.
 */
export const traps: readonly Trap[] = [
  {
    id: 'plain-pass',
    mistake: 'a pass is not taken for one',
    lesson: 'Both checks are passed: a client that never lets anybody pass is no safe one.',
    settings: 'post-liveness-face.1-success.2-success',
    right: ['passed'],
    ends: true,
  },
  {
    id: 'finished-is-no-pass',
    mistake: 'FINISHED is read as a pass',
    lesson: 'FINISHED says that the checks are done. Whether they were passed says the result.',
    settings: 'post-liveness-face.1-declined.2-success',
    right: ['declined'],
    ends: true,
  },
  {
    id: 'initial-is-not-done',
    mistake: 'whatever is not PROCESSING is taken for the end',
    lesson: 'A poll that overtakes the POST sees INITIAL: wait for a status that means the end.',
    settings: 'post-liveness-face.1-success.2-success/posts=scenario',
    right: ['passed'],
    ends: true,
  },
  {
    id: 'only-first-watched',
    mistake: 'only the first analysis of a group is watched',
    lesson: 'The first check is passed, the second declined later: a group is as good as its worst.',
    settings: 'post-liveness-face.1-success.2-declined',
    right: ['declined'],
    ends: true,
  },
  {
    id: 'only-last-watched',
    mistake: 'only the last analysis of a group is watched',
    lesson: 'The last check is passed, the first declined later: a group is as good as its worst.',
    settings: 'post-liveness-face.2-success.1-declined',
    right: ['declined'],
    ends: true,
  },
  {
    id: 'failed-is-no-result',
    mistake: 'FAILED is folded into pass or decline',
    lesson: 'A system error ended a check: nobody knows the result.',
    settings: 'post-liveness-face.1-success.2-failed',
    right: ['undecided'],
    ends: true,
  },
  {
    id: 'operator-is-no-result',
    mistake: 'OPERATOR_REQUIRED is folded into pass or decline',
    lesson: 'A person has to look at it: neither a pass nor a decline.',
    settings: 'post-liveness-face.1-success.2-operator_required',
    right: ['undecided'],
    ends: true,
  },
  {
    id: 'later-success-masks',
    mistake: 'a later SUCCESS hides an earlier decline',
    lesson:
      'Liveness was declined, face matching, posted later, passed: the folder shows SUCCESS, the person has not passed.',
    settings: 'post-liveness.1-declined.post-face.2-success/posts=scenario/clock=instant',
    right: ['declined'],
    ends: true,
  },
  {
    id: 'first-group-is-not-all',
    mistake: 'the first group is taken for all',
    lesson:
      'Liveness is passed and nothing runs, but face matching was not even posted yet: something is missing.',
    settings: 'post-liveness.1-success.post-face.2-declined/posts=scenario',
    right: ['declined', 'undecided'],
    ends: false,
  },
  {
    id: 'processing-goes-on',
    mistake: 'a single poll, or PROCESSING taken for a failure',
    lesson: 'PROCESSING is no answer yet: ask again.',
    settings: 'post-liveness-face-documents-documents.3-success.4-success.1-success.2-success',
    right: ['passed'],
    ends: true,
  },
  {
    id: 'never-ends',
    mistake: 'polling has no end, or an unfinished folder is given a result',
    lesson: 'A check may hang: give up at a deadline, and say that nobody knows.',
    settings: 'post-liveness-face.1-success',
    right: ['undecided'],
    ends: false,
  },
  {
    id: 'unknown-status',
    mistake: 'a status that is unknown is taken for a pass or a decline',
    lesson: 'A new status can appear: what you do not know is neither.',
    settings: 'illegal=STATUS_NOT_IN_FIELD',
    right: ['undecided'],
    ends: false,
  },
  {
    id: 'too-many-requests',
    mistake: '429 is taken for a result',
    lesson: '429 says nothing of the folder: wait as long as Retry-After says, and ask again.',
    settings: 'post-liveness-face.1-success.2-success/faults=rate-limit/seed=3',
    right: ['passed'],
    ends: true,
  },
  {
    id: 'connection-breaks',
    mistake: 'a connection that breaks is taken for a result',
    lesson: 'A connection that breaks says nothing of the folder: ask again.',
    settings: 'post-liveness-face.1-success.2-success/faults=reset/seed=3',
    right: ['passed'],
    ends: true,
  },
  {
    id: 'half-an-answer',
    mistake: 'a part of an answer is read',
    lesson: 'A body that ends in the middle is no answer: ask again.',
    settings: 'post-liveness-face.1-success.2-declined/faults=truncated/seed=3',
    right: ['declined'],
    ends: true,
  },
  {
    id: 'stale-answer',
    mistake: 'an answer of a replica that is late ends the waiting',
    lesson: 'A later answer may be older than an earlier one: that is no reason to give up, nor to pass.',
    settings: 'post-liveness-face.1-success.2-declined/faults=stale/seed=3',
    right: ['declined'],
    ends: false,
  },
  {
    id: 'late-callback',
    mistake: 'a callback that comes after the poll is acted on once more',
    lesson: 'A callback can come late, and twice, after a poll has shown the same: act once.',
    settings: 'post-liveness-face.1-success.2-success/faults=callback-late,callback-twice/seed=2',
    right: ['passed'],
    ends: true,
    plugin: true,
  },
];

/** What a client printed or ended with. */
export interface ClientRun {
  /** The decisions in the order in which they were printed. */
  readonly decisions: readonly string[];
  /** Null: it was ended, because it had not ended by itself. */
  readonly exitCode: number | null;
}

/** What came of a client in a trap. */
export interface TrapResult {
  readonly trap: Trap;
  readonly caught: boolean;
  readonly decided: ClientOutcome | null;
  /** What the folder showed last before the decision; null: it showed nothing. */
  readonly shown: string | null;
  /** What is wrong; null where nothing is. */
  readonly problem: string | null;
}

/** The outcome that a decision stands for: anything but the two is undecided. */
const outcomeOf = (decision: string): ClientOutcome =>
  decision === 'passed' || decision === 'declined' ? decision : 'undecided';

/** What exit codes stand for where nothing is printed. */
const byExitCode: readonly ClientOutcome[] = ['passed', 'declined'];

/** The decision in words: as it was made, where it was not made in one of the words that count. */
function decisionInWords(decided: ClientOutcome, { decisions: [decision], exitCode }: ClientRun): string {
  if (decision === undefined)
    return `${decided}, by its exit code ${exitCode}: it printed no line such as {"decision":"passed"}`;
  return decision === decided ? decided : `“${decision.slice(0, 60)}”, which counts as ${decided}`;
}

/** Judges a run of a client; `shown` is what the folder showed it last, as `resolution_status/system_resolution`. */
export function judgeRun(trap: Trap, run: ClientRun, shown: string | null): TrapResult {
  const { decisions, exitCode } = run;
  const result = (decided: ClientOutcome | null, problem: string | null): TrapResult => ({
    trap,
    caught: problem !== null,
    decided,
    shown,
    problem,
  });
  if (exitCode === null) return result(null, 'it had not decided when its time was over');
  if (decisions.length > 1) return result(null, `it decided ${decisions.length} times`);
  const decided = decisions.length === 1 ? outcomeOf(decisions[0]!) : (byExitCode[exitCode] ?? 'undecided');
  if (shown === null) return result(decided, 'it never saw the folder');
  const isRunning = /^(?:INITIAL|PROCESSING)/.test(shown);
  const said = decisionInWords(decided, run);
  const right = trap.right.join(' or ');
  if (isRunning && decided === 'undecided' && needsEnd(trap))
    return result(
      decided,
      `it gave up while the folder was running (it decided ${said}); right is ${right}, once it has ended. If it polls seldom, give it more time with --deadline`,
    );
  if (!trap.right.includes(decided)) return result(decided, `it decided ${said}; right is ${right}`);
  if (trap.ends && isRunning) return result(decided, 'it decided while the folder was running');
  return result(decided, null);
}
