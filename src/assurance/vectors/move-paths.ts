import {
  defaultSettings,
  emptyFolder,
  isLegal,
  operatorMayDecide,
  project,
  reduceFolder,
  type Folder,
  type FolderEvent,
  type Reading,
} from '../../../machines/index.ts';
import {
  canonicalKey,
  coverTargets,
  explore,
  folderEvents,
  folderSystem,
  stepsOut,
  type FolderBounds,
  type Place,
} from '../../explore/index.ts';

/** Large enough for every legal move of every reading, as tests of the moves make sure. */
const bounds: readonly FolderBounds[] = [
  { groups: 2, analyses: 2, sizes: 'up-to' },
  { groups: 3, analyses: 1 },
];

/** Far more than there are within the bounds. */
const maxStates = 50_000;

/** A step between two folders, or a beginning without one. */
interface Step {
  readonly within: FolderBounds;
  readonly before: Folder;
  readonly after: Folder;
  readonly event?: FolderEvent;
  /** The numbers of the steps that can follow. */
  readonly next: readonly number[];
}

/** Every step within the bounds where operators may decide, or may not, each bound beginning with a start. */
function walk(settings: typeof defaultSettings): readonly Step[] {
  const steps: Step[] = [];
  for (const within of bounds) {
    const system = folderSystem({ ...within, settings, canonical: true });
    const walked = explore(system, { maxStates });
    const { states, edges, complete } = walked;
    if (!complete) throw new RangeError(`expected at most ${maxStates} folders, received more`);
    const out = stepsOut(walked, steps.length + 1);
    steps.push(
      { within, before: emptyFolder, after: emptyFolder, next: out[0]! },
      ...edges.map(({ from, event, to }) => ({
        within,
        before: states[from]!,
        after: states[to]!,
        event,
        next: out[to]!,
      })),
    );
  }
  return steps;
}

/** What moves in a step: by which event, and each field that changes. */
function movesIn({ event, before, after }: Step, shown: (folder: Folder) => readonly string[]): string[] {
  if (!event) return [];
  const [old, now] = [shown(before), shown(after)];
  const changed = old.flatMap((status, field) =>
    status === now[field] ? [] : [`${field}: ${status} -> ${now[field]}`],
  );
  return [event.type, ...changed.map((move) => `${event.type}, ${move}`)];
}

/**
 * The events along the steps. The walk merges folders that are alike, so ids can differ: the first event that
 * leads where the step leads is taken.
 */
function eventsAlong(steps: readonly Step[], settings: typeof defaultSettings): readonly FolderEvent[] {
  let folder = emptyFolder;
  return steps.flatMap(({ within, event, after }) => {
    if (!event) return [];
    const taken = folderEvents(folder, within, true).find(
      (each) =>
        isLegal(folder, each, settings) &&
        each.type === event.type &&
        canonicalKey(reduceFolder(folder, each, settings)) === canonicalKey(after),
    );
    if (!taken) throw new RangeError(`expected an event that leads on as ${event.type} does, received none`);
    folder = reduceFolder(folder, taken, settings);
    return [taken];
  });
}

/**
 * Finds few and short lives of folders that together take every move of both fields by every event, under one
 * reading after another.
 */
export function movePaths(): (reading: Reading) => readonly (readonly FolderEvent[])[] {
  const walks = new Map<boolean, readonly Step[]>();
  return (reading) => {
    const settings = { ...defaultSettings, reading };
    const decides = operatorMayDecide(settings);
    const steps = walks.get(decides) ?? walk(settings);
    walks.set(decides, steps);

    const known = new Map<Folder, readonly string[]>();
    const shown = (folder: Folder) => {
      const fields = known.get(folder) ?? Object.values(project(folder, reading));
      known.set(folder, fields);
      return fields;
    };
    const numbers = new Map<string, number>();
    const places = steps.map((step): Place => {
      const targets = movesIn(step, shown).map((move) => {
        const number = numbers.get(move) ?? numbers.size;
        numbers.set(move, number);
        return number;
      });
      return { targets, next: step.next };
    });
    const starts = [...steps.keys()].filter((at) => !steps[at]!.event);
    return coverTargets({ places, starts }).paths.map((path) =>
      eventsAlong(
        path.map((place) => steps[place]!),
        settings,
      ),
    );
  };
}
