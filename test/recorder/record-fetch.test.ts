import { afterEach, describe, expect, it } from 'vitest';
import { defaultSettings } from '../../machines/readings.ts';
import { createChecker } from '../../src/conformance/index.ts';
import { recordFetch } from '../../src/recorder/index.ts';
import { readLines } from '../recordings/reading.ts';
import { analysis, declinedFolder, folder, secrets, startApi, type ApiServer } from './api-server.ts';

let servers: ApiServer[] = [];
const start = async (replies: Parameters<typeof startApi>[0]) => {
  const server = await startApi(replies);
  servers.push(server);
  return server;
};
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  servers = [];
});

const token = { 'X-Forensic-Access-Token': 'header-token' };

/** What a client does: authorizes, creates a folder, posts two analyses and polls until the folder is finished. */
async function runClient(fetched: typeof fetch, { origin }: ApiServer): Promise<readonly unknown[]> {
  const ask = async (path: string, init: RequestInit = {}) => {
    const response = await fetched(`${origin}${path}`, { ...init, headers: token });
    return response.json();
  };
  return [
    await ask('/api/authorize/auth', { method: 'POST', body: '{"credentials":{"password":"pass-word"}}' }),
    await ask('/api/folders/?access=query-token', {
      method: 'POST',
      body: '{"meta_data":{"name":"Jane Doe"}}',
    }),
    await ask('/api/folders/f-1/analyses/', { method: 'post', body: '{"analyses":[]}' }),
    await ask('/api/folders/f-1?with_analyses=true&access=query-token#fragment-part'),
    await ask('/api/folders/f-1?access=query-token&with_analyses=1'),
  ];
}

function verdictsOf(lines: readonly string[]) {
  const { observations, findings } = readLines(lines.map((line) => line.trimEnd()));
  const checker = createChecker({ settings: defaultSettings });
  for (const observation of observations) checker.observe(observation);
  const folders = checker.finish();
  return {
    verdicts: folders.map(({ folderId, verdict }) => [folderId, verdict]),
    codes: [...findings, ...folders.flatMap((one) => one.findings)].map(({ code }) => code),
  };
}

