import { underNames } from '../blame/before.ts';
import type { Finding } from '../../observations/findings.ts';
import type { Where } from '../../observations/observation.ts';

/** Of a folder of which nothing was found. */
export const nothingFound: readonly Finding[] = [];

/**
 * What is found at the end of a folder under its own names, if of what is found on its course nothing names anybody;
 * `where`: its last place.
 */
export function endingAt(found: readonly Finding[], where: Where): readonly Finding[] | undefined {
  const isNameless = found.every(({ code }) => code === 'ENDS_UNSETTLED');
  return isNameless ? found.map((each) => ({ ...each, where })) : undefined;
}

/** What was found of folders that are on a course. */
export class CourseHazards {
  readonly #found = new Map<number, readonly Finding[]>();

  /** What was found of a folder. */
  of(folder: number): readonly Finding[] {
    return (this.#found.size > 0 && this.#found.get(folder)) || nothingFound;
  }

  /** Adds what was found on its course, under its own names and places; all that was found of it. */
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
