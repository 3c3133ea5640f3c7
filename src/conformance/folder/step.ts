/**
 * The way of one observation of a folder: what is wrong with it, and where the check stands afterwards. What is to blame
 * is worked out in `pinpoint.ts`, and only for what is told.
 */
import { asClaimed, claimsOf, constraintOf, onceEach } from '../blame/claims.ts';
import type { Detected, FolderContext, FolderStep, Constrained, Judged } from './folder-step.ts';
import type { Finding } from '../../observations/findings.ts';
import { beyondLimit, culprit, noted, remembering, restarted } from './going-on.ts';
import { hazardsOf } from './hazards.ts';
import { backIn, leftOutFinding, lossAt, lossLimitFinding, withoutStale, withSeen } from './loss.ts';
import type { Observation } from '../../observations/observation.ts';
import { keyOfConstraint, type Constraint } from '../belief/constraint.ts';
import { advanced } from './stale-fields.ts';
import { beginning, type Loss, type Standing } from './standing.ts';
import type { Track } from '../belief/engine.ts';
import {
  historyFinding,
  limitFinding,
  lostFinding,
  tornFinding,
  wholeFinding,
} from '../blame/static-rules.ts';

/**
 * What one observation, which the standing has counted, leads to. It ends where something is violated or a limit is met:
 * how the check goes on from there is a step of its own, which whoever only tries the observation does not take.
 */
export function step(standing: Standing, observation: Observation, context: FolderContext): FolderStep {
  const { loss } = standing;
  const back = loss ? backIn(loss, observation) : [];
  if (loss && back.length > 0) return resumed(standing, loss, back, observation);
  const { seenBefore, where } = observation;
  const once = onceEach(observation.analyses);
  if ('torn' in once)
    return { at: standing, seenBefore, detected: [{ finding: tornFinding(once.torn, where) }], standing };
  const claimed = asClaimed(observation, once);
  const at = standing.sawStatus ? standing : { ...standing, sawStatus: claimsOf(claimed).length > 0 };
  const judged = { observation, claimed, before: at, context };
  const finding = at.members.impossible(observation, once, context.options.settings);
  if (!finding) return at.followed ? followed(at, judged) : watched(at, judged);
  const asked = { spared: 'unspecified', claims: once.map(({ groupId }) => groupId).join() } as const;
  const detected = [{ finding, open: { judged, of: 'correction', asked } }] as const;
  return { at, seenBefore, detected, standing: { ...at, last: undefined } };
}

/** Goes on from before a loss that was none: the lists that said so are to blame, all else is judged. */
function resumed(at: Standing, loss: Loss, back: readonly string[], observation: Observation): FolderStep {
  const { rest, stale } = withoutStale(loss, back);
  const finding = leftOutFinding(stale, back, observation);
  const { observations, folderId, sawStatus } = at;
  return {
    at,
    seenBefore: stale[0]!.seenBefore,
    detected: loss.isFull ? [{ finding }, { finding: lossLimitFinding(observation) }] : [{ finding }],
    standing: { ...loss.before, observations, folderId, sawStatus },
    again: [...rest, observation],
  };
}

/** Takes in what is said of identities, then what is shown. */
function followed(before: Standing, judged: Judged): FolderStep {
  const { observation, claimed, context } = judged;
  const { where, seenBefore } = observation;
  const { engine, options } = context;
  if (!engine.add()) return lost(before, limitFinding(engine.budget, where), judged);
  const { members, isLate } = before.members.learn(observation, claimed.views);
  const at = members === before.members ? before : { ...before, members };
  if (claimed.complete && members.size > claimed.views.length) {
    const finding = lostFinding(members.missingIn(claimed.views), where);
    return lost(at, finding, judged, lossAt(before, observation));
  }
  const constraint = constraintOf(claimed, members, options);
  if (isLate) return { ...lookingBack(at, { ...judged, constraint }), looksBack: true };
  if (members.size > before.members.size || options.fields === 'stale' || !isRepeated(before, constraint))
    return believed(at, { ...judged, constraint });
  const last = { constraint, where };
  return { at, seenBefore, detected: [], standing: { ...at, last, before: last } };
}

const isRepeated = ({ last }: Standing, constraint: Constraint): boolean =>
  last !== undefined && keyOfConstraint(constraint) === keyOfConstraint(last.constraint);

