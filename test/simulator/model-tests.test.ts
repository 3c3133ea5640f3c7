import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSimulator } from '../../src/simulator/index.ts';
import {
  clientCommands,
  expectConforming,
  KeptTraffic,
  modelTests,
} from '../../src/simulator/model-tests.ts';
import { isDeep, some, runs } from '../deep.ts';
import { origin } from './calling.ts';

const kinds = fc.array(fc.constantFrom('quality', 'biometry', 'documents'), { minLength: 1, maxLength: 3 });

const commands = fc.commands(
  [
    fc
      .array(fc.constantFrom('quality', 'biometry'), { maxLength: 2 })
      .map((list) => clientCommands.create(...list)),
    fc.tuple(fc.nat(3), kinds).map(([folder, list]) => clientCommands.post(folder, ...list)),
    fc
      .tuple(fc.nat(3), fc.integer({ min: 1, max: 3 }))
      .map(([folder, clients]) => clientCommands.poll(folder, clients)),
  ],
  { maxCommands: 25 },
);

/** Lets clients do what the commands say, under a service, and checks what they saw. */
const walked = (base: string) =>
  fc.asyncProperty(commands, async (cmds) => {
    const traffic = new KeptTraffic(createSimulator().fetch);
    await fc.asyncModelRun(
      () => ({ model: { folders: 0 }, real: { traffic, baseUrl: base, ids: [] } }),
      cmds,
    );
    if (traffic.recording !== '') await expectConforming(traffic.recording);
  });

describe('tests of the model over HTTP', () => {
  const tests = modelTests(createSimulator().fetch);

  test.each(some(8, tests))('find nothing in the simulator: $name', async ({ run }) => {
    await run();
    expect(tests.length).toBeGreaterThan(40);
  });

  test('find a service that breaks the specification', async () => {
    const broken = createSimulator();
    const found = await Promise.allSettled(
      some(
        10,
        modelTests(broken.fetch, {
          baseUrlOf: (name) => `${origin}/${name}/illegal=SYSTEM_RESOLUTION_IMPOSSIBLE`,
        }),
      ).map(({ run }) => run()),
    );
    expect(found.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0);
  });
});

describe('random clients, several at once', () => {
  test.each([
    '',
    '/clock=instant',
    '/clock=step',
    '/faults=rate-limit,server-error,latency',
    '/groups=shown',
  ])('see what some order explains: %s', async (path) => {
    await expect(fc.assert(walked(`${origin}${path}`), runs(15, 1000))).resolves.toBeUndefined();
  });

  test('find a service that is wrong, and show the shortest way to it', async () => {
    const details = await fc.check(walked(`${origin}/illegal=SYSTEM_RESOLUTION_IMPOSSIBLE`), {
      numRuns: 300,
      seed: 7,
    });
    expect(details.failed).toBe(true);
    expect(fc.stringify(details.counterexample)).toMatch(/^\[create\([a-z,]*\),poll\(\d+, \d\)/);
    expect(isDeep || details.numShrinks > 0).toBe(true);
  });
});
