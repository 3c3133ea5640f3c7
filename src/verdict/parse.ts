import {
  isStatusOf,
  type AnalysisState,
  type Field,
  type FolderStatus,
  type Resolution,
  type StatusOf,
  type SystemResolution,
} from '../../machines/statuses.ts';
import { received } from './received.ts';

/** A status that the specification does not know in this field, as it was received. */
export interface UnknownStatus {
  readonly unknown: string;
}

/** One analysis as an answer shows it; what the answer leaves out is absent. */
export interface ParsedAnalysis {
  readonly id?: string;
  /** Any text: new kinds appear. */
  readonly kind?: string;
  readonly groupId?: string;
  readonly state?: AnalysisState | UnknownStatus;
  readonly resolution?: Resolution | UnknownStatus;
  /** The object as received, with every member that is not looked at. */
  readonly raw: object;
}

/** A folder as an answer shows it; what the answer leaves out is absent. */
export interface ParsedFolder {
  readonly id?: string;
  readonly resolutionStatus?: FolderStatus | UnknownStatus;
  readonly systemResolution?: SystemResolution | UnknownStatus;
  /** All analyses of the folder; absent where the answer does not list them. */
  readonly analyses?: readonly ParsedAnalysis[];
  /** The object as received, with every member that is not looked at. */
  readonly raw: object;
}

/** Why an answer cannot be read: where, as a JSON pointer, and what was expected and received there. */
export interface ParseProblem {
  readonly pointer: string;
  readonly message: string;
}

/** A folder, or why there is none. */
export type Parsed =
  | { readonly ok: true; readonly folder: ParsedFolder }
  | { readonly ok: false; readonly problems: readonly ParseProblem[] };

/** The members of an object of an answer, not looked at yet. */
export type Members = Readonly<Record<string, unknown>>;

/** Whether a value is an object, and neither a list nor null. */
export const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads members of answers and gathers what is wrong with them. */
export class Reader {
  readonly problems: ParseProblem[] = [];

  /** The own member; undefined where it is absent or null. */
  member(object: Members, key: string): unknown {
    return Object.hasOwn(object, key) ? (object[key] ?? undefined) : undefined;
  }

  /** Says that something else was expected than this. */
  expected(pointer: string, what: string, value: unknown): undefined {
    this.problems.push({ pointer, message: `expected ${what}, received ${received(value)}` });
  }

  /** The text, or an exact number as its digits. */
  id(object: Members, key: string, at: string): string | undefined {
    const value = this.member(object, key);
    if (value === undefined || value === '') return undefined;
    if (typeof value === 'string') return value;
    if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
    return this.expected(`${at}/${key}`, 'a text or an exact number', value);
  }

  text(object: Members, key: string, at: string): string | undefined {
    const value = this.member(object, key);
    if (value === undefined || typeof value === 'string') return value;
    return this.expected(`${at}/${key}`, 'a text', value);
  }

  /** The first of two names of one thing; a problem where both are there and differ. */
  either(first: string | undefined, second: string | undefined, pointer: string): string | undefined {
    if (first !== undefined && second !== undefined && first !== second) {
      this.problems.push({
        pointer,
        message: 'expected two names of one thing to agree, received two values',
      });
    }
    return first ?? second;
  }
}

/** The status as the specification knows it in this field, or as it was received. */
export function shown<F extends Field>(field: F, text: string): StatusOf<F> | UnknownStatus {
  return isStatusOf(field, text) ? text : { unknown: text };
}

function readAnalysis(object: Members, at: string, reader: Reader): ParsedAnalysis {
  const id = reader.either(
    reader.id(object, 'analyse_id', at),
    reader.id(object, 'analysis_id', at),
    `${at}/analysis_id`,
  );
  const kind = reader.text(object, 'type', at);
  const groupId = reader.id(object, 'group_id', at);
  const state = reader.text(object, 'state', at);
  const resolution = reader.either(
    reader.text(object, 'resolution_status', at),
    reader.text(object, 'resolution', at),
    `${at}/resolution`,
  );
  return {
    ...(id !== undefined && { id }),
    ...(kind !== undefined && { kind }),
    ...(groupId !== undefined && { groupId }),
    ...(state !== undefined && { state: shown('analyse.state', state) }),
    ...(resolution !== undefined && { resolution: shown('analyse.resolution_status', resolution) }),
    raw: object,
  };
}

function readAnalyses(object: Members, reader: Reader): readonly ParsedAnalysis[] | undefined {
  const list = reader.member(object, 'analyses');
  if (list === undefined) return undefined;
  if (!Array.isArray(list)) return reader.expected('/analyses', 'a list', list);
  return Array.from(list as readonly unknown[], (member, at) => {
    if (isObject(member)) return readAnalysis(member, `/analyses/${at}`, reader);
    reader.expected(`/analyses/${at}`, 'an analysis as an object', member);
    return { raw: [] };
  });
}

const folderMembers = ['folder_id', 'resolution_status', 'system_resolution', 'analyses'];

function readFolder(value: unknown, reader: Reader): ParsedFolder | undefined {
  const hint = `one folder, an object with ${folderMembers.join(', ')}`;
  if (!isObject(value)) return reader.expected('', hint, value);
  // Both have folder_id and resolution_status, and those of an analysis mean something else.
  if (['analyse_id', 'analysis_id', 'type', 'state'].some((name) => Object.hasOwn(value, name))) {
    reader.problems.push({ pointer: '', message: `expected ${hint}, received an analysis or a callback` });
    return undefined;
  }
  if (!folderMembers.some((name) => Object.hasOwn(value, name))) {
    reader.problems.push({ pointer: '', message: `expected ${hint}, received an object with none of them` });
    return undefined;
  }
  const id = reader.id(value, 'folder_id', '');
  const status = reader.text(value, 'resolution_status', '');
  const system = reader.text(value, 'system_resolution', '');
  const analyses = readAnalyses(value, reader);
  return {
    ...(id !== undefined && { id }),
    ...(status !== undefined && { resolutionStatus: shown('folder.resolution_status', status) }),
    ...(system !== undefined && { systemResolution: shown('system_resolution', system) }),
    ...(analyses && { analyses }),
    raw: value,
  };
}

/** What `read` makes of a value, or the problems that it met; a value that throws when it is looked at is one. */
export function parsed(read: (reader: Reader) => ParsedFolder | undefined): Parsed {
  const reader = new Reader();
  let folder: ParsedFolder | undefined;
  try {
    folder = read(reader);
  } catch {
    reader.problems.push({
      pointer: '',
      message: 'expected plain data, received what throws when it is read',
    });
  }
  return folder && reader.problems.length === 0
    ? { ok: true, folder }
    : { ok: false, problems: reader.problems };
}

/**
 * Reads an answer that is one folder, as `JSON.parse` gives it. Unknown statuses, kinds and members are kept as
 * they are; whatever the value, nothing throws.
 */
export function parseFolder(value: unknown): Parsed {
  return parsed((reader) => readFolder(value, reader));
}
