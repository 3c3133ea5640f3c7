import type { FolderEvent, Resolution } from '../../../machines/index.ts';

/** One medium of a folder. What it holds is not kept. */
export interface Medium {
  readonly media_id: string;
  readonly original_name: string;
}

/** One analysis as it is posted. */
export interface PostedAnalysis {
  readonly id: string;
  readonly kind: string;
  readonly sources: readonly string[];
  /** How it is meant to end, where its client asked for it. */
  readonly toEnd?: Resolution;
  /** Its place in the script of the folder. */
  readonly slot?: string;
}

/** What can be kept of a folder's own data. */
export type MetaData = Readonly<Record<string, unknown>>;

/** One thing that has happened in a session, at a time of the session in milliseconds. All of it is the log. */
export type Entry = { readonly at: number } & (
  | {
      readonly is: 'folder';
      readonly id: string;
      readonly meta: MetaData;
      readonly media: readonly Medium[];
      /** The name of the script that this folder follows instead of that of the session. */
      readonly script?: string;
    }
  | { readonly is: 'media'; readonly folder: string; readonly media: readonly Medium[] }
  | {
      readonly is: 'group';
      readonly folder: string;
      readonly id: string;
      readonly analyses: readonly PostedAnalysis[];
      /** The number of the event of the script that this is. */
      readonly scripted?: number;
    }
  | {
      readonly is: 'event';
      readonly folder: string;
      readonly event: Exclude<FolderEvent, { readonly type: 'group.posted' }>;
      readonly scripted?: number;
    }
  | { readonly is: 'deleted'; readonly folder: string }
  | {
      readonly is: 'plugin';
      readonly id: string;
      readonly folder: string;
      readonly mode: string;
    }
  | { readonly is: 'time' }
);

const isText = (value: unknown): boolean => typeof value === 'string';
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;
const isListOf = (is: (value: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) && value.every(is);
const isAnalysis = (value: unknown): boolean => {
  const { id, kind, sources } = (value ?? {}) as { readonly [name: string]: unknown };
  return isText(id) && isText(kind) && isListOf(isText)(sources);
};

/** What an entry of each kind holds. */
const members: Readonly<Record<Entry['is'], Readonly<Record<string, (value: unknown) => boolean>>>> = {
  folder: { id: isText, meta: isObject, media: isListOf(isObject) },
  media: { folder: isText, media: isListOf(isObject) },
  group: { folder: isText, id: isText, analyses: isListOf(isAnalysis) },
  event: { folder: isText, event: isObject },
  deleted: { folder: isText },
  plugin: { id: isText, folder: isText, mode: isText },
  time: {},
};

/** Why a value is no entry; undefined: it is one. */
export function entryProblem(value: unknown): string | undefined {
  const entry = (isObject(value) ? value : {}) as { readonly [name: string]: unknown };
  const is = String(entry['is']);
  if (!Object.hasOwn(members, is)) return `expected an entry (${Object.keys(members).join(', ')})`;
  if (!Number.isFinite(entry['at'])) return 'at: expected a number';
  const wrong = Object.entries(members[is as Entry['is']]).find(([name, holds]) => !holds(entry[name]));
  return wrong && `${wrong[0]}: expected another value in an entry of the kind ${is}`;
}
