import type { AnalysisView } from '../../observations/observation.ts';
import { shownText } from '../../observations/quoting.ts';
import { keyOfStandIn } from '../../observations/unnamed-folders.ts';
import { placeOf, type Context } from './context.ts';
import { pointerTo } from '../../observations/where.ts';
import { describe, readId, readText } from './fields.ts';
import type { JsonObject, ReadId } from './fields.ts';
import { renamedHint, reportRenamed } from './hints.ts';

/** One analysis of an answer, with the folder that it names itself. */
export interface ReadAnalysis {
  readonly view: AnalysisView;
  readonly folderId: string | undefined;
}

/**
 * Reads an analysis object; undefined, with a finding, where it has no usable id. The request may name the id only
 * where it asked for this one analysis.
 */
export function readAnalysis(
  object: JsonObject,
  pointer: string,
  context: Context,
  requestedId?: string,
): ReadAnalysis | undefined {
  const id = analysisId(object, pointer, context, requestedId);
  if (id === undefined) return undefined;
  reportRenamed(object, pointer, context);
  const groupId = readId(object, 'group_id', pointer, context);
  const folderId = readId(object, 'folder_id', pointer, context);
  const kind = readText(object, 'type', pointer, context);
  const state = readText(object, 'state', pointer, context);
  const resolutionStatus = readResolution(object, pointer, context);
  const view: AnalysisView = {
    id,
    ...(kind !== undefined && { kind }),
    ...(groupId.is === 'read' && { groupId: groupId.id }),
    ...(state !== undefined && { state }),
    ...(resolutionStatus !== undefined && { resolutionStatus }),
    pointer,
  };
  return { view, folderId: folderId.is === 'read' ? folderId.id : undefined };
}

function analysisId(
  object: JsonObject,
  pointer: string,
  context: Context,
  requestedId: string | undefined,
): string | undefined {
  const older = readId(object, 'analyse_id', pointer, context);
  const newer = readId(object, 'analysis_id', pointer, context);
  if (older.is === 'read' && newer.is === 'read' && older.id !== newer.id) {
    context.out.find('FIELD_UNREADABLE', placeOf(context, pointerTo(pointer, 'analysis_id')), {
      message: `expected analysis_id to equal analyse_id ${older.id}, received ${newer.id}`,
      observed: newer.id,
    });
    return undefined;
  }
  const read = [older, newer].find((id): id is ReadId & { is: 'read' } => id.is === 'read');
  if (read) return read.id;
  if (requestedId !== undefined) return requestedId;
  if (older.is === 'absent' && newer.is === 'absent') {
    const renamed = renamedHint(object);
    context.out.find('ID_MISSING', placeOf(context, pointer), {
      message: 'expected an analysis with analyse_id or analysis_id, received one without',
      ...(renamed !== undefined && { hint: renamed }),
    });
  }
  return undefined;
}

/** `resolution_status`, or its undocumented alias `resolution` where it is absent. */
function readResolution(object: JsonObject, pointer: string, context: Context): string | undefined {
  const status = readText(object, 'resolution_status', pointer, context);
  const alias = readText(object, 'resolution', pointer, context);
  if (status !== undefined && alias !== undefined && status !== alias) {
    context.out.find('RESOLUTION_ALIAS_DISAGREES', placeOf(context, pointerTo(pointer, 'resolution')), {
      message: `expected resolution to equal resolution_status ${describe(status)}, received ${describe(alias)}`,
      observed: shownText(alias),
      allowed: [shownText(status)],
    });
  }
  return status ?? alias;
}

/** Analyses that stand in one list, folder unknown; `allRead` is false where one of them could not be read. */
export interface AnalysisList {
  readonly analyses: readonly ReadAnalysis[];
  readonly allRead: boolean;
}

/**
 * Reports analyses that came without their folder, one observation for each folder that they name. Such a list is
 * never complete; as the whole answer to a POST it is one whole group.
 */
export function observeAnalyses(list: AnalysisList, pointer: string, context: Context): void {
  const folders = new Map<string, { folderId: string | undefined; analyses: AnalysisView[] }>();
  for (const { view, folderId: ownId } of list.analyses) {
    const folderId = ownId ?? context.answer.folderId;
    const key = folderId === undefined ? keyOfStandIn('analysis', view.id) : `folder:${folderId}`;
    const entry = folders.get(key) ?? { folderId, analyses: [] };
    folders.set(key, entry);
    entry.analyses.push(view);
  }
  const wholeGroup = context.answer.created === 'analyses' && list.allRead && folders.size === 1;
  for (const [folder, { folderId, analyses }] of folders) {
    context.out.observe({
      folder,
      ...(folderId === undefined ? { unnamed: true } : { folderId }),
      analyses,
      complete: false,
      wholeGroup,
      where: placeOf(context, pointer),
      ...(context.interval && { interval: context.interval }),
    });
  }
}
