import type { ByteView } from '../../observations/packed/byte-view.ts';
import { firstView, slot, viewSlot, viewSize, type Packed } from '../../observations/packed/packed.ts';
import type { Observation } from '../../observations/observation.ts';
import type { StandIn } from '../../observations/unnamed-folders.ts';
import { FolderKeys } from '../check/folder-keys.ts';
import { homesIn } from '../check/homes.ts';
import { FolderTable } from '../check/folder-table.ts';

/** A folder that has a result of its own. */
export interface SeenFolder {
  /** Its place among all folders, in the order in which they first appeared. */
  readonly order: number;
  /** Undefined: it is a folder of the API. */
  readonly standIn: StandIn | undefined;
}

/**
 * Which folders of a recording have to be judged together: those that show one analysis, a folder and the analyses that
 * were seen by themselves, a folder and the callbacks that name it. All others never constrain each other. It sees the
 * whole recording before anything is judged.
 */
export class Components {
  readonly #table = new FolderTable();
  readonly #keys = new FolderKeys(this.#table);
  readonly #homes = homesIn(this.#table, this.#keys, () => undefined);
  /** By folder: one that it has to be judged with, itself in the end. */
  readonly #with: number[] = [];
  /** By folder: its place in the order of appearance; absent: it was only named. */
  readonly #orders: number[] = [];
  readonly #seen: number[] = [];

  observe(observation: Observation): void {
    const { folder: key, folderId, analyses } = observation;
    const folder = this.#see(this.#keys.numberOf(key));
    if (this.#keys.standInOf(folder) && folderId !== undefined)
      this.#join(folder, this.#keys.numberOf(`folder:${folderId}`));
    for (const analysis of analyses) {
      const home = this.#homes.homeOf(analysis.id);
      if (home) this.#join(folder, this.#keys.numberOf(home.folder));
      else this.#homes.claim({ ...observation, analyses: [analysis] });
    }
  }

  /** The same for an observation in numbers; false, with nothing taken, where it has to be given to `observe` instead. */
  observePacked(chunk: ByteView, packed: Packed): boolean {
    // The key of an analysis by itself is made of its id.
    if (packed[slot.folder]! < 0) return false;
    const folder = this.#see(this.#numberOf(chunk, packed));
    const id = packed[slot.folderId]!;
    if (this.#table.isStandIn(folder) && id >= 0)
      this.#join(folder, this.#table.folder(chunk, id, packed[slot.folderId + 1]!));
    for (let view = 0; view < packed[slot.views]!; view += 1) {
      const text = firstView + view * viewSize + viewSlot.id;
      const [from, to] = [packed[text]!, packed[text + 1]!];
      const home = this.#table.homeOf(chunk, from, to);
      if (home < 0) this.#table.settle(folder, chunk, from, to);
      else if (home !== folder) this.#join(folder, home);
    }
    return true;
  }

  /** Whether the folder of an observation is judged by this shard of so many, from 1 on. */
  isIn(shard: number, of: number, observation: Observation): boolean {
    return this.#shardOf(this.#keys.numberOf(observation.folder), of) === shard;
  }

  /** The same for an observation in numbers; undefined where it has to be asked as an observation. */
  isPackedIn(shard: number, of: number, chunk: ByteView, packed: Packed): boolean | undefined {
    if (packed[slot.folder]! < 0) return undefined;
    return this.#shardOf(this.#numberOf(chunk, packed), of) === shard;
  }

  /** The folders of a shard that have results, in the order of these. */
  foldersIn(shard: number, of: number): readonly SeenFolder[] {
    const own = this.#seen.filter((folder) => this.#shardOf(folder, of) === shard && !this.#isJoined(folder));
    return own.map((folder) => ({
      order: this.#orders[folder]!,
      standIn: this.#keys.standInOf(folder)?.is,
    }));
  }

  #numberOf(chunk: ByteView, packed: Packed): number {
    return this.#table.folder(chunk, packed[slot.folder]!, packed[slot.folder + 1]!);
  }

  /** An analysis by itself that a folder lists has no result of its own. */
  #isJoined(folder: number): boolean {
    return this.#keys.standInOf(folder)?.is === 'analysis' && this.#named.has(this.#rootOf(folder));
  }

  /** The components that hold a folder of the API. */
  get #named(): ReadonlySet<number> {
    this.#namedRoots ??= new Set(
      this.#seen.filter((folder) => !this.#keys.standInOf(folder)).map((folder) => this.#rootOf(folder)),
    );
    return this.#namedRoots;
  }
  #namedRoots: ReadonlySet<number> | undefined;

  #see(folder: number): number {
    this.#namedRoots = undefined;
    if (this.#orders[folder] === undefined) {
      this.#orders[folder] = this.#seen.length;
      this.#seen.push(folder);
    }
    return folder;
  }

  #rootOf(folder: number): number {
    let root = folder;
    while ((this.#with[root] ?? root) !== root) root = this.#with[root]!;
    for (let at = folder; at !== root;) {
      const next = this.#with[at] ?? at;
      this.#with[at] = root;
      at = next;
    }
    return root;
  }

  #join(one: number, other: number): void {
    const [first, second] = [this.#rootOf(one), this.#rootOf(other)];
    // The lower number stays, so that the root does not depend on the order of joining.
    if (first !== second) this.#with[Math.max(first, second)] = Math.min(first, second);
  }

  #shardOf(folder: number, of: number): number {
    return 1 + (this.#rootOf(folder) % of);
  }
}
