import { statuses } from '../../../machines/statuses.ts';
import type { AnalysisView } from '../../observations/observation.ts';
import { placeOf, type Context } from './context.ts';
import { isObject, memberOf, pointerTo, readId, readText, reportField } from './fields.ts';
import type { JsonObject } from './fields.ts';

/** The plugin's lower-case words, each with the literal of the API that it stands for. */
const literals: ReadonlyMap<string, string> = new Map(
  statuses.map((status) => [status.toLowerCase(), status]),
);

/**
 * Reports what a callback of the web plugin says of its analyses. Their keys are their kinds and all the identity
 * they have, so callbacks form folders of their own beside those of the API: one for each `folder_id`, and one for
 * all callbacks of a file without it. The `state` of the callback itself is none of the specified fields and is
 * not judged. An unknown word is passed on as received.
 */
export function observeCallback(object: JsonObject, pointer: string, context: Context): void {
  const { out, answer, interval } = context;
  const ownId = readId(object, 'folder_id', pointer, context);
  if (ownId.is === 'unreadable') return;
  const folderId = ownId.is === 'read' ? ownId.id : answer.folderId;
  const folder = folderId === undefined ? `flow:${out.file}` : `callbacks:${folderId}`;
  const members = memberOf(object, 'analyses') ?? {};
  const analyses: AnalysisView[] = [];
  for (const [key, member] of Object.entries(members)) {
    const name = context.naming.key(key);
    const memberPointer = pointerTo(pointerTo(pointer, 'analyses'), name);
    // Kinds compare without case.
    const id = `callback:${context.naming.key(key.toLowerCase())} of ${folder}`;
    if (isObject(member)) analyses.push(readMember(id, key, member, memberPointer, context));
    else reportField(context, memberPointer, 'an object with state and resolution', member);
  }
  out.observe({
    folder,
    ...(folderId !== undefined && { folderId }),
    analyses,
    complete: false,
    wholeGroup: false,
    where: placeOf(context, pointer),
    ...(interval && { interval }),
  });
}

function readMember(
  id: string,
  key: string,
  member: JsonObject,
  pointer: string,
  context: Context,
): AnalysisView {
  const state = literalOf(readText(member, 'state', pointer, context));
  const received = readText(member, 'resolution', pointer, context);
  const resolutionStatus = received === '' ? state : literalOf(received);
  return {
    id,
    kind: key.toUpperCase(),
    ...(state !== undefined && { state }),
    ...(resolutionStatus !== undefined && { resolutionStatus }),
    pointer,
  };
}

function literalOf(word: string | undefined): string | undefined {
  return word === undefined ? undefined : (literals.get(word) ?? word);
}
