import { maxOverlapping, ordersOf } from './arrivals.ts';
import type { Engine } from './engine.ts';
import type { Finding } from './findings.ts';
import { FolderCheck } from './folder-check.ts';
import { admittedIn, both, either, noneAdmitted, allAdmitted, type Admitted } from './infer-admitted.ts';
import type { Observation } from './observation.ts';
import { metLimit, type CheckOptions } from './results.ts';

/** More ways to order overlapping observations than this are not followed side by side. */
const maxOrders = 24;

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
    if (observations.length > maxOverlapping) {
      this.#ended = { by: 'limit' };
      return;
    }
    const after =
      observations.length === 1 ? this.#observe(observations[0]!) : this.#inEveryOrder(observations);
    const left = after.filter((check) => !violationOf(check));
    if (left.length > maxOrders) {
      this.#ended = { by: 'limit' };
      return;
    }
    this.#orders = left;
    const admitted = left
      .map(({ belief }) => admittedIn(belief.track, this.#engine.classes))
      .reduce(either, noneAdmitted);
    this.#admitted = both(this.#admitted, admitted);
    if (left.length === 0) this.#ended = { by: 'violation', finding: violationOf(after[0]!)! };
  }

  #observe(observation: Observation): readonly FolderCheck[] {
    for (const check of this.#orders) check.observe(observation);
    return this.#orders;
  }

  #inEveryOrder(observations: readonly Observation[]): readonly FolderCheck[] {
    const different = new Map<string, FolderCheck>();
    for (const before of this.#orders) {
      for (const order of ordersOf(observations)) {
        const tried = before.copy();
        for (const observation of order) tried.observe(observation);
        const key = `${standingOf(tried)} ${violationOf(tried) ? 'violates' : ''}`;
        if (!different.has(key)) different.set(key, tried);
      }
    }
    return [...different.values()];
  }
}

/** Equal for two copies of a check from which everything goes on alike. */
function standingOf({ belief: { track, members, followed } }: FolderCheck): string {
  return `${track.id} ${followed} ${JSON.stringify([members.ids(), members.facts()])}`;
}

const violationOf = ({ found: { findings } }: FolderCheck): Finding | undefined =>
  findings.find(({ severity }) => severity === 'violation');

const isLimited = ({ belief, found: { findings } }: FolderCheck): boolean =>
  belief.track.truncated || metLimit(findings);
