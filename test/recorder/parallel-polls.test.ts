import { describe, expect, test } from 'vitest';
import { defaultSettings } from '../../machines/readings.ts';
import { createChecker } from '../../src/conformance/index.ts';
import { recordFetch } from '../../src/recorder/index.ts';
import { readLines } from '../recordings/reading.ts';

const shown = (resolution: string) =>
  Response.json([
    {
      analyse_id: 'a',
      folder_id: 'f',
      type: 'QUALITY',
      state: resolution === 'PROCESSING' ? resolution : 'FINISHED',
      resolution_status: resolution,
    },
  ]);

/** A recorded client whose requests are answered when the test wants it, on a clock that the test moves. */
function recordedClient() {
  const lines: string[] = [];
  const waiting: ((answer: Response) => void)[] = [];
  let clock = 0;
  const fetching = recordFetch(
    (_url: string) => new Promise<Response>((resolve) => void waiting.push(resolve)),
    (line) => lines.push(line),
    { now: () => clock },
  );
  return {
    at: (time: number) => void (clock = time),
    ask: () => fetching('/api/folders/f/analyses/'),
    async answer(number: number, resolution: string) {
      waiting[number]!(shown(resolution));
      // One answer is recorded before the next one comes.
      await new Promise((goOn) => setImmediate(goOn));
      await fetching.settled();
    },
    /** What a check says of the lines, in the order in which they were written. */
    codes() {
      const { observations, findings } = readLines(lines.map((line) => line.trimEnd()));
      const checker = createChecker({ settings: defaultSettings });
      for (const observation of observations) checker.observe(observation);
      const found = checker.finish().flatMap((folder) => folder.findings);
      return { observations: observations.length, codes: [...findings, ...found].map(({ code }) => code) };
    },
  };
}

describe('two polls of one folder whose answers arrive in the other order', () => {
  test('violate nothing where they overlap', async () => {
    const client = recordedClient();
    client.at(1);
    const first = client.ask();
    client.at(2);
    const second = client.ask();
    client.at(3);
    await client.answer(1, 'DECLINED');
    client.at(4);
    await client.answer(0, 'PROCESSING');
    await Promise.all([first, second]);
    expect(client.codes()).toEqual({ observations: 2, codes: [] });
  });

  test('violate where the second was sent when the first had been answered [ANALYSIS-FINAL]', async () => {
    const client = recordedClient();
    client.at(1);
    const first = client.ask();
    await client.answer(0, 'DECLINED');
    client.at(2);
    const second = client.ask();
    await client.answer(1, 'PROCESSING');
    await Promise.all([first, second]);
    expect(client.codes()).toEqual({ observations: 2, codes: ['SETTLED_ANALYSIS_CHANGED'] });
  });

  test('violate where both of the overlapping answers contradict one from before [ANALYSIS-FINAL]', async () => {
    const client = recordedClient();
    client.at(1);
    const before = client.ask();
    await client.answer(0, 'SUCCESS');
    client.at(2);
    const polls = [client.ask(), client.ask()];
    client.at(3);
    await client.answer(2, 'DECLINED');
    await client.answer(1, 'DECLINED');
    await Promise.all([before, ...polls]);
    expect(client.codes()).toEqual({ observations: 3, codes: ['SETTLED_ANALYSIS_CHANGED'] });
  });
});
