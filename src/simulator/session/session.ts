import { isLegal, type FolderEvent } from '../../../machines/index.ts';
import { outcomeByWords } from '../scenarios/outcome-words.ts';
import { scriptNamed, slotOf, type Script } from '../scenarios/script.ts';
import { FaultDraws } from '../transport/faults.ts';
import { TrafficLog } from '../transport/traffic-log.ts';
import type { Entry, MetaData, Medium, PostedAnalysis } from './entries.ts';
import { KeptFolder } from './kept-folder.ts';
import { uuidOf } from './random.ts';
import type { SessionSettings } from './settings.ts';

/** What one session may hold; what is more is refused. */
export interface SessionLimits {
  readonly folders: number;
  /** Things that have happened. */
  readonly entries: number;
  /** Of one folder. */
  readonly analyses: number;
  /** Of one folder. */
  readonly media: number;
  /** Characters of the traffic that is kept. */
  readonly traffic: number;
}

/** A session could not hold more: the name of the limit and its value. */
export class SessionFull extends Error {}

/**
 * The state of one base URL. It is what its log says: each entry is taken by `#take`, and by nothing else, so that
 * the same log gives the same session.
 */
export class Session {
  readonly key: string;
  readonly settings: SessionSettings;
  readonly folders = new Map<string, KeptFolder>();
  readonly plugins = new Map<string, Extract<Entry, { readonly is: 'plugin' }>>();
  readonly log: Entry[] = [];
  readonly traffic: TrafficLog;
  readonly faults: FaultDraws;
  readonly limits: SessionLimits;
  /** The time of the session in milliseconds. */
  now = 0;
  /** The real time at which it began, for clocks that follow it. */
  readonly began: number;
  readonly #homes = new Map<string, string>();
  readonly #onEntry: ((entry: Entry) => void) | undefined;
  #created = 0;
  #opened = 0;

  constructor(
    key: string,
    settings: SessionSettings,
    limits: SessionLimits,
    began: number,
    onEntry?: (entry: Entry) => void,
  ) {
    this.key = key;
    this.settings = settings;
    this.limits = limits;
    this.began = began;
    this.#onEntry = onEntry;
    this.traffic = new TrafficLog(limits.traffic);
    this.faults = new FaultDraws(settings.faults, `${settings.seed} ${key}`);
  }

  /** The folder of an analysis. */
  homeOf(analysis: string): KeptFolder | undefined {
    return this.folders.get(this.#homes.get(analysis) ?? '');
  }

  /** Takes the entries of a log that was kept. */
  restore(entries: readonly Entry[]): void {
    for (const entry of entries) this.#take(entry);
  }

  /** Lets something happen. */
  record(entry: Entry): void {
    this.#expectRoom('entries', this.log.length, 1, this.limits.entries);
    // Whoever keeps it has to have it before it is answered; if that fails, nothing has happened.
    this.#onEntry?.(entry);
    this.#take(entry);
  }

  #take(entry: Entry): void {
    this.log.push(entry);
    this.now = Math.max(this.now, entry.at);
    if (entry.is === 'time') return;
    if (entry.is === 'plugin') {
      this.plugins.set(entry.id, entry);
      this.#opened += 1;
      return;
    }
    if (entry.is === 'folder') {
      const script = entry.script === undefined ? this.settings.script : scriptOf(entry.script);
      this.folders.set(entry.id, new KeptFolder(entry, script));
      this.#created += 1;
      return;
    }
    if (entry.is === 'deleted') {
      this.folders.delete(entry.folder);
      return;
    }
    if (entry.is === 'group') for (const { id } of entry.analyses) this.#homes.set(id, entry.folder);
    this.folders.get(entry.folder)?.take(entry, this.settings.settings);
  }

  /** Creates a folder and returns it. */
  createFolder(meta: MetaData, names: readonly string[], script?: string): KeptFolder {
    this.#expectRoom('folders', this.folders.size, 1, this.limits.folders);
    this.#expectRoom('media', 0, names.length, this.limits.media);
    const id = this.#id(`folder ${this.#created}`);
    const media = this.#media(id, 0, names);
    this.record({ is: 'folder', at: this.now, id, meta, media, ...(script === undefined ? {} : { script }) });
    return this.folders.get(id)!;
  }

