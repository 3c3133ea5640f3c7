import type { Reading } from '../../machines/readings.ts';
import type { Finding } from './findings.ts';
import type { Observation } from './observation.ts';

/** A check of the same folder under every reading. */
export interface Attempt {
  observe(observation: Observation): void;
  refuse(because: Finding): void;
  copy(): Attempt;
  /** Whether some reading explains what was seen; undefined where a limit leaves that open. */
  readonly isExplained: boolean | undefined;
  /** The readings that do. */
  readonly readings: readonly Reading[];
}

/** What other readings make of a folder from its first violation on. */
export class UnderAny {
  #attempt: Attempt | undefined;
  #isOpen = false;

  copy(): UnderAny {
    const copy = new UnderAny();
    copy.#attempt = this.#attempt?.copy();
    copy.#isOpen = this.#isOpen;
    return copy;
  }

  /** Leaves open from now on what explains the folder. */
  leaveOpen(): void {
    this.#attempt = undefined;
    this.#isOpen = true;
  }

  /** Follows the attempt from now on. */
  follow(attempt: Attempt): void {
    this.#attempt = attempt;
    this.#dropHopeless();
  }

  observe(observation: Observation): void {
    this.#attempt?.observe(observation);
    this.#dropHopeless();
  }

  refuse(because: Finding): void {
    this.#attempt?.refuse(because);
    this.#dropHopeless();
  }

  /** The readings that explain all that was seen of a folder that violates; undefined: a limit leaves that open. */
  get readings(): readonly Reading[] | undefined {
    return this.#attempt ? this.#attempt.readings : this.#isOpen ? undefined : [];
  }

  /** What no reading explains any more need not be followed, nor what a limit has left open. */
  #dropHopeless(): void {
    if (!this.#attempt || this.#attempt.isExplained === true) return;
    this.#isOpen = this.#attempt.isExplained === undefined;
    this.#attempt = undefined;
  }
}
