import {
  allReadings,
  defaultReading,
  questionNames,
  type Question,
  type Reading,
} from '../../../machines/readings.ts';
import type { Track } from '../belief/engine.ts';
import type { Standing } from './standing.ts';
import type { CheckOptions } from '../../observations/results.ts';
import { projectingReadings, type ReadingClass } from '../belief/reading-classes.ts';

/**
 * A set of readings, one bit for each way in which the two fields can depend on the folder: under `taken` those
 * where an operator may decide, under `untaken` those where nobody does, which is all that can be seen of the other
 * answers to `operator-decision`.
 */
export interface Admitted {
  readonly taken: bigint;
  readonly untaken: bigint;
}

const decides = 'operator-decision' satisfies Question;

const keyOfReading = (reading: Reading): string =>
  questionNames.map((question) => (question === decides ? '' : reading[question])).join();

// Both are made for the first who asks, as most checks never do.
let bits: ReadonlyMap<string, bigint> | undefined;
let places: readonly PlacedReading[] | undefined;

/** The bits of readings by their keys. */
function bitsByKey(): ReadonlyMap<string, bigint> {
  bits ??= new Map(projectingReadings().map((reading, at) => [keyOfReading(reading), 1n << BigInt(at)]));
  return bits;
}

/** A reading with where it stands in a set. */
interface PlacedReading {
  readonly reading: Reading;
  readonly bit: bigint;
  readonly part: keyof Admitted;
}

/** Every reading, in the order of the register. */
function register(): readonly PlacedReading[] {
  places ??= allReadings().map((reading) => ({
    reading,
    bit: bitsByKey().get(keyOfReading(reading))!,
    part: reading[decides] === 'allowed' ? 'taken' : 'untaken',
  }));
  return places;
}

/** Every reading there is. */
export function allAdmitted(): Admitted {
  const all = (1n << BigInt(bitsByKey().size)) - 1n;
  return { taken: all, untaken: all };
}
/** No reading at all. */
export const noneAdmitted: Admitted = { taken: 0n, untaken: 0n };

/** The readings of both sets. */
export function both(one: Admitted, other: Admitted): Admitted {
  return { taken: one.taken & other.taken, untaken: one.untaken & other.untaken };
}

/** The readings of either set. */
export function either(one: Admitted, other: Admitted): Admitted {
  return { taken: one.taken | other.taken, untaken: one.untaken | other.untaken };
}

/** Whether two sets are the same. */
export function isSame(one: Admitted, other: Admitted): boolean {
  return one.taken === other.taken && one.untaken === other.untaken;
}

/** Whether a set is empty. */
export function isEmpty({ taken, untaken }: Admitted): boolean {
  return taken === 0n && untaken === 0n;
}

/** The readings of a set, in the order of the register. */
export function readingsOf(admitted: Admitted): readonly Reading[] {
  return register()
    .filter(({ bit, part }) => (admitted[part] & bit) !== 0n)
    .map(({ reading }) => reading);
}

/** The options of a check that admits every reading and remembers where it took an operator's decision. */
export function everyReading(options: CheckOptions): CheckOptions {
  const settings = { ...options.settings, reading: defaultReading };
  return { ...options, settings, anyReading: true, otherReadings: [] };
}

/**
 * The readings under which what was seen of a folder that stands so is explained. Its track has to come from an engine for
 * `everyReading`, whose classes of readings these are. What a limit leaves open excludes none of its readings.
 */
export function admittedIn(
  { track, showsDecision }: Pick<Standing, 'track' | 'showsDecision'>,
  classes: readonly ReadingClass[],
): Admitted {
  const admitted = admittedByTrack(track, classes);
  return showsDecision ? { ...admitted, untaken: 0n } : admitted;
}

function admittedByTrack(track: Track, classes: readonly ReadingClass[]): Admitted {
  const known = knownByTrack.get(track);
  if (known) return known;
  let admitted = noneAdmitted;
  track.beliefs.forEach(({ entries, open }, at) => {
    const { readings } = classes[at]!;
    let taken = open;
    let untaken = open;
    for (const { state, readings: mask } of entries) {
      taken |= mask;
      if (!state.decided) untaken |= mask;
    }
    admitted = either(admitted, {
      taken: globalMask(taken, readings),
      untaken: globalMask(untaken, readings),
    });
  });
  knownByTrack.set(track, admitted);
  return admitted;
}

const knownByTrack = new WeakMap<Track, Admitted>();

/** A set of the readings of one class as a set of all readings. */
function globalMask(mask: bigint, readings: readonly Reading[]): bigint {
  return readings.reduce(
    (set, reading, at) =>
      ((mask >> BigInt(at)) & 1n) === 0n ? set : set | bitsByKey().get(keyOfReading(reading))!,
    0n,
  );
}
