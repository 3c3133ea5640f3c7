import {
  emptyFolder,
  isLegal,
  isSettled,
  reduceFolder,
  type Folder,
  type Resolution,
  type Settings,
} from '../../../machines/index.ts';
import type { Script } from '../scenarios/script.ts';
import type { Entry, Medium, MetaData, PostedAnalysis } from './entries.ts';

/** What will happen next in a folder. */
export type NextEntry =
  | Extract<Entry, { readonly is: 'event' }>
  | { readonly is: 'post'; readonly kinds: readonly string[]; readonly scripted: number };

/** A folder of a session: the folder of the model, and what the API says beside it. */
export class KeptFolder {
  readonly id: string;
  readonly meta: MetaData;
  readonly created: number;
  readonly script: Script | undefined;
  media: readonly Medium[];
  updated: number;
  /** When the last thing happened in it, from which the next is waited for. */
  since: number;
  /** The folder of the model, and what it was before the last thing that happened in it. */
  model: Folder = emptyFolder;
  before: Folder | undefined;
  /** How often the folder was read since nothing runs in it. */
  settledReads = 0;
  /** Answers as text until something happens. */
  readonly bodies = new Map<string, string>();
  readonly #posted = new Map<string, PostedAnalysis>();
  readonly #slots = new Map<string, string>();
  readonly #done = new Set<number>();
  /** What comes next, once it was looked for; it stays so until something happens. */
  #next: { readonly entry: NextEntry | undefined } | undefined;

  constructor(entry: Extract<Entry, { readonly is: 'folder' }>, script: Script | undefined) {
    this.id = entry.id;
    this.meta = entry.meta;
    this.media = entry.media;
    this.created = entry.at;
    this.updated = entry.at;
    this.since = entry.at;
    this.script = script;
  }

  /** What was said of an analysis when it was posted. */
  posted(id: string): PostedAnalysis | undefined {
    return this.#posted.get(id);
  }

  /** How many analyses it has. */
  get size(): number {
    return this.#posted.size;
  }

  /** Takes what has happened in it. */
  take(entry: Entry, settings: Settings): void {
    this.bodies.clear();
    this.updated = entry.at;
    if (entry.is === 'media') {
      this.media = [...this.media, ...entry.media];
      return;
    }
    if (entry.is !== 'group' && entry.is !== 'event') return;
    this.#next = undefined;
    this.since = entry.at;
    this.settledReads = 0;
    this.before = this.model;
    if (entry.scripted !== undefined) this.#done.add(entry.scripted);
    if (entry.is === 'event') {
      this.model = reduceFolder(this.model, entry.event, settings);
      return;
    }
    for (const analysis of entry.analyses) {
      this.#posted.set(analysis.id, analysis);
      if (analysis.slot !== undefined) this.#slots.set(analysis.slot, analysis.id);
    }
    const analyses = entry.analyses.map(({ id, kind }) => ({ id, kind }));
    this.model = reduceFolder(this.model, { type: 'group.posted', groupId: entry.id, analyses }, settings);
  }

  /** Whether all that was posted has settled. */
  get isSettled(): boolean {
    return this.model.groups.every(({ analyses }) =>
      analyses.every(({ resolution }) => isSettled(resolution)),
    );
  }

  /** The next thing that happens in it by itself, if any; groups of the script are posted where `posts` says so. */
  next(posts: boolean, settings: Settings): NextEntry | undefined {
    this.#next ??= { entry: this.#find(posts, settings) };
    return this.#next.entry;
  }

  #find(posts: boolean, settings: Settings): NextEntry | undefined {
    let groups = 0;
    for (const [scripted, event] of (this.script?.events ?? []).entries()) {
      if (event.is === 'post') {
        groups += 1;
        if (posts && groups > this.model.groups.length) return { is: 'post', kinds: event.kinds, scripted };
        continue;
      }
      const id = this.#slots.get(event.slot);
      if (id === undefined || this.#done.has(scripted)) continue;
      const due = { ...event.event, id };
      if (isLegal(this.model, due, settings))
        return { is: 'event', at: 0, folder: this.id, event: due, scripted };
    }
    for (const { analyses } of this.model.groups) {
      for (const { id, resolution } of analyses) {
        const { slot, toEnd = 'SUCCESS' } = this.#posted.get(id)!;
        if (isSettled(resolution) || slot !== undefined || toEnd === 'PROCESSING') continue;
        return { is: 'event', at: 0, folder: this.id, event: endOf(id, toEnd) };
      }
    }
    return undefined;
  }
}

/** The event by which an analysis ends so. */
export function endOf(
  id: string,
  resolution: Exclude<Resolution, 'PROCESSING'>,
): Extract<Entry, { readonly is: 'event' }>['event'] {
  return resolution === 'FAILED'
    ? { type: 'analysis.failed', id }
    : { type: 'analysis.finished', id, resolution };
}
