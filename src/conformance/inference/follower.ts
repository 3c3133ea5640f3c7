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
} from '../folder/admitted-readings.ts';
import type { Observation } from '../../observations/observation.ts';
import { violates } from '../folder/folder-step.ts';
import { inEveryOrder } from '../folder/every-order.ts';
import { againBeside, inEveryOrderAgain, mayExplain, pastOf, Recent, showLate } from '../check/recent.ts';
import type { CheckOptions } from '../../observations/results.ts';

/** Why a folder is not followed any further: every order of its observations violates, or a limit is met. */
export type Ended =
  | {
      readonly by: 'violation';
      /** Searches for what is to blame: to be asked only where that is told. */
      readonly findingOf: () => Finding;
    }
  | { readonly by: 'limit' };

/** One folder followed under many readings at once, and in every order that its observations may have had. */
export class Follower {
  readonly #engine: Engine;
  #orders: readonly FolderCheck[];
  readonly #recent = new Recent();
  #admitted = allAdmitted();
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
    const late = this.#recent.lateIn(observations);
    const left = this.#ended ? undefined : this.#after(observations, late.length > 0);
    if (left) {
      this.#orders = left;
      const admitted = left
        .map(({ standing }) => admittedIn(standing, this.#engine.classes))
        .reduce(either, noneAdmitted);
      this.#admitted = late.length > 0 ? admitted : both(this.#admitted, admitted);
      return;
    }
    if (this.#ended) this.#note(observations);
    this.#ended ??= { by: 'limit' };
    if (!mayExplain(late)) return;
    this.#ended = { by: 'limit' };
    this.#admitted = allAdmitted();
  }

  #note(observations: readonly Observation[], before?: readonly FolderCheck[]): void {
    if (!observations[0]!.interval) return;
    observations.forEach((each, at) => this.#recent.note(pastOf(each, at === 0 ? before : undefined)));
  }

  /** The checks that violate nothing after observations, in every order; undefined where these may be too many. */
  #after(observations: readonly Observation[], isLate: boolean): readonly FolderCheck[] | undefined {
    const showsLate = showLate(this.#orders, observations);
    const again =
      isLate || showsLate
        ? againBeside(this.#recent, observations, this.#engine.budget.isSpent, showsLate)
        : undefined;
    const after = again && inEveryOrderAgain(again, observations);
    if (!isLate && !after?.checks.length) {
      const isDue = observations[0]!.interval && this.#recent.isStandingDue;
      const before = isDue ? this.#orders.map((check) => check.with({})) : undefined;
      const now = this.#afterNow(observations);
      this.#note(observations, before);
      return now;
    }
    if (!again || !after) return undefined;
    if (after.checks.length === 0) return this.#violate(observations);
    this.#recent.mix(again.past, observations);
    return after.checks;
  }

  #afterNow(observations: readonly Observation[]): readonly FolderCheck[] | undefined {
    if (observations.length > 1 || this.#orders.length > 1) {
      const after = inEveryOrder(this.#orders, observations);
      if (after?.checks.length !== 0) return after?.checks;
    }
    return this.#violate(observations);
  }

  /** Takes observations in the order of arrival, after which the folder violates if it does in every order. */
  #violate(observations: readonly Observation[]): readonly FolderCheck[] {
    const first = this.#orders[0]!;
    for (const observation of observations) {
      const steps = first.attempt(observation);
      if (steps.some(violates)) {
        this.#ended = { by: 'violation', findingOf: () => violationOf(first, observation) };
        return [];
      }
      first.take(observation, steps);
    }
    return this.#orders;
  }
}

/** What a check says of an observation that violates. */
function violationOf(check: FolderCheck, observation: Observation): Finding {
  check.observe(observation);
  return check.found.of('violation')[0]!;
}

const isLimited = ({ standing, found }: FolderCheck): boolean => standing.track.truncated || found.isLimited;
