import { shownText } from '../../observations/quoting.ts';
import type { AnalysisView, Observation } from '../../observations/observation.ts';

/**
 * Observations as lines of a recording from which they can be read again. A text that is no status and no kind is
 * replaced by its length, as in reports. Order is kept, times are not.
 */
export function linesOf(observations: readonly Observation[]): string {
  return observations.map((observation) => `${JSON.stringify(envelopeOf(observation))}\n`).join('');
}

/**
 * The observation that is read again from the line of `observation`: an answer that shows the folder shows all of its
 * analyses or none.
 */
export const asWritten = (observation: Observation): Observation => ({
  ...observation,
  complete: observation.complete || (showsFolder(observation) && observation.analyses.length > 0),
});

const showsFolder = ({ resolutionStatus, systemResolution }: Observation): boolean =>
  resolutionStatus !== undefined || systemResolution !== undefined;

function envelopeOf(observation: Observation): object {
  const {
    folderId = 'folder',
    resolutionStatus,
    systemResolution,
    analyses,
    complete,
    wholeGroup,
  } = observation;
  const method = wholeGroup ? 'POST' : 'GET';
  const path = `/api/folders/${encodeURIComponent(folderId)}`;
  const list = analyses.map(analysisOf);
  if (!complete && !showsFolder(observation)) return { method, url: `${path}/analyses/`, body: list };
  const body = {
    folder_id: folderId,
    ...said('resolution_status', resolutionStatus),
    ...said('system_resolution', systemResolution),
    ...((complete || list.length > 0) && { analyses: list }),
  };
  if (wholeGroup) return { method, url: '/api/folders/', body };
  return { method, url: complete ? `${path}?with_analyses=true` : path, body };
}

const said = (key: string, text: string | undefined) =>
  text === undefined ? {} : { [key]: shownText(text) };

const analysisOf = ({ id, kind, groupId, state, resolutionStatus }: AnalysisView) => ({
  analyse_id: id,
  ...said('type', kind),
  ...(groupId !== undefined && { group_id: groupId }),
  ...said('state', state),
  ...said('resolution_status', resolutionStatus),
});
