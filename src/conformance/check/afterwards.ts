/** What is only seen when all folders have been judged: that nothing was, and that callbacks and the API disagree. */
import { bit, namesOf, type ResolutionSet } from '../belief/resolution-set.ts';
import { finding, type Finding } from '../../observations/findings.ts';
import type { Where } from '../../observations/observation.ts';
import { metLimit, type CheckOptions, type FolderResult } from '../../observations/results.ts';
import type { Settled } from '../folder/identities.ts';
import { placeText } from '../blame/static-rules.ts';
import type { StandIn } from '../../observations/unnamed-folders.ts';

/** What is known of folders beside their results, by the positions of these. */
export interface Known {
  /** Undefined: it is a folder of the API. */
  standIn(at: number): StandIn | undefined;
  /** Where it was seen last. */
  where(at: number): Where;
  /** What was seen of its analyses. */
  settled(at: number): readonly Settled[];
}

/** A folder, or what stands in the place of one, of which something is said. */
interface Ended {
  readonly result: FolderResult;
  readonly where: Where;
  readonly settled: readonly Settled[];
}

/** The results with what they say together. */
export function afterwards(
  results: readonly FolderResult[],
  known: Known,
  options: CheckOptions,
): readonly FolderResult[] {
  const isJudged = results.some((result) => !isSilent(result));
  return withDisagreements(results, known, options).map((result, at) => {
    if (!isSilent(result)) return result;
    const standIn = known.standIn(at);
    // Callbacks that say nothing are no loss where there is something to judge.
    if (isJudged && isCallback(standIn)) return result;
    return { ...result, findings: [...result.findings, silence(result, standIn, known.where(at))] };
  });
}

const isCallback = (standIn: StandIn | undefined): boolean => standIn !== undefined && standIn !== 'analysis';

/** Whether no status was seen. */
const isSilent = ({ verdict, findings }: FolderResult): boolean =>
  verdict === 'inconclusive' && !metLimit(findings);

function silence({ observations }: FolderResult, standIn: StandIn | undefined, where: Where): Finding {
  const seen =
    observations === 1 ? 'the only observation shows' : `none of ${observations} observations shows`;
  return finding('NO_STATUS_SEEN', {
    message: `${seen} ${observations === 1 ? 'no' : 'a'} status, so that there is nothing to judge`,
    where,
    hint: isCallback(standIn)
      ? 'In the mode safe a callback says only that the plugin has finished: set result_mode to status or folder, or record what the API answers.'
      : 'A field that is null or missing says nothing: record answers that hold resolution_status and system_resolution.',
  });
}

/** The results with what callbacks say otherwise than the API does of the only analysis of their kind in the folder. */
function withDisagreements(
  results: readonly FolderResult[],
  known: Known,
  { settings }: CheckOptions,
): readonly FolderResult[] {
  const endedAt = (at: number): Ended => ({
    result: results[at]!,
    where: known.where(at),
    settled: known.settled(at),
  });
  const told = new Map<string, Ended[]>();
  for (const [at, { folderId, name }] of results.entries()) {
    if (folderId === null || name === undefined || !isCallback(known.standIn(at))) continue;
    const others = told.get(folderId) ?? [];
    told.set(folderId, [...others, endedAt(at)]);
  }
  if (told.size === 0) return results;
  const mayDecide = settings.reading['operator-decision'] !== 'forbidden';
  return results.map((result, at) => {
    const callbacks = result.name === undefined ? told.get(result.folderId ?? '') : undefined;
    if (!callbacks) return result;
    const api = endedAt(at);
    const hazards = callbacks.flatMap((one) => disagreements(one, api, mayDecide));
    return hazards.length === 0 ? result : { ...result, hazards: [...result.hazards, ...hazards] };
  });
}

function disagreements(callback: Ended, api: Ended, mayDecide: boolean): readonly Finding[] {
  const seen = api.settled;
  return callback.settled.flatMap(({ kind = '', is }) => {
    const [analysis, ...others] = seen.filter((one) => one.kind?.toUpperCase() === kind.toUpperCase());
    if (!analysis || others.length > 0 || is === 0 || analysis.is === 0 || is === analysis.is) return [];
    const isDecided =
      mayDecide && [is, analysis.is].includes(bit.OPERATOR_REQUIRED) && !failed(is | analysis.is);
    return isDecided ? [] : [disagreement(callback, api, { ...analysis, kind }, is)];
  });
}

const failed = (resolutions: ResolutionSet): boolean => (resolutions & bit.FAILED) !== 0;

function disagreement(
  callback: Ended,
  api: Ended,
  analysis: Settled & { kind: string },
  is: ResolutionSet,
): Finding {
  const [told = ''] = namesOf(is);
  const [shown = ''] = namesOf(analysis.is);
  const key = analysis.kind.toLowerCase();
  return finding('CALLBACK_DISAGREES', {
    message: `the callback at ${placeText(callback.where)} says ${told} of ${key}, the API has shown ${shown} of it (${placeText(api.where)})`,
    analysis: analysis.id,
    where: callback.where,
    observed: told,
    allowed: [shown],
    before: {
      where: api.where,
      shown: [{ field: 'analyse.resolution_status', analysis: analysis.id, value: shown }],
      more: 0,
    },
    hint: 'decide by what the API answers: a callback passes through the hands of the user',
  });
}
