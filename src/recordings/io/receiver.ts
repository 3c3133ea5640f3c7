import type { ByteView } from '../../observations/packed/byte-view.ts';
import type { Finding } from '../../observations/findings.ts';
import type { Packed, Source } from '../../observations/packed/packed.ts';
import type { Interval, Observation } from '../../observations/observation.ts';
import type { Piece } from './piece.ts';

/** Who is told what is read, in order of arrival. */
export interface Receiver {
  observe(observation: Observation): void;
  find(finding: Finding): void;
  /**
   * Takes an observation in numbers, the one of number `at` in its source, with the interval of its request where that
   * is known, which that of a callback never is; false, with nothing taken, where it wants the observation itself. Absent: it
   * always does.
   */
  observePacked?(chunk: ByteView, packed: Packed, source: Source, at: number, interval?: Interval): boolean;
}

/** A receiver that puts what it is told at the end of `pieces`. */
export function gatherInto(pieces: Piece[]): Receiver {
  return {
    observe: (observation) => void pieces.push({ type: 'observation', observation }),
    find: (finding) => void pieces.push({ type: 'finding', finding }),
  };
}
