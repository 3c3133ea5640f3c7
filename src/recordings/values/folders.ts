import { observeAnalyses, readAnalysis, type AnalysisList } from './analyses.ts';
import type { ReadAnalysis } from './analyses.ts';
import { placeOf, type Context } from './context.ts';
import { pointerTo } from '../../observations/where.ts';
import { hasAny, isObject, memberOf, readId, readText, reportField } from './fields.ts';
import type { JsonObject } from './fields.ts';
import { renamedHint, reportRenamed, sentHint } from './hints.ts';

/**
 * Reports what a folder object says. Its list of analyses is complete if it is not empty or was asked for; an
 * analysis in it that names another folder is reported for that folder as well, where the check can object.
 */
export function observeFolder(object: JsonObject, pointer: string, context: Context): void {
  const { answer, interval } = context;
  const ownId = readId(object, 'folder_id', pointer, context);
  const list = readMembers(object, pointer, context);
  const named = ownId.is === 'read' ? ownId.id : (answer.folderId ?? answer.sentFolderId);
  const folderId = named ?? folderOf(list);
  if (folderId === undefined) {
    if (ownId.is === 'absent') reportNoId(object, list, pointer, context);
    if (list) observeAnalyses(list, pointer, context);
    return;
  }
  reportRenamed(object, pointer, context);
  const resolutionStatus = readText(object, 'resolution_status', pointer, context);
  const systemResolution = readText(object, 'system_resolution', pointer, context);
  const analyses = list?.analyses.map(({ view }) => view) ?? [];
  const isCreated = answer.created === 'folder' && analyses.length > 0;
  context.out.observe({
    folder: `folder:${folderId}`,
    folderId,
    ...(resolutionStatus !== undefined && { resolutionStatus }),
    ...(systemResolution !== undefined && { systemResolution }),
    analyses,
    complete: list !== undefined && list.allRead && (analyses.length > 0 || answer.withAnalyses),
    wholeGroup: list !== undefined && list.allRead && isCreated,
    where: placeOf(context, pointer),
    ...(interval && { interval }),
  });
  const strays = list?.analyses.filter((one) => one.folderId !== undefined && one.folderId !== folderId);
  if (strays?.length) observeAnalyses({ analyses: strays, allRead: false }, pointer, context);
}

/** The folder that all analyses of a list name. */
function folderOf(list: AnalysisList | undefined): string | undefined {
  const [first, ...others] = new Set(list?.analyses.map(({ folderId }) => folderId));
  return others.length === 0 ? first : undefined;
}

function reportNoId(
  object: JsonObject,
  list: AnalysisList | undefined,
  pointer: string,
  context: Context,
): void {
  const fields = (['resolution_status', 'system_resolution'] as const).filter((name) => hasAny(object, name));
  const aside = fields.length === 0 ? '' : `: ${fields.join(' and ')} can't be judged`;
  const rest = list?.analyses.length ? ' Its analyses are judged by themselves.' : '';
  context.out.find('ID_MISSING', placeOf(context, pointer), {
    message: `expected a folder with folder_id, received one without${aside}`,
    hint:
      renamedHint(object) ??
      (fields.length === 0 && !rest ? sentHint(pointer, context) : undefined) ??
      namingHint(pointer, context) + rest,
  });
}

/** How to say which folder it is that nothing names. */
function namingHint(pointer: string, { answer }: Context): string {
  if (answer.isOwn === true)
    return 'Nothing names the folder: put {folder_id} into the path of --route, or record the request with the folder_id that it sends.';
  const byAddress = 'Record requests with their URLs, which name the folder';
  const path = /^(?:\/\d+)?$/.test(pointer) ? (pointer === '' ? '.' : '.[]') : undefined;
  return path === undefined
    ? `${byAddress}.`
    : `${byAddress}; or if all are of one folder, name it: jq -c '(${path} | objects).folder_id //= "f"' FILE | oz-status check -.`;
}

function readMembers(object: JsonObject, pointer: string, context: Context): AnalysisList | undefined {
  const value = memberOf(object, 'analyses');
  const listPointer = pointerTo(pointer, 'analyses');
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) {
    reportField(context, listPointer, 'analyses to be a list', value);
    return undefined;
  }
  const analyses: ReadAnalysis[] = [];
  for (const [at, member] of value.entries()) {
    const memberPointer = pointerTo(listPointer, at);
    if (!isObject(member)) reportField(context, memberPointer, 'an analysis object', member);
    else {
      const analysis = readAnalysis(member, memberPointer, context);
      if (analysis) analyses.push(analysis);
    }
  }
  return { analyses, allRead: analyses.length === value.length };
}