describe('a recorded fetch', () => {
  it('gives the client the same answers as the fetch itself', async () => {
    const [recorded, plain] = [await start(declinedFolder), await start(declinedFolder)];
    const fetching = recordFetch(fetch, () => undefined);
    expect(await runClient(fetching, recorded)).toEqual(await runClient(fetch, plain));
    expect(recorded.received).toEqual(plain.received);
  });

  it('gives a recording that is judged as what the client saw', async () => {
    const lines: string[] = [];
    const fetching = recordFetch(fetch, (line) => lines.push(line));
    await runClient(fetching, await start(declinedFolder));
    await fetching.settled();
    expect(verdictsOf(lines)).toEqual({ verdicts: [['f-1', 'conforms']], codes: [] });
    expect(readLines(lines.map((line) => line.trimEnd())).observations.map((one) => one.wholeGroup)).toEqual([
      false,
      true,
      false,
      false,
    ]);
  });

  it('gives a recording that shows a violation', async () => {
    const lines: string[] = [];
    const fetching = recordFetch(fetch, (line) => lines.push(line));
    const spoof = folder('FINISHED', 'SUCCESS', [analysis('a', 'QUALITY', 'FINISHED', 'DECLINED')]);
    const { origin } = await start({ 'GET /api/folders/f-1': [{ body: spoof }] });
    await fetching(`${origin}/api/folders/f-1`);
    await fetching.settled();
    expect(verdictsOf(lines)).toEqual({
      verdicts: [['f-1', 'violates']],
      codes: ['SYSTEM_RESOLUTION_IMPOSSIBLE'],
    });
  });

  it('leaves tokens, media and personal data out', async () => {
    const lines: string[] = [];
    const fetching = recordFetch(fetch, (line) => lines.push(line), { now: () => 0 });
    const server = await start(declinedFolder);
    await runClient(fetching, server);
    await fetching.settled();
    const text = lines.join('');
    expect(server.received.map((one) => one.token)).toEqual(Array(5).fill('header-token'));
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    expect(lines.map((line) => line.replace(server.origin, 'ORIGIN'))[1]).toBe(
      '{"started":"1970-01-01T00:00:00.000Z","time":"1970-01-01T00:00:00.000Z","method":"post","url":"ORIGIN/api/folders/f-1/analyses/","status":201,' +
        '"body":[{"analyse_id":"a","folder_id":"f-1","type":"QUALITY","state":"PROCESSING","resolution_status":' +
        '"PROCESSING","results_data":null},{"analyse_id":"b","folder_id":"f-1","type":"BIOMETRY","state":' +
        '"PROCESSING","resolution_status":"PROCESSING","results_data":null}]}\n',
    );
  });

  it('writes one line for each answer of the routes and none for others', async () => {
    const lines: string[] = [];
    const fetching = recordFetch(fetch, (line) => lines.push(line), { now: () => 0 });
    const { origin } = await start({
      ...declinedFolder,
      'DELETE /api/folders/f-1': [{ body: { name: 'Jane Doe' } }],
      'GET /api/analyses/a': [{ status: 403, body: { error_code: 9, error_message: 'Jane Doe' } }],
      'GET /api/analyses/b': [{ body: '<html>Jane Doe</html>', type: 'text/html' }],
      'GET /api/analyses/c': [{ body: '<html>Jane Doe</html>' }],
    });
    await fetching(`${origin}/api/media/1`);
    await fetching(`${origin}/api/folders/f-1`, { method: 'DELETE' });
    for (const id of ['a', 'b', 'c']) await fetching(new URL(`${origin}/api/analyses/${id}`));
    await fetching.settled();
    const [started, time] = [expect.any(String) as string, expect.any(String) as string];
    expect(lines.map((line) => JSON.parse(line.replace(origin, '')) as object)).toEqual([
      { started, time, method: 'DELETE', url: '/api/folders/f-1', status: 200 },
      { started, time, method: 'GET', url: '/api/analyses/a', status: 403 },
      { started, time, method: 'GET', url: '/api/analyses/b', status: 200 },
      { started, time, method: 'GET', url: '/api/analyses/c', status: 200, body: 'not JSON' },
    ]);
    expect(readLines(lines.map((line) => line.trimEnd())).codes).toEqual(['JSON_INVALID']);
  });

  it('names the address after a redirection and leaves out the method, which nobody knows', async () => {
    const lines: string[] = [];
    const fetching = recordFetch(fetch, (line) => lines.push(line), { now: () => 0 });
    const { origin } = await start({
      ...declinedFolder,
      'POST /api/folders/f-1/analyses/': [
        (_request, response) => response.writeHead(303, { location: '/api/folders/f-1' }).end(),
      ],
    });
    await fetching(new Request(`${origin}/api/folders/f-1/analyses/`, { method: 'POST', body: '{}' }));
    await fetching.settled();
    expect(lines.map((line) => line.replace(origin, '').slice(0, 112))).toEqual([
      '{"started":"1970-01-01T00:00:00.000Z","time":"1970-01-01T00:00:00.000Z","url":"/api/folders/f-1","status":200,"b',
    ]);
  });

  it('records only below the prefix asked for', async () => {
    const lines: string[] = [];
    const { origin } = await start(declinedFolder);
    const fetching = recordFetch(fetch, (line) => lines.push(line), { routePrefix: '/other/' });
    await runClient(fetching, await start(declinedFolder));
    const same = recordFetch(fetch, (line) => lines.push(line), { routePrefix: origin });
    await same(`${origin}/api/folders/f-1`);
    await Promise.all([fetching.settled(), same.settled()]);
    expect(lines).toHaveLength(1);
  });
});
