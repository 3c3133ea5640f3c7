import { bit } from './bits.ts';
import type { Engine, Track } from './engine.ts';
import type { Sight } from './sight.ts';
import type { Facts } from './state.ts';

/** Sights of one folder beyond this many are not kept for a second look when a group or a kind is learnt late. */
const maxHistory = 256;

interface Followed {
  readonly sight: Sight;
  /** How many analyses were known at it. */
  readonly known: number;
  readonly before: History;
}

/** What was followed of one folder. It never changes, so that copies of a check share it. */
export class History {
  readonly length: number;
  readonly #last: Followed | undefined;

  private constructor(last?: Followed) {
    this.#last = last;
    this.length = last ? last.before.length + 1 : 0;
  }

  static readonly empty = new History();

  /** Whether it is not complete, and says nothing any more. */
  get isFull(): boolean {
    return this.length > maxHistory;
  }

  /** The history with one sight more. */
  with(sight: Sight, known: number): History {
    return this.isFull ? this : new History({ sight, known, before: this });
  }

  /** Where it leads with what is known now; `factsOf` says what that is of the first analyses. */
  followAgain(engine: Engine, factsOf: (known: number) => Facts): Track {
    const followed: Followed[] = [];
    for (let at = this.#last; at; at = at.before.#last) followed.push(at);
    let track = engine.start;
    for (const { sight, known } of followed.toReversed()) {
      const facts = factsOf(known);
      const seen = sight.seen.map(({ id, admits }) => ({
        id,
        admits: facts.analyses[id]!.liveness ? admits & ~bit.OPERATOR_REQUIRED : admits,
      }));
      track = engine.step(track, { ...sight, seen }, facts);
      if (track.empty) break;
    }
    return track;
  }
}
