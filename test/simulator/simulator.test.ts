import { expect, test } from 'vitest';
import { createSimulator, type SimulatorOptions, type Snapshot } from '../../src/simulator/index.ts';
import { calling, created, origin } from './calling.ts';

test('is asked as a fetch is: with an address, or with a request', async () => {
  const { fetch } = createSimulator();
  const url = `${origin}/s/x/api/folders/`;
  const statuses = [
    await fetch(url, { method: 'POST' }),
    await fetch(new URL(url)),
    await fetch(new Request(url)),
    await fetch(new Request(url), { method: 'POST' }),
  ].map(({ status }) => status);
  expect(statuses).toEqual([201, 200, 200, 201]);
  await expect(fetch('/api/folders/')).rejects.toThrow(TypeError);
});

test('is not asked by a request whose signal has aborted', async () => {
  const simulator = createSimulator();
  const signal = AbortSignal.abort(new Error('given up'));
  const asked = simulator.fetch(`${origin}/s/x/api/folders/`, { method: 'POST', signal });
  await expect(asked).rejects.toThrow('given up');
  expect(simulator.snapshot()).toEqual({ sessions: [] });
});

test.each<readonly [unknown, string]>([
  [null, 'snapshot: expected an object with a list of sessions, received null'],
  [{}, 'snapshot: expected an object with a list of sessions'],
  [{ sessions: [null] }, 'snapshot, session 0: expected a key and a list of entries'],
  [{ sessions: [{ key: '/nothing', entries: [] }] }, 'snapshot, session /nothing: '],
  [
    { sessions: [{ key: '', entries: [{ is: 'what', at: 0 }] }] },
    'entry 0: expected an entry (folder, media',
  ],
  [{ sessions: [{ key: '', entries: [{ is: 'time' }] }] }, 'entry 0: at: expected a number'],
  [
    { sessions: [{ key: '', entries: [{ is: 'group', at: 0, folder: 'f', id: 'g', analyses: null }] }] },
    'entry 0: analyses: expected another value',
  ],
])('refuses a snapshot that is none, and stays as it was: %o', async (snapshot, message) => {
  const call = calling('/s/x');
  await created(call, 'quality');
  const before = call.simulator.snapshot();
  const restore = (): void => call.simulator.restore(snapshot as Snapshot);
  expect(restore).toThrow(TypeError);
  expect(restore).toThrow(message);
  expect(call.simulator.snapshot()).toEqual(before);
});

test.each<readonly [object | null, string]>([
  [null, 'options: expected an object, received null'],
  [{ now: 5 }, 'now: expected a function, received 5'],
  [{ seed: {} }, 'seed: expected a text or a number, received a value of type object'],
  [{ limits: null }, 'limits: expected an object, received null'],
  [{ limits: { sessions: -1 } }, 'limits.sessions: expected a number from 0, received -1'],
  [{ limits: { body: NaN } }, 'limits.body: expected a number from 0, received NaN'],
  [{ raeding: {} }, 'raeding: expected reading, operatorRequired, seed'],
  [{ readings: [] }, 'did you mean reading?'],
  [{ limits: { session: 1 } }, 'did you mean sessions?'],
  [{ reading: { 'result-scope': 'all-analysis' } }, 'did you mean all-analyses?'],
])('refuses options that are misspelt: %o', (options, message) => {
  expect(() => createSimulator(options as SimulatorOptions)).toThrow(message);
});
