import type { FolderTable } from './folder-table.ts';
import { GrowingBytes } from '../../observations/packed/byte-text.ts';
import { readStandIn, type StandIn } from '../../observations/unnamed-folders.ts';

/** Begins the key of a folder whose id is known; the rest of it is the id. */
const keyed = 'folder:';

/** Begins, in place of the first byte of a text, the name of a folder with a key of another kind. */
const otherKey = 0xfe;

/** Folders by the keys that observations have for them. Mostly a key says the id of its folder. */
export class FolderKeys {
  readonly #table: FolderTable;
  readonly #scratch = new GrowingBytes();
  /** The ids of folders whose keys do not say them. */
  readonly #ids = new Map<number, string | undefined>();
  /** Their keys. */
  readonly #others = new Map<number, string>();

  constructor(table: FolderTable) {
    this.#table = table;
  }

  /** The number of the folder of this key, which is added if it is new. */
  numberOf(key: string): number {
    const scratch = this.#scratch;
    scratch.end = 0;
    if (key.startsWith(keyed)) scratch.write(key.slice(keyed.length));
    else {
      scratch.bytes[0] = otherKey;
      scratch.end = 1;
      scratch.write(key);
    }
    const folder = this.#table.folder(scratch, 0, scratch.end);
    if (scratch.bytes[0] === otherKey && !this.#ids.has(folder)) {
      this.#ids.set(folder, undefined);
      this.#others.set(folder, key);
    }
    return folder;
  }

  /** The key of the folder of this number. */
  keyOf(folder: number): string {
    return this.#others.get(folder) ?? `${keyed}${this.#table.nameOf(folder)}`;
  }

  /** Whether the key says this id, or no id at all. */
  fits(folder: number, key: string, id: string | undefined): boolean {
    if (this.#ids.has(folder)) return true;
    return id !== undefined && key.length === keyed.length + id.length && key.endsWith(id);
  }

  /** What stands in the place of a folder of the API, and what it is called; undefined for such a folder. */
  standInOf(folder: number): { readonly is: StandIn; readonly name: string } | undefined {
    const key = this.#others.get(folder);
    return key === undefined ? undefined : readStandIn(key);
  }

  /** Notes the id of a folder whose key does not say it. */
  note(folder: number, id: string | undefined): void {
    if (this.#ids.has(folder) && this.#ids.get(folder) === undefined) this.#ids.set(folder, id);
  }

  /** The id of a folder that was observed; `name` is its name in the table. */
  idOf(folder: number, name = this.#table.nameOf(folder)): string | undefined {
    return this.#ids.has(folder) ? this.#ids.get(folder) : name;
  }
}
