import { finding, type Finding } from '../../observations/findings.ts';
import type { Home, Homes } from './joining.ts';
import type { AnalysisView, Interval, Observation } from '../../observations/observation.ts';
import { overlaps } from '../folder/overlap.ts';
import { placeText } from '../blame/static-rules.ts';

/** Who is told of observations, folder by folder. */
export interface Receiver {
  /** Observations of one folder in order of arrival: one, or several whose requests overlap and have no order. */
  take(folder: string, observations: readonly Observation[]): void;
  /** An observation that is not taken, because it shows an analysis that was seen in another folder. */
  refuse(observation: Observation, because: Finding): void;
}

/** Remembers in which folder each analysis was seen first. */
export function createHomes(): Homes {
  const homes = new Map<string, Home>();
  return {
    homeOf: (analysis) => homes.get(analysis),
    strayIn: ({ analyses, folder }) =>
      analyses.find(({ id }) => (homes.get(id)?.folder ?? folder) !== folder),
    claim({ analyses, folder, folderId, where }) {
      for (const { id } of analyses) if (!homes.has(id)) homes.set(id, { folder, folderId, where });
    },
  };
}

/** Observations as they arrive. */
export interface Arrivals {
  /** Whether observations are held back. */
  readonly isWaiting: boolean;
  /**
   * Hands over what is held back of the folder of this number unless a request with this interval overlaps with it;
   * whether not. `keyOf`: its key.
   */
  makeWay(folder: number, keyOf: (folder: number) => string, interval?: Interval): boolean;
  /** The number of an observation that arrives now. */
  arrive(): number;
  /** Takes an observation; `arrival` is its number where it has arrived before. */
  observe(observation: Observation, arrival?: number): void;
  /** Takes an observation that is not to be followed, and why. */
  refuse(observation: Observation, because: Finding): void;
  /** Hands over what is still held back. */
  end(): void;
}

/** Observations of one folder that are held back, when the first of them arrived, and when the last answer ended. */
interface Held {
  readonly since: number;
  end: number;
  readonly observations: Observation[];
}

/** Hands observations to `receiver`, those together whose requests overlap. `numberOf`: the number of the folder of a key. */
export function createArrivals(
  receiver: Receiver,
  homes: Homes,
  numberOf: (folder: string) => number = () => 0,
): Arrivals {
  const waiting = new Map<string, Held>();
  /** The numbers of the folders of which something is held back. */
  const numbers = new Set<number>();
  let arrived = 0;
  const handOver = (folder: string): void => {
    const held = waiting.get(folder);
    if (!held) return;
    waiting.delete(folder);
    numbers.delete(numberOf(folder));
    receiver.take(folder, held.observations);
  };
  return {
    get isWaiting() {
      return waiting.size > 0;
    },
    makeWay(number, keyOf, interval) {
      if (!numbers.has(number)) return true;
      const folder = keyOf(number);
      const held = waiting.get(folder);
      if (held && interval && overlaps(held.end, interval)) return false;
      handOver(folder);
      return true;
    },
    arrive: () => arrived++,
    observe(observation, arrival = arrived++) {
      const { folder, interval } = observation;
      const moved = homes.strayIn(observation);
      homes.claim(observation);
      if (moved) {
        this.refuse(observation, movedFinding(moved, homes.homeOf(moved.id)!, observation));
        return;
      }
      const held = waiting.get(folder);
      if (held && interval && overlaps(held.end, interval)) {
        held.observations.push(observation);
        held.end = interval.end;
        return;
      }
      handOver(folder);
      if (interval) {
        waiting.set(folder, { since: arrival, end: interval.end, observations: [observation] });
        numbers.add(numberOf(folder));
      } else receiver.take(folder, [observation]);
    },
    refuse(observation, because) {
      handOver(observation.folder);
      receiver.refuse(observation, because);
    },
    end() {
      const inOrder = [...waiting].toSorted(([, one], [, other]) => one.since - other.since);
      for (const [folder] of inOrder) handOver(folder);
    },
  };
}

function movedFinding({ id, pointer }: AnalysisView, home: Home, { where }: Observation): Finding {
  const { folderId, where: place } = home;
  const other = folderId === undefined ? 'another folder' : `folder ${folderId}`;
  const seen = place ? `, which was seen at ${placeText(place)}` : '';
  return finding('ANALYSIS_IDENTITY_CHANGED', {
    message: `analysis ${id} is one of ${other}${seen}`,
    analysis: id,
    where: { ...where, pointer },
    before: place ? { where: place, shown: [], more: 0 } : null,
  });
}
