import { below } from '../../observations/where.ts';
import type { Reading } from '../../../machines/readings.ts';
import type { Resolution } from '../../../machines/statuses.ts';
import { anySettled, bit, namesOf, worseThan, type ResolutionSet } from '../belief/resolution-set.ts';
import type { Claimed } from '../blame/claims.ts';
import type { Track } from '../belief/engine.ts';
import { finding, type Finding, type FindingCode } from '../../observations/findings.ts';
import type { Where } from '../../observations/observation.ts';
import type { CheckOptions } from '../../observations/results.ts';
import { knownIn, knownInRest, unknownIn, type State } from '../belief/state.ts';

/** Dangers of an observation that is legal: what holds in every explanation that is left. */
export function hazardsOf(
  track: Track,
  claimed: Claimed,
  where: Where,
  { settings }: CheckOptions,
): readonly Finding[] {
  const { reading } = settings;
  const { status, system } = claimed;
  const hazards: Finding[] = [];
  if (status === 'FAILED' && system === 'SUCCESS') {
    hazards.push(
      finding('FAILED_WITH_SUCCESS', {
        message: 'resolution_status is FAILED while system_resolution is SUCCESS',
        where,
        observed: `${status}, ${system}`,
        hint: 'admit nobody on SUCCESS alone: an earlier group has failed',
      }),
    );
  }
  const masked = maskedBy(track, system, reading);
  if (masked !== 0) {
    const worst = namesOf(masked).join(' or ');
    hazards.push(
      finding('MASKED_RESULT', {
        message: `system_resolution is ${system}, but the folder holds an analysis that is ${worst}`,
        where: below(where, '/system_resolution'),
        observed: system!,
        hint: 'read every group: a later one hides the result of an earlier one',
      }),
    );
  }
  if (track.apart) {
    hazards.push(
      finding('NEEDS_SEPARATE_GROUPS', {
        message: 'analyses first seen together must have been posted in separate groups',
        where,
        hint: 'record the answers to the POSTs, or the group ids, to know the groups',
      }),
    );
  }
  return hazards;
}

/** What every explanation holds that is worse than the result shown; nothing if one of them holds nothing worse. */
function maskedBy(track: Track, system: string | undefined, reading: Reading): ResolutionSet {
  if (track.truncated || system === undefined || !(system in bit) || system === 'PROCESSING') return 0;
  const worse = worseThan(system as Resolution, reading);
  let masked: ResolutionSet = worse;
  for (const { entries } of track.beliefs) {
    for (const { state } of entries) {
      const holds = certainIn(state) & worse;
      if (holds === 0) return 0;
      masked = (masked & holds) === 0 ? holds : masked & holds;
    }
  }
  return masked;
}

function certainIn(state: State): ResolutionSet {
  return state.groups.reduce(
    (set, group) => (group.running ? set : set | knownIn(state, group) | group.must),
    knownInRest(state),
  );
}

/** The codes of what is said only because a recording ends: nothing of it holds where the reading was stopped. */
export const saidAtEnd: ReadonlySet<FindingCode> = new Set([
  'ENDS_UNSETTLED',
  'GROUP_PARTLY_WATCHED',
  'NO_STATUS_SEEN',
]);

/** Dangers of a recording that ends here. `unsettled`: every explanation leaves the folder unsettled. */
export function hazardsAtEnd(
  track: Track,
  unsettled: boolean,
  names: readonly string[],
  where: Where,
): readonly Finding[] {
  const hazards: Finding[] = [];
  if (unsettled) {
    hazards.push(
      finding('ENDS_UNSETTLED', {
        message: 'the recording ends while the folder has no analysis or one is still running',
        where,
        hint: 'poll until the folder has left INITIAL and PROCESSING, with a limit of time',
      }),
    );
  }
  const unwatched = unwatchedIn(track);
  if (unwatched) {
    const seen = namesOf(unwatched.hidden).join(' or ');
    hazards.push(
      finding('GROUP_PARTLY_WATCHED', {
        message: `analysis ${names[unwatched.id]} was never seen settled, others of its group were, and the folder holds ${seen}, which was seen of none`,
        analysis: names[unwatched.id]!,
        where,
        hint: 'watch every analysis of a group, or the folder',
      }),
    );
  }
  return hazards;
}

/**
 * An analysis never seen settled beside others of its group that were, where in every explanation the folder holds
 * a result that was seen of no analysis.
 */
function unwatchedIn(track: Track): { readonly id: number; readonly hidden: ResolutionSet } | undefined {
  if (track.truncated) return undefined;
  const found = track.beliefs.flatMap(({ entries }) => entries.map(({ state }) => unwatchedInState(state)));
  return found.every((each) => each !== undefined) ? found[0] : undefined;
}

function unwatchedInState(state: State): { readonly id: number; readonly hidden: ResolutionSet } | undefined {
  const seen = state.known.reduce((set, mark) => set | (mark & anySettled), 0);
  const hidden = state.groups.reduce((set, group) => set | group.must, 0) & ~seen;
  const partly = state.groups.find(
    (group) =>
      !group.undivided &&
      unknownIn(state, group).length > 0 &&
      unknownIn(state, group).length < group.ids.length,
  );
  return hidden !== 0 && partly ? { id: unknownIn(state, partly)[0]!, hidden } : undefined;
}
