import { finding, type Finding } from './findings.ts';
import type { AnalysisView, Observation } from './observation.ts';

/** Who is told of observations, folder by folder. */
export interface Receiver {
  /** Observations of one folder in order of arrival: one, or several whose requests overlap and have no order. */
  take(folder: string, observations: readonly Observation[]): void;
  /** An observation that is not taken, because it shows an analysis that was seen in another folder. */
  refuse(observation: Observation, because: Finding): void;
}

/** Remembers in which folder each analysis was seen first. */
export interface Homes {
  /** The first analysis of the observation that was seen in another folder before. */
  strayIn(observation: Observation): AnalysisView | undefined;
  /** Notes that the analyses of the observation are of its folder. */
  claim(observation: Observation): void;
}

function createHomes(): Homes {
  const homes = new Map<string, string>();
  return {
    strayIn: ({ analyses, folder }) => analyses.find(({ id }) => (homes.get(id) ?? folder) !== folder),
    claim({ analyses, folder }) {
      for (const { id } of analyses) homes.set(id, folder);
    },
  };
}

/** Observations as they arrive. */
export interface Arrivals {
  /** Whether observations are held back. */
  readonly isWaiting: boolean;
  observe(observation: Observation): void;
  /** Hands over what is still held back. */
  end(): void;
}

/** Hands observations to `receiver`, those together whose requests overlap. */
export function createArrivals(receiver: Receiver, homes = createHomes()): Arrivals {
  const waiting = new Map<string, Observation[]>();
  const handOver = (folder: string): void => {
    const held = waiting.get(folder);
    if (!held) return;
    waiting.delete(folder);
    receiver.take(folder, held);
  };
  return {
    get isWaiting() {
      return waiting.size > 0;
    },
    observe(observation) {
      const { folder, interval } = observation;
      const moved = homes.strayIn(observation);
      if (moved) {
        handOver(folder);
        const message = `analysis ${moved.id} was seen in another folder before`;
        const where = { ...observation.where, pointer: moved.pointer };
        receiver.refuse(observation, finding('ANALYSIS_IDENTITY_CHANGED', { message, where }));
        return;
      }
      homes.claim(observation);
      const held = waiting.get(folder);
      if (held && interval && held.some((other) => other.interval!.end > interval.start)) {
        held.push(observation);
        return;
      }
      handOver(folder);
      if (interval) waiting.set(folder, [observation]);
      else receiver.take(folder, [observation]);
    },
    end() {
      for (const folder of waiting.keys()) handOver(folder);
    },
  };
}

/** Of more observations than this whose requests overlap, not every order is tried. */
export const maxOverlapping = 6;

/** Every order in which an observation comes after those whose answers had ended before its request began. */
export function* ordersOf(left: readonly Observation[]): Generator<readonly Observation[]> {
  if (left.length === 0) yield [];
  for (const [at, one] of left.entries()) {
    const others = left.toSpliced(at, 1);
    if (others.some((other) => other.interval!.end <= one.interval!.start)) continue;
    for (const rest of ordersOf(others)) yield [one, ...rest];
  }
}
