import { createChecker, type CheckOptions, type Finding } from '../conformance/index.ts';
import type { Observation } from '../observations/observation.ts';
import type { Checker } from '../observations/results.ts';

/** A check takes so many folders, and so many observations; then another one is begun, so that memory is bounded. */
const maxFolders = 4096;
const maxObservations = 1 << 17;

interface Generation {
  readonly checker: Checker;
  readonly folders: Set<string>;
  observations: number;
}

/**
 * Checks of the folders of which answers come now: two, of which the older one is dropped when the newer one is full.
 * A folder that comes again later is judged again from what is kept of it, and nothing of that is told twice. Folders
 * share a check because that takes a tenth of the time of a check for each.
 */
export class LiveChecks {
  readonly #options: CheckOptions;
  #newer: Generation;
  #older: Generation | undefined;
  #found: Finding[] = [];

  constructor(options: CheckOptions) {
    this.#options = options;
    this.#newer = this.#begin();
  }

  /** What is found by one more observation of a folder of which `past` was seen. */
  observe(observation: Observation, past: () => readonly Observation[]): readonly Finding[] {
    const { folder } = observation;
    const own = [this.#newer, this.#older].find(
      (one) => one?.folders.has(folder) === true && one.observations < maxObservations,
    );
    const generation = own ?? this.#roomy();
    if (!own) {
      generation.folders.add(folder);
      for (const one of past()) this.#take(generation, one);
      this.#found = [];
    }
    this.#take(generation, observation);
    const found = this.#found;
    this.#found = [];
    return found;
  }

  #take(generation: Generation, observation: Observation): void {
    generation.observations += 1;
    generation.checker.observe(observation);
  }

  #roomy(): Generation {
    const { folders, observations } = this.#newer;
    if (folders.size < maxFolders && observations < maxObservations) return this.#newer;
    this.#older = this.#newer;
    this.#newer = this.#begin();
    return this.#newer;
  }

  #begin(): Generation {
    const checker = createChecker(this.#options, ({ finding }) => void this.#found.push(finding));
    return { checker, folders: new Set(), observations: 0 };
  }
}
