import {
  allReadings,
  defaultReading,
  normalizeReading,
  type Question,
  type Reading,
} from '../../../machines/readings.ts';
import type { ResolutionSet } from './resolution-set.ts';
import { role } from './state.ts';

/** Readings that project a field alike, as a set with one bit for each reading, and one of them. */
export interface Alike {
  readonly reading: Reading;
  readonly mask: bigint;
}

/** The readings that a belief distinguishes, grouped by what each field depends on. */
export interface ReadingClass {
  readonly readings: readonly Reading[];
  readonly all: bigint;
  readonly any: Alike;
  readonly bySystem: readonly Alike[];
  readonly byStatus: readonly Alike[];
  /** The parts of groups that some of the readings look at. */
  readonly roles: ResolutionSet;
  /** Whether some of them show the result of a settled group while another runs. */
  readonly hold: boolean;
}

const systemQuestions = [
  'result-scope',
  'result-while-running',
  'result-while-earlier-runs',
  'failed-beside-declined',
  'result-precedence',
  'failed-group-finishes',
] as const satisfies readonly Question[];
const statusQuestions = ['status-precedence', 'status-scope'] as const satisfies readonly Question[];

const projecting = new Map<string, readonly Reading[]>();

/** Every reading that differs in what the two fields show: `operator-decision` stays as in `base`. */
export function projectingReadings(base: Reading = defaultReading): readonly Reading[] {
  const decides = 'operator-decision' satisfies Question;
  const known =
    projecting.get(base[decides]) ??
    allReadings()
      .filter((reading) => reading[decides] === defaultReading[decides])
      .map((reading) => ({ ...reading, [decides]: base[decides] }));
  projecting.set(base[decides], known);
  return known;
}

/** The readingClass of `readings`. */
export function readingClassOf(readings: readonly Reading[]): ReadingClass {
  const all = (1n << BigInt(readings.length)) - 1n;
  const alike = (questions: readonly Question[]): readonly Alike[] => {
    const groups = new Map<string, { reading: Reading; mask: bigint }>();
    readings.forEach((reading, at) => {
      // An answer to a question that is not asked makes no difference.
      const asked = normalizeReading(reading);
      const key = questions.map((question) => asked[question]).join();
      const group = groups.get(key) ?? { reading, mask: 0n };
      group.mask |= 1n << BigInt(at);
      groups.set(key, group);
    });
    return [...groups.values()];
  };
  return {
    readings,
    all,
    any: { reading: readings[0] ?? defaultReading, mask: all },
    bySystem: alike(systemQuestions),
    byStatus: alike(statusQuestions),
    roles: readings.reduce((roles, reading) => roles | rolesFor(reading), 0),
    hold: readings.some(holds),
  };
}

/**
 * The part of the group that counts as the last finished one. Where a failure makes the folder fail, and no result shows
 * while anything runs, the group that settled last is asked only in a folder without a failure, where it is the same.
 */
export function finishedRole(reading: Reading): ResolutionSet {
  const isSettled =
    reading['failed-group-finishes'] === 'yes' ||
    (reading['failed-group-finishes'] === 'folder-fails' && !holds(reading));
  return isSettled ? role.settled : role.finished;
}

function rolesFor(reading: Reading): ResolutionSet {
  const lastFinished = reading['result-scope'] === 'last-finished-group';
  const settled = lastFinished || reading['status-scope'] === 'last-settled-group';
  const applied =
    reading['result-scope'] === 'last-applied-group' || reading['status-scope'] === 'last-applied-group';
  const finished = lastFinished && finishedRole(reading) === role.finished;
  return (settled ? role.settled : 0) | (applied ? role.applied : 0) | (finished ? role.finished : 0);
}

const holds = (reading: Reading): boolean =>
  reading['result-scope'] === 'last-finished-group' && reading['result-while-running'] === 'hold';

/** The classes of lists of readings, with which what laws say of them is kept for all checks of a process. */
const classesByReadings = new WeakMap<readonly Reading[], readonly ReadingClass[]>();

/** `readings` by the parts of groups that they look at: each class is believed on its own, and no finer than it asks. */
export function classesOf(readings: readonly Reading[]): readonly ReadingClass[] {
  const known = classesByReadings.get(readings) ?? divided(readings);
  classesByReadings.set(readings, known);
  return known;
}

function divided(readings: readonly Reading[]): readonly ReadingClass[] {
  const classes = new Map<string, Reading[]>();
  for (const reading of readings) {
    const key = `${rolesFor(reading)} ${holds(reading)}`;
    classes.set(key, [...(classes.get(key) ?? []), reading]);
  }
  return [...classes.values()].map(readingClassOf);
}
