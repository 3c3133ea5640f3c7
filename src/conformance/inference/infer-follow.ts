import type { Engine } from '../belief/engine.ts';
import type { Finding } from '../../observations/findings.ts';
import { FolderCheck } from '../folder/folder-check.ts';
import {
  admittedIn,
  both,
  either,
  noneAdmitted,
  allAdmitted,
  type Admitted,
} from '../folder/infer-admitted.ts';
import type { Observation } from '../../observations/observation.ts';
import { inEveryOrder } from '../check/orders.ts';
import type { CheckOptions } from '../../observations/results.ts';

/** Why a folder is not followed any further: every order of its observations violates, or a limit is met. */
export type Ended = { readonly by: 'violation'; readonly finding: Finding } | { readonly by: 'limit' };

/** One folder followed under many readings at once, and in every order that its observations may have had. */
export class Follower {
  readonly #engine: Engine;
  #orders: readonly FolderCheck[];
  #admitted = allAdmitted;
  #ended: Ended | undefined;

  /** `engine` is one for `everyReading` of `options`. */
  constructor(engine: Engine, options: CheckOptions) {
    this.#engine = engine;
    this.#orders = [new FolderCheck(engine, options)];
  }

  /** The readings under which some order explains everything; none once all orders violate. */
  get admitted(): Admitted {
    return this.#admitted;
  }

  /** Whether a limit has kept explanations out. */
  get truncated(): boolean {
    return this.#ended?.by === 'limit' || this.#orders.some(isLimited);
  }

  /** Why it is not followed any further. */
  get ended(): Ended | undefined {
    return this.#ended;
  }

  /** Takes one observation, or several that overlap. */
  take(observations: readonly Observation[]): void {
    if (this.#ended) return;
    const left = this.#after(observations);
    if (!left) {
      this.#ended = { by: 'limit' };
      return;
    }
    this.#orders = left;
    const admitted = left
      .map(({ is }) => admittedIn(is.track, this.#engine.classes))
      .reduce(either, noneAdmitted);
    this.#admitted = both(this.#admitted, admitted);
  }

  /** The checks that violate nothing after observations, in every order; undefined where these may be too many. */
  #after(observations: readonly Observation[]): readonly FolderCheck[] | undefined {
    const [first, ...others] = this.#orders;
    if (observations.length > 1 || others.length > 0) {
      const after = inEveryOrder(this.#orders, observations);
      if (after?.checks.length !== 0) return after?.checks;
    }
    for (const observation of observations) first!.observe(observation);
    const violation = violationOf(first!);
    if (!violation) return this.#orders;
    this.#ended = { by: 'violation', finding: violation };
    return [];
  }
}

const violationOf = ({ found }: FolderCheck): Finding | undefined => found.of('violation')[0];

const isLimited = ({ is, found }: FolderCheck): boolean => is.track.truncated || found.isLimited;
