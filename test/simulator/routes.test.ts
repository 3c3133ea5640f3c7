import { describe, expect, test } from 'vitest';
import { calling, created, shown } from './calling.ts';

const end = async (call: ReturnType<typeof calling>, id: string) => {
  for (let at = 0; at < 6; at++) await shown(call, id);
  return (await shown(call, id)).join('/');
};

describe('the API', () => {
  test('creates a folder from a form with media, and chooses outcomes by their names', async () => {
    const call = calling();
    const form = new FormData();
    form.set(
      'payload',
      JSON.stringify({ meta_data: { id: 7 }, analyses: [{ type: 'quality' }, { type: 'biometry' }] }),
    );
    form.set('video', new File(['x'], 'selfie.quality-declined.mp4'));
    form.set('photo', new File(['x'], 'id.png'));
    const { status, body } = await call('POST', '/api/folders/', form);
    expect(status).toBe(201);
    expect(body.media.map((one: { original_name: string }) => one.original_name)).toEqual([
      'selfie.quality-declined.mp4',
      'id.png',
    ]);
    expect(body.analyses.map((one: { type: string }) => one.type)).toEqual(['QUALITY', 'BIOMETRY']);
    expect(await end(call, body.folder_id)).toBe('FINISHED/DECLINED');
    const { body: list } = await call('GET', `/api/folders/${body.folder_id}/analyses/`);
    expect(list.map((one: { resolution_status: string }) => one.resolution_status)).toEqual([
      'DECLINED',
      'SUCCESS',
    ]);
    const { body: one } = await call('GET', `/api/analyses/${list[0].analyse_id}`);
    expect(one).toEqual(list[0]);
    expect(one.results_data.confidence_spoofing).toBeGreaterThan(0.5);
  });

  test.each([
    ['declined', ['quality'], 'FINISHED/DECLINED'],
    ['failed', ['quality'], 'FAILED/FAILED'],
    ['operator_required', ['quality', 'biometry'], 'FINISHED/OPERATOR_REQUIRED'],
    ['processing', ['quality'], 'PROCESSING/PROCESSING'],
    ['face-failed', ['quality', 'biometry'], 'FAILED/FAILED'],
    ['ordinary words', ['quality'], 'FINISHED/SUCCESS'],
    ['undeclined', ['quality'], 'FINISHED/SUCCESS'],
  ])(
    'ends as its client asks for, in the token, in meta_data or by a medium: %s',
    async (word, kinds, expected) => {
      const analyses = kinds.map((type) => ({ type }));
      const call = calling();
      const byToken = await call('POST', '/api/folders/', { analyses }, { 'x-forensic-access-token': word });
      const byMeta = await call('POST', '/api/folders/', { analyses, meta_data: { simulate: word } });
      const byMedium = await call('POST', '/api/folders/', { analyses, media: [`${word}.jpg`] });
      for (const { body } of [byToken, byMeta, byMedium])
        expect(await end(call, body.folder_id)).toBe(expected);
    },
  );

  test('follows the scenario that a client names', async () => {
    const call = calling();
    const { body } = await call('POST', '/api/folders/', {
      meta_data: { simulate: 'finished-is-no-pass' },
      analyses: [{ type: 'quality' }, { type: 'biometry' }],
    });
    expect(await end(call, body.folder_id)).toBe('FINISHED/DECLINED');
  });

  test('posts the groups of a scenario itself where it is told to', async () => {
    const call = calling('/two-steps/posts=scenario');
    const id = await created(call);
    const seen = [];
    for (let at = 0; at < 6; at++) seen.push((await shown(call, id)).join('/'));
    expect(seen).toEqual([
      'INITIAL/INITIAL',
      'PROCESSING/PROCESSING',
      'FINISHED/DECLINED',
      'PROCESSING/PROCESSING',
      'FINISHED/SUCCESS',
      'FINISHED/SUCCESS',
    ]);
  });

  test('lists folders by filters and pages', async () => {
    const call = calling();
    for (const id of ['a', 'b', 'b']) await call('POST', '/api/folders/', { meta_data: { id } });
    const found = async (query: string) => (await call('GET', `/api/folders/?${query}`)).body;
    expect((await found('meta_data=id==b')).items).toHaveLength(2);
    expect((await found('meta_data=id==b&limit=1&offset=1')).items).toHaveLength(1);
    expect((await found('meta_data=constructor==x')).items).toEqual([]);
    expect((await found('system_resolution=INITIAL')).total).toBe(3);
    expect((await found('resolution_status=FINISHED')).total).toBe(0);
    expect((await found('resolution_status=DECLINED')).error_code).toBe(4);
    expect((await found('time_created.min=99999999999999')).total).toBe(0);
    expect((await found('time_created.max=99999999999999&with_analyses=true')).items[0].analyses).toEqual([]);
    expect((await found('limit=x')).error_code).toBe(4);
  });

  test('answers an instant request with results and keeps nothing', async () => {
    const call = calling();
    const { body } = await call('POST', '/api/instant/folders/', { analyses: [{ type: 'quality' }] });
    expect([body.resolution_status, body.system_resolution]).toEqual(['FINISHED', 'SUCCESS']);
    expect((await call('GET', `/api/folders/${body.folder_id}`)).status).toBe(404);
    const container = await call('POST', '/api/instant/folders/', new Uint8Array([1, 2]), {
      'content-type': 'application/octet-stream',
    });
    expect(container.body.analyses).toHaveLength(1);
    expect((await call('POST', '/api/instant/folders/', {})).body.error_code).toBe(3);
  });

  test('answers a single request with results', async () => {
    const call = calling('/answers=at-once');
    const { body } = await call('POST', '/api/folders/', { analyses: [{ type: 'quality' }] });
    expect(body.system_resolution).toBe('SUCCESS');
  });

  test('deletes a folder, adds media, and gives tokens', async () => {
    const call = calling();
    const id = await created(call, 'quality');
    const added = await call('POST', `/api/folders/${id}/media/`, {
      media: ['a.png', { original_name: 'b.png' }],
    });
    expect(added.body.map((one: { original_name: string }) => one.original_name)).toEqual(['a.png', 'b.png']);
    const posted = await call('POST', `/api/folders/${id}/analyses/`, {
      analyses: [{ type: 'biometry', source_media: [added.body[0].media_id] }],
    });
    expect(posted.body).toHaveLength(1);
    expect(posted.body[0].source_media).toEqual([added.body[0]]);
    expect((await call('DELETE', `/api/folders/${id}`)).status).toBe(204);
    expect((await call('GET', `/api/folders/${id}`)).body.error_code).toBe(10);
    expect((await call('GET', '/api/authorize/session_token')).body.session_token).toMatch(/-/);
    const refreshed = await call('POST', '/api/authorize/refresh', { expire_token: 'x' });
    expect(Object.keys(refreshed.body)).toEqual(['access_token', 'expire_date', 'expire_token']);
  });

  test.each([
    ['required', null, 6],
    ['required', 'expired', 8],
    ['optional', 'invalid', 7],
    ['optional', 'forbidden', 9],
  ])('refuses a token as it is documented: %s, %s', async (setting, token, code) => {
    const headers: Record<string, string> = token === null ? {} : { 'x-forensic-access-token': token };
    const { body } = await calling(`/token=${setting}`)('GET', '/api/folders/', undefined, headers);
    expect(body).toMatchObject({ error_code: code, error_message: expect.any(String), details: null });
  });

  test.each([
    ['[]', 400, 3],
    ['{"analyses":{}}', 400, 5],
    ['{"analyses":[1]}', 400, 3],
    ['{"analyses":[{"type":1}]}', 400, 5],
    ['{"analyses":[{"type":""}]}', 400, 4],
    ['{"meta_data":1}', 400, 5],
    ['{"media":[1]}', 400, 5],
    ['{"media":null}', 400, 5],
    ['{"meta_data":null}', 400, 5],
    ['{', 400, 3],
    ['['.repeat(1000), 400, 3],
    [`{"meta_data":"${'x'.repeat(2_000_000)}"}`, 413, 3],
  ])('says what is wrong with a body', async (text, status, code) => {
    const answer = await calling()('POST', '/api/folders/', text);
    expect([answer.status, answer.body.error_code]).toEqual([status, code]);
  });

  test('knows no other route and no other method', async () => {
    const call = calling();
    expect((await call('GET', '/api/nothing')).status).toBe(404);
    expect((await call('GET', '/api/folders/a/b/c')).status).toBe(404);
    const wrong = await call('PUT', '/api/folders/');
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, POST']);
    expect((await call('GET', '/')).status).toBe(404);
  });
});

