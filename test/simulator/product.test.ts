import { describe, expect, test } from 'vitest';
import { allReadings, defaultSettings, type Reading } from '../../machines/index.ts';
import { createChecker, type Observation } from '../../src/conformance/index.ts';
import { readRecordingText } from '../../src/recordings/index.ts';
import { catalogue, createSimulator, faults } from '../../src/simulator/index.ts';
import { playClient } from '../../src/simulator/playing.ts';
import { scriptNamed, type Script } from '../../src/simulator/scenarios/script.ts';
import { isDeep, some } from '../deep.ts';
import { origin } from './calling.ts';

/**
 * Every scenario under every reading with every fault of the way. Readings under which a scenario gives the same answers
 * are one class, which is played once with a fault that does nothing to the folder, as the client then sees the same
 * states. Where an answer is lost, a client posts again what was posted: then each reading is played by itself. What was
 * recorded is judged under every reading.
 */

const legal = catalogue(isDeep).filter(({ is }) => is !== 'illegal');
const onTheWay = [
  ...Object.entries(faults).flatMap(([name, { on }]) => (on === 'transport' ? [name] : [])),
  'transport',
];
const losing: ReadonlySet<string> = new Set(['truncated', 'reset', 'transport']);
const readings = some(72, allReadings());

async function recorded({ name, execution }: Script, reading: Reading, fault?: string): Promise<string> {
  const simulator = createSimulator({ reading });
  const base = `${origin}/${fault === undefined ? '' : `faults=${fault}/`}${name}`;
  await playClient(simulator.fetch, base, execution);
  return simulator.recording(base);
}

/** The classes of readings under which the scenario gives the same answers, by these. */
async function classesOf(script: Script, fault?: string): Promise<ReadonlyMap<string, readonly Reading[]>> {
  const classes = new Map<string, Reading[]>();
  for (const reading of readings) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other takes no memory
    const answers = await recorded(script, reading, fault);
    classes.set(answers, [...(classes.get(answers) ?? []), reading]);
  }
  return classes;
}

/** The same with a fault, where it is known how the scenario goes without one. */
async function classesWith(
  fault: string,
  script: Script,
  plain: ReadonlyMap<string, readonly Reading[]>,
): Promise<ReadonlyMap<string, readonly Reading[]>> {
  if (losing.has(fault)) return classesOf(script, fault);
  const classes = new Map<string, readonly Reading[]>();
  for (const alike of plain.values()) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other takes no memory
    const [first, last] = [
      await recorded(script, alike[0]!, fault),
      await recorded(script, alike.at(-1)!, fault),
    ];
    expect(last).toBe(first);
    classes.set(first, alike);
  }
  return classes;
}

function observationsIn(recording: string): readonly Observation[] {
  const pieces = [...readRecordingText(recording, { file: 'recording' })];
  expect(
    pieces.filter((piece) => piece.type === 'finding' && piece.finding.severity === 'unreadable'),
  ).toEqual([]);
  return pieces.flatMap((piece) => (piece.type === 'observation' ? [piece.observation] : []));
}

/** What was recorded, by the reading under which it was played and the answers that its scenario sets. */
class Recorded {
  readonly #by = new Map<string, (readonly Observation[])[]>();
  #last: readonly [string, readonly Observation[]] = ['', []];

  add(recording: string, reading: Reading, { answers }: Script): void {
    if (this.#last[0] !== recording) this.#last = [recording, observationsIn(recording)];
    const key = JSON.stringify([reading, answers]);
    const under = this.#by.get(key) ?? [];
    under.push(this.#last[1]);
    this.#by.set(key, under);
  }

  /** By reading the ids of folders that do not conform, and how many were judged. */
  *judged(): Generator<{
    readonly reading: string;
    readonly wrong: readonly string[];
    readonly folders: number;
  }> {
    for (const [key, recordings] of this.#by) {
      const [reading, answers] = JSON.parse(key) as [Reading, Partial<Reading>];
      const settings = { ...defaultSettings, reading: { ...reading, ...answers } };
      const checker = createChecker({ settings, proposesReadings: false });
      for (const observation of recordings.flat()) checker.observe(observation);
      const folders = checker.finish();
      const wrong = folders
        .filter(({ verdict }) => verdict !== 'conforms')
        .map(({ folderId }) => String(folderId));
      yield { reading: key, wrong, folders: folders.length };
    }
  }
}

describe('every scenario', () => {
  const few = some(
    1,
    legal.map(({ name }) => name),
  );
  const tried = isDeep ? onTheWay : ['rate-limit', 'reset'];
  const all = new Recorded();
  let cases = 0;

  test.each(few)('is played under every reading with every fault of the way: %s', async (name) => {
    const script = scriptNamed(name) as Script;
    const plain = await classesOf(script);
    for (const fault of [undefined, ...tried]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other takes no memory
      const classes = fault === undefined ? plain : await classesWith(fault, script, plain);
      expect([...classes.values()].flat()).toHaveLength(readings.length);
      for (const [recording, alike] of classes) {
        cases += alike.length;
        for (const reading of alike) all.add(recording, reading, script);
      }
    }
  });

  test('conforms under the reading by which it was played', () => {
    expect(cases).toBe(few.length * (1 + tried.length) * readings.length);
    let folders = 0;
    for (const { reading, wrong, folders: here } of all.judged()) {
      expect(wrong, reading).toEqual([]);
      folders += here;
    }
    // A client that has lost the answer creates another folder.
    expect(folders).toBeGreaterThanOrEqual(cases);
  });
});
