import { finding, type Finding } from '../../observations/findings.ts';
import type { AnalysisView, Interval, Observation } from '../../observations/observation.ts';
import { overlaps } from './overlap.ts';

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
  /** Hands over what is held back of the folder unless a request with this interval overlaps with it; whether not. */
  makeWay(folder: string, interval?: Interval): boolean;
  /** The number of an observation that arrives now. */
  arrive(): number;
  /** Takes an observation; `arrival` is its number where it has arrived before. */
  observe(observation: Observation, arrival?: number): void;
  /** Hands over what is still held back. */
  end(): void;
}

/** Observations of one folder that are held back, when the first of them arrived, and when the last answer ended. */
interface Held {
  readonly since: number;
  end: number;
  readonly observations: Observation[];
}

/** Hands observations to `receiver`, those together whose requests overlap. */
export function createArrivals(receiver: Receiver, homes = createHomes()): Arrivals {
  const waiting = new Map<string, Held>();
  let arrived = 0;
  const handOver = (folder: string): void => {
    const held = waiting.get(folder);
    if (!held) return;
    waiting.delete(folder);
    receiver.take(folder, held.observations);
  };
  return {
    get isWaiting() {
      return waiting.size > 0;
    },
    makeWay(folder, interval) {
      const held = waiting.get(folder);
      if (held && interval && overlaps(held.end, interval)) return false;
      handOver(folder);
      return true;
    },
    arrive: () => arrived++,
    observe(observation, arrival = arrived++) {
      const { folder, interval } = observation;
      const moved = homes.strayIn(observation);
      if (moved) {
        handOver(folder);
        const message = `analysis ${moved.id} was seen in another folder before`;
        const where = { ...observation.where, pointer: moved.pointer };
        receiver.refuse(
          observation,
          finding('ANALYSIS_IDENTITY_CHANGED', { message, analysis: moved.id, where }),
        );
        return;
      }
      homes.claim(observation);
      const held = waiting.get(folder);
      if (held && interval && overlaps(held.end, interval)) {
        held.observations.push(observation);
        held.end = interval.end;
        return;
      }
      handOver(folder);
      if (interval) waiting.set(folder, { since: arrival, end: interval.end, observations: [observation] });
      else receiver.take(folder, [observation]);
    },
    end() {
      const inOrder = [...waiting].toSorted(([, one], [, other]) => one.since - other.since);
      for (const [folder] of inOrder) handOver(folder);
    },
  };
}
