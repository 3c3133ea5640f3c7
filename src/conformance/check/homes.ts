import type { FolderKeys } from './folder-keys.ts';
import type { Homes } from './joining.ts';
import type { Where } from '../../observations/observation.ts';
import type { FolderTable } from './folder-table.ts';
import { GrowingBytes } from '../../observations/packed/byte-text.ts';

/** Where the analyses of a table were seen first, in folders that have these keys; `placeOf`: where one was seen last. */
export function homesIn(
  table: FolderTable,
  keys: FolderKeys,
  placeOf: (folder: number) => Where | undefined,
): Homes {
  const scratch = new GrowingBytes();
  // The id stands in the scratch afterwards.
  const homeOf = (id: string): number => {
    scratch.end = 0;
    scratch.write(id);
    return table.homeOf(scratch, 0, scratch.end);
  };
  return {
    homeOf(analysis) {
      const folder = homeOf(analysis);
      if (folder < 0) return undefined;
      const folderId = keys.idOf(folder);
      return { folder: keys.keyOf(folder), folderId, where: placeOf(folder) };
    },
    strayIn({ analyses, folder: key }) {
      const folder = keys.numberOf(key);
      return analyses.find(({ id }) => {
        const home = homeOf(id);
        return home >= 0 && home !== folder;
      });
    },
    claim({ analyses, folder: key }) {
      const folder = keys.numberOf(key);
      for (const { id } of analyses) {
        if (homeOf(id) < 0) table.settle(folder, scratch, 0, scratch.end);
      }
    },
  };
}
