import { isSettled, resolve, type Analysis, type AnalysisEvent } from '../analysis/model.ts';
import { groupFrom } from '../given-folder.ts';
import { readingFrom, settingsFrom, type GivenReading, type GivenSettings } from '../given-settings.ts';
import { defaultReading, defaultSettings } from '../readings.ts';
import { worstUnder } from '../severity.ts';
import type { Resolution } from '../statuses.ts';

/** The analyses sent in one POST: never empty, never growing [GROUP-IS-ONE-POST, GROUP-CONSTANT]. */
export interface Group {
  readonly id: string;
  readonly analyses: readonly Analysis[];
}

/** An event of one analysis, with the analysis it happens to. */
export type MemberEvent = AnalysisEvent & { readonly id: string };

/** The result of a group: the worst resolution among its analyses [GROUP-RESULT-WORST]; throws a TypeError for a wrong group or reading. */
export function groupResult(group: Group, given: GivenReading = defaultReading): Resolution {
  const resolutions = groupFrom(group).analyses.map((analysis) => analysis.resolution);
  return worstUnder(resolutions, readingFrom(given))!;
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
 * TypeError for a wrong group, and for wrong settings, even where the event does not depend on them.
 */
export function reduceGroup(group: Group, event: MemberEvent, given: GivenSettings = defaultSettings): Group {
  const settings = settingsFrom(given);
  const { analyses } = groupFrom(group);
  const at = analyses.findIndex((analysis) => analysis.id === event?.id);
  const member = analyses[at];
  const resolution = member && resolve(member, event, settings);
  if (!member || !resolution) return group;
  return { ...group, analyses: analyses.with(at, { ...member, resolution }) };
}

/** Whether `event` is legal in the group. */
export function isLegalInGroup(
  group: Group,
  event: MemberEvent,
  settings: GivenSettings = defaultSettings,
): boolean {
  return reduceGroup(group, event, settings) !== group;
}
