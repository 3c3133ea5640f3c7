import { underNames } from '../blame/previous.ts';
import type { Finding } from '../../observations/findings.ts';
import type { FolderResult } from '../../observations/results.ts';
import type { Where } from '../../observations/observation.ts';

/** Of a folder of which nothing was found. */
export const nothingFound: readonly Finding[] = [];

/** What was found of folders with a shared history. */
export class HistoryHazards {
  readonly #found = new Map<number, readonly Finding[]>();

  /** What was found of a folder. */
  of(folder: number): readonly Finding[] {
    return (this.#found.size > 0 && this.#found.get(folder)) || nothingFound;
  }

  /**
   * The hazards of a folder whose history ends like this, at its last place; undefined where a check under its own names has
   * to say them.
   */
  atEnd(
    folder: number,
    { findings, hazards }: Pick<FolderResult, 'findings' | 'hazards'>,
    place: (folder: number) => Where,
  ): readonly Finding[] | undefined {
    const known = this.of(folder);
    const more = hazards.slice(known.length);
    if (findings.length > 0 || more.some(({ code }) => code !== 'ENDS_UNSETTLED')) return undefined;
    return more.length === 0 ? known : [...known, ...more.map((one) => ({ ...one, where: place(folder) }))];
  }

  /** Adds what was found in its history, under its own names and places; all that was found of it. */
  add(
    folder: number,
    found: readonly Finding[],
    {
      where,
      before,
      names,
    }: { readonly where: Where; readonly before: Where; readonly names: readonly string[] },
  ): readonly Finding[] {
    const own = found.map((each) => underNames(each, (id) => names[Number(id)]!, where, before));
    const all = [...this.of(folder), ...own];
    this.#found.set(folder, all);
    return all;
  }
}
