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
  /** Hands over what is held back of the folder unless it overlaps with a request that began at `start`; whether not. */
  makeWay(folder: string, start?: number): boolean;
  /** The number of an observation that arrives now. */
  arrive(): number;
  /** Takes an observation; `arrival` is its number where it has arrived before. */
  observe(observation: Observation, arrival?: number): void;
  /** Hands over what is still held back. */
  end(): void;
}

/** Observations of one folder that are held back, and when the first of them arrived. */
interface Held {
  readonly since: number;
  readonly observations: Observation[];
}

const overlaps = ({ observations }: Held, start: number): boolean =>
  observations.some(({ interval }) => interval!.end > start);

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
    makeWay(folder, start = Infinity) {
      const held = waiting.get(folder);
      if (held && overlaps(held, start)) return false;
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
      if (held && interval && overlaps(held, interval.start)) {
        held.observations.push(observation);
        return;
      }
      handOver(folder);
      if (interval) waiting.set(folder, { since: arrival, observations: [observation] });
      else receiver.take(folder, [observation]);
    },
    end() {
      const inOrder = [...waiting].toSorted(([, one], [, other]) => one.since - other.since);
      for (const [folder] of inOrder) handOver(folder);
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
