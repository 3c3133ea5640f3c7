import { describe, expect, test } from 'vitest';
import * as fc from 'fast-check';
import { createSimulator, usualLimits } from '../../src/simulator/index.ts';
import { calling, created, origin, shown } from './calling.ts';

describe('a session', () => {
  test('is a base URL: what happens in one is not seen in another', async () => {
    const one = calling('/s/one');
    const other = calling('/s/other', one.simulator);
    const id = await created(one, 'quality');
    expect((await one('GET', `/api/folders/${id}`)).status).toBe(200);
    expect((await other('GET', `/api/folders/${id}`)).status).toBe(404);
    expect((await other('GET', '/api/folders/')).body.items).toEqual([]);
  });

  test('is what its log says: a snapshot restored answers the same [GROUP-IS-ONE-POST]', async () => {
    const call = calling('/two-steps');
    const id = await created(call, 'quality');
    const saved = structuredClone(call.simulator.snapshot());
    const twin = calling('/two-steps');
    twin.simulator.restore(saved);
    for (let at = 0; at < 3; at++) {
      const [here, there] = [
        await call('GET', `/api/folders/${id}`),
        await twin('GET', `/api/folders/${id}`),
      ];
      expect(there.text).toBe(here.text);
    }
    expect(twin.simulator.snapshot()).toEqual(call.simulator.snapshot());
    expect(call.simulator.snapshot()).not.toEqual(saved);
  });

  test('gives equal ids for equal seeds, others for others', async () => {
    const ids = await Promise.all(['1', '1', '2'].map((seed) => created(calling('', { seed }), 'quality')));
    expect(ids[0]).toBe(ids[1]);
    expect(ids[0]).not.toBe(ids[2]);
    expect(ids[0]).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  });

  test('holds no more than its limits, says which one, and is forgotten on request', async () => {
    const limits = { folders: 2, sessions: 2 };
    const call = calling('/s/full', { limits });
    await created(call);
    await created(call);
    const refused = await call('POST', '/api/folders/', {});
    expect([refused.status, refused.body.error_message]).toEqual([
      507,
      'expected at most 2 folders, received 3',
    ]);
    await calling('/s/second', call.simulator)('GET', '/api/folders/');
    const third = calling('/s/third', call.simulator);
    expect((await third('GET', '/api/folders/')).status).toBe(507);
    expect((await call('DELETE', '/simulator')).status).toBe(204);
    expect((await third('GET', '/api/folders/')).status).toBe(200);
    expect((await call('GET', '/api/folders/')).status).toBe(507);
  });

  test('keeps the newest of its traffic only', async () => {
    const call = calling('', { limits: { traffic: 3000 } });
    const id = await created(call, 'quality');
    for (let at = 0; at < 50; at++) await call('GET', `/api/folders/${id}`);
    expect(call.simulator.recording(call.base).length).toBeLessThan(5000);
    expect((await call('GET', '/simulator')).body.recordingDropped).toBeGreaterThan(30);
    expect(usualLimits.traffic).toBeGreaterThan(3000);
  });
});

