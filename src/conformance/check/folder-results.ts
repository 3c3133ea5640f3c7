import { afterwards, type Known } from './afterwards.ts';
import type { Settled } from '../folder/identities.ts';
import type { FolderKeys } from './folder-keys.ts';
import type { Where } from '../../observations/observation.ts';
import type { CheckOptions, FolderResult } from '../../observations/results.ts';
import type { FolderTable } from './folder-table.ts';
import type { Notifier } from './notifier.ts';

/** The results of as many folders are made at once, so that their names can be made together. */
const atOnce = 256;

/** What is asked of folders, by number, when all has been seen. */
export interface Endings {
  /** Whether anything was seen of it: of an analysis that has joined its folder nothing was by itself. */
  isSeen(folder: number): boolean;
  resultOf(folder: number, name: string): FolderResult;
  /** Where it was seen last, if anything of it has been taken. */
  lastPlaceOf(folder: number): Where | undefined;
  settledIn(folder: number): readonly Settled[];
}

/** The results of all folders, in the order in which they first appeared. */
export function resultsOf(
  { table, keys }: { readonly table: FolderTable; readonly keys: FolderKeys },
  folders: Endings,
  options: CheckOptions,
  notifier: Notifier | undefined,
): readonly FolderResult[] {
  const count = table.folders.size;
  const results: FolderResult[] = [];
  const numbers: number[] = [];
  for (let first = 0; first < count; first += atOnce) {
    const names = table.namesOf(first, Math.min(atOnce, count - first));
    for (const [at, ofRoster] of names.entries()) {
      const folder = first + at;
      if (!folders.isSeen(folder)) continue;
      numbers.push(folder);
      const own = folders.resultOf(folder, ofRoster);
      const name = keys.standInOf(folder, ofRoster)?.name;
      results.push(name === undefined ? own : { ...own, name });
    }
  }
  const known: Known = {
    standIn: (at) => keys.standInOf(numbers[at]!)?.is,
    where: (at) => folders.lastPlaceOf(numbers[at]!) ?? { file: '' },
    settled: (at) => folders.settledIn(numbers[at]!),
  };
  const all = afterwards(results, known, options);
  for (const [at, result] of all.entries()) notifier?.tell(numbers[at]!, result);
  return all;
}
