import { resultFailsFirst, resultWaits, type Reading } from '../../machines/readings.ts';
import { worstUnder } from '../../machines/severity.ts';
import type { Resolution } from '../../machines/statuses.ts';

/**
 * What a reading makes of an answer: whether it can be true under it. Answers do not say in which order groups were
 * posted and settled, and seldom who is in which, so that everything possible is admitted; a test compares with all
 * folders of the model up to a size.
 */

/** A settled analysis with its group, where that is known. */
interface Member {
  readonly resolution: Resolution;
  readonly groupId: string | undefined;
}

/** The resolutions of each known group, and of each analysis of an unknown one by itself: any other is a union of these. */
function blocksOf(members: readonly Member[]): readonly (readonly Resolution[])[] {
  const known = new Map<string, Resolution[]>();
  const blocks: Resolution[][] = [];
  for (const { groupId, resolution } of members) {
    const block = groupId === undefined ? undefined : known.get(groupId);
    if (block) block.push(resolution);
    else {
      const fresh = [resolution];
      blocks.push(fresh);
      if (groupId !== undefined) known.set(groupId, fresh);
    }
  }
  return blocks;
}

/** Whether settled analyses can show this stage and this result under the reading; what is undefined is not asked. */
export function explains(
  reading: Reading,
  members: readonly Member[],
  status: string | undefined,
  result: string | undefined,
): boolean {
  const blocks = blocksOf(members);
  const resolutions = members.map((member) => member.resolution);
  const isClean = (block: readonly Resolution[]) => !block.includes('FAILED');
  const everyClean = isClean(resolutions);
  if (status === 'FAILED' && everyClean) return false;
  if (
    status === 'FINISHED' &&
    !(reading['status-scope'] === 'all-analyses' ? everyClean : blocks.some(isClean))
  ) {
    return false;
  }
  if (result === undefined) return true;
  const scope = reading['result-scope'];
  if (scope === 'all-analyses') return result === worstUnder(resolutions, reading);
  let deciding = blocks;
  if (scope === 'last-finished-group' && !everyClean) {
    if (reading['failed-group-finishes'] === 'folder-fails') return result === 'FAILED';
    const clean = blocks.filter(isClean);
    const isKnown = members.every((member) => member.groupId !== undefined);
    if (reading['failed-group-finishes'] === 'no' && isKnown && clean.length > 0) deciding = clean;
  }
  return deciding.some((block) => worstUnder(block, reading) === result);
}

/** Whether an analysis may still run where no list is known and neither field shows PROCESSING. */
export function mayStillRun(
  reading: Reading,
  status: string | undefined,
  result: string | undefined,
): boolean {
  const byStatus =
    reading['status-scope'] !== 'last-applied-group' &&
    (status === 'FINISHED' || (status === 'FAILED' && reading['status-precedence'] === 'processing-first'));
  const byResult =
    result !== undefined && !(result === 'FAILED' && resultFailsFirst(reading)) && resultWaits(reading);
  return !byStatus && !byResult;
}
