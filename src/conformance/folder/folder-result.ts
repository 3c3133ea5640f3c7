import type { FolderCheck } from './folder-check.ts';
import type { Found } from './found.ts';
import { nearestFirst, withHints } from './nearest-readings.ts';
import { verdictOn, type FolderResult } from '../../observations/results.ts';

/** The result on a folder whose check has ended, of which `found` was found. */
export function resultOf(
  { is, underAny, options, found: own }: FolderCheck,
  { findings, hazards }: Pick<Found, 'findings' | 'hazards'> = own,
): FolderResult {
  const { folderId = null, observations, sawStatus } = is;
  const verdict = verdictOn(findings, sawStatus);
  const readings = verdict === 'violates' ? underAny.readings : undefined;
  const explainedUnder = readings && nearestFirst(options, readings);
  const hinted = withHints(findings, explainedUnder ?? [], options);
  return explainedUnder
    ? { folderId, verdict, observations, findings: hinted, hazards, explainedUnder }
    : { folderId, verdict, observations, findings: hinted, hazards };
}