  /** Adds media to a folder and returns them. */
  addMedia(folder: KeptFolder, names: readonly string[]): readonly Medium[] {
    this.#expectRoom('media', folder.media.length, names.length, this.limits.media);
    const media = this.#media(folder.id, folder.media.length, names);
    this.record({ is: 'media', at: this.now, folder: folder.id, media });
    return media;
  }

  /** Posts a group and returns its number. `words` are texts in which its client may ask for outcomes. */
  postGroup(
    folder: KeptFolder,
    wanted: readonly { readonly kind: string; readonly sources: readonly string[] }[],
    words: readonly string[],
    scripted?: number,
  ): number {
    this.#expectRoom('analyses', folder.size, wanted.length, this.limits.analyses);
    const number = folder.model.groups.length;
    const id = uuidOf(`${folder.id} group ${number}`);
    const free = freeSlots(folder, number);
    const analyses = wanted.map(({ kind, sources }, at): PostedAnalysis => {
      const toEnd = this.#wish(folder, kind, sources, words);
      const slot = toEnd === undefined ? free(kind) : undefined;
      return {
        id: uuidOf(`${id} ${at}`),
        kind,
        sources,
        ...(toEnd === undefined ? {} : { toEnd }),
        ...(slot === undefined ? {} : { slot }),
      };
    });
    const by = scripted === undefined ? {} : { scripted };
    this.record({ is: 'group', at: this.now, folder: folder.id, id, analyses, ...by });
    return number;
  }

  /** Lets an event happen in a folder; false where it is not legal there. */
  happen(folder: KeptFolder, event: Exclude<FolderEvent, { readonly type: 'group.posted' }>): boolean {
    if (!isLegal(folder.model, event, this.settings.settings)) return false;
    this.record({ is: 'event', at: this.now, folder: folder.id, event });
    return true;
  }

  /** Opens the web plugin on a folder and returns the id of its session. */
  openPlugin(folder: KeptFolder, mode: string): string {
    const id = this.#id(`plugin ${this.#opened}`);
    this.record({ is: 'plugin', at: this.now, id, folder: folder.id, mode });
    return id;
  }

  #id(of: string): string {
    return uuidOf(`${this.settings.seed} ${this.key} ${of}`);
  }

  #media(folder: string, from: number, names: readonly string[]): readonly Medium[] {
    return names.map((name, at) => ({
      media_id: uuidOf(`${folder} medium ${from + at}`),
      original_name: name,
    }));
  }

  #wish(folder: KeptFolder, kind: string, sources: readonly string[], words: readonly string[]) {
    const { settings } = this.settings;
    const used = folder.media.filter(({ media_id: id }) => sources.length === 0 || sources.includes(id));
    return (
      outcomeByWords(
        kind,
        used.map(({ original_name: name }) => name),
        settings,
      ) ?? outcomeByWords(kind, words, settings)
    );
  }

  #expectRoom(what: keyof SessionLimits, held: number, more: number, most: number): void {
    if (held + more > most)
      throw new SessionFull(`expected at most ${most} ${what}, received ${held + more}`);
  }
}

function scriptOf(name: string): Script | undefined {
  const script = scriptNamed(name);
  return 'problem' in script ? undefined : script;
}

/** Gives each analysis of a group the next place of its kind in the group of the script that has this number. */
function freeSlots({ script }: KeptFolder, number: number): (kind: string) => string | undefined {
  const posts = (script?.events ?? []).filter((event) => event.is === 'post');
  const kinds: (string | null)[] = [...(posts[number]?.kinds ?? [])];
  return (kind) => {
    const at = kinds.findIndex((one) => one?.toLowerCase() === kind.toLowerCase());
    if (at < 0) return undefined;
    kinds[at] = null;
    return slotOf(number, at);
  };
}