describe('the web plugin', () => {
  const callbacksAfter = async (path: string, mode: string, polls = 3) => {
    const call = calling(path);
    const opened = await call('POST', '/simulator/plugin', {
      analyses: [{ type: 'quality' }, { type: 'biometry' }],
      result_mode: mode,
    });
    for (let at = 0; at < polls; at++) await shown(call, opened.body.folder_id);
    return call.simulator.callbacks(call.base);
  };

  test.each([
    ['safe', ['event_session_id', 'state']],
    ['status', ['analyses', 'event_session_id', 'state']],
    ['folder', ['analyses', 'event_session_id', 'folder_id', 'state']],
    ['full', ['analyses', 'event_session_id', 'folder_id', 'state']],
  ])('tells at the end what its mode says: %s', async (mode, members) => {
    const callbacks = await callbacksAfter('', mode);
    const [last] = callbacks.slice(-1);
    expect(last!.name).toBe('on_complete');
    expect(Object.keys(last!.value).toSorted()).toEqual(members);
    expect(callbacks.filter(({ name }) => name === 'on_result').map(({ value }) => value['state'])).toEqual([
      'processing',
      'processing',
      'finished',
    ]);
  });

  test('calls back twice, late, out of order or not at all where it is told to', async () => {
    const plain = (await callbacksAfter('', 'status')).length;
    const counts = async (fault: string) => {
      const found = [];
      for (let seed = 0; seed < 8; seed++)
        found.push(await callbacksAfter(`/seed=${seed}/faults=${fault}`, 'status'));
      return found;
    };
    expect((await counts('callback-twice')).some(({ length }) => length > plain)).toBe(true);
    expect((await counts('callback-dropped')).some(({ length }) => length < plain)).toBe(true);
    const states = (all: Awaited<ReturnType<typeof counts>>) =>
      all.map((callbacks) => callbacks.map(({ name }) => name).join());
    const ordinary = states([await callbacksAfter('', 'status')])[0]!;
    expect(states(await counts('callback-late')).every((text) => text === ordinary)).toBe(true);
    expect(states(await counts('callback-reordered')).some((text) => text !== ordinary)).toBe(true);
  });

  test('refuses a mode that there is not', async () => {
    const call = calling();
    const { status } = await call('POST', '/simulator/plugin', {
      analyses: [{ type: 'quality' }],
      result_mode: 'x',
    });
    expect(status).toBe(400);
  });
});
