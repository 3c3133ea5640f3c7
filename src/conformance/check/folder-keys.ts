import type { FolderTable } from './folder-table.ts';
import { GrowingBytes, textOf } from '../../observations/packed/byte-text.ts';
import type { ByteView } from '../../observations/packed/byte-view.ts';
import { folderKeyed, standInMark } from '../../observations/packed/folder-name.ts';
import { slot, type Packed } from '../../observations/packed/packed.ts';
import { readStandIn, type StandIn } from '../../observations/unnamed-folders.ts';

/** Folders by the keys that observations have for them. Mostly a key says the id of its folder. */
export class FolderKeys {
  readonly #table: FolderTable;
  readonly #scratch = new GrowingBytes();
  /** The ids of folders whose keys do not say them, as far as they are known. */
  readonly #ids = new Map<number, string>();

  constructor(table: FolderTable) {
    this.#table = table;
  }

  /** The number of the folder of this key, which is added if it is new. */
  numberOf(key: string): number {
    const scratch = this.#scratch;
    scratch.end = 0;
    if (key.startsWith(folderKeyed)) scratch.write(key.slice(folderKeyed.length));
    else {
      scratch.bytes[0] = standInMark;
      scratch.end = 1;
      scratch.write(key);
    }
    return this.#table.folder(scratch, 0, scratch.end);
  }

  /** The key of the folder of this number. */
  keyOf(folder: number): string {
    return this.#table.keyOf(folder);
  }

  /** Whether the key says this id, or no id at all. */
  fits(folder: number, key: string, id: string | undefined): boolean {
    if (this.#table.isStandIn(folder)) return true;
    return id !== undefined && key.length === folderKeyed.length + id.length && key.endsWith(id);
  }

  /** What stands in the place of a folder of the API, `key` if that is known, and what it is called; undefined for such a folder. */
  standInOf(folder: number, key?: string): { readonly is: StandIn; readonly name: string } | undefined {
    return this.#table.isStandIn(folder) ? readStandIn(key ?? this.keyOf(folder)) : undefined;
  }

  /** Notes the id of a folder whose key does not say it. */
  note(folder: number, id: string | undefined): void {
    if (id !== undefined && this.#lacksId(folder)) this.#ids.set(folder, id);
  }

  /** The same for an observation in numbers. */
  notePacked(folder: number, { bytes }: ByteView, packed: Packed): void {
    if (!this.#lacksId(folder) || packed[slot.folderId]! < 0) return;
    this.#ids.set(folder, textOf(bytes.subarray(packed[slot.folderId], packed[slot.folderId + 1])));
  }

  #lacksId(folder: number): boolean {
    return this.#table.isStandIn(folder) && !this.#ids.has(folder);
  }

  /** The id of a folder that was observed; `name` is its name in the table. */
  idOf(folder: number, name = this.#table.nameOf(folder)): string | undefined {
    return this.#table.isStandIn(folder) ? this.#ids.get(folder) : name;
  }
}
