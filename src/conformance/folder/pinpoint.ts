/**
 * What is worked out of a finding once it is told: what is to blame, what would have been right, and what was seen before.
 * What is only tried is told to nobody, and does without.
 */
import { constraintOf } from '../blame/claims.ts';
import { changesOf, culpritOf } from '../blame/culprit.ts';
import { correctionFor, judgeAt } from './corrections.ts';
import type { Change, Finding, FindingCode } from '../../observations/findings.ts';
import type { Detected, FolderStep, Judged } from './folder-step.ts';
import type { AnalysisView, Where } from '../../observations/observation.ts';
import { previousOf } from '../blame/previous.ts';
import { respelt, type Respelt } from '../blame/respelling.ts';
import { throughMoments } from './stale-fields.ts';
import type { Standing } from './standing.ts';
import { hintOf, lateKindFinding, wholeFinding } from '../blame/static-rules.ts';

/** What a step has found, as it is told. */
export function pinpointed({ finding, open }: Detected, { at, seenBefore }: FolderStep): Finding {
  if (!open) return told(finding, at, seenBefore);
  const { judged, asked, changed } = open;
  const { claimed, observation, context } = judged;
  if (open.of === 'late identity') return told(lateFinding(at, judged), at, seenBefore);
  if (open.of === 'correction') {
    const correction = asMeant(at, judged) ?? correctionFor(at, judged, asked);
    return told(finding, at, seenBefore, changesOf(claimed, correction));
  }
  const correction = correctionFor(at, judged, asked);
  const culprit = culpritOf(claimed, correction, observation.where, context.options, changed);
  const isStale = culprit.hint === null && aboutFields.has(culprit.code) && isOlder(at, judged);
  const hinted = isStale ? { ...culprit, hint: staleHint } : culprit;
  return told(hinted, at, seenBefore, changesOf(claimed, correction));
}

const aboutFields: ReadonlySet<FindingCode> = new Set([
  'FOLDER_STATUS_IMPOSSIBLE',
  'SYSTEM_RESOLUTION_IMPOSSIBLE',
]);

const staleHint =
  'explained if the fields of the folder are older than its list, as from a replica or a cache: check --fields stale allows that';

/** Whether the fields are explained by an earlier moment than that of the list beside them. */
function isOlder({ track, members }: Standing, { observation, claimed, context }: Judged): boolean {
  const { engine, options } = context;
  if (options.fields === 'stale' || claimed.views.length === 0) return false;
  const constraint = constraintOf(claimed, members, options);
  const next = engine.tried(observation.analyses.length, () =>
    throughMoments(engine, track, constraint, members.facts()),
  );
  return !next.empty && !next.truncated;
}

/** A finding with what the folder has shown before, and the changes after which nothing would be wrong. */
export function told(
  finding: Finding,
  { before, members }: Pick<Standing, 'before' | 'members'>,
  seenBefore?: Where,
  nearest: readonly Change[] = [],
): Finding {
  const hint = finding.severity === 'violation' ? hintOf(finding, seenBefore) : finding.hint;
  const previous = finding.before ?? previousOf(before, members.ids(), nearest);
  return { ...finding, before: previous, nearest, hint };
}

/** What was meant by misspelt statuses, if that explains all. */
function asMeant(at: Standing, judged: Judged): Respelt | undefined {
  const meant = respelt(judged.claimed);
  return meant && judgeAt(at, judged, 'unspecified')(meant.claimed) === true ? meant : undefined;
}

/**
 * The finding on what an observation shows late of identities, which what was seen before contradicts. A kind is to blame
 * if it is enough by itself, else the groups are.
 */
function lateFinding({ history }: Standing, { observation, claimed, before, context }: Judged): Finding {
  const { views } = claimed;
  const late = views.filter((view) => before.members.showsLateLiveness(view));
  const contradict = (blamed: readonly AnalysisView[]): boolean => {
    const shown = views.map((view) =>
      late.includes(view) && !blamed.includes(view) ? bare(view) : named(view),
    );
    const { members } = before.members.learn({ ...observation, wholeGroup: false }, shown);
    const { track } = history.followAgain(context, (known) => members.facts(known));
    return track.empty && !track.truncated;
  };
  const culprit = late.find((view) => contradict([view])) ?? (contradict(late) ? late[0] : undefined);
  return culprit
    ? lateKindFinding(culprit, 'without it nothing explains what was judged before', observation.where)
    : wholeFinding('GROUP_CHANGED', observation.where);
}

/** A view without its group. */
const named = ({ groupId: _groupId, ...view }: AnalysisView): AnalysisView => view;

/** A view without its group and its kind. */
const bare = ({ groupId: _groupId, kind: _kind, ...view }: AnalysisView): AnalysisView => view;
