import { describe, expect, test } from 'vitest';
import { allReadings, defaultReading, type Reading } from '../../machines/index.ts';
import { checkRecording } from '../../src/matchers/check-recording.ts';
import { catalogue, createSimulator, faults, illegalHistories } from '../../src/simulator/index.ts';
import { playClient } from '../../src/simulator/playing.ts';
import { scriptNamed, type Script } from '../../src/simulator/scenarios/script.ts';
import { isDeep, some } from '../deep.ts';
import { origin, type Loose } from './calling.ts';

const legal = catalogue(true).filter(({ is }) => is !== 'illegal');
const scriptOf = (name: string) => scriptNamed(name) as Script;

/** The reading with the answers without which the scenario cannot happen. */
const readingFor = (script: Script, reading: Reading): Reading => ({ ...reading, ...script.answers });

/** Plays a scenario against a simulator under a reading and checks the recording of it. */
async function judged(
  name: string,
  reading: Reading,
  settings = '',
  options: { readonly format?: 'ndjson' | 'har'; readonly operatorRequired?: 'never' } = {},
) {
  const { execution } = scriptOf(name);
  const simulator = createSimulator({ reading });
  const base = `${origin}/${settings}${name}`;
  await playClient(simulator.fetch, base, execution);
  const recording = simulator.recording(base, options.format);
  return checkRecording(recording, {
    readings: [readingFor(scriptOf(name), reading)],
    ...(options.operatorRequired ? { operatorRequired: options.operatorRequired } : {}),
  });
}

describe('what the simulator answers', () => {
  test.each(
    some(
      40,
      legal.map(({ name }) => name),
    ),
  )('conforms under the default reading: %s', async (name) => {
    const { folders, summary } = await judged(name, defaultReading);
    expect(
      folders.map(({ verdict }) => verdict),
      name,
    ).toEqual(['conforms']);
    expect(summary.unreadable ?? 0).toBe(0);
  });

  test('conforms under every reading to that reading [FOLDER-RESULT]', async () => {
    const cases = some(30, allReadings()).flatMap((reading, at) =>
      (isDeep ? legal : legal.filter((_, index) => index % legal.length === (at * 7) % legal.length)).map(
        ({ name }) => ({ name, reading }),
      ),
    );
    expect(cases.length).toBeGreaterThanOrEqual(30);
    for (const { name, reading } of cases) {
      const { folders } = await judged(name, reading);
      expect(
        folders.map(({ verdict }) => verdict),
        `${name} ${JSON.stringify(reading)}`,
      ).toEqual(['conforms']);
    }
  });

  test('says in a HAR what it says in lines', async () => {
    for (const { name } of some(10, legal)) {
      const [har, lines] = [
        await judged(name, defaultReading, '', { format: 'har' }),
        await judged(name, defaultReading),
      ];
      expect(har.folders[0]!.verdict, name).toBe('conforms');
      expect(har.summary).toEqual(lines.summary);
    }
  });
});

describe('faults of the way', () => {
  const onTheWay = Object.entries(faults)
    .filter(([, { on }]) => on === 'transport')
    .map(([name]) => name);

  test.each([...onTheWay, 'transport'])('%s changes no verdict', async (fault) => {
    for (const { name } of some(8, legal)) {
      const { folders } = await judged(name, defaultReading, `faults=${fault}/`);
      for (const { verdict } of folders) expect(verdict, name).toBe('conforms');
      expect(folders.length, name).toBeGreaterThan(0);
    }
  });

  test('stale answers are found, and the hint says what they look like', async () => {
    const results = [];
    for (const seed of ['1', '2', '3', '4', '5', '6'])
      results.push(await judged('finished-is-no-pass', defaultReading, `seed=${seed}/faults=stale/`));
    const found = results.flatMap(({ folders }) => folders.flatMap(({ findings }) => findings));
    expect(found.length).toBeGreaterThan(0);
    expect(found.some(({ hint }) => /late|replica|cache/.test(hint ?? ''))).toBe(true);
  });
});

describe('an illegal history', () => {
  test.each(Object.entries(illegalHistories))('gives its code: %s', async (code, history) => {
    const { path } = history;
    const simulator = createSimulator();
    const base = `${origin}/illegal=${code}`;
    await playClient(simulator.fetch, base, scriptOf(path).execution);
    const judgedWith: { readonly operatorRequired?: 'never' } =
      'judgedWith' in history ? history.judgedWith : {};
    const { folders, unreadable } = (await checkRecording(simulator.recording(base), judgedWith)) as Loose;
    const codes = [
      ...unreadable,
      ...folders.flatMap((folder: Loose) => [...folder.findings, ...folder.hazards]),
    ].map((found: Loose) => found.code);
    expect(codes).toContain(code);
  });
});
