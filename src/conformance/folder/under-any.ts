import type { Reading } from '../../../machines/readings.ts';
import type { Engine, Track } from '../belief/engine.ts';
import type { Finding } from '../../observations/findings.ts';
import type { Found } from './found.ts';
import { admittedIn, readingsOf } from './admitted-readings.ts';
import type { Observation } from '../../observations/observation.ts';

/** A check of the same folder under every reading. */
interface Attempt {
  readonly is: { readonly track: Track };
  readonly found: Found;
  readonly engine: Pick<Engine, 'classes'>;
  observe(observation: Observation): void;
  refuse(because: Finding, observations: readonly Observation[]): void;
  with(parts: { readonly found?: Found }): Attempt;
}

/** Whether some reading explains what an attempt has seen; undefined where a limit leaves that open. */
function isExplained({ found, is }: Attempt): boolean | undefined {
  if (found.violations > 0) return false;
  return is.track.truncated || found.isLimited ? undefined : true;
}

/** What other readings make of a folder from its first violation on. */
export class UnderAny {
  #attempt: Attempt | undefined;
  #isOpen: boolean;
  /** Only one of several orders of overlapping requests is followed. */
  #isOneOrder = false;

  /** `isOpen`: nobody looks what other readings make of it. */
  constructor(isOpen: boolean) {
    this.#isOpen = isOpen;
  }

  copy(): UnderAny {
    const copy = new UnderAny(this.#isOpen);
    copy.#attempt = this.#attempt?.with({});
    copy.#isOneOrder = this.#isOneOrder;
    return copy;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Leaves open from now on what explains the folder. */
  leaveOpen(): void {
    this.#attempt = undefined;
    this.#isOpen = true;
  }

  /** Follows only one of several orders from now on: that no reading explains it is left open. */
  followOneOrder(): void {
    this.#isOneOrder = true;
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

  refuse(because: Finding, observations: readonly Observation[]): void {
    this.#attempt?.refuse(because, observations);
    this.#dropHopeless();
  }

  /** The readings that explain all that was seen of a folder that violates; undefined: a limit leaves that open. */
  get readings(): readonly Reading[] | undefined {
    if (this.#attempt) {
      const { is, engine } = this.#attempt;
      return readingsOf(admittedIn(is.track, engine.classes));
    }
    return this.#isOpen || this.#isOneOrder ? undefined : [];
  }

  /** What no reading explains any more need not be followed, nor what a limit has left open. */
  #dropHopeless(): void {
    const explained = this.#attempt && isExplained(this.#attempt);
    if (!this.#attempt || explained) return;
    this.#isOpen = explained === undefined;
    this.#attempt = undefined;
  }
}
