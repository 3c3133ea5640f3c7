/** What finding something out costs: steps that cannot be forced, folders, and steps in all. */
export interface Effort {
  readonly unforced: number;
  readonly folders: number;
  readonly steps: number;
}

/** One thing to do in a state of a puzzle. */
export interface Action {
  readonly to: number;
  readonly unforced: number;
  readonly steps: number;
}

/**
 * A graph without cycles to walk from state 0 on, while one of several candidates is true, to find out
 * which. What one sees in a state depends on the candidate. One may start again from state 0 at the price
 * of another folder.
 */
export interface Puzzle {
  /** The different looks: what is seen, as a number, for each candidate. */
  readonly looks: readonly (readonly number[])[];
  /** Which look each state has. */
  readonly lookOf: readonly number[];
  readonly actions: readonly (readonly Action[])[];
}

/** Where one stands: a state, and the candidates that are still possible, in ascending order. */
export interface Position {
  readonly state: number;
  readonly left: readonly number[];
}

/** What to do next: perhaps start again, then act until what is seen parts the candidates. */
export interface Turn {
  readonly again: boolean;
  /** Indices into the actions of each state on the way. */
  readonly choices: readonly number[];
  readonly parted: readonly Position[];
}

/** A best strategy for a puzzle. */
export interface Strategy {
  /** The effort on the worst path, weighed. */
  readonly total: number;
  /** Where all candidates are possible, in a new folder. */
  readonly start: Position;
  /**
   * The best turn in a position of the strategy; the first of equally good ones. Undefined where one is
   * left.
   */
  next(position: Position): Turn | undefined;
}

/** First as few unforced steps as possible, then folders, then steps: no path has a thousand of either. */
export const unforcedFirst: Effort = { unforced: 1_000_000, folders: 1000, steps: 1 };

/**
 * A strategy whose worst path costs least, where one unit of each effort costs as much as `weights` say;
 * undefined where more than `maxPositions` positions would have to be judged, or the looks cannot part all
 * candidates.
 *
 * The best turn in every position is found from those in the positions after it, each judged once: so every
 * branch is the best for the candidates that are left in it, and the total is exact.
 */
export function bestStrategy(puzzle: Puzzle, weights: Effort, maxPositions: number): Strategy | undefined {
  const { actions, lookOf } = puzzle;
  const beliefs = beliefsOf(puzzle);
  /** The least effort of each state, per belief; not a number where it is not known yet. */
  const judged: Float64Array[] = [];
  let positions = 0;

  const price = ({ unforced, steps }: Action): number => unforced * weights.unforced + steps * weights.steps;
  /** The least effort of a position if one stays in the folder until the candidates part. */
  const staying = (state: number, belief: number): number => {
    const efforts = (judged[belief] ??= new Float64Array(actions.length).fill(Number.NaN));
    const known = efforts[state]!;
    if (!Number.isNaN(known)) return known;
    positions++;
    if (positions > maxPositions) return Infinity;
    let least = Infinity;
    for (const action of actions[state]!) {
      const spent = price(action);
      if (spent < least) least = Math.min(least, spent + after(action.to, belief, least - spent));
    }
    efforts[state] = least;
    return least;
  };
  /** The least effort after an action, exact if it is less than `enough`. */
  const after = (state: number, belief: number, enough = Infinity): number => {
    const parts = beliefs.split(belief, lookOf[state]!);
    if (parts.length === 1) return staying(state, belief);
    let worst = 0;
    for (const part of parts) {
      worst = Math.max(worst, free(state, part));
      if (worst >= enough) break;
    }
    return worst;
  };
  const again = (belief: number): number => weights.folders + staying(0, belief);
  /** The least effort of a position. */
  const free = (state: number, belief: number): number => {
    if (beliefs.left(belief).length === 1) return 0;
    const stay = staying(state, belief);
    return stay <= weights.folders ? stay : Math.min(stay, again(belief));
  };

  const start = { state: 0, left: beliefs.left(beliefs.all) };
  const total = start.left.length === 1 ? 0 : again(beliefs.all);
  if (positions > maxPositions || total === Infinity) return undefined;

  const next = ({ state, left }: Position): Turn | undefined => {
    if (left.length === 1) return undefined;
    const belief = beliefs.of(left);
    const restart = staying(state, belief) > again(belief);
    const choices: number[] = [];
    let at = restart ? 0 : state;
    for (;;) {
      const least = staying(at, belief);
      const choice = actions[at]!.findIndex((action) => price(action) + after(action.to, belief) === least);
      choices.push(choice);
      at = actions[at]![choice]!.to;
      const parts = beliefs.split(belief, lookOf[at]!);
      if (parts.length > 1) {
        const reached = at;
        const parted = parts.map((part) => ({ state: reached, left: beliefs.left(part) }));
        return { again: restart, choices, parted };
      }
    }
  };
  return { total, start, next };
}

/** The same for all strategies of a puzzle, whatever its efforts weigh. */
const beliefsByPuzzle = new WeakMap<Puzzle, Beliefs>();

function beliefsOf(puzzle: Puzzle): Beliefs {
  const beliefs = beliefsByPuzzle.get(puzzle) ?? new Beliefs(puzzle.looks);
  beliefsByPuzzle.set(puzzle, beliefs);
  return beliefs;
}

/** Sets of candidates under numbers, and how looks part them. */
class Beliefs {
  readonly all: number;
  readonly #looks: Puzzle['looks'];
  readonly #lists: (readonly number[])[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #splits: (readonly number[])[][] = [];

  constructor(looks: Puzzle['looks']) {
    this.#looks = looks;
    this.all = this.of([...(looks[0] ?? []).keys()]);
  }

  left(belief: number): readonly number[] {
    return this.#lists[belief]!;
  }

  of(left: readonly number[]): number {
    const key = left.join();
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#lists.length);
    this.#splits.push([]);
    return this.#lists.push(left) - 1;
  }

  /** The parts of a belief that see different things, in the order of their first candidates. */
  split(belief: number, look: number): readonly number[] {
    const known = this.#splits[belief]![look];
    if (known) return known;
    const parts = new Map<number, number[]>();
    for (const candidate of this.left(belief)) {
      const seen = this.#looks[look]![candidate]!;
      const part = parts.get(seen);
      if (part) part.push(candidate);
      else parts.set(seen, [candidate]);
    }
    const split = parts.size === 1 ? [belief] : [...parts.values()].map((part) => this.of(part));
    this.#splits[belief]![look] = split;
    return split;
  }
}
