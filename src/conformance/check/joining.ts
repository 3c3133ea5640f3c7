/**
 * Joins what is seen of an analysis whose folder is not named with the folder that lists the analysis, earlier or later.
 *
 * An unknown folder is not a different one. As long as an analysis may still turn out to be in any folder, all that
 * comes after its first sighting is held back, so that its folder gets its own observations and those of the analysis
 * in the order in which they arrived. What belongs to no folder at the end is judged by itself.
 */
import { finding, type Finding } from '../../observations/findings.ts';
import type { AnalysisView, Observation, Where } from '../../observations/observation.ts';

/** The folder in which an analysis was seen first. */
export interface Home {
  /** Its key within the check. */
  readonly folder: string;
  readonly folderId: string | undefined;
  /** Where the folder was seen. */
  readonly where: Where | undefined;
}

/** Remembers in which folder each analysis was seen first. */
export interface Homes {
  homeOf(analysis: string): Home | undefined;
  /** The first analysis of the observation that was seen in another folder before. */
  strayIn(observation: Observation): AnalysisView | undefined;
  /** Notes that those analyses of the observation that have no folder are of its own. */
  claim(observation: Observation): void;
}

/** Who is told of observations, in an order that is that of arrival within every folder. */
interface Next {
  observe(observation: Observation): void;
  /** An observation that is not taken, and why. */
  refuse(observation: Observation, because: Finding): void;
}

/** No more observations of named folders are held back than this. */
const maxHeld = 1 << 15;

/** No more sightings of analyses whose folder is not known are kept than this. */
const maxSightings = 1 << 17;

interface Item {
  readonly arrival: number;
  readonly observation: Observation;
  readonly because?: Finding;
}

/** The sightings of an analysis whose folder is not known, in order of arrival. */
type Sightings = [Item, ...Item[]];

/** Observations on their way to their folders. */
export class Joining {
  readonly #next: Next;
  readonly #homes: Homes;
  #arrived = 0;
  /** Analyses whose folder is not known, by id, in the order in which they were first seen. */
  readonly #unnamed = new Map<string, Sightings>();
  #sightings = 0;
  /** Observations that are held back, by folder, each in order of arrival. */
  readonly #held = new Map<string, Item[]>();
  /** Their folders, in the order in which they will be handed over; those before `#gone` have been. */
  #turns: { readonly folder: string; readonly arrival: number }[] = [];
  #gone = 0;
  /** Analyses whose sightings were handed over before a folder was known. */
  readonly #givenUp = new Set<string>();
  /** When a folder was handed over too early for what may still join it. */
  readonly #handedOver = new Map<string, number>();

  constructor(next: Next, homes: Homes) {
    this.#next = next;
    this.#homes = homes;
  }

  /** Whether observations have to go through here. */
  get isWaiting(): boolean {
    return this.#unnamed.size > 0 || this.#givenUp.size > 0;
  }

  observe(observation: Observation): void {
    const arrival = this.#arrived++;
    const named = observation.unnamed ? this.#named(observation) : observation;
    if (!named) this.#keep({ arrival, observation });
    else if (!this.isWaiting) this.#next.observe(named);
    else this.#take({ arrival, observation: named });
  }

  /** Hands over what is still held back. */
  end(): void {
    for (const sightings of this.#unnamed.values()) {
      this.#hold(sightings);
      this.#turn(sightings.at(-1)!);
    }
    this.#unnamed.clear();
    this.#handOver(Infinity);
  }

  /** The observation of an analysis as one of its folder; undefined where that is not known. */
  #named(observation: Observation): Observation | undefined {
    const { id } = observation.analyses[0]!;
    if (this.#unnamed.has(id)) return undefined;
    if (this.#givenUp.has(id)) return observation;
    const home = this.#homes.homeOf(id);
    if (!home) return undefined;
    return inFolder(observation, home.folder, home.folderId);
  }

  #keep(item: Item): void {
    const { id } = item.observation.analyses[0]!;
    const known = this.#unnamed.get(id);
    if (!known) this.#unnamed.set(id, [item]);
    else if (isBetween(known, item)) {
      const last = known.pop()!;
      const repeats = (last.observation.repeats ?? 0) + 1;
      known.push({ ...item, observation: { ...item.observation, repeats } });
      return;
    } else known.push(item);
    this.#sightings += 1;
    while (this.#sightings > maxSightings) this.#giveUp();
  }

  /** Lets the analysis that has waited longest be judged by itself. */
  #giveUp(): void {
    const [id, sightings] = this.#unnamed.entries().next().value!;
    this.#unnamed.delete(id);
    this.#sightings -= sightings.length;
    this.#givenUp.add(id);
    for (const { observation } of sightings) this.#next.observe(observation);
    this.#handOver(this.#firstWaiting());
  }

