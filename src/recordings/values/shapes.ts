import { observeAnalyses, readAnalysis, type ReadAnalysis } from './analyses.ts';
import { observeCallback } from './callbacks.ts';
import { placeOf, unknownAnswer, type Context } from './context.ts';
import { pointerTo } from '../../observations/where.ts';
import { describe, hasAny, isObject, memberOf, type JsonObject } from './fields.ts';
import { observeFolder } from './folders.ts';
import { isHardlyAnalysis, shapeHint, withoutAnswersHint } from './hints.ts';

type Shape = 'analysis' | 'callback' | 'folder' | 'error' | 'items' | 'unknown';

/** Tells the objects of the API apart by their members; the route decides where those leave a choice. */
function shapeOf(object: JsonObject, context: Context): Shape {
  const { holds } = context.answer;
  if (holds === undefined && withoutAnswersHint(object) !== undefined) return 'unknown';
  if (hasAny(object, 'analyse_id', 'analysis_id')) return 'analysis';
  const isFolder = hasAny(object, 'resolution_status', 'system_resolution');
  if (isObject(memberOf(object, 'analyses')) && !isFolder) return 'callback';
  const isListed = memberOf(object, 'analyses') !== undefined;
  if (!isListed && !isFolder && isBareCallback(object)) return 'callback';
  if (hasAny(object, 'system_resolution', 'analyses')) return 'folder';
  if (hasAny(object, 'state', 'type', 'results_data'))
    return holds === undefined && isHardlyAnalysis(object) ? 'unknown' : 'analysis';
  if (hasAny(object, 'folder_id', 'resolution_status')) return holds ?? 'folder';
  if (Array.isArray(memberOf(object, 'items'))) return 'items';
  if (hasAny(object, 'error_code', 'error_message')) return 'error';
  return 'unknown';
}

/** Whether an object may be a callback that says nothing of analyses. */
function isBareCallback(object: JsonObject): boolean {
  const state = memberOf(object, 'state');
  return (state === 'processing' || state === 'finished') && !hasAny(object, 'type');
}

/** Reads one answer: a folder, an analysis, a list of either, a callback or an error. */
export function readAnswer(value: unknown, pointer: string, context: Context): void {
  if (Array.isArray(value)) {
    readList(value, pointer, context);
    return;
  }
  const shape = isObject(value) ? shapeOf(value, context) : 'unknown';
  if (shape === 'items' && isObject(value)) {
    readList(memberOf(value, 'items') as unknown[], pointerTo(pointer, 'items'), context);
  } else if (shape === 'analysis' && isObject(value)) {
    const analysis = readAnalysis(value, pointer, context, context.answer.analysisId);
    if (analysis) observeAnalyses({ analyses: [analysis], allRead: true }, pointer, context);
  } else readOne(value, shape, pointer, context);
}

/** Reads an element that is neither an analysis nor a list. */
function readOne(value: unknown, shape: Shape, pointer: string, context: Context): void {
  if (!isObject(value) || shape === 'unknown' || shape === 'items') {
    context.out.find('SHAPE_UNKNOWN', placeOf(context, pointer), {
      message: `expected a folder, an analysis, a list of them or a callback, received ${describe(value)}`,
      hint: shapeHint(
        value,
        pointer,
        context.answer.isOwn === true,
        context.line !== undefined && pointer === '',
      ),
    });
  } else if (shape === 'folder') observeFolder(value, pointer, context);
  else if (shape === 'callback') observeCallback(value, pointer, context);
  else context.out.ignore('errorAnswer');
}

/**
 * Reads a list; the analyses in it that stand together are one list of analyses. Where no request is known, a list in it is
 * an answer by itself.
 */
function readList(list: readonly unknown[], pointer: string, context: Context): void {
  if (list.length === 0) context.out.ignore('emptyList');
  let analyses: ReadAnalysis[] = [];
  let allRead = true;
  const flush = (): void => {
    observeAnalyses({ analyses, allRead }, pointer, context);
    analyses = [];
  };
  for (const [at, element] of list.entries()) {
    const elementPointer = pointerTo(pointer, at);
    const shape = isObject(element) ? shapeOf(element, context) : 'unknown';
    if (shape === 'analysis' && isObject(element)) {
      const analysis = readAnalysis(element, elementPointer, context);
      if (analysis) analyses.push(analysis);
      else allRead = false;
    } else {
      allRead = false;
      flush();
      if (Array.isArray(element) && context.answer === unknownAnswer)
        readList(element, elementPointer, context);
      else readOne(element, shape, elementPointer, context);
    }
  }
  flush();
}
