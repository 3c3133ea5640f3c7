import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { recordFetch } from '../../src/recorder/index.ts';
import { repository } from '../cli/built.ts';
import { anyExchange, type Exchange } from './exchanges.ts';

const addon = join(repository, 'docs/examples/mitmproxy/oz_status_recorder.py');

/** Loads the add-on as mitmproxy does, with a stand-in for mitmproxy itself, and passes flows to it. */
const stage = `
import importlib.util, json, sys, types

options = types.SimpleNamespace()
mitmproxy = types.ModuleType("mitmproxy")
mitmproxy.ctx = types.SimpleNamespace(options=options)
sys.modules["mitmproxy"] = mitmproxy
spec = importlib.util.spec_from_file_location("addon", sys.argv[1])
addon = importlib.util.module_from_spec(spec)
spec.loader.exec_module(addon)
loader = types.SimpleNamespace(add_option=lambda name, kind, default, text: setattr(options, name, default))
for one in addon.addons:
    one.load(loader)
options.oz_recording = sys.argv[2]
for line in sys.stdin:
    flow = json.loads(line)
    request = types.SimpleNamespace(method=flow["method"], url=flow["url"], timestamp_start=0.125)
    response = types.SimpleNamespace(
        status_code=flow["status"],
        timestamp_end=0.25,
        headers={"content-type": flow["type"]} if flow["type"] else {},
        get_text=lambda strict: flow["text"],
    )
    for one in addon.addons:
        one.response(types.SimpleNamespace(request=request, response=response))
`;

/** An answer on its way, as text. */
type Flow = Omit<Exchange, 'body'> & { readonly text: string; readonly type: string | null };

const flows: readonly Flow[] = [
  ...fc.sample(anyExchange, { seed: 1, numRuns: 400 }).map(({ body, ...rest }) => ({
    ...rest,
    text: JSON.stringify(body),
    type: 'application/json; charset=utf-8',
  })),
  ...[
    'not JSON at all',
    '',
    'NaN',
    '[1e999]',
    '{"folder_id":-1e999,"state":0.5}',
    '\ufeff{"folder_id":"f"}',
    '"x"',
    '"not JSON"',
    ...['{"folder_id":7,"name":"x"}', '{', '[1e999]', 'NaN'].map((result_json) =>
      JSON.stringify({ analyses: { quality: { state: 'finished', result_json } } }),
    ),
  ].map((text) => ({
    method: 'GET',
    url: 'http://api.example/api/folders/f?a=b&with_analyses=1',
    status: 200,
    text,
    type: null,
  })),
  {
    method: 'GET',
    url: 'http://a:b@h.example:81/x/api/analyses/a',
    status: 200,
    text: '<p>',
    type: 'text/html',
  },
  {
    method: 'GET',
    url: 'http://h.example/api/folders/f',
    status: 200,
    text: '{"folder_id":"f","resolution_status":"INITIAL"}',
    type: 'text/plain',
  },
  { method: 'GET', url: 'http://h.example/api/analyses/a/more', status: 200, text: '{}', type: null },
];

async function recorded(): Promise<readonly unknown[]> {
  const lines: string[] = [];
  let current: Flow;
  let clock = 0;
  const fetching = recordFetch(
    (_url: string, _init: RequestInit) => {
      const { text, type, status } = current;
      clock = 250;
      // A body given as bytes gets no type of its own.
      const bytes = new TextEncoder().encode(text);
      return Promise.resolve(new Response(bytes, { status, headers: type ? { 'content-type': type } : {} }));
    },
    (line) => lines.push(line),
    { now: () => clock },
  );
  for (const flow of flows) {
    current = flow;
    clock = 125;
    await fetching(flow.url, { method: flow.method });
    await fetching.settled();
  }
  return lines.map((line) => JSON.parse(line) as unknown);
}

/** Python where it is installed: mitmproxy brings its own, and nothing else here needs it. */
const pythons = ['python3'].filter((python) => spawnSync(python, ['--version']).status === 0);

test.each(pythons)('the add-on for mitmproxy, in %s, records what a recorded fetch does', async (python) => {
  const directory = mkdtempSync(join(tmpdir(), 'mitmproxy-'));
  try {
    const file = join(directory, 'recording.ndjson');
    const input = flows.map((flow) => JSON.stringify(flow)).join('\n');
    const ended = spawnSync(python, ['-B', '-c', stage, addon, file], { input, encoding: 'utf8' });
    expect(ended).toMatchObject({ status: 0, stderr: '' });
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(await recorded());
    expect(lines.length).toBeGreaterThan(300);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test('the add-on for mitmproxy is in the package, where the guide says', () => {
  const guide = readFileSync(join(repository, 'docs/guide/recordings.md'), 'utf8');
  const [, place = ''] = /-s node_modules\/oz-status-spec\/(\S+)/.exec(guide) ?? [];
  expect(join(repository, place)).toBe(addon);
  const { files } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { files: string[] };
  expect(files.some((one) => place.startsWith(`${one}/`))).toBe(true);
});
