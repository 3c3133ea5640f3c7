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
