import type { Observation } from '../observations/observation.ts';

/** In which folder each analysis was listed. */
export class Homes {
  readonly #homes = new Map<string, Pick<Observation, 'folder' | 'folderId'>>();
  readonly #analyses = new Map<string, Set<string>>();

  /** The observation as one of the folder that has listed its analysis, if it does not name its folder. */
  placed(observation: Observation): Observation {
    const { unnamed, ...rest } = observation;
    const home = unnamed === true ? this.#homes.get(observation.analyses[0]?.id ?? '') : undefined;
    return home ? { ...rest, ...home } : observation;
  }

  /** Notes which analyses a named folder lists. */
  note({ folder, folderId, unnamed, analyses }: Observation): void {
    if (unnamed === true) return;
    const own = this.#analyses.get(folder) ?? new Set();
    this.#analyses.set(folder, own);
    for (const { id } of analyses) {
      if (this.#homes.has(id)) continue;
      this.#homes.set(id, { folder, ...(folderId !== undefined && { folderId }) });
      own.add(id);
    }
  }

  /** Forgets what a folder has listed. */
  forget(folder: string): void {
    for (const id of this.#analyses.get(folder) ?? []) this.#homes.delete(id);
    this.#analyses.delete(folder);
  }
}
