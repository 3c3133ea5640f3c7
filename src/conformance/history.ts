import { bit } from './bits.ts';
import type { Engine, Track } from './engine.ts';
import type { Sight } from './sight.ts';
import type { Facts } from './state.ts';

/** Sights of one folder beyond this many are not kept for a second look when a group or a kind is learnt late. */
export const maxHistory = 256;

/** What was followed of one folder: each sight with the number of analyses that were known at it. */
export type History = readonly { readonly sight: Sight; readonly known: number }[];

/** Where the history leads with what is known now; `factsOf` says what that is of the first analyses. */
export function followAgain(history: History, engine: Engine, factsOf: (known: number) => Facts): Track {
  let track = engine.start;
  for (const { sight, known } of history) {
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
