import type { Homes } from './arrivals.ts';
import type { FolderKeys } from './folder-keys.ts';
import type { Roster } from './roster.ts';
import { Scratch } from '../../observations/packed/texts.ts';

/** Where the analyses of a roster were seen first, in folders that have these keys. */
export function homesIn(roster: Roster, keys: FolderKeys): Homes {
  const scratch = new Scratch();
  // The id stands in the scratch afterwards.
  const homeOf = (id: string): number => {
    scratch.end = 0;
    scratch.write(id);
    return roster.homeOf(scratch, 0, scratch.end);
  };
  return {
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
        if (homeOf(id) < 0) roster.settle(folder, scratch, 0, scratch.end);
      }
    },
  };
}
