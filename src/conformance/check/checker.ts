import { createArrivals } from './arrivals.ts';
import { Budget } from '../belief/budget.ts';
import type { Watch } from './check-step.ts';
import { checksBy } from './shared-histories.ts';
import { Folders } from './folders.ts';
import type { ByteView } from '../../observations/packed/byte-view.ts';
import { slot, type Packed, type Source } from '../../observations/packed/packed.ts';
import { Joining } from './joining.ts';
import type { Interval, Observation } from '../../observations/observation.ts';
import {
  checkOptionsFrom,
  type Checker,
  type Found,
  type GivenCheckOptions,
} from '../../observations/results.ts';
import { expectFunction, observationFrom } from '../../observations/given.ts';
import { Notifier } from './notifier.ts';

/** A check that takes observations in numbers as well. */
export interface PackedChecker extends Checker {
  /**
   * Takes an observation in numbers, the one of number `at` in its source, with the interval of its request where that
   * is known. False, with nothing taken, where it has to be given to `observe` instead.
   */
  observePacked(chunk: ByteView, packed: Packed, source: Source, at: number, interval?: Interval): boolean;
}

/**
 * A check of recordings by the specification: observations in order of arrival, then results by folder. `tell` is
 * told each finding when it is found, without the hints that need the whole folder; `watch` is told of every step,
 * for those who show how the results came about. Throws a TypeError for wrong options, and `observe` for what is no
 * observation, with which nothing is done.
 */
export function createChecker(
  given: GivenCheckOptions = {},
  tell?: (found: Found) => void,
  watch?: Watch,
): Checker {
  expectFunction('tell', tell);
  expectFunction('watch', watch);
  const checker = createPackedChecker(given, tell, watch);
  return {
    observe: (observation) => checker.observe(observationFrom(observation)),
    finish: () => checker.finish(),
  };
}

/**
 * The same for the rooms of this package. `budget` is what it may cost; `checks` makes the checks of single folders,
 * which can share what they remember with those of other checkers.
 */
export function createPackedChecker(
  given: GivenCheckOptions = {},
  tell?: (found: Found) => void,
  watch?: Watch,
  budget = new Budget(),
  checks = checksBy(given, budget),
): PackedChecker {
  const options = checkOptionsFrom(given);
  const folders = new Folders(options, checks, tell && new Notifier(tell), watch);
  const arrivals = createArrivals(folders, folders.homes, (key) => folders.numberOf(key));
  const observe = (observation: Observation): void => {
    const folder = folders.numberOf(observation.folder);
    const { interval } = observation;
    if (!folders.settle(folder, interval)) {
      const { observation: waited, arrival } = folders.release(folder);
      arrivals.observe(waited, arrival);
    }
    if (!interval && !arrivals.isWaiting && folders.takeAsNumbers(folder, observation)) return;
    arrivals.observe(observation);
  };
  const joining = new Joining({ observe, refuse: arrivals.refuse.bind(arrivals) }, folders.homes);
  const keyOf = (folder: number): string => folders.keyOf(folder);
  const takePacked: PackedChecker['observePacked'] = (chunk, packed, source, at, interval) => {
    if (joining.isWaiting) return false;
    const folder = folders.numberOfPacked(chunk, packed);
    if (folder < 0 || !folders.settle(folder, interval)) return false;
    if (arrivals.isWaiting && !arrivals.makeWay(folder, keyOf, interval)) return false;
    if (!interval) return folders.takePacked(folder, chunk, packed, source, at);
    return folders.await(folder, chunk, packed, { source, at, interval, arrival: arrivals.arrive() });
  };
  return {
    observe(observation) {
      budget.grant(observation.analyses.length);
      // Folders are reported in the order in which they appeared, also where their observations are held back.
      folders.numberOf(observation.folder);
      joining.observe(observation);
    },
    observePacked(chunk, packed, source, at, interval) {
      const isTaken = takePacked(chunk, packed, source, at, interval);
      if (isTaken) budget.grant(packed[slot.views]!);
      return isTaken;
    },
    finish() {
      joining.end();
      arrivals.end();
      return folders.results();
    },
  };
}
