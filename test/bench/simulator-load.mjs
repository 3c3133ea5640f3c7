/**
 * A simulator under load: sessions with folders, faults, and a process that is killed again and again. Nothing that
 * was acknowledged may be lost, memory may not grow, and the recording has to conform.
 * `node test/bench/simulator-load.mjs [SECONDS [REQUESTS-PER-SECOND]]`; 600 and 400 where they are not given.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const [seconds = 600, rate = 400] = process.argv.slice(2).map(Number);
const [sessions, foldersEach, clients, kills] = [1000, 10, 16, 10];
const program = 'dist/cli/main.cjs';
const directory = mkdtempSync(join(tmpdir(), 'load-'));
const [journal, recording] = ['journal.ndjson', 'recording.ndjson'].map((name) => join(directory, name));
process.on('exit', () => rmSync(directory, { recursive: true, force: true }));

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    server?.kill('SIGKILL');
    process.exit(1);
  });
}

const scenarios = [
  'two-steps',
  'post-liveness-face.1-success.2-declined',
  'post-liveness.1-success.post-face.2-success',
];
/** Every other session meets faults of the way. */
const pathOf = (at) =>
  `/s/${at}/${scenarios[at % scenarios.length]}${at % 2 ? `/faults=transport/seed=${at}` : ''}`;

let server;
let port = 0;
async function start() {
  const args = [
    program,
    'simulate',
    '--quiet',
    '--port',
    String(port),
    '--journal',
    journal,
    '--record',
    recording,
  ];
  server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: server.stdout })) {
    port = Number(/:(\d+)$/.exec(line)[1]);
    return;
  }
  throw new Error('the simulator did not start');
}
const ended = (child) => new Promise((resolve) => child.once('exit', resolve));
const memory = () =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))[1]) / 1024;

/** A generator of whole numbers below `below`; the same ones in every run. */
let state = 1;
const drawn = (below) => (state = (state * 48271) % 2147483647) % below;

/** What was acknowledged: the folders of each session, with the ids of their analyses and what has settled. */
const known = Array.from({ length: sessions }, () => []);
let [requests, failures, changed] = [0, 0, 0];

/** The answer as JSON with its status; undefined where none came whole. */
async function ask(path, body) {
  requests += 1;
  try {
    const init = body && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    };
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      ...init,
      signal: AbortSignal.timeout(20_000),
    });
    return { status: response.status, body: await response.json() };
  } catch {
    failures += 1;
    return undefined;
  }
}

async function turn() {
  const at = drawn(sessions);
  const folders = known[at];
  if (folders.length < foldersEach) {
    const made = await ask(`${pathOf(at)}/api/folders/`, {
      analyses: [{ type: 'quality' }, { type: 'biometry' }],
    });
    if (made?.status === 201) folders.push({ id: made.body.folder_id, settled: new Map() });
    return;
  }
  await look(at, folders[drawn(folders.length)]);
}

/** Polls a folder and compares what had settled before; whether it was answered. */
async function look(at, { id, settled }) {
  // What was known when it was asked for: answers to requests that ran at the same time may come in any order.
  const before = new Map(settled);
  const seen = await ask(`${pathOf(at)}/api/folders/${id}?with_analyses=true`);
  if (seen?.status === 404) changed += 1;
  if (seen?.status !== 200) return seen?.status === 404;
  const now = new Map(seen.body.analyses.map((one) => [one.analyse_id, one.resolution_status]));
  for (const [analysis, status] of before) if (now.get(analysis) !== status) changed += 1;
  for (const [analysis, status] of now) if (status !== 'PROCESSING') settled.set(analysis, status);
  return true;
}

await start();
const begun = performance.now();
const elapsed = () => (performance.now() - begun) / 1000;
const samples = [];
const sampling = setInterval(
  () => {
    try {
      samples.push([elapsed(), memory()]);
    } catch {
      // It is being started again.
    }
  },
  Math.max(100, seconds * 5),
);
let killed = 0;
const killing = (async () => {
  while (killed < kills) {
    await new Promise((resolve) => setTimeout(resolve, (seconds * 1000) / (kills + 1)));
    const child = server;
    child.kill('SIGKILL');
    await ended(child);
    killed += 1;
    await start();
  }
})();
let turns = 0;
await Promise.all(
  Array.from({ length: clients }, async () => {
    while (elapsed() < seconds) {
      turns += 1;
      const wait = (turns / rate) * 1000 - (performance.now() - begun);
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      await turn();
    }
  }),
);
await killing;
clearInterval(sampling);
const loaded = requests;

// Every folder that was acknowledged is asked for until it is answered.
let lost = 0;
const left = known.flatMap((folders, at) => folders.map((folder) => [at, folder]));
await Promise.all(
  Array.from({ length: clients }, async () => {
    for (let next = left.pop(); next; next = left.pop()) {
      const before = changed;
      let isAnswered = false;
      for (let tries = 0; tries < 20 && !isAnswered; tries++) isAnswered = await look(...next);
      if (changed > before || !isAnswered) lost += 1;
    }
  }),
);
server.kill('SIGTERM');
await ended(server);

const counts = known.flat().length;
/** The most memory in one of the periods between two kills, the first and the last two of them left out or compared. */
const period = (number) =>
  Math.max(
    ...samples
      .filter(([time]) => Math.floor((time * (kills + 1)) / seconds) === number)
      .map(([, size]) => size),
  );
const memories = Array.from({ length: kills + 1 }, (_, at) => Math.round(period(at)));
let checked;
try {
  checked = JSON.parse(
    execFileSync(
      process.execPath,
      ['--max-old-space-size=4096', program, 'check', '--format', 'json', recording],
      {
        encoding: 'utf8',
        maxBuffer: 1 << 30,
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    ),
  ).summary;
} catch (error) {
  checked = error.stdout ? JSON.parse(error.stdout).summary : String(error);
}
const size = (path) => `${Math.round(statSync(path).size / 1e6)} MB`;
process.stdout.write(
  [
    `${Math.round(elapsed())} s, ${loaded} requests, ${failures} without a whole answer, killed ${killed} times`,
    `${known.filter((folders) => folders.length === foldersEach).length} of ${sessions} sessions with ${foldersEach} folders, ${counts} folders acknowledged, ${lost} lost, ${changed} answers that contradict an earlier one`,
    `memory in MB, the most between two kills: ${memories.join(', ')}`,
    `journal ${size(journal)}, recording ${size(recording)}: ${JSON.stringify(checked)}`,
    '',
  ].join('\n'),
);
// What is kept of the traffic of a session is bounded; while folders are still made it grows.
const [early, late] = [Math.max(...memories.slice(3, 6)), Math.max(...memories.slice(-3))];
const isFlat = late <= early * 1.25 + 20;
const conforms =
  checked.violates === 0 &&
  checked.unspecified === 0 &&
  checked.inconclusive === 0 &&
  checked.unreadable === 0;
if (!isFlat) process.stdout.write(`memory is not flat: ${early} MB, then ${late} MB\n`);
process.exitCode = lost === 0 && changed === 0 && counts > 0 && conforms && isFlat ? 0 : 1;