describe('a clock', () => {
  const settledAfter = async (path: string, act: (call: ReturnType<typeof calling>) => Promise<unknown>) => {
    let now = 0;
    const call = calling(path, { now: () => now });
    const id = await created(call, 'quality', 'biometry');
    await act(Object.assign(call, { wait: (time: number) => void (now += time) }));
    return (await shown(call, id)).join('/');
  };

  test('that goes by polls lets one thing happen after each', async () => {
    const call = calling('/post-face-face.1-success.2-declined');
    const id = await created(call, 'biometry', 'biometry');
    const seen = [];
    for (let at = 0; at < 4; at++) seen.push((await shown(call, id)).join('/'));
    const running = 'PROCESSING/PROCESSING';
    expect(seen).toEqual([running, running, 'FINISHED/DECLINED', 'FINISHED/DECLINED']);
  });

  test('that is instant has ended all by the next request', async () => {
    expect(await settledAfter('/clock=instant', async () => undefined)).toBe('FINISHED/SUCCESS');
  });

  test('that steps moves by request alone, and answers when all that is due has happened', async () => {
    const call = calling('/clock=step/pace=100');
    const id = await created(call, 'quality', 'biometry');
    expect(await shown(call, id)).toEqual(['PROCESSING', 'PROCESSING']);
    expect((await call('POST', '/simulator/advance', { milliseconds: 150 })).body).toEqual({
      now: 150,
      happened: 1,
    });
    expect((await call('POST', '/simulator/advance', { milliseconds: 50 })).body.happened).toBe(1);
    expect(await shown(call, id)).toEqual(['FINISHED', 'SUCCESS']);
  });

  test.each(['-1', '0.5', '"1"', 'null', '1e99'])('does not move by %s', async (text) => {
    const { status } = await calling('/clock=step')('POST', '/simulator/advance', `{"milliseconds":${text}}`);
    expect(status).toBe(400);
  });

  test.each([
    ['/clock=real/pace=100', 200],
    ['/clock=scaled:10/pace=100', 20],
  ])('that follows the time outside goes as fast as it is told: %s', async (path, time) => {
    const wait = (milliseconds: number) => async (call: object) =>
      (call as { readonly wait: (time: number) => void }).wait(milliseconds);
    expect(await settledAfter(path, wait(time - 1))).toBe('PROCESSING/PROCESSING');
    expect(await settledAfter(path, wait(time))).toBe('FINISHED/SUCCESS');
  });

  test('that is by hand lets happen what is asked for, if it is legal [LIVENESS-NO-OPERATOR]', async () => {
    const call = calling('/clock=manual/operator-decision=allowed');
    const { body } = await call('POST', '/api/folders/', {
      analyses: [{ type: 'quality' }, { type: 'biometry' }],
    });
    const [liveness, face] = body.analyses.map((one: { analyse_id: string }) => one.analyse_id);
    const settle = async (analysis: string, resolution: string, how = 'settle') =>
      (await call('POST', `/simulator/${how}`, { analyse_id: analysis, resolution })).status;
    expect(await settle(liveness, 'OPERATOR_REQUIRED')).toBe(409);
    expect(await settle(liveness, 'SUCCESS')).toBe(200);
    expect(await settle(liveness, 'DECLINED')).toBe(409);
    expect(await settle(face, 'OPERATOR_REQUIRED')).toBe(200);
    expect(await settle(face, 'PROCESSING', 'decide')).toBe(400);
    expect(await settle(face, 'DECLINED', 'decide')).toBe(200);
    expect(await settle('nobody', 'SUCCESS')).toBe(404);
    expect(await shown(call, body.folder_id)).toEqual(['FINISHED', 'DECLINED']);
  });
});

describe('a base URL', () => {
  test.each([
    ['/two-step', 'did you mean two-steps?'],
    ['/clok=step', 'did you mean clock?'],
    ['/clock=stepp', 'did you mean step?'],
    ['/faults=rate-limits', 'did you mean rate-limit?'],
    ['/illegal=SETTLED', 'expected STATUS_NOT_IN_FIELD'],
    ['/status-precedence=failed', 'failed-first'],
    ['/post-face.2-success', 'received 2-success'],
    ['/post-nose', 'received post-nose'],
    ['/pace=0', 'expected a number from 1'],
    ['/%E0%A4%A', 'expected a URL'],
    ['/zzz', 'expected a scenario (ordinary-life, two-steps, '],
    ['/zzz=1', 'expected a setting (clock, pace, posts, '],
    ['/s/x/', 'expected a part between two slashes, received nothing'],
    ['/two-steps/ordinary-life', 'expected one scenario, received another: ordinary-life'],
    ['/clock=step/seed=2/clock=real', 'expected clock once, received another: clock=real'],
  ])('that says what there is not is refused: %s', async (path, message) => {
    const { status, body } = await calling(path)('GET', '/api/folders/');
    expect(status).toBe(404);
    expect(body.error_message).toContain(message);
  });

  test('sets the reading of its session [FOLDER-FAILED-MEANS]', async () => {
    const call = calling('/s/x/failed-beside-running/status-precedence=failed-first');
    const id = await created(call, 'quality', 'biometry');
    await shown(call, id);
    expect(await shown(call, id)).toEqual(['FAILED', 'PROCESSING']);
  });
});