  #take(item: Item): void {
    const { observation } = item;
    let late: string | undefined;
    if (!observation.unnamed) {
      for (const { id } of observation.analyses) this.#join(id, observation);
      this.#homes.claim(observation);
      late = observation.analyses.find(({ id }) => this.#givenUp.has(id))?.id;
    }
    this.#hold([late === undefined ? item : { ...item, because: lateJoin(late, observation.where) }]);
    this.#turn(item);
    this.#handOver(this.#firstWaiting());
    while (this.#turns.length - this.#gone > maxHeld) {
      const { folder, arrival } = this.#turns[this.#gone]!;
      this.#handedOver.set(folder, arrival);
      this.#handOver(arrival + 1);
    }
  }

  /** Lets what was seen of an analysis be observations of the folder of `listing`, unless it is in another one. */
  #join(id: string, { folder, folderId }: Observation): void {
    const sightings = this.#unnamed.get(id);
    if (!sightings) return;
    this.#unnamed.delete(id);
    this.#sightings -= sightings.length;
    const isLate = (this.#handedOver.get(folder) ?? -1) > sightings[0].arrival;
    this.#hold(
      sightings.map(({ arrival, observation }) => ({
        arrival,
        observation: inFolder(observation, folder, folderId),
        ...(isLate && { because: lateJoin(id, observation.where) }),
      })),
    );
  }

  /** Holds observations of one folder back, in order of arrival. */
  #hold(items: readonly Item[]): void {
    const { folder } = items[0]!.observation;
    const held = this.#held.get(folder);
    if (!held) {
      this.#held.set(folder, [...items]);
      return;
    }
    const isAfter = held.length === 0 || held.at(-1)!.arrival < items[0]!.arrival;
    held.push(...items);
    if (!isAfter) held.sort((one, other) => one.arrival - other.arrival);
  }

  /** Hands over the folder of the item up to it when all that waits before it has been. */
  #turn({ arrival, observation: { folder } }: Item): void {
    this.#turns.push({ folder, arrival });
  }

  #firstWaiting(): number {
    const [first] = this.#unnamed.values();
    return first ? first[0].arrival : Infinity;
  }

  /** Hands over what has its turn before this arrival. */
  #handOver(before: number): void {
    for (; this.#gone < this.#turns.length; this.#gone += 1) {
      const { folder, arrival } = this.#turns[this.#gone]!;
      if (arrival >= before) break;
      const held = this.#held.get(folder)!;
      const ready = held.findIndex((item) => item.arrival > arrival);
      const items = ready < 0 ? held : held.splice(0, ready);
      if (ready < 0) this.#held.delete(folder);
      for (const { observation, because } of items) {
        if (because) this.#next.refuse(observation, because);
        else this.#next.observe(observation);
      }
    }
    if (this.#gone > maxHeld || this.#gone === this.#turns.length) {
      this.#turns = this.#turns.slice(this.#gone);
      this.#gone = 0;
    }
    if (this.#unnamed.size === 0) this.#handedOver.clear();
  }
}

function inFolder(observation: Observation, folder: string, folderId: string | undefined): Observation {
  const { unnamed: _, ...seen } = observation;
  return { ...seen, folder, ...(folderId !== undefined && { folderId }) };
}

/** Whether the last of some sightings says no more than the one before it and the next one do together. */
function isBetween(sightings: Sightings, { observation: next }: Item): boolean {
  const [before, last] = sightings.slice(-2).map(({ observation }) => observation);
  if (!before || !last) return false;
  return (
    isAfter(before, last) && isAfter(last, next) && says(before) === says(last) && says(last) === says(next)
  );
}

/** Whether an observation was certainly made after another one, which arrived before it. */
const isAfter = ({ interval: one }: Observation, { interval: other }: Observation): boolean =>
  one && other ? one.end <= other.start : !one && !other;

const says = ({ analyses: [view] }: Observation): string => {
  const { id, kind, groupId, state, resolutionStatus } = view!;
  return JSON.stringify([id, kind, groupId, state, resolutionStatus]);
};

function lateJoin(analysis: string, where: Where): Finding {
  return finding('SEARCH_LIMIT', {
    message:
      `analysis ${analysis} was seen long before its folder was named, and more was seen meanwhile than is kept: ` +
      'this is not held against the folder, and nothing is claimed of it but what is reported',
    analysis,
    where,
    hint: 'record the answer to the POST, or a list of the folder, before the analysis is asked for by itself',
  });
}
