import { isSettled, resolve, type Analysis, type AnalysisEvent } from '../analysis/model.ts';
import { readingFrom, type GivenReading } from '../given-settings.ts';
import { defaultReading, defaultSettings, type Settings } from '../readings.ts';
import { worst } from '../severity.ts';
import type { Resolution } from '../statuses.ts';

/** The analyses sent in one POST: never empty, never growing [GROUP-IS-ONE-POST, GROUP-CONSTANT]. */
export interface Group {
  readonly id: string;
  readonly analyses: readonly Analysis[];
}

/** An event of one analysis, with the analysis it happens to. */
export type MemberEvent = AnalysisEvent & { readonly id: string };

/** The result of a group: the worst resolution among its analyses [GROUP-RESULT-WORST]; throws a TypeError for a wrong reading. */
export function groupResult(group: Group, given: GivenReading = defaultReading): Resolution {
  const result = worst(
    group.analyses.map((analysis) => analysis.resolution),
    given,
  );
  if (result === undefined) throw new RangeError(`group ${JSON.stringify(group.id)} has no analyses`);
  return result;
}

/** Whether every analysis of the group has ended. */
export function isGroupSettled(group: Group): boolean {
  return group.analyses.every((analysis) => isSettled(analysis.resolution));
}

/** Whether an analysis of the group ended in a system error. */
export function hasFailed(group: Group): boolean {
  return group.analyses.some((analysis) => analysis.resolution === 'FAILED');
}

/**
 * The group after `event`, or the same object where the event is refused, as everything malformed is. Throws a
 * TypeError for a wrong reading, even where the event does not depend on it.
 */
export function reduceGroup(group: Group, event: MemberEvent, settings: Settings = defaultSettings): Group {
  readingFrom(settings.reading);
  const at = group.analyses.findIndex((analysis) => analysis.id === event?.id);
  const member = group.analyses[at];
  const resolution = member && resolve(member, event, settings);
  if (!member || !resolution) return group;
  return { ...group, analyses: group.analyses.with(at, { ...member, resolution }) };
}

/** Whether `event` is legal in the group. */
export function isLegalInGroup(
  group: Group,
  event: MemberEvent,
  settings: Settings = defaultSettings,
): boolean {
  return reduceGroup(group, event, settings) !== group;
}