describe('a request to a session', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };

  test.each<[string, string, Readonly<Record<string, string>>, number, string]>([
    ['/simulator/advance', '{"milliseconds":5}', form, 415, 'received application/x-www-form-urlencoded'],
    ['/simulator/advance', '{"milliseconds":', {}, 400, 'expected JSON, received something else'],
    ['/simulator/advance', '{"milliseconds":-1}', {}, 400, 'up to 1000000000, received -1'],
    ['/simulator/advance', '{}', {}, 400, 'up to 1000000000, received nothing'],
    ['/simulator/settle', '{"analyse_id":7}', {}, 400, 'expected a text, received 7'],
    ['/simulator/plugin', '{"analyses":[{"type":"quality"}],"result_mode":"all"}', {}, 400, 'received “all”'],
    [
      '/api/folders/',
      '{}',
      { 'content-encoding': 'gzip' },
      415,
      'content-encoding: expected none, received gzip',
    ],
  ])(
    'that cannot be done says what was expected and received: %s %s %o',
    async (path, body, headers, status, message) => {
      const answer = await calling('/s/x')('POST', path, body, headers);
      expect([answer.status, answer.body.error_message]).toEqual([status, expect.stringContaining(message)]);
    },
  );
});

test.each(['', '?with_analyses=true'])('a list polls the folders that it shows%s', async (query) => {
  const call = calling('/s/x/two-steps');
  await created(call, 'quality');
  const listed = async () => {
    const { body } = await call('GET', `/api/folders/${query}`);
    return (body.items as readonly { readonly system_resolution: string }[])[0]!.system_resolution;
  };
  expect([await listed(), await listed()]).toEqual(['PROCESSING', 'DECLINED']);
});

test.each(['folders/FOLDER/analyses/', 'analyses/ANALYSIS'])(
  'a status that is unknown shows wherever analyses are shown: %s',
  async (path) => {
    const call = calling('/s/x/illegal=STATUS_NOT_IN_FIELD');
    const { body } = await call('POST', '/api/folders/', {
      analyses: [{ type: 'quality' }, { type: 'biometry' }],
    });
    const address = path.replace('FOLDER', body.folder_id).replace('ANALYSIS', body.analyses[1].analyse_id);
    const shows = async () => JSON.stringify((await call('GET', `/api/${address}`)).body);
    expect([await shows(), await shows()].join()).not.toContain('ACCEPTED');
    expect(await shows()).toContain('"resolution_status":"ACCEPTED","resolution":"ACCEPTED"');
  },
);

test('whatever is asked, an answer comes, and it is one of the API', async () => {
  const simulator = createSimulator({ limits: { sessions: 20 } });
  const part = fc.oneof(
    fc.constantFrom(
      'api',
      's',
      'folders',
      'analyses',
      'simulator',
      'clock=step',
      '..',
      '%2e%2e',
      '__proto__',
    ),
    fc.string({ maxLength: 12 }),
  );
  const path = fc.array(part, { maxLength: 7 }).map((parts) => `/${parts.map(encodeURIComponent).join('/')}`);
  const body = fc.option(fc.oneof(fc.json(), fc.string(), fc.constant('['.repeat(5000))), { nil: undefined });
  const method = fc.constantFrom('GET', 'POST', 'DELETE', 'PUT', 'PATCH', 'OPTIONS', 'HEAD');
  await fc.assert(
    fc.asyncProperty(method, path, body, fc.string({ maxLength: 20 }), async (verb, where, sent, query) => {
      const hasBody = sent !== undefined && verb !== 'GET' && verb !== 'HEAD';
      const address = `${origin}${where}?${encodeURIComponent(query)}&meta_data=${encodeURIComponent(query)}`;
      const request = new Request(address, { method: verb, ...(hasBody ? { body: sent } : {}) });
      const { status } = await simulator.fetch(request);
      expect([200, 201, 204, 400, 404, 405, 409, 413, 415, 507]).toContain(status);
    }),
    { numRuns: 400 },
  );
});
