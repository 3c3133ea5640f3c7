import type { SharedHistories } from './shared-histories.ts';
import { pointerOfView, type Source } from '../../observations/packed/packed.ts';
import type { Interval, Observation, Where } from '../../observations/observation.ts';
import type { FolderTable } from './folder-table.ts';

/** The next observation of a folder with a shared history; `where`: its place, if it is no number in a source. */
export interface Next {
  /** The history of its folder after it. */
  readonly history: number;
  /** What it shows, by `hashOfShown`, where the history is another one. */
  readonly hash: number;
  readonly source?: Source;
  readonly at: number;
  readonly where?: Where;
}

/** Where the answer to a request stands, and when it came. */
export interface Answer {
  readonly source: Source;
  readonly at: number;
  readonly interval: Interval;
  readonly arrival: number;
}

/** An answer that waits, in numbers. */
interface Waited extends Next, Answer {
  readonly source: Source;
  readonly at: number;
  readonly shape: readonly number[];
}

/** Observations in numbers that wait, one of a folder, because the next request may overlap with theirs. */
export class Waiting {
  /** By the numbers of folders, which are dense. */
  readonly #waiting: (Waited | undefined)[] = [];
  readonly #table: FolderTable;
  readonly #histories: SharedHistories;

  constructor(table: FolderTable, histories: SharedHistories) {
    this.#table = table;
    this.#histories = histories;
  }

  /** The one that waits of the folder. */
  get(folder: number): Waited | undefined {
    return this.#waiting[folder];
  }

  /** Lets one wait of a folder of which none does. */
  put(folder: number, waited: Waited): void {
    this.#waiting[folder] = waited;
  }

  /** The one of the folder waits no longer. */
  drop(folder: number): void {
    this.#waiting[folder] = undefined;
  }

  /** The one of the folder, whose key is `key`, as an observation; it waits no longer. */
  release(folder: number, key: string): { readonly observation: Observation; readonly arrival: number } {
    const waited = this.#waiting[folder]!;
    this.drop(folder);
    return { observation: this.observationOf(waited, folder, key), arrival: waited.arrival };
  }

  /** What is seen of the folder in numbers, as an observation. */
  observationOf(
    { shape, source, at, interval }: Pick<Waited, 'shape' | 'source' | 'at' | 'interval'>,
    folder: number,
    key: string,
  ): Observation {
    const where = source(at);
    const names = this.#table.analysesOf(folder);
    const groups = this.#table.groupsOf(folder);
    const seen = this.#histories.observationOf(shape);
    const analyses = seen.analyses.map((view, nth) => ({
      ...view,
      id: names[Number(view.id)]!,
      ...(view.groupId !== undefined && { groupId: groups[Number(view.groupId)]! }),
      pointer: pointerOfView(source, where.pointer ?? '', nth),
    }));
    const folderId = this.#table.nameOf(folder);
    return { ...seen, folder: key, folderId, analyses, where, interval };
  }
}
