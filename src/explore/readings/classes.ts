import {
  allReadings,
  defaultReading,
  isLegal,
  project,
  type Reading,
  type Settings,
} from '../../../machines/index.ts';
import { explore } from '../walk/explore.ts';
import { folderSystem } from '../walk/folder-system.ts';
import { readingBounds, type ReadingBounds } from './distinguish.ts';

/** All readings, those together that no observation within the bounds tells apart. */
export interface ReadingClasses {
  readonly bounds: ReadingBounds;
  /** How many folders were looked at, in canonical form, and whether these were all within the bounds. */
  readonly states: number;
  readonly complete: boolean;
  /** In the order of the register, as are the readings of each class. */
  readonly classes: readonly (readonly Reading[])[];
}

/**
 * The classes of readings that are equal to an observer who polls after every event, sees every analysis,
 * and knows the groups because it posted them.
 *
 * Such an observer knows the folder at every moment, the order of settling included: so readings are equal
 * to it exactly if the same events can happen under both and both fields are equal in every folder. Whoever
 * sees less can tell at most as many readings apart.
 */
export function readingClasses(bounds: ReadingBounds = readingBounds): ReadingClasses {
  const { operatorRequired = 'allowed', maxStates = 100_000 } = bounds;
  const settingsFor = (reading: Reading): Settings => ({ reading, operatorRequired });
  // Everything that can happen under any reading; a decision only leads where a result leads as well.
  const settings = settingsFor({ ...defaultReading, 'operator-decision': 'allowed' });
  const walk = explore(folderSystem({ ...bounds, settings, canonical: true }), { maxStates });

  const canHappen = oncePer(
    (reading) => reading['operator-decision'],
    (reading) =>
      walk.edges.map(({ from, event }) => isLegal(walk.states[from]!, event, settingsFor(reading))).join(),
  );
  const shows = oncePer(
    (reading) => JSON.stringify({ ...reading, 'operator-decision': undefined }),
    (reading) => walk.states.map((folder) => Object.values(project(folder, reading)).join()).join(';'),
  );
  const classes = new Map<string, Reading[]>();
  for (const reading of allReadings()) {
    const key = `${canHappen(reading)} ${shows(reading)}`;
    const alike = classes.get(key);
    if (alike) alike.push(reading);
    else classes.set(key, [reading]);
  }
  return { bounds, states: walk.states.length, complete: walk.complete, classes: [...classes.values()] };
}

/**
 * A number for what `describe` says of a reading, equal for equal texts; asked once per `aspect` of a
 * reading.
 */
function oncePer(aspect: (reading: Reading) => string, describe: (reading: Reading) => string) {
  const numbers = new Map<string, number>();
  const known = new Map<string, number>();
  return (reading: Reading): number => {
    const key = aspect(reading);
    const number = known.get(key);
    if (number !== undefined) return number;
    const text = describe(reading);
    const fresh = numbers.get(text) ?? numbers.size;
    numbers.set(text, fresh);
    known.set(key, fresh);
    return fresh;
  };
}
