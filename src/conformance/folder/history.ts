import { bit, count } from '../belief/resolution-set.ts';
import { keyOfConstraint, type Constraint } from '../belief/constraint.ts';
import type { Facts } from '../belief/state.ts';
import { advanced, type Advance, type Following } from './stale-fields.ts';

/** A history that is smaller than this is not looked through for what it need not keep. */
const small = 128;

interface Followed {
  readonly constraint: Constraint;
  /** How many analyses were known at it. */
  readonly known: number;
}

interface Link extends Followed {
  readonly before: Link | undefined;
}

/** How much of a history there is. */
interface Extent {
  readonly length: number;
  /** Sights, and the analyses in them. */
  readonly size: number;
  /** The size at which it is looked through next. */
  readonly due: number;
}

const nothing: Extent = { length: 0, size: 0, due: small };

/**
 * What was followed of one folder, for a second look when a group or a kind is learnt late. What the rest implies,
 * whatever is learnt, is left out now and then. It never changes, so that copies of a check share it.
 */
export class History {
  static #numbers = 0;
  /** Its own: no other history has it. */
  readonly number = History.#numbers++;
  readonly #last: Link | undefined;
  readonly #extent: Extent;
  /** Whether it was looked through just now. */
  readonly #isConcise: boolean;
  /** Whether more was followed than may be kept: then nothing is, and it says nothing any more. */
  readonly isFull: boolean;

  constructor(last?: Link, extent: Extent = nothing, isConcise = false, isFull = false) {
    this.#last = last;
    this.#extent = extent;
    this.#isConcise = isConcise;
    this.isFull = isFull;
  }

  /** How large it is, and at which size it is looked through next. */
  get extent(): Pick<Extent, 'size' | 'due'> {
    return this.#extent;
  }

  /** Another than that of the history before, where that differs. */
  get signature(): string {
    if (this.isFull) return 'full';
    const { length, due } = this.#extent;
    return this.#isConcise ? this.#all.map(keyOfFollowed).join(';') : `${length}/${due}`;
  }

  /** Whether its signature tells all that it holds, so that others with the same lead to the same. */
  get isTold(): boolean {
    return this.isFull || this.#isConcise;
  }

  /**
   * The history with one constraint more, as far as a size of at most `limit` holds it. Where fields may be older than
   * lists, what was seen twice says more than what was seen once: then nothing `isImplied`.
   */
  with(constraint: Constraint, known: number, limit: number, isImplied = true): History {
    if (this.isFull) return this;
    const { length, size, due } = this.#extent;
    const extent = { length: length + 1, size: size + sizeOf(constraint), due };
    const next = new History({ constraint, known, before: this.#last }, extent);
    return extent.size < due ? next : next.#concise(limit, isImplied);
  }

  /** Whether a status in it says that a person had to decide. */
  get showsOperatorRequired(): boolean {
    return this.#all.some(
      ({ constraint: { system, seen } }) =>
        system === 'OPERATOR_REQUIRED' || seen.some(({ admits }) => admits === bit.OPERATOR_REQUIRED),
    );
  }

  get #all(): readonly Followed[] {
    const all: Followed[] = [];
    for (let at = this.#last; at; at = at.before) all.push(at);
    return all.toReversed();
  }

  #concise(limit: number, isImplied: boolean): History {
    const all = this.#all;
    const kept = isImplied ? withoutRepeated(withoutImplied(withoutFrozen(all))) : all;
    const size = kept.reduce((sum, { constraint }) => sum + sizeOf(constraint), 0);
    const extent = { length: kept.length, size, due: Math.max(small, 2 * size) };
    if (size > limit) return new History(undefined, extent, false, true);
    let last: Link | undefined;
    for (const { constraint, known } of kept) last = { constraint, known, before: last };
    return new History(last, extent, true);
  }

  /** Where it leads with what is known now; `factsOf` says what that is of the first analyses. */
  followAgain(following: Following, factsOf: (known: number) => Facts): Advance {
    let reached: Advance = { track: following.engine.start, sinceFields: [] };
    for (const { constraint, known } of this.#all) {
      const facts = factsOf(known);
      const seen = constraint.seen.map(({ id, admits }) => ({
        id,
        admits: facts.analyses[id]!.liveness ? admits & ~bit.OPERATOR_REQUIRED : admits,
      }));
      reached = advanced(reached, { ...constraint, seen }, facts, following);
      if (reached.track.empty) break;
    }
    return reached;
  }
}

const sizeOf = ({ seen }: Constraint): number => 1 + seen.length;

const keyOfFollowed = ({ constraint, known }: Followed): string => `${keyOfConstraint(constraint)}@${known}`;

/**
 * Without what was said before while nothing happened: between two complete lists with the same resolutions no
 * analysis was posted and none settled, as nothing leads back to what has been left.
 */
function withoutFrozen(all: readonly Followed[]): readonly Followed[] {
  const lists = all.map(({ constraint: { complete, seen } }) => {
    const isExact = complete && seen.every(({ admits }) => count(admits) === 1);
    return isExact ? keyOfConstraint({ status: undefined, system: undefined, seen, complete }) : undefined;
  });
  const ends = new Map(lists.map((list, at) => [list, at]));
  let end = -1;
  let said = new Set<string>();
  return all.filter((each, at) => {
    if (at > end) {
      end = lists[at] === undefined ? at : ends.get(lists[at])!;
      said = new Set();
    }
    const key = keyOfFollowed(each);
    const isSaid = said.has(key);
    said.add(key);
    return !isSaid || at === end;
  });
}

/**
 * Without what says of analyses alone only what other constraints say of them before and after: what an analysis has been
 * at two moments, it has been between them.
 */
function withoutImplied(all: readonly Followed[]): readonly Followed[] {
  const first = new Map<string, number>();
  const last = new Map<string, number>();
  const claims = all.map(({ constraint }) => constraint.seen.map(({ id, admits }) => `${id}:${admits}`));
  for (const [at, made] of claims.entries()) {
    for (const claim of made) {
      if (!first.has(claim)) first.set(claim, at);
      last.set(claim, at);
    }
  }
  return all.filter(({ constraint: { status, system, complete } }, at) => {
    const ofFolder = complete || status !== undefined || system !== undefined;
    return ofFolder || claims[at]!.some((claim) => first.get(claim) === at || last.get(claim) === at);
  });
}

/** Without what repeats the constraint before it. */
function withoutRepeated(all: readonly Followed[]): readonly Followed[] {
  const keys = all.map(keyOfFollowed);
  return all.filter((_, at) => keys[at] !== keys[at - 1]);
}
