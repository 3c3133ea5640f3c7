import { describe, expect, test } from 'vitest';
import { normalizeReading, type Reading } from '../../machines/index.ts';
import { readingClasses } from '../../src/explore/index.ts';
import { defaultPlan } from '../readings/default-plan.ts';
import { checkRecording } from '../../src/matchers/check-recording.ts';
import { createSimulator } from '../../src/simulator/index.ts';
import { manualPart, runPlan, simulatorHands } from '../../src/simulator/run-plan.ts';
import { some } from '../deep.ts';
import { origin } from './calling.ts';

const plan = defaultPlan();
const { classes } = readingClasses();
const base = `${origin}${manualPart}`;

const run = async (
  reading: Reading,
  shown: (response: Response) => Promise<Response> = async (one) => one,
) => {
  const { fetch } = createSimulator({ reading });
  const seen = async (request: Request) => shown(await fetch(request));
  return runPlan(plan, base, seen, (recorded) => simulatorHands(base, fetch, recorded));
};

describe('the plan against a simulator under a hidden reading', () => {
  test.each(
    some(
      8,
      classes.map((alike) => alike[0]!),
    ),
  )('finds the class of it: %o', async (hidden) => {
    const { readings, recording, surprise } = await run(hidden);
    expect(surprise).toBeNull();
    const own = classes.find((alike) => alike.some((one) => JSON.stringify(one) === JSON.stringify(hidden)))!;
    const text = (all: readonly Reading[]) =>
      all.map((one) => JSON.stringify(normalizeReading(one))).toSorted();
    expect(text(readings)).toEqual(text(own));
    const { folders } = await checkRecording(recording, { readings: [hidden] });
    expect(folders.filter(({ verdict }) => verdict === 'violates')).toEqual([]);
    expect(folders.length).toBeGreaterThan(0);
  });

  test('says what it saw where no reading gives it', async () => {
    const wrong = async (response: Response) => {
      const text = await response.text();
      return new Response(
        text.replaceAll(/"system_resolution":"(?:SUCCESS|DECLINED)"/g, '"system_resolution":"INITIAL"'),
        response,
      );
    };
    const { readings, surprise } = await run(classes[0]![0]!, wrong);
    expect(readings).toEqual([]);
    expect(surprise).toMatch(/received \w+\/INITIAL$/);
  });
});