/** Holds what is shown late against all that was seen before. */
function lookingBack(at: Standing, constrained: Constrained): FolderStep {
  const { where, seenBefore } = constrained.observation;
  const { context } = constrained;
  const { engine } = context;
  const { history, members } = at;
  if (history.isFull) return lost(at, historyFinding(engine.budget.ofHistory, where), constrained);
  if (at.isMixed) {
    const finding = limitFinding(engine.budget, where, 'LATE_AFTER_OVERLAP');
    // What is believed was found without what is known now, and proves nothing beside it.
    const begun = { ...beginning(at, engine.anew(at.track)), lacksLate: true };
    const next = believed(begun, constrained);
    return { ...next, detected: [{ finding }, ...next.detected] };
  }
  const again = history.followAgain(context, (known) => members.facts(known));
  const { track } = again;
  if (!track.empty) return believed({ ...at, ...again }, constrained);
  if (track.truncated) return unexplained(at, track, constrained);
  const finding = wholeFinding('GROUP_CHANGED', where);
  const detected = [{ finding, open: { judged: constrained, of: 'late identity', asked: {} } }] as const;
  return { at, seenBefore, detected, standing: at, goOn: () => restarted(at, constrained) };
}

/** Advances the belief to the observation. */
function believed(at: Standing, constrained: Constrained): FolderStep {
  const { observation, claimed, before, constraint, context } = constrained;
  const { where, seenBefore } = observation;
  const { track, sinceFields } = advanced(at, constraint, at.members.facts(), context);
  if (track.empty) return unexplained(at, track, constrained);
  if (track.truncated) {
    const goOn = () => beyondLimit(at, track, constrained);
    return { at, seenBefore, detected: [], standing: { ...at, track, sinceFields }, goOn };
  }
  const detected: Detected[] = hazardsOf(track, claimed, where, context.options).map((finding) => ({
    finding,
  }));
  if (track.decided && !before.track.decided) {
    const open = { judged: constrained, of: 'correction', asked: {} } as const;
    detected.unshift({ finding: wholeFinding('OPERATOR_DECIDED', where), open });
  }
  return { at, seenBefore, detected, standing: remembering({ ...at, sinceFields }, track, constrained) };
}

/** Nothing explains the observation, or a limit has kept out what may. */
function unexplained(at: Standing, track: Track, constrained: Constrained): FolderStep {
  const { where, seenBefore } = constrained.observation;
  const { engine, options } = constrained.context;
  const changed = at.members.settledOtherwise(constrained.claimed.views, options.settings);
  if (track.truncated && !changed) {
    const detected = [{ finding: limitFinding(engine.budget, where) }];
    const goOn = () => beyondLimit(at, track, constrained);
    return { at, seenBefore, detected, standing: at, goOn };
  }
  const goOn = () => restarted(at, constrained);
  return { at, seenBefore, detected: [culprit(constrained, changed)], standing: at, goOn };
}

/** From now on, because of what was found, only the laws of single analyses are checked. */
function lost(at: Standing, finding: Finding, judged: Judged, loss?: Loss): FolderStep {
  const next = watched({ ...at, followed: false }, judged, loss);
  return { ...next, detected: [{ finding }, ...next.detected] };
}

/** Checks the laws of single analyses, and what no folder shows whatever came before; `begun`: the loss that begins. */
function watched(before: Standing, judged: Judged, begun?: Loss): FolderStep {
  const { observation, claimed } = judged;
  const { engine, options } = judged.context;
  const { members } = before.members.learn(observation, claimed.views);
  const isLoss = claimed.complete && members.size > claimed.views.length;
  const first = begun ?? (isLoss ? lossAt(before, observation) : undefined);
  const loss = before.loss ? withSeen(before.loss, observation, before.members.ids()) : first;
  // Where analyses have gone, what is listed is not all that there was.
  const hasLost = before.hasLost || isLoss;
  const { settings } = options;
  const showsDecision = before.showsDecision || members.showDecision(claimed.views, settings);
  const at = { ...before, members, loss, hasLost, showsDecision };
  const changed = members.settledOtherwise(claimed.views, settings);
  const constraint = constraintOf(claimed, members, options);
  const left = engine.unsearched(at.track, constraint, members.facts());
  const isBroken = !left.truncated && !hasLost;
  const track = hasLost ? at.track : isBroken ? engine.start : left;
  return {
    at,
    seenBefore: observation.seenBefore,
    detected: changed || isBroken ? [culprit(judged, changed)] : [],
    standing: noted({ ...at, track }, { ...judged, constraint }),
  };
}
