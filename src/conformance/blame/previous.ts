import { below } from '../../observations/where.ts';
import type { AnalysisField } from './claims.ts';
import { namesOf, type ResolutionSet, bit } from '../belief/resolution-set.ts';
import type { Before, Change, Finding, Shown } from '../../observations/findings.ts';
import type { Where } from '../../observations/observation.ts';
import type { Constraint } from '../belief/constraint.ts';

/** An observation that was followed, and where it stands. */
export interface Followed {
  readonly constraint: Constraint;
  readonly where: Where;
}

/** Of more analyses than this the rest are counted. */
const maxShown = 8;

/** The observation in short, with those analyses first that `changes` are about; `ids` names them by their number. */
export function previousOf(
  followed: Followed | undefined,
  ids: readonly string[],
  changes: readonly Change[],
): Before | null {
  if (!followed) return null;
  const { constraint, where } = followed;
  const concerned = new Set(changes.map(({ analysis }) => analysis));
  const analyses = constraint.seen
    .map(({ id, admits }) => ({ id: ids[id]!, said: saidBy(admits) }))
    .flatMap(({ id, said }) => (said ? [{ field: said.field, analysis: id, value: said.value }] : []));
  const first = analyses.filter(({ analysis }) => concerned.has(analysis));
  const ordered = [...first, ...analyses.filter(({ analysis }) => !concerned.has(analysis))];
  return {
    where,
    shown: folderFields(constraint).concat(ordered.slice(0, maxShown)),
    more: Math.max(0, ordered.length - maxShown),
  };
}

function folderFields({ status, system }: Constraint): Shown[] {
  const folder = [
    { field: 'folder.resolution_status', value: status },
    { field: 'system_resolution', value: system },
  ] as const;
  return folder.flatMap(({ field, value }) =>
    value === undefined ? [] : [{ field, analysis: null, value }],
  );
}

/** What an analysis showed by which it can have only these resolutions; nothing if it can have any. */
function saidBy(
  admits: ResolutionSet,
): { readonly field: AnalysisField; readonly value: string } | undefined {
  const [only, other] = namesOf(admits);
  if (only !== undefined && other === undefined) return { field: 'analyse.resolution_status', value: only };
  const isRunning = (admits & (bit.PROCESSING | bit.FAILED)) !== 0;
  return isRunning ? undefined : { field: 'analyse.state', value: 'FINISHED' };
}

/** A hazard of an observation that was found without names and places; `nameOf` gives the names of analyses. */
export function underNames(
  found: Finding,
  nameOf: (analysis: string) => string,
  where: Where,
  placeBefore: Where,
): Finding {
  const { pointer } = found.where;
  const before = found.before && {
    ...found.before,
    where: placeBefore,
    shown: found.before.shown.map((each) =>
      each.analysis === null ? each : { ...each, analysis: nameOf(each.analysis) },
    ),
  };
  return { ...found, where: pointer === undefined ? where : below(where, pointer), before };
}
