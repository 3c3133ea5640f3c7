import { statuses } from '../../machines/statuses.ts';
import { isObject, parsed, shown, type ParsedAnalysis, type Reader } from './parse.ts';
import { unreadable, verdictOf, type Verdict, type VerdictOptions } from './verdict.ts';

/** The literal of the API for a lower-case word of the plugin; another word is itself. */
const literalOf = (word: string): string => statuses.find((status) => status.toLowerCase() === word) ?? word;

function readMember(kind: string, member: unknown, reader: Reader): ParsedAnalysis {
  const at = `/analyses/${kind.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  if (!isObject(member)) {
    reader.expected(at, 'an object with state and resolution', member);
    return { raw: [] };
  }
  const state = reader.text(member, 'state', at);
  // An empty resolution is none yet.
  const resolution = reader.text(member, 'resolution', at) || state;
  const hasResult = resolution !== undefined && literalOf(resolution) !== 'FINISHED';
  return {
    kind,
    ...(state !== undefined && { state: shown('analyse.state', literalOf(state)) }),
    ...(hasResult && { resolution: shown('analyse.resolution_status', literalOf(resolution)) }),
    raw: member,
  };
}

function readCallback(value: unknown, reader: Reader) {
  const hint = 'a callback of the web plugin, an object with state, analyses';
  if (!isObject(value)) return reader.expected('', hint, value);
  const state = reader.text(value, 'state', '');
  const members = reader.member(value, 'analyses');
  if (state === undefined && members === undefined) return reader.expected('', hint, value);
  if (members !== undefined && !isObject(members))
    return reader.expected('/analyses', 'an object by kind', members);
  const analyses = Object.entries(members ?? {}).map(([kind, member]) => readMember(kind, member, reader));
  const id = reader.id(value, 'folder_id', '');
  // The state of the callback is none of the folder's fields: it says no more than that something runs.
  const top =
    state === undefined || state === 'finished'
      ? undefined
      : shown('folder.resolution_status', literalOf(state));
  return {
    ...(id !== undefined && { id }),
    ...(top !== undefined && { resolutionStatus: top }),
    analyses,
    raw: value,
  };
}

/**
 * What a callback of the web plugin means, with the caution of `verdictOf`: `finished` alone is incomplete and never
 * a pass. It knows the checks of its own session only, and it comes through the browser of the person who is checked:
 * show it, and decide on the server.
 */
export function verdictOfCallback(callback: unknown, options: VerdictOptions): Verdict {
  const read = parsed((reader) => readCallback(callback, reader));
  return read.ok ? verdictOf(read.folder, options) : unreadable(read.problems, options);
}
