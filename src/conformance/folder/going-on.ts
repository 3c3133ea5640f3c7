/** How the check of a folder goes on where nothing explains an observation, or a limit leaves open whether anything does. */
import { culpritOf, type Changed } from '../blame/culprit.ts';
import type { Detected, FolderStep, Constrained, Judged } from './folder-step.ts';
import type { Track } from '../belief/engine.ts';
import { beginning, type Standing } from './standing.ts';
import { History } from './history.ts';
import { limitFinding } from '../blame/static-rules.ts';

/** That nothing explains an observation: it is to blame for what has changed, or for what its correction says. */
export function culprit(judged: Judged, changed?: Changed): Detected {
  const { observation, claimed, context } = judged;
  const asked = { spared: 'unspecified', about: changed?.claim } as const;
  return {
    finding: culpritOf(claimed, undefined, observation.where, context.options, changed),
    open: { judged, of: 'culprit', asked, changed },
  };
}

/** Goes on from all that matches the observation, so that one fault is found once. */
export function restarted(before: Standing, constrained: Constrained): FolderStep {
  const { claimed, observation, context } = constrained;
  const at = { ...before, members: before.members.reopenedBy(claimed.views) };
  const track = matching(at, constrained);
  if (track.truncated) return givenUp({ ...at, track: context.engine.start }, constrained);
  return { at, seenBefore: observation.seenBefore, detected: [], standing: from(at, track, constrained) };
}

/** All that an observation can mean beside how other analyses have settled, else what it can mean by itself. */
function matching({ members }: Standing, { constraint, context: { engine, options } }: Constrained): Track {
  const facts = members.facts();
  const beside = members.besideSettled(constraint, options.settings);
  const track = engine.step(engine.start, beside, facts);
  return track.empty && beside !== constraint ? engine.step(engine.start, constraint, facts) : track;
}

/**
 * Goes on from all that matches the observation under a reading that may explain the past, of which `track` says no more:
 * what is found there is certain.
 */
export function beyondLimit(before: Standing, track: Track, constrained: Constrained): FolderStep {
  const { constraint, context, observation } = constrained;
  const { where, seenBefore } = observation;
  const { engine } = context;
  const limit = { finding: limitFinding(engine.budget, where) };
  const at = { ...before, track: engine.anew(track) };
  const facts = at.members.facts();
  const again = engine.budget.isSpent
    ? engine.unsearched(at.track, constraint, facts)
    : engine.step(at.track, constraint, facts);
  if (again.truncated) return givenUp(at, constrained);
  return {
    at,
    seenBefore,
    detected: again.empty ? [limit, culprit(constrained)] : [limit],
    standing: from(at, again, constrained),
  };
}

/** Goes on from all that matches the observation, or, where nothing does, from what was before it. */
function from(at: Standing, track: Track, constrained: Constrained): Standing {
  if (track.empty) return { ...at, members: constrained.before.members, last: undefined };
  return remembering(beginning(at, track), track, constrained);
}

/** A limit is met, and nothing of the folder is searched any more. */
function givenUp(at: Standing, constrained: Constrained): FolderStep {
  const { constraint, observation, context } = constrained;
  const { where, seenBefore } = observation;
  const { engine } = context;
  const track = engine.unsearched(at.track, constraint, at.members.facts());
  return {
    at,
    seenBefore,
    detected: [{ finding: limitFinding(engine.budget, where) }],
    standing: noted({ ...at, track, followed: false, history: new History() }, constrained),
  };
}

/** The standing after an observation that has led the belief to a track, and is remembered. */
export function remembering(
  standing: Standing,
  track: Track,
  { observation, claimed, constraint, context }: Constrained,
): Standing {
  const members = standing.members.settledBy(claimed.views);
  const last = { constraint, where: observation.where };
  const history = standing.history.with(
    constraint,
    members.size,
    context.engine.budget.ofHistory,
    context.options.fields !== 'stale' && context.options.decidedGroup !== 'last',
  );
  return { ...standing, track, members, last, before: last, history };
}

/** The standing with an observation noted that is not followed. */
export function noted(standing: Standing, { observation, claimed, constraint }: Constrained): Standing {
  const members = standing.members.settledBy(claimed.views);
  return { ...standing, members, before: { constraint, where: observation.where }, last: undefined };
}
