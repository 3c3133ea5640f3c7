import { describe, expect, test } from 'vitest';
import { allReadings, defaultReading, type Reading } from '../../machines/index.ts';
import { checkRecording } from '../../src/matchers/check-recording.ts';
import { findingCodes } from '../../src/conformance/index.ts';
import {
  catalogue,
  codesOfNoHistory,
  createSimulator,
  faults,
  illegalHistories,
  type Simulator,
} from '../../src/simulator/index.ts';
import { playClient } from '../../src/simulator/playing.ts';
import { scriptNamed, type Script } from '../../src/simulator/scenarios/script.ts';
import { isDeep, some } from '../deep.ts';
import { origin, type Loose } from './calling.ts';

const legal = catalogue(isDeep).filter(({ is }) => is !== 'illegal');
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
    for (const { name } of some(6, legal)) {
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
    const readings = allReadings();
    for (const [at, { name }] of some(6, legal).entries()) {
      const { folders } = await judged(name, readings[(at * 37) % readings.length]!, `faults=${fault}/`);
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

/** Opens the plugin, polls its folder until nothing runs, and returns the callbacks as lines. */
async function playPlugin(simulator: Simulator, base: string): Promise<string> {
  const ask = async (method: string, path: string, body?: object) => {
    const sent = body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    return simulator.fetch(new Request(`${base}${path}`, { method, ...sent }));
  };
  const analyses = [{ type: 'quality' }, { type: 'biometry' }];
  const opened = await ask('POST', '/simulator/plugin', { analyses, result_mode: 'folder' });
  const { folder_id: id }: Loose = await opened.json();
  for (let poll = 0; poll < 4; poll++) await ask('GET', `/api/folders/${id}?with_analyses=true`);
  return (await ask('GET', '/simulator/callbacks?format=ndjson')).text();
}

describe('an illegal history', () => {
  test('or a reason is there for every code of a finding', () => {
    const codes = [...Object.keys(illegalHistories), ...Object.keys(codesOfNoHistory)];
    expect(codes.toSorted()).toEqual(Object.keys(findingCodes).toSorted());
  });

  test('whose callbacks lie is none where they do not', async () => {
    const simulator = createSimulator();
    const base = `${origin}/post-liveness-face.1-declined.2-success`;
    const callbacks = await playPlugin(simulator, base);
    const { folders } = await checkRecording(`${simulator.recording(base)}${callbacks}`);
    expect(folders.map(({ verdict, hazards }) => [verdict, hazards])).toEqual([
      ['conforms', []],
      ['conforms', []],
    ]);
  });

  test.each(Object.entries(illegalHistories))('gives its code: %s', async (code, history) => {
    const { path } = history;
    const simulator = createSimulator();
    const base = `${origin}/illegal=${code}`;
    let callbacks = '';
    if ('lyingCallbacks' in history) callbacks = await playPlugin(simulator, base);
    else await playClient(simulator.fetch, base, path === '' ? [] : scriptOf(path).execution);
    const judgedWith: { readonly operatorRequired?: 'never' } =
      'judgedWith' in history ? history.judgedWith : {};
    const { folders, unreadable } = (await checkRecording(
      `${simulator.recording(base)}${callbacks}`,
      judgedWith,
    )) as Loose;
    const codes = [
      ...unreadable,
      ...folders.flatMap((folder: Loose) => [...folder.findings, ...folder.hazards]),
    ].map((found: Loose) => found.code);
    expect(codes).toContain(code);
  });
});
