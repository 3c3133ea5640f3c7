import { statuses } from '../../../machines/statuses.ts';
import type { AnalysisView } from '../../observations/observation.ts';
import { placeOf, type Context } from './context.ts';
import { spelledValue } from '../json/text.ts';
import { pointerTo } from '../../observations/where.ts';
import { isObject, memberOf, readId, readText, reportField } from './fields.ts';
import type { JsonObject, ReadId } from './fields.ts';
import { keyOfStandIn } from '../../observations/unnamed-folders.ts';

/** The plugin's lower-case words, each with the literal of the API that it stands for. */
const literals: ReadonlyMap<string, string> = new Map(
  statuses.map((status) => [status.toLowerCase(), status]),
);

/**
 * Reports what a callback of the web plugin says of its analyses. Their keys are their kinds and all the identity
 * they have, so callbacks form folders of their own beside those of the API: one for each session of the plugin, else
 * for each folder that they name, at the top or in what was found, and one for all callbacks of a file without either.
 * The `state` of the callback itself is none of the specified fields and is not judged. An unknown word is passed on
 * as received.
 */
export function observeCallback(object: JsonObject, pointer: string, context: Context): void {
  const { out, answer, interval } = context;
  const session = readId(object, 'event_session_id', pointer, context);
  const ownId = readId(object, 'folder_id', pointer, context);
  if (session.is !== 'read' && ownId.is === 'unreadable') return;
  const members = Object.entries(memberOf(object, 'analyses') ?? {});
  const folderId = ownId.is === 'read' ? ownId.id : (nestedId(members, pointer, context) ?? answer.folderId);
  const folder = keyOf(session, folderId, out.file);
  const analyses: AnalysisView[] = [];
  for (const [key, member] of members) {
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

function keyOf(session: ReadId, folderId: string | undefined, file: string): string {
  if (session.is === 'read') return keyOfStandIn('session', session.id);
  return folderId === undefined ? keyOfStandIn('flow', file) : keyOfStandIn('callbacks', folderId);
}

/** The folder that the results in a callback name. */
function nestedId(
  members: readonly (readonly [string, unknown])[],
  pointer: string,
  context: Context,
): string | undefined {
  for (const [key, member] of members) {
    const given = isObject(member) ? memberOf(member, 'result_json') : undefined;
    const found = typeof given === 'string' ? spelledValue(given, context.maxDepth) : given;
    if (!isObject(found)) continue;
    const place = `${pointerTo(pointerTo(pointer, 'analyses'), context.naming.key(key))}/result_json`;
    const id = readId(found, 'folder_id', place, context);
    if (id.is === 'read') return id.id;
  }
  return undefined;
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
