import {
  emptyFolder,
  project,
  reduceFolder,
  results,
  type FolderEvent,
  type Settings,
} from '../../../../machines/index.ts';
import type { ExplainedGroup, Explanation } from '../../../conformance/folder/explanations.ts';
import type { Observation } from '../../../observations/observation.ts';

/** An explanation of a step as events that can be played, so that what follows can be tried. */

/** The most groups of an explanation that are put in every order. */
const maxOrdered = 4;

/**
 * Events after which a folder shows what was seen, or null where the explanation leaves open how it came about:
 * analyses that were not seen to end, groups that were not seen.
 */
export function eventsOf(
  { groups, earlier, others, decided }: Explanation,
  seen: Observation,
  settings: Settings,
): readonly FolderEvent[] | null {
  const all = [...(earlier ? [earlier] : []), ...groups];
  const isWhole = all.every(({ unseen, analyses }) => unseen === 'none' && analyses.every(isCertain));
  if (!isWhole || all.length === 0 || all.length > maxOrdered || others !== 'none' || decided) return null;
  const kindOf = (id: string): string => seen.analyses.find((one) => one.id === id)?.kind ?? 'BIOMETRY';
  for (const order of ordersOf(all)) {
    const events = [
      ...all.map((group, at) => post(group, at, kindOf)),
      // Whoever still runs is left running.
      ...order.flatMap(({ analyses }) => analyses.flatMap(({ id, is }) => endOf(id, is))),
    ];
    const folder = events.reduce((before, event) => reduceFolder(before, event, settings), emptyFolder);
    const { resolution_status, system_resolution } = project(folder, settings.reading);
    const { resolutionStatus = resolution_status, systemResolution = system_resolution } = seen;
    if (resolutionStatus === resolution_status && systemResolution === system_resolution) return events;
  }
  return null;
}

const isCertain = ({ is }: ExplainedGroup['analyses'][number]): boolean => is !== 'open' && is !== 'ended';

const post = ({ analyses }: ExplainedGroup, at: number, kindOf: (id: string) => string): FolderEvent => ({
  type: 'group.posted',
  groupId: `g${at + 1}`,
  analyses: analyses.map(({ id }) => ({ id, kind: kindOf(id) })),
});

function endOf(id: string, is: string): readonly FolderEvent[] {
  if (is === 'FAILED') return [{ type: 'analysis.failed', id }];
  const resolution = results.find((result) => result === is);
  return resolution ? [{ type: 'analysis.finished', id, resolution }] : [];
}

/** Every order of a few things. */
function ordersOf<T>(things: readonly T[]): readonly (readonly T[])[] {
  if (things.length < 2) return [things];
  return things.flatMap((first, at) => ordersOf(things.toSpliced(at, 1)).map((rest) => [first, ...rest]));
}
