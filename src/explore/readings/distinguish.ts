import {
  emptyFolder,
  project,
  readingFrom,
  reduceFolder,
  type Folder,
  type FolderEvent,
  type FolderFields,
  type GivenReading,
  type Settings,
} from '../../../machines/index.ts';
import { expectBounds, type FolderBounds } from '../walk/bounds.ts';
import { canonicalKey } from '../walk/canonical.ts';
import { explore, type System } from '../walk/explore.ts';
import { eventsIn } from '../walk/folder-events.ts';
import { whyAlike } from './alike.ts';

/** Where readings are compared, and how far the walk may go. */
export interface ReadingBounds extends FolderBounds {
  /** Whether the installation enables OPERATOR_REQUIRED. Default: `allowed`. */
  readonly operatorRequired?: Settings['operatorRequired'];
  /** Default: 100,000. */
  readonly maxStates?: number;
}

/** The bounds at which the number of observably different readings stops growing. */
export const readingBounds = { groups: 2, analyses: 2, sizes: 'up-to' } as const satisfies ReadingBounds;

/** A scenario after which two readings show different fields for the first time, from an empty folder on. */
export interface Difference {
  readonly events: readonly FolderEvent[];
  /** The fields after the last event under the first reading, and under the second. */
  readonly shows: readonly [FolderFields, FolderFields];
  /** Which of the two readings refuses the last event, if one does: its folder stays as it was. */
  readonly refusedUnder?: 'first' | 'second';
}

/** What a search for a difference came to. */
export interface Comparison {
  /**
   * The shortest difference; of equally short ones that with fewest groups, then analyses, then by event
   * order.
   */
  readonly difference?: Difference;
  readonly bounds: ReadingBounds;
  /**
   * How many folders were looked at, and whether these were all within the bounds: a difference ends the
   * search.
   */
  readonly states: number;
  readonly complete: boolean;
  /**
   * Where there is no difference: why no larger folder shows one, if that is proved; one reason per answer.
   */
  readonly alikeBecause?: readonly string[];
}

/** One folder to which the same happens under two readings, and what both would show. */
interface Pair {
  readonly folders: readonly [Folder, Folder];
  readonly refusedUnder?: 'first' | 'second';
}

/**
 * The shortest scenario that tells two readings apart.
 *
 * The same events happen under both, and an event that a reading refuses leaves its folder as it was. So
 * readings that differ over the decisions of an operator are told apart as well: by a decision that one of
 * them takes. Throws a TypeError for wrong readings or bounds.
 */
export function distinguish(
  one: GivenReading,
  other: GivenReading,
  bounds: ReadingBounds = readingBounds,
): Comparison {
  expectBounds(bounds);
  const [first, second] = [readingFrom(one), readingFrom(other)];
  const { operatorRequired = 'allowed', maxStates = 100_000 } = bounds;
  const settings = [first, second].map((reading): Settings => ({ reading, operatorRequired })) as [
    Settings,
    Settings,
  ];
  const shows = ({ folders }: Pair) => [project(folders[0], first), project(folders[1], second)] as const;
  const differ = (pair: Pair): boolean => {
    const [left, right] = shows(pair);
    return (
      left.resolution_status !== right.resolution_status || left.system_resolution !== right.system_resolution
    );
  };
  const walk = explore(pairSystem(settings, bounds), { maxStates, until: differ });
  const alikeBecause = whyAlike(first, second);
  const searched = {
    bounds,
    states: walk.states.length,
    complete: walk.complete,
    ...(alikeBecause ? { alikeBecause } : {}),
  };
  const [best] = walk.found.toSorted(
    (left, right) => compareSizes(walk.states[left]!, walk.states[right]!) || left - right,
  );
  if (best === undefined) return searched;
  const pair = walk.states[best]!;
  return {
    ...searched,
    difference: {
      events: walk.pathTo(best),
      shows: shows(pair),
      ...(pair.refusedUnder ? { refusedUnder: pair.refusedUnder } : {}),
    },
  };
}

function pairSystem(
  settings: readonly [Settings, Settings],
  bounds: FolderBounds,
): System<Pair, FolderEvent> {
  return {
    initial: { folders: [emptyFolder, emptyFolder] },
    // Where the two folders have parted, analyses alike in the one may differ in the other: all are tried.
    events: ({ folders: [left, right] }) => eventsIn(left, bounds, left === right),
    next: ({ folders: [left, right] }, event) => {
      const after = reduceFolder(left, event, settings[0]);
      const other = reduceFolder(right, event, settings[1]);
      if (after === left && other === right) return undefined;
      if (after === left || other === right) {
        return { folders: [after, other], refusedUnder: after === left ? 'first' : 'second' };
      }
      return { folders: [after, left === right ? after : other] };
    },
    key: ({ folders: [left, right] }) => canonicalKey(left, right),
  };
}

function compareSizes({ folders: [left] }: Pair, { folders: [right] }: Pair): number {
  const analyses = ({ groups }: Folder): number =>
    groups.reduce((count, group) => count + group.analyses.length, 0);
  return left.groups.length - right.groups.length || analyses(left) - analyses(right);
}
