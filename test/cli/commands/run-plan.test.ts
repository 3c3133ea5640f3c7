import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createSimulator } from '../../../src/simulator/index.ts';
import { directoryWith, runHere } from '../fake-terminal.ts';

/** The service that a plan asks; nothing leaves the process. */
const serve = (answer: (url: URL) => Response | Promise<Response>): void =>
  void vi.stubGlobal('fetch', async (request: Request) => answer(new URL(request.url)));
const asJson = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
afterEach(() => void vi.unstubAllGlobals());

/** An installation, which is no simulator, with a folder that shows these fields in turn, the last one on. */
function installation(...shown: readonly (readonly [status: string, system: string])[]): void {
  let looks = 0;
  serve(({ pathname }) => {
    if (!pathname.startsWith('/api/folders/')) return asJson({ error_code: 10 }, 404);
    const [resolution_status, system_resolution] = shown[Math.min(looks++, shown.length - 1)]!;
    return asJson({ folder_id: 'f-1', resolution_status, system_resolution, analyses: [] });
  });
}

const plan = ['readings', 'plan', '--run', 'https://oz.test', '--recording', 'seen.ndjson'];

/** Runs the plan with a person who types these lines: what it says, how it ends, and the lines of its recording. */
async function runPlan(typed: string, around: NonNullable<Parameters<typeof runHere>[1]> = {}) {
  const cwd = directoryWith({});
  const { code, stdout, stderr } = await runHere(plan, { ...around, cwd, stdin: typed });
  const file = join(cwd, 'seen.ndjson');
  const recorded = existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 1 : undefined;
  return { code, stdout, said: stderr.split('\n').at(-2), recorded };
}

describe('a plan that cannot go on', () => {
  test('keeps what it has seen when standard input ends', async () => {
    installation(['PROCESSING', 'PROCESSING']);
    const { code, stdout, said, recorded } = await runPlan('f-1\na\nb\n\n');
    expect([code, said]).toEqual([3, '> oz-status: the plan has not ended: standard input ended before it']);
    expect(stdout).toMatch(/^\d+ experiments\nthe recording alone leaves \d+ readings\n$/);
    expect(recorded).toBeGreaterThan(0);
  });

  test('keeps what it has seen when it is interrupted', async () => {
    installation(['PROCESSING', 'PROCESSING']);
    const interruption = { signal: 'SIGINT', at: 'start' } as const;
    expect(await runPlan('f-1\n', { interruption })).toMatchObject({
      code: 130,
      said: expect.stringContaining('the plan has not ended: it was interrupted (SIGINT)') as string,
      recorded: 0,
    });
  });

  test.each([
    ['a service that wants a token', () => asJson({ error_code: 6 }, 401), 'status 401 with something else'],
    ['a page', () => new Response('<html>'), 'status 200 with something else'],
    ['a folder without its fields', () => asJson({ folder_id: 'f-1' }), 'status 200 with something else'],
    ['nobody', () => Promise.reject(new TypeError('fetch failed')), 'no answer'],
  ])('draws no conclusion from %s', async (_what, answer, received) => {
    serve(answer);
    const { code, stdout, said } = await runPlan('f-1\na\nb\n\n');
    expect(code).toBe(3);
    expect(said).toMatch(/https:\/\/oz\.test\/api\/folders\/f-1\?with_analyses=true: expected a folder with/);
    expect(said).toContain(`received ${received}`);
    expect(stdout).not.toContain('no reading is left');
  });

  test('says so of a simulator that goes away', async () => {
    const simulator = createSimulator();
    let asked = 0;
    vi.stubGlobal('fetch', (request: Request) => {
      asked += 1;
      return asked > 6 ? Promise.reject(new TypeError('fetch failed')) : simulator.fetch(request);
    });
    expect(await runPlan('')).toMatchObject({
      code: 3,
      said: expect.stringContaining('the plan has not ended: https://oz.test/clock=manual/api/') as string,
    });
  });
});

test('a folder that shows what no reading gives ends the plan, with a conclusion', async () => {
  installation(['FINISHED', 'INITIAL']);
  const { code, stdout } = await runPlan('f-1\na\nb\n\n');
  expect(code).toBe(1);
  expect(stdout).toContain('no reading gives what was seen');
  expect(stdout).toContain('received FINISHED/INITIAL');
});

test('a recording that cannot be written is told before anything is asked', async () => {
  serve(() => expect.unreachable('something was asked'));
  const cwd = directoryWith({ file: '' });
  const args = ['readings', 'plan', '--run', 'https://oz.test', '--recording'];
  expect(await runHere([...args, 'missing/seen.ndjson'], { cwd })).toEqual({
    code: 2,
    stdout: '',
    stderr:
      'oz-status: missing/seen.ndjson: the recording cannot be written: there is no such file or directory\n',
  });
  expect((await runHere([...args, '.'], { cwd })).stderr).toContain('it is a directory');
});

test.each([
  [['plan', '--token', 'secret'], '--token: expected with --run, received without it'],
  [['plan', '--recording', 'x'], '--recording: expected with --run, received without it'],
  [['--recording', 'x'], '--recording: only plan runs its experiments'],
  [['infer', '--run', 'https://oz.test', 'x'], '--run: only plan runs its experiments'],
  [['plan', '--run', 'https://oz.test', '--format', 'json'], '--format: has no meaning with --run'],
])('an option without a meaning is refused: readings %j', async (args, problem) => {
  const { code, stdout, stderr } = await runHere(['readings', ...args]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(`oz-status: ${problem}`);
});
