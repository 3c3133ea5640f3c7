import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSimulatorServer, type SimulatorServer } from '../../../src/cli/simulate/server.ts';
import { createSimulator } from '../../../src/simulator/index.ts';
import {
  clientCommands,
  expectConforming,
  KeptTraffic,
  modelTests,
} from '../../../src/simulator/model-tests.ts';
import { isDeep, runs, some } from '../../deep.ts';
import { runHere } from '../fake-terminal.ts';

const hidden = { 'result-scope': 'all-analyses', 'status-precedence': 'failed-first' } as const;
const ask = (request: Request): Promise<Response> => fetch(request);

let server: SimulatorServer;
beforeAll(async () => {
  const simulator = createSimulator({ reading: hidden });
  server = await startSimulatorServer({ simulator, host: '127.0.0.1', port: 0 });
});
afterAll(() => server.close());

test('the plan finds the answers by which a server goes', async () => {
  const { stdout, code } = await runHere(['readings', 'plan', '--run', server.url]);
  expect(code).toBe(0);
  const lines = stdout.split('\n');
  expect(lines).toContain('result-scope: all-analyses');
  expect(lines).toContain('status-precedence: failed-first');
  expect(lines).toContain('failed-beside-declined: failed');
});

test('paths of the specification run against a server', async () => {
  const tests = modelTests(ask, {
    baseUrlOf: (name) => `${server.url}/s/model/${name}`,
    settings: hidden,
    generated: isDeep,
  });
  const chosen = some(3, tests);
  expect(chosen.length).toBeGreaterThan(0);
  for (const { run } of chosen) await run();
});

test('answers to several clients at once are explained by some order', async () => {
  let walks = 0;
  const number = fc.nat({ max: 3 });
  const commands = [
    fc.constant(clientCommands.create('quality', 'biometry')),
    number.map((folder) => clientCommands.post(folder, 'documents')),
    fc
      .tuple(number, fc.integer({ min: 1, max: 4 }))
      .map(([folder, clients]) => clientCommands.poll(folder, clients)),
  ];
  await fc.assert(
    fc.asyncProperty(fc.commands(commands, { maxCommands: 12 }), async (walk) => {
      const traffic = new KeptTraffic(ask);
      const real = { traffic, baseUrl: `${server.url}/s/walk-${(walks += 1)}`, ids: [] };
      await fc.asyncModelRun(() => ({ model: { folders: 0 }, real }), walk);
      if (real.ids.length > 0) await expectConforming(traffic.recording, hidden);
    }),
    runs(12, 200),
  );
  expect(walks).toBeGreaterThan(10);
});
